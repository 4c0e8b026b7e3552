"""The pages of the desk that belong to no single journey, one module a page."""
