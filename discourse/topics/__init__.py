"""The room of topics."""
