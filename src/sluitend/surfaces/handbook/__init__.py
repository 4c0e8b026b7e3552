"""The handbook for professionals, branches and residents: to read, to print and to find one's way in."""
