"""Compares two sentences word by word: figures, negation and mood."""
