"""The `sluitend` command."""
