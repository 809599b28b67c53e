"""How fast exports come in, and in how much memory."""
