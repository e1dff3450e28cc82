"""Earlier versions of articles: what stood in an article's place before it came again.

Rows of a table of their own, that no search, list or question reads. They go when the article is
removed. Bounded, so that a page that changes every hour does not fill the disk. Within the caller's
transaction.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from index.archive import rows
from index.archive.checksums import checksum_matches, with_checksum
from index.archive.engine import Connection
from index.archive.errors import ArchiveError, ArticleDamaged
from index.schema import Article

MAX_VERSIONS = 20
MAX_CHARACTERS = 2_000_000  # of the earlier versions of one article together
_OWN = "article_id, version, title, author, source, published, url, added_at, replaced_at"


class VersionDamaged(ArchiveError):
    """What is kept of an earlier version is not what was put in."""

    reason = "An earlier version is damaged in the archive: python -m index check takes it out."


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """An article as it was from one moment to another: of the archive, in ISO 8601 and UTC."""

    article: Article
    added_at: str
    replaced_at: str


def keep(connection: Connection, article: Article) -> None:
    """Before an article is replaced: keep what is there, if its text or title is another."""
    try:
        old = rows.article(connection, article.id)
    except ArticleDamaged:
        return
    if old is None or (old.text, old.title) == (article.text, article.title):
        return
    own = (old.id, old.version, old.title, old.author, old.source, old.published, old.url)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = with_checksum(*own, rows.added_at(connection, old.id), now)
    connection.execute(
        f"INSERT INTO versions ({_OWN}, seal, text) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (*row, old.text),
    )
    _bound(connection, article.id)


def every(connection: Connection, article_id: str) -> tuple[EarlierVersion, ...]:
    """The earlier versions of an article, the newest first; raises VersionDamaged."""
    query = f"SELECT {_OWN}, seal, text FROM versions WHERE article_id = ? ORDER BY n DESC"
    return tuple(map(_to_version, connection.execute(query, (article_id,))))


def delete(connection: Connection, article_id: str) -> int:
    """Take out all of an article's; how many there were."""
    query = "DELETE FROM versions WHERE article_id = ?"
    return connection.execute(query, (article_id,)).rowcount


def damaged(connection: Connection) -> list[int]:
    """The numbers of the rows that are not as they were put in."""
    found = connection.execute(f"SELECT n, {_OWN}, seal, text FROM versions")
    return [n for n, *row in found if not _is_sound(row)]


def _bound(connection: Connection, article_id: str) -> None:
    query = "SELECT n, length(text) FROM versions WHERE article_id = ? ORDER BY n DESC"
    room = MAX_CHARACTERS
    for place, (n, size) in enumerate(connection.execute(query, (article_id,)).fetchall()):
        room -= size
        if place >= MAX_VERSIONS or room < 0:
            connection.execute("DELETE FROM versions WHERE n = ?", (n,))


def _is_sound(row: "list[Any] | tuple[Any, ...]") -> bool:
    *own, text = row
    if not checksum_matches(*own) or not isinstance(text, str):
        return False
    return bool(Article(own[0], text).version == own[1])


def _to_version(row: tuple[Any, ...]) -> EarlierVersion:
    if not _is_sound(row):
        raise VersionDamaged(
            "An earlier version is damaged in the archive. Take it out: python -m index check"
        )
    article_id, _, title, author, source, published, url, added_at, replaced_at, _, text = row
    article = Article(article_id, text, title, author, source, published, url)
    return EarlierVersion(article, added_at, replaced_at)
