"""The pages of care: those of whoever asks, and those of the coordinator."""
