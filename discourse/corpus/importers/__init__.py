"""The room of importers."""
