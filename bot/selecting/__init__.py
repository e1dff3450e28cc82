"""Which sentences answer a query: search, read, choose, or refuse."""
