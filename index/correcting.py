"""Makes corrections by hand of speakers, people and details; lists, exports and imports them.

A new correction is checked against the archive; an imported one may be stored before its article
is. Knows nothing of visitors.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.archive.archive import Archive
from index.archive.errors import ArticleDamaged
from index.corrections import (
    BadCorrection,
    Correction,
    Corrections,
    DetailIs,
    PersonIs,
    StatementIs,
    What,
    checked_name,
    from_record,
    name_key,
    standing_once,
    statement_at,
    to_record,
)
from index.reading.records import shown
from index.schema import Article, Span

_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A correction; whether it still holds, and the article and the words that it is about, if any.

    That of a statement no longer holds if the text was replaced and its words are not there once.
    """

    correction: Correction
    holds: bool
    article: Article | None = None
    words: str | None = None

    @property
    def kind(self) -> str:
        """A "statement", a "person", a "role" or a "detail"."""
        return str(to_record(self.correction.what)["what"])


def give_statement(
    archive: Archive, article_id: str, span: Span, speaker: str | None, version: str = ""
) -> Correction:
    """The statement at the span is the speaker's, None: nobody's; raises RequestError."""
    article = archive.required(article_id)
    if version not in ("", article.version):
        raise BadCorrection("The article has changed since. Look at the current version.")
    derived = archive.derived(article_id)
    place = statement_at(span, derived)
    if place is None:
        raise BadCorrection("No statement was found at these words.")
    name = None if speaker is None else checked_name(speaker, "speaker")
    what = StatementIs(article_id, article.version, derived[place].span, name)
    return _make(archive, what)


def join_people(archive: Archive, names: Sequence[str], name: str | None) -> Correction:
    """Whoever has one of the names is the one of the other name, None: is nobody."""
    if name is not None:
        name = checked_name(name, "name")
        # The names that already are the other one's stay so.
        names = [each for each in names if name_key(each) != name_key(name)]
        if not names:
            raise BadCorrection(f"{shown(name)} has this name already.")
        meant = Corrections(archive.corrections()).name_of(name)
        if meant is None or name_key(meant) in map(name_key, names):
            raise BadCorrection(
                f"A correction says otherwise of {shown(name)}: take that back first."
            )
    return _make(archive, from_record({"what": "person", "names": list(names), "name": name}))


def deny_role(archive: Archive, names: Sequence[str], role: str) -> Correction:
    """Whoever has one of the names has not that role."""
    return _make(archive, from_record({"what": "role", "names": list(names), "role": role}))


def edit(archive: Archive, article_id: str, detail: str, value: str | None) -> Correction:
    """The article's title, author, source, published or url is the value, None: it has none."""
    archive.required(article_id)
    record = {"what": "detail", "article_id": article_id, "detail": detail, "value": value}
    return _make(archive, from_record(record))


def listed(archive: Archive, made: Sequence[Correction]) -> Iterator[Listed]:
    """Some of the archive's corrections, the newest first."""
    for correction in reversed(made):
        what = correction.what
        article = _article(archive, correction.article_id)
        if not isinstance(what, StatementIs):
            yield Listed(correction, holds=True, article=article)
            continue
        is_current = article is not None and article.version == what.version
        found = archive.derived(what.article_id) if is_current else ()
        holds = statement_at(what.span, found) is not None
        words = what.span.of(article.text) if article and holds else None
        yield Listed(correction, holds, article, words)


def all_corrections(archive: Archive) -> list[Listed]:
    """All corrections, the newest first."""
    return list(listed(archive, archive.corrections()))


def of_article(archive: Archive, article_id: str) -> list[Listed]:
    """The corrections of an article's statements and details, the newest first."""
    return list(listed(archive, [c for c in archive.corrections() if c.article_id == article_id]))


def of_person(archive: Archive, names: Iterable[str]) -> list[Listed]:
    """The corrections of who somebody is, or of their role, the newest first."""
    own = {name_key(name) for name in names}
    return list(listed(archive, [c for c in archive.corrections() if own & _names(c.what)]))


def _names(what: What) -> set[str]:
    """The folded names of the people that a correction is about."""
    if isinstance(what, StatementIs | DetailIs):
        return set()
    other = (what.name,) if isinstance(what, PersonIs) and what.name else ()
    return {name_key(name) for name in (*what.names, *other)}


def _article(archive: Archive, article_id: str | None) -> Article | None:
    try:
        return archive.article(article_id) if article_id else None
    except ArticleDamaged:
        return None


def to_line(one: Listed) -> dict[str, object]:
    """A correction as a line of a file has it, with the words that it is about."""
    own = {"id": one.correction.id, "made_at": one.correction.made_at}
    return own | to_record(one.correction.what) | {"words": one.words, "holds": one.holds}


def take_in(archive: Archive, record: Mapping[str, object]) -> Correction:
    """Put in a correction from such a line, in place of the same one; raises BadCorrection.

    If the archive's text is another version, it goes to where its words stand, if they do so once.
    """
    correction_id, made_at = record.get("id"), record.get("made_at")
    if not isinstance(correction_id, str) or not _ID.fullmatch(correction_id):
        raise BadCorrection("“id” is no id of a correction.")
    what = from_record(record)
    if isinstance(what, StatementIs):
        what = _placed(archive, what, record.get("words"))
    correction = Correction(correction_id, _time(made_at), what)
    archive.correct(correction)
    return correction


def _placed(archive: Archive, what: StatementIs, words: object) -> StatementIs:
    article = archive.article(what.article_id)
    if article is None or article.version == what.version or not isinstance(words, str):
        return what
    place = standing_once(words, article.text)
    return replace(what, version=article.version, span=place) if place else what


def _make(archive: Archive, what: What) -> Correction:
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    correction = Correction(secrets.token_hex(8), made_at, what)
    archive.correct(correction)
    return correction


def _time(value: object) -> str:
    try:
        return datetime.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise BadCorrection("“made_at” is no ISO 8601 time.") from None
