"""Pages of exchanges: thin; rules are in the actions."""
