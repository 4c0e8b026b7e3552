"""The pages of the coordinator's handbook."""
