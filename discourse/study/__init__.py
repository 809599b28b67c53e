"""The room of study."""
