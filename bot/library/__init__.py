"""Browsing the archive, what was kept of answers, and what people said of them."""
