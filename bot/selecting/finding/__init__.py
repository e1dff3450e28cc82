"""Finds what to read: by words, by vectors, by the wanted speaker."""
