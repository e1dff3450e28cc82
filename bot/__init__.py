"""Questions in, cited sentences out: everything above the archive."""
