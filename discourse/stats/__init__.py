"""The room of stats."""
