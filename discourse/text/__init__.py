"""The room of text."""
