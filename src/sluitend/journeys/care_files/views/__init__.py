"""The pages of the care file."""
