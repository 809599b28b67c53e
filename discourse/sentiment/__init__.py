"""The room of sentiment."""
