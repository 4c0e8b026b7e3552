"""The style guide: each component in each state. Mounted only where people try things out."""
