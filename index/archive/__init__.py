"""Keeps articles and finds them again: SQLite, the truth, and FAISS, derived from it."""
