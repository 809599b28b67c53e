"""Other instruments behind the scorer protocol: local models, sentence embeddings, an endpoint."""
