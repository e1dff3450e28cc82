"""Who is who across the archive, in tables that are kept by difference.

An article that comes or goes costs what it holds, however many others there are: of other names,
those are looked at again that its own bear on. What comes out is what would be gathered of
everybody at once (`tests/whole_register.py`). Within the caller's transaction.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.archive.checksums import with_checksum
from index.archive.engine import Connection
from index.attribution.people.identities import (
    Context,
    Identity,
    Named,
    best_name,
    called_by,
    held_words,
    is_told_apart,
    key_words,
)
from index.attribution.people.undressing import is_plain, parts_of, undressed
from index.language.folding import fold
from index.language.names import PAPERS
from index.language.offices import head_of_role, role_words

Words = tuple[str, ...]

SEPARATOR = "\x1f"
TABLES = (
    "bearers", "contexts", "names", "name_parts", "keys", "inner_words", "held_words", "role_heads",
    "identities", "found_by",
)  # fmt: skip


class Bearer(NamedTuple):
    """A row of the names that an article has for somebody."""

    article_id: str
    n: int
    name: str
    kind: str
    bare: str
    words: str
    roles: str
    held: str


def joined_text(words: Sequence[str]) -> str:
    """Words as one text."""
    return SEPARATOR.join(words)


def split_text(text: str) -> Words:
    """The words of such a text."""
    return tuple(text.split(SEPARATOR))


class RegisterUpdate:
    """A change of who is in which articles; `write` works out what follows from it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: dict[str, list[int]] = {}  # how many more bearers, persons, bodies
        self._keys: Counter[str] = Counter()
        self._held: Counter[tuple[str, str]] = Counter()
        self._heads: Counter[str] = Counter()
        self._new: list[tuple[str, Named]] = []

    def drop(self, article_id: str) -> None:
        """Take out all that an article has."""
        execute = self._connection.execute
        for bearer in _bearers(self._connection, "article_id", article_id):
            self._count(bearer, -1)
            self._count_name(bearer.name, bearer.kind, -1)
        execute("DELETE FROM bearers WHERE article_id = ?", (article_id,))
        known = execute("SELECT n, words FROM contexts WHERE article_id = ?", (article_id,))
        for n, words in known.fetchall():
            self._connection.drop_context(n, words.split())
        execute("DELETE FROM contexts WHERE article_id = ?", (article_id,))

    def put(self, article_id: str, listed: Sequence[Named], context: Context | None) -> None:
        """Put in whom an article speaks of; its words too, where they are not there yet."""
        for each in listed:
            self._count_name(each.person.name, each.person.kind, 1)
            self._new.append((article_id, each))
        if context:
            own = (article_id, *(" ".join(sorted(part)) for part in _parts(context)))
            (n,) = self._connection.execute(
                "INSERT INTO contexts (article_id, words, homes, begun, seal) VALUES (?,?,?,?,?)"
                " RETURNING n",
                with_checksum(*own),
            ).fetchone()
            self._connection.put_context(n, sorted(context.words))

    def write(self) -> None:
        """Write all that follows from what came and went."""
        self._rename(self._names_anew())
        for article_id, each in self._new:
            self._insert(article_id, each)
        self._write_counts()
        dirty = _Joining(self._connection).update(self._keys)
        for key in sorted(dirty):
            _refresh(self._connection, key)

    # --- names, and what stands before them

    def _names_anew(self) -> set[str]:
        """Bring the names to what is counted; those whose bare names have to be looked at."""
        folded = {joined_text(fold(name)) for name in self._names}
        before = {each: self.is_known(each) for each in folded}
        looked_at = set()
        for name, counts in self._names.items():
            if self._count_row(name, counts):
                looked_at.add(name)
        changed = [each for each in folded if self.is_known(each) != before[each]]
        for words in changed:
            query = "SELECT name FROM name_parts WHERE words = ?"
            looked_at.update(n for (n,) in self._connection.execute(query, (words,)).fetchall())
        return looked_at

    def _count_row(self, name: str, counts: Sequence[int]) -> bool:
        """Count a name; whether it is a new one."""
        execute = self._connection.execute
        query = "SELECT bearers, persons, bodies FROM names WHERE name = ?"
        row = execute(query, (name,)).fetchone()
        now = [old + more for old, more in zip(row or (0, 0, 0), counts, strict=True)]
        if row and not now[0]:
            execute("DELETE FROM names WHERE name = ?", (name,))
            execute("DELETE FROM name_parts WHERE name = ?", (name,))
        elif row:
            change = "UPDATE names SET bearers = ?, persons = ?, bodies = ? WHERE name = ?"
            execute(change, (*now, name))
        elif now[0]:
            own = (name, joined_text(fold(name)), int(is_plain(name)), *now, name)
            execute("INSERT INTO names VALUES (?,?,?,?,?,?,?)", own)
            parts = [(joined_text(part), name) for part in sorted(parts_of(name))]
            self._connection.executemany("INSERT INTO name_parts VALUES (?,?)", parts)
        return not row and bool(now[0])

    def is_known(self, folded: str) -> tuple[bool, bool]:
        """Whether a person is called so and no more, and whether a body is."""
        query = "SELECT plain, persons, bodies FROM names WHERE folded = ?"
        rows = self._connection.execute(query, (folded,)).fetchall()
        return any(plain and persons for plain, persons, _ in rows), any(b for *_, b in rows)

    def _rename(self, names: Iterable[str]) -> None:
        """Find out the bare names of some, and let those follow who bear them."""
        full, bodies = _Known(self, 0), _Known(self, 1)
        for name in sorted(names):
            bare = undressed(name, full, bodies)
            execute = self._connection.execute
            row = execute("SELECT bare FROM names WHERE name = ?", (name,)).fetchone()
            if row is None or row[0] == bare:
                continue
            execute("UPDATE names SET bare = ? WHERE name = ?", (bare, name))
            for bearer in _bearers(self._connection, "name", name):
                self._count(bearer, -1)
                roles = json.loads(bearer.roles)
                self._write(bearer.article_id, bearer.n, name, bearer.kind, bare, roles)

    def _insert(self, article_id: str, each: Named) -> None:
        person = each.person
        query = "SELECT bare FROM names WHERE name = ?"
        (bare,) = self._connection.execute(query, (person.name,)).fetchone()
        self._write(article_id, each.n, person.name, person.kind, bare, person.roles)

    def _write(  # noqa: PLR0913 -- a row
        self, article_id: str, n: int, name: str, kind: str, bare: str, roles: Sequence[str]
    ) -> None:
        held = sorted({w for r in (*roles, name.removesuffix(bare)) for w in held_words(r)})
        words = joined_text(key_words(article_id, bare))
        row = Bearer(article_id, n, name, kind, bare, words, json.dumps(roles), json.dumps(held))
        where = "DELETE FROM bearers WHERE article_id = ? AND n = ?"
        self._connection.execute(where, (article_id, n))
        self._connection.execute(
            "INSERT INTO bearers VALUES (?,?,?,?,?,?,?,?,?)", with_checksum(*row)
        )
        self._count(row, 1)

    # --- counts

    def _count(self, bearer: Bearer, n: int) -> None:
        self._heads.update({head: n for r in json.loads(bearer.roles) if (head := head_of_role(r))})
        if bearer.words:
            self._keys[bearer.words] += n
            for word in json.loads(bearer.held):
                self._held[word, bearer.words] += n

    def _count_name(self, name: str, kind: str, n: int) -> None:
        counts = self._names.setdefault(name, [0, 0, 0])
        counts[0] += n
        counts[1] += n * (kind == "person")
        counts[2] += n * (kind == "body")

    def _write_counts(self) -> None:
        for (word, words), more in self._held.items():
            _add(self._connection, "held_words", {"word": word, "words": words}, more)
        for word, more in self._heads.items():
            _add(self._connection, "role_heads", {"word": word}, more)


