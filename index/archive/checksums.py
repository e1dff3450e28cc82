"""Checksums of rows: what a failing disk has altered is never shown as what was put in.

SQLite notices when its own structure is spoilt, but not when a letter of a text is. Knows nothing
of what the rows mean.
"""

import json
import zlib

# One spelling for each value; what a damaged row may hold instead (bytes, say) has one, too.
_SPELT = json.JSONEncoder(default=repr).encode


def checksum(*values: object) -> int:
    """The CRC-32 of a row's values."""
    return zlib.crc32(_SPELT(values).encode())


def with_checksum(*values: object) -> tuple[object, ...]:
    """The row's values with their checksum at the end."""
    return (*values, checksum(*values))


def checksum_matches(*row: object) -> bool:
    """Whether a row's last value is the checksum of those before it."""
    return row[-1] == checksum(*row[:-1])


def vector_checksum(passage_id: int, vector: bytes) -> int:
    """The CRC-32 of a passage's vector, bound to the passage's id."""
    return zlib.crc32(vector, passage_id & 0xFFFFFFFF)
