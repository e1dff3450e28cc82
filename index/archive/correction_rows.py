"""Corrections by hand in the archive: rows of a table of their own, beside all that is derived.

A row holds a place and names, none of an article's words; where an article is replaced, the place
follows its words into the new text. Within the caller's transaction.
"""

import json
from collections.abc import Sequence
from typing import Any

from index.archive import rows
from index.archive.checksums import checksum_matches, with_checksum
from index.archive.engine import Connection
from index.archive.errors import ArchiveError, ArticleDamaged
from index.archive.rows import ArticleSummary
from index.corrections import (
    Correction,
    Corrections,
    DetailIs,
    NotRole,
    StatementIs,
    What,
    from_record,
    name_key,
    standing_once,
    to_record,
)
from index.schema import Article, RequestError, Statement

MAX_CORRECTIONS = 10_000
_OWN = "id, article_id, target, made_at, what"
_FROM = "FROM corrections ORDER BY n"


class CorrectionDamaged(ArchiveError):
    """What is kept of a correction is not what was put in."""

    reason = "A correction is damaged in the archive: python -m index check takes it out."


class TooMany(RequestError):
    """There is no room for another correction."""


def every(connection: Connection) -> tuple[Correction, ...]:
    """All corrections, the oldest first; raises CorrectionDamaged."""
    return tuple(map(_to_correction, connection.execute(f"SELECT {_OWN}, seal {_FROM}")))


def in_force(connection: Connection) -> Corrections:
    """The corrections that are of the articles' texts as they are now."""
    made = every(connection)
    versions = rows.versions(connection, filter(None, (each.article_id for each in made)))
    return Corrections(c for c in made if _is_current(c.what, versions))


def put(connection: Connection, correction: Correction) -> None:
    """Keep a correction, in place of one on the very same thing; raises TooMany."""
    row = _from(correction)
    connection.execute("DELETE FROM corrections WHERE id = ? OR target = ?", (row[0], row[2]))
    (count,) = connection.execute("SELECT count(*) FROM corrections").fetchone()
    if count >= MAX_CORRECTIONS:
        raise TooMany(f"There are {MAX_CORRECTIONS:,} corrections: take some back first.")
    connection.execute(f"INSERT INTO corrections ({_OWN}, seal) VALUES (?,?,?,?,?,?)", row)


def take_out(connection: Connection, correction_id: str) -> bool:
    """Forget a correction; whether it was there."""
    done = connection.execute("DELETE FROM corrections WHERE id = ?", (correction_id,))
    return done.rowcount > 0


def carry_over(connection: Connection, article: Article) -> None:
    """Before an article is replaced: its corrections follow their words, where these stand once."""
    query = f"SELECT {_OWN}, seal FROM corrections WHERE article_id = ?"
    concerned = [_to_correction(row) for row in connection.execute(query, (article.id,))]
    try:
        old = rows.article(connection, article.id) if concerned else None
    except ArticleDamaged:
        return
    for correction in concerned:
        what = correction.what
        if old and isinstance(what, StatementIs) and what.version == old.version:
            place = standing_once(what.span.of(old.text), article.text)
            if place:
                moved = StatementIs(article.id, article.version, place, what.speaker)
                _replace(connection, Correction(correction.id, correction.made_at, moved))


def corrected(
    connection: Connection, put_right: Corrections, article_id: str, found: Sequence[Statement]
) -> tuple[Statement, ...]:
    """The statements that were found in an article, as people put them right."""
    is_given = article_id in put_right.articles
    article = rows.article(connection, article_id) if is_given else None
    return put_right.statements(found, article)


def detailed(
    connection: Connection, put_right: Corrections, summary: ArticleSummary
) -> ArticleSummary:
    """The summary with the article's details as people put them right."""
    found = rows.article(connection, summary.id) if summary.id in put_right.detailed else None
    return rows.summarised(put_right.article(found), summary) if found else summary


def damaged(connection: Connection) -> list[int]:
    """The numbers of the rows that are not as they were put in."""
    found = connection.execute(f"SELECT n, {_OWN}, seal {_FROM}").fetchall()
    return [n for n, *row in found if not checksum_matches(*row)]


def _replace(connection: Connection, correction: Correction) -> None:
    correction_id, *changed = _from(correction)
    # Two on the same words of the old text: one is enough.
    connection.execute(
        "DELETE FROM corrections WHERE target = ? AND id <> ?", (changed[1], correction_id)
    )
    connection.execute(
        "UPDATE corrections SET article_id = ?, target = ?, made_at = ?, what = ?, seal = ?"
        " WHERE id = ?",
        (*changed, correction_id),
    )


def _is_current(what: What, versions: dict[str, str]) -> bool:
    return not isinstance(what, StatementIs) or versions.get(what.article_id) == what.version


def _target(what: What) -> str:
    """What a correction is on, whatever it says of it."""
    if isinstance(what, StatementIs):
        return json.dumps((what.article_id, what.version, what.span.start, what.span.end))
    if isinstance(what, DetailIs):
        return json.dumps((what.article_id, what.detail))
    role = [name_key(what.role)] if isinstance(what, NotRole) else []
    return json.dumps((sorted(set(map(name_key, what.names))), *role))


def _from(correction: Correction) -> tuple[object, ...]:
    what = json.dumps(to_record(correction.what))
    place = (correction.article_id, _target(correction.what))
    return with_checksum(correction.id, *place, correction.made_at, what)


def _to_correction(row: tuple[Any, ...]) -> Correction:
    correction_id, _, _, made_at, what, _ = row
    if not checksum_matches(*row):
        raise CorrectionDamaged(
            "A correction is damaged in the archive. Take it out: python -m index check"
        )
    return Correction(correction_id, made_at, from_record(json.loads(what)))
