"""A document for a word processor: what it says is the same, and can be edited."""
