"""What this product is built from: its list of parts, their licences, and what is wrong with them."""
