"""The pages of the handbook, a module for each group of readers' questions."""
