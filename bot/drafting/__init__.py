"""The language model's part: what it may phrase, and the check of each of its sentences."""
