"""How answers and articles are shown: output only."""
