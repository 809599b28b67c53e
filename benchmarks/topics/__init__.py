"""How good, how stable and how fast topics are, against the usual gensim script."""