class _Known:
    """Names of persons, or of bodies, as the tables have them."""

    def __init__(self, change: RegisterUpdate, place: int) -> None:
        self._change = change
        self._place = place

    def __contains__(self, words: object) -> bool:
        text = joined_text(words) if isinstance(words, tuple) else ""
        return self._change.is_known(text)[self._place]


_LONGER = 2  # words that a name has at least
_HOLDER = """
    WITH near AS (
        SELECT k.words, k.size, k.joined, k.bearers FROM keys AS k WHERE {} AND k.apart = 0),
    held AS (SELECT joined, sum(bearers) AS n FROM near GROUP BY joined)
    SELECT near.joined FROM near JOIN held ON held.joined = near.joined
    WHERE held.n = (SELECT max(n) FROM held) ORDER BY near.size DESC, near.words LIMIT 1"""


class _Joining:
    """Which full name each name is joined to.

    "John R. Bolton" and "John Bolton" share first and last word; "Wanda Vázquez" begins "Wanda
    Vázquez Garced"; a lone last name joins the only person (or the one most often named) with it,
    else somebody who has it inside their name ("Rosselló", Ricardo Rosselló Nevares). "The Times"
    is the New York Times only where its own article says so. "K. Ann Lee" is Ann Lee, unless
    there is an M. Ann Lee as well.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dirty: set[str] = set()
        self._singles: set[str] = set()

    def update(self, counts: Counter[str]) -> set[str]:
        """Count names, join those anew that it bears on; the full names of all who changed."""
        appeared = []
        for text, more in counts.items():
            if more:
                words = split_text(text)
                if self._count(text, words, more):
                    appeared.append(words)
                self._note_singles(words)
        pending = {w for words in appeared for w in (words, *self._near(words))}
        while pending:
            words = min(pending, key=_order)
            pending.remove(words)
            if len(words) > 1 and self._join(words, self._full(words)):
                self._note_singles(words)
                pending.update(self._near(words))
        self._singles.update(words[0] for words in appeared if len(words) == 1)
        for word in self._there(self._singles):
            self._join((word,), self._holder(word))
        return self._dirty

    def _there(self, singles: Iterable[str]) -> list[str]:
        """The words among these that are somebody's whole name: few last names are."""
        which, value = self._connection.among("words", sorted(singles))
        query = f"SELECT words FROM keys WHERE {which} ORDER BY words"
        return [word for (word,) in self._connection.execute(query, (value,)).fetchall()]

    def _count(self, text: str, words: Words, more: int) -> bool:
        """Count a name; whether it appeared or is gone."""
        execute = self._connection.execute
        row = execute("SELECT bearers, joined FROM keys WHERE words = ?", (text,)).fetchone()
        now = (row[0] if row else 0) + more
        self._dirty.add(row[1] if row else text)
        inner = [(word, text) for word in set(words[1:-1])]
        if row and now:
            execute("UPDATE keys SET bearers = ? WHERE words = ?", (now, text))
        elif row:
            execute("DELETE FROM keys WHERE words = ?", (text,))
            execute("DELETE FROM inner_words WHERE words = ?", (text,))
        else:
            ends = (joined_text(words[:2]), _ends(words), words[-1])
            own = (text, *ends, len(words), int(is_told_apart(words)), now, text)
            execute("INSERT INTO keys VALUES (?,?,?,?,?,?,?,?)", own)
            self._connection.executemany("INSERT INTO inner_words VALUES (?,?)", inner)
        return not (row and now)

    def _note_singles(self, words: Words) -> None:
        """A last name alone may now be another's; so may one that stands inside."""
        if len(words) > 1:
            self._singles.update(words[1:])

    def _near(self, words: Words) -> Iterator[Words]:
        """The names that may be joined to what this one is: its beginnings, and the same ends."""
        if len(words) == 1 or is_told_apart(words):
            return
        beginnings = [joined_text(words[:n]) for n in range(2, len(words))]
        for text in beginnings:
            query = "SELECT 1 FROM keys WHERE words = ?"
            if self._connection.execute(query, (text,)).fetchone():
                yield split_text(text)
        yield from (each for each in self._same_ends(words) if each != words)

    def _same_ends(self, words: Words) -> list[Words]:
        """The names with the same first and last word, of which none begins with another initial.

        Without an initial before these that of several is nobody's: "Ann Lee" is neither K. nor M.
        """
        query = "SELECT words FROM keys WHERE ends = ? AND size > 1 AND apart = 0"
        rows = self._connection.execute(query, (_ends(words),)).fetchall()
        found = [split_text(text) for (text,) in rows]
        initials = {each[0] for each in found if _initial(each)}
        own = {_initial(words)} if _initial(words) or len(initials) > 1 else initials
        return [each for each in found if _initial(each) in ("", *own)]

    def _full(self, words: Words) -> str:
        """The full name of one of several words."""
        text = joined_text(words)
        if is_told_apart(words):
            return text
        query = "SELECT words FROM keys WHERE pair = ? AND size > ? AND apart = 0"
        values = (joined_text(words[:2]), len(words))
        found = (t for (t,) in self._connection.execute(query, values).fetchall())
        longer = [split_text(t) for t in found if t.startswith(f"{text}{SEPARATOR}")]
        if longer:
            return self._joined(min(longer, key=_order))
        first = min(self._same_ends(words), key=_order, default=words)
        return text if first == words else self._joined(first)

    def _joined(self, words: Words) -> str:
        query = "SELECT joined FROM keys WHERE words = ?"
        return str(self._connection.execute(query, (joined_text(words),)).fetchone()[0])

    def _holder(self, word: str) -> str:
        """The full name that one of a single word is joined to: of most bearers, then the longest.

        Thousands may share a last name, so they are added up where they stand.
        """
        if word in PAPERS:
            return word
        last = "k.last = ? AND k.size > 1"
        inner = "k.words IN (SELECT words FROM inner_words WHERE word = ?)"
        for which in (last, inner):
            row = self._connection.execute(_HOLDER.format(which), (word,)).fetchone()
            if row:
                return str(row[0])
        return word

    def _join(self, words: Words, full: str) -> bool:
        """Join a name, if it is there; whether it was joined otherwise."""
        text = joined_text(words)
        query = "SELECT joined FROM keys WHERE words = ?"
        row = self._connection.execute(query, (text,)).fetchone()
        if row is None or row[0] == full:
            return False
        self._connection.execute("UPDATE keys SET joined = ? WHERE words = ?", (full, text))
        self._dirty.update((row[0], full))
        return True


