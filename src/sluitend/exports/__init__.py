"""The handbook in other forms: files, spreadsheets, SKOS, and in words what a field is and what changed."""
