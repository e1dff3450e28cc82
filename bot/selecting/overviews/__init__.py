"""Answers that are an overview: a story, the news, a person, everything said."""
