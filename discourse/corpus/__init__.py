"""The room of corpus."""
