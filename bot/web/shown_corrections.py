"""Selects the corrections by hand that a page shows: all, an article's, a person's.

Knows nothing of HTML.
"""

from collections.abc import Iterable

from index.archive.archive import Archive
from index.correcting import Listed, listed
from index.corrections import Correction, DetailIs, PersonIs, StatementIs, folded


def everything(archive: Archive) -> list[Listed]:
    """All corrections, the newest first."""
    return list(listed(archive, archive.corrections()))


def of_article(archive: Archive, article_id: str) -> list[Listed]:
    """The corrections of an article's statements and details."""
    made = archive.corrections()
    return list(listed(archive, [c for c in made if c.article_id == article_id]))


def of_person(archive: Archive, names: Iterable[str]) -> list[Listed]:
    """The corrections of who somebody is, or of their role."""
    own = {folded(name) for name in names}
    return list(listed(archive, [c for c in archive.corrections() if own & _named(c)]))


def _named(correction: Correction) -> set[str]:
    what = correction.what
    if isinstance(what, StatementIs | DetailIs):
        return set()
    other = (what.name,) if isinstance(what, PersonIs) and what.name else ()
    return {folded(name) for name in (*what.names, *other)}