def _initial(words: Words) -> str:
    """The initial that a name begins with before a first and a last name; "" if with none."""
    return words[0] if len(words[0]) == 1 and len(words) > _LONGER else ""


def _ends(words: Words) -> str:
    """The first and last word of a name: "K. Venkatesh Rao" may be Venkatesh Rao."""
    return joined_text((words[bool(_initial(words))], words[-1]))


def _order(words: Words) -> tuple[int, Words]:
    """The order in which names are joined: long ones first."""
    return -len(words), words


def _parts(context: Context) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return context.words, context.homes, context.begun


def _bearers(connection: Connection, column: str, value: str) -> list[Bearer]:
    own = ", ".join(Bearer._fields)
    query = f"SELECT {own} FROM bearers WHERE {column} = ?"
    return [Bearer(*row) for row in connection.execute(query, (value,)).fetchall()]


def _add(connection: Connection, table: str, key: dict[str, str], more: int) -> None:
    """Count rows up or down; one that counts nothing goes."""
    if not more:
        return
    where = " AND ".join(f"{column} = ?" for column in key)
    values = tuple(key.values())
    row = connection.execute(f"SELECT bearers FROM {table} WHERE {where}", values).fetchone()
    if row is None:
        marks = ",".join("?" * (len(values) + 1))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*values, more))
    elif row[0] + more:
        change = f"UPDATE {table} SET bearers = ? WHERE {where}"
        connection.execute(change, (row[0] + more, *values))
    else:
        connection.execute(f"DELETE FROM {table} WHERE {where}", values)


