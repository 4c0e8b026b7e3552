"""Pages of what the region keeps of help."""
