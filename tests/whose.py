"""Asks of a small text whose a piece of it is."""

from index.document import read_document


def whose(text: str, words: str) -> list[str | None]:
    """The speakers of those statements that have the words as somebody's own; None for nobody."""
    start = text.index(words)
    return [
        s.speaker.name if s.speaker else None
        for s in read_document(text).statements
        if s.is_own and any(p.start <= start and start + len(words) <= p.end for p in s.content)
    ]
