"""English as news uses it: words, verbs of saying, names, dates, numbers. Knows no article."""
