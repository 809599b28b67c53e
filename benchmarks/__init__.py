"""What is timed or measured, against what a user would otherwise write."""
