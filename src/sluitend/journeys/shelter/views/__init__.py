"""What the addresses of shelter show."""
