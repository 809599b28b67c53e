"""Simulation: whether the tests and intervals of discourse have the level that they state."""
