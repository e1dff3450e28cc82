"""The engine that needs nothing: SQLite, the truth, and FAISS, derived from it."""
