"""The demonstration: a database of our own and the real region with invented work (`cli.demonstration`)."""
