"""A file, a folder, a feed or an address -> articles."""
