"""Where an archive is: a folder, or a PostgreSQL database by its address."""

import re
from dataclasses import dataclass, field
from pathlib import Path

_DATABASE = re.compile(r"postgres(?:ql)?://(.*)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """`postgresql://[user[:password]@]host[:port]/database[?options]`.

    `full` is for the database's library alone: as text it is without user, password and options.
    """

    full: str = field(repr=False)

    def __str__(self) -> str:
        rest = self.full.partition("://")[2]
        place, _, options = rest.partition("?")
        # An @ behind a question mark may be a password's that was not written as an address wants.
        return "postgresql://…" if "@" in options else f"postgresql://{place.rpartition('@')[2]}"


Address = Path | DatabaseAddress


def read_address(text: str) -> Address:
    """What a person means by it.

    >>> str(read_address("postgresql://ann:secret@db.example/news?sslmode=require"))
    'postgresql://db.example/news'
    """
    return DatabaseAddress(text) if _DATABASE.fullmatch(text.strip()) else Path(text)
