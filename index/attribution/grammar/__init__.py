"""The grammar of a sentence that reports: clauses, verbs and their subjects, frames."""
