"""Looks through the whole file of an archive: its structure, its indexes, rows without an article.

Within the caller's transaction. What single articles hold is checked by their rows' seals.
"""

import re
import sqlite3

from index.archive.sqlite import SqliteConnection

_MOST = 20
# What can be made again: an index that does not fit its table.
_INDEX = re.compile(r"row \d+ missing from index|.*entr(y|ies) in index|malformed inverted index")


def faults(connection: SqliteConnection) -> list[str]:
    """What SQLite finds wrong with the tables themselves, a line each."""
    return [line for line in _found(connection) if not _INDEX.match(line)]


def mend(connection: SqliteConnection) -> list[str]:
    """Make again the indexes that do not fit their tables; a line for each thing done."""
    done = []
    if any(map(_INDEX.match, _found(connection))):
        connection.execute("REINDEX")
        done.append("an index did not fit its table: made again")
    if not _word_index_is_sound(connection):
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        done.append("the index of words did not fit its words: made again")
    strays = [
        connection.execute(
            f"DELETE FROM {table} WHERE {key} NOT IN (SELECT id FROM passages)"
        ).rowcount
        for table, key in (("words", "rowid"), ("vectors", "passage_id"))
    ]
    if any(strays):
        done.append("words or vectors of no article: removed")
    return done


def _found(connection: SqliteConnection) -> list[str]:
    lines = [str(line) for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    return [] if lines == ["ok"] else lines


def _word_index_is_sound(connection: SqliteConnection) -> bool:
    try:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return False
    return True
