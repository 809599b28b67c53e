"""How well the instruments without training agree with people, on data kept outside of the project."""
