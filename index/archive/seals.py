"""Sums of rows: what a failing disk has altered is never shown as what was put in.

SQLite notices when its own structure is spoilt, but not when a letter of a text is. Knows nothing
of what the rows mean.
"""

import json
import zlib

from index.archive.tables import ArchiveError
from index.reading.records import shown

# One spelling for each value; what a damaged row may hold instead (bytes, say) has one, too.
_SPELT = json.JSONEncoder(default=repr).encode


class ArticleDamaged(ArchiveError):
    """What is kept of one article is not what was put in."""

    def __init__(self, article_id: str) -> None:
        super().__init__(
            f"The article {shown(article_id)} is damaged in the archive: add it again. "
            "What can be mended is mended by: python -m index check"
        )
        self.article_id = article_id
        self.reason = f"The article {shown(article_id)} is damaged: it has to be added again."


def seal(*values: object) -> int:
    """The CRC-32 of a row's values."""
    return zlib.crc32(_SPELT(values).encode())


def sealed(*values: object) -> tuple[object, ...]:
    """The row's values with their sum at the end."""
    return (*values, seal(*values))


def is_sealed(*row: object) -> bool:
    """Whether a row's last value is the sum of those before it."""
    return row[-1] == seal(*row[:-1])


def vector_seal(passage_id: int, vector: bytes) -> int:
    """The CRC-32 of a passage's vector, bound to the passage's id."""
    return zlib.crc32(vector, passage_id & 0xFFFFFFFF)
