"""Whether a sentence that a language model drafted may be shown."""
