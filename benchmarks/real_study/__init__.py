"""Studies over real exports, at full size."""
