"""Articles in, searchable and attributed: everything up to the archive. Never imports `bot`."""
