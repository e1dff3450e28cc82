"""How a text is laid out: sentences, transcripts, letters, blocks that are set off."""
