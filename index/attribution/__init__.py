"""Who said what: sentences, people, statements."""
