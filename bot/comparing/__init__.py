"""How two sentences are compared, word by word: figures, negation and mood, near copies."""
