"""What a person does, in a real Chromium, against the application as it is served."""
