"""The room of testing."""
