"""Scores what was read, and chooses the sentences of an answer, or none."""