def _refresh(connection: Connection, key: str) -> None:
    """Write anew by which words an identity is found, if its name is another."""
    query = """
        SELECT b.bare, count(*) FROM keys AS k JOIN bearers AS b ON b.words = k.words
        WHERE k.joined = ? GROUP BY b.bare"""
    names = Counter(dict(connection.execute(query, (key,)).fetchall()))
    known = connection.execute("SELECT name FROM identities WHERE key = ?", (key,)).fetchone()
    name = best_name(names) if names else None
    if name == (known[0] if known else None):
        return
    connection.execute("DELETE FROM identities WHERE key = ?", (key,))
    connection.execute("DELETE FROM found_by WHERE key = ?", (key,))
    if name is not None:
        connection.execute("INSERT INTO identities VALUES (?,?)", (key, name))
        rows = [(word, key, kinds) for word, kinds in _found_by(key, name).items()]
        connection.executemany("INSERT INTO found_by VALUES (?,?,?)", rows)


def _found_by(key: str, name: str) -> dict[str, str]:
    """By which words somebody is found: called so, in the name, of its role words, by initials."""
    whole = split_text(key)
    words = called_by(name, whole)
    who = Identity(name, whole, frozenset(), (), frozenset(), is_body=False, words=words)
    kinds = {
        "c": {*whole, *words, who.acronym} - {""},
        "n": set(fold(name)),
        "o": set(role_words(name)),
        "i": {f"={who.initials}"},
    }
    found: dict[str, str] = {}
    for kind, some in kinds.items():
        for word in some:
            found[word] = found.get(word, "") + kind
    return found
