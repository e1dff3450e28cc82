"""A language model's part: what it may phrase, and the check of every sentence of it."""
