"""The word index of PostgreSQL: text search by its own parser and stemmer, ranked by BM25.

PostgreSQL's `ts_rank` knows nothing of how rare a word is. It does grow with how often one word
stands in a passage, and only with that: 0.1 * (1 + 1/4 + ... + 1/n²) / 1.64493406685
(src/backend/utils/adt/tsrank.c, calc_rank_or), so that number is read from it, and BM25 reckoned
as SQLite's FTS5 does (https://sqlite.org/fts5.html#the_bm25_function).

Within the caller's transaction.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.archive.engine import Connection, Scored
from index.archive.search import index_word, words

_K1, _B = 1.2, 0.75
_LEAST = 1e-6  # what a word counts that half of all passages have
_MOST_BYTES = 500_000  # of a passage's words: a TSVECTOR holds a megabyte
# So many passages are ranked: those that have the rarest of the words, which decide.
_RANKED = 10_000
_RANKS = [
    0.0,
    *(0.1 * sum(1 / j**2 for j in range(1, n + 1)) / 1.64493406685 for n in range(1, 25)),
]
# Between one rank and the next: the number of those below a rank is how often the word is there.
_BOUNDS = f"ARRAY[{','.join(f'{(a + b) / 2:.7f}' for a, b in pairwise(_RANKS))}]::float8[]"
_LENGTH = f"({_K1} * ({1 - _B} + {_B} * w.n / ?::float8))"
_TIMES = f"width_bucket(ts_rank(w.found, ?::tsquery)::float8, {_BOUNDS})"


class WordCounts:
    """What a transaction changes in the numbers of words, to be written once, at its end.

    A row that is changed for each article of a large transaction would leave as many dead ones, and
    each change would have to pass them all.
    """

    def __init__(self) -> None:
        self._passages: Counter[str] = Counter()  # by the word that they have
        self._sums = [0, 0]  # of passages, and of their words

    def add(self, found: Iterable[tuple[Sequence[str], int]], sign: int) -> None:
        """Passages come in (1) or go (-1): the words of each, and how many those are."""
        for lexemes, length in found:
            for lexeme in lexemes:
                self._passages[lexeme] += sign
            self._sums = [self._sums[0] + sign, self._sums[1] + sign * length]

    def write(self, connection: Connection) -> None:
        """Write it down."""
        changed = sorted((lexeme, n) for lexeme, n in self._passages.items() if n)
        if changed:
            connection.execute(
                "INSERT INTO lexemes SELECT * FROM unnest(?::text[], ?::bigint[])"
                " ON CONFLICT (lexeme) DO UPDATE SET n = lexemes.n + excluded.n",
                ([lexeme for lexeme, _ in changed], [n for _, n in changed]),
            )
        if fewer := [lexeme for lexeme, n in changed if n < 0]:
            connection.execute("DELETE FROM lexemes WHERE n <= 0 AND lexeme = ANY(?)", (fewer,))
        if any(self._sums):
            connection.execute(
                "UPDATE word_totals SET n_passages = n_passages + ?, n_words = n_words + ?",
                self._sums,
            )


def put(connection: Connection, counts: WordCounts, texts: Sequence[tuple[int, str]]) -> None:
    """Index passages, and count their words."""
    spelt = [_spelt(text) for _, text in texts]
    found = connection.execute(
        "INSERT INTO words SELECT id, n, to_tsvector('verbatim', text)"
        " FROM unnest(?::bigint[], ?::integer[], ?::text[]) AS new (id, n, text)"
        " RETURNING tsvector_to_array(found), n",
        ([id_ for id_, _ in texts], [n for _, n in spelt], [text for text, _ in spelt]),
    )
    counts.add(found, 1)


def drop(connection: Connection, counts: WordCounts, article_id: str) -> None:
    """Take an article's passages out again."""
    found = connection.execute(
        "DELETE FROM words WHERE passage_id IN (SELECT id FROM passages WHERE article_id = ?)"
        " RETURNING tsvector_to_array(found), n",
        (article_id,),
    )
    counts.add(found, -1)


def are_put(connection: Connection, known: Sequence[tuple[int, str]]) -> bool:
    """Whether passages are indexed by just these texts."""
    (others,) = connection.execute(
        "SELECT count(*) FROM unnest(?::bigint[], ?::text[]) AS known (id, text)"
        " LEFT JOIN words ON passage_id = id"
        " WHERE found IS DISTINCT FROM to_tsvector('verbatim', text)",
        ([passage_id for passage_id, _ in known], [_spelt(text)[0] for _, text in known]),
    ).fetchone()
    return bool(others == 0)


def mend(connection: Connection) -> bool:
    """Count all words anew, if what is kept of their numbers is not so; whether it was not."""
    counted = "SELECT word AS lexeme, ndoc::bigint AS n FROM ts_stat('SELECT found FROM words')"
    kept = "SELECT lexeme, n FROM lexemes"
    wrong = f"({counted} EXCEPT {kept}) UNION ALL ({kept} EXCEPT {counted})"
    sums = "SELECT count(*), coalesce(sum(n), 0)::bigint FROM words"
    (is_wrong,) = connection.execute(
        f"SELECT EXISTS ({wrong}) OR EXISTS ({sums} EXCEPT TABLE word_totals)"
    ).fetchone()
    if is_wrong:
        connection.execute("DELETE FROM lexemes")
        connection.execute(f"INSERT INTO lexemes {counted}")
        connection.execute(f"UPDATE word_totals SET (n_passages, n_words) = ({sums})")
    return bool(is_wrong)


def best_passages(
    connection: Connection, terms: Sequence[str], k: int, articles: frozenset[str] | None
) -> Scored:
    """The `k` best passages by BM25 that have any of the terms; of these articles alone."""
    known = connection.execute(
        "SELECT lexeme, n FROM lexemes"
        " WHERE lexeme = ANY(tsvector_to_array(to_tsvector('verbatim', ?))) ORDER BY n, lexeme",
        (_plain(terms),),
    ).fetchall()
    if not known:
        return []
    total, mean = _totals(connection)
    weighed = [(lexeme, _weight(total, n)) for lexeme, n in known]
    # What half of all have decides nothing, unless nothing else is asked for.
    weighed = [each for each in weighed if each[1] > _LEAST] or weighed[:1]
    within, values, n_within = "", [], total
    if articles is not None:
        ids = "SELECT id FROM passages WHERE article_id = ANY(?)"
        within, values = f"AND w.passage_id IN ({ids})", [sorted(articles)]
        (n_within,) = connection.execute(f"SELECT count(*) FROM ({ids}) AS own", values).fetchone()
    wanted = _deciding(known, k) if n_within > _RANKED else [lexeme for lexeme, _ in known]
    score = " + ".join(f"? * (1 - c.c / ({_TIMES} + c.c))" for _ in weighed)
    marks = [mark for lexeme, weight in weighed for mark in (weight, _quoted(lexeme))]
    query = f"""
        SELECT w.passage_id, {score} AS score FROM words AS w
        CROSS JOIN LATERAL (SELECT {_LENGTH} AS c) AS c WHERE w.found @@ ?::tsquery {within}
        ORDER BY score DESC, w.passage_id LIMIT ?"""
    either = " | ".join(map(_quoted, wanted))
    return connection.execute(query, (*marks, mean, either, *values, k)).fetchall()


def articles_with(connection: Connection, term: str, *, beginnings: bool) -> dict[str, float]:
    """The articles that have a term, or one beginning so, with its best passage's score."""
    total, mean = _totals(connection)
    query = f"""
        SELECT p.article_id, max(1 - c.c / ({_TIMES} + c.c)), count(*) FROM words AS w
        JOIN passages AS p ON p.id = w.passage_id
        CROSS JOIN LATERAL (SELECT {_LENGTH} AS c) AS c
        WHERE w.found @@ ?::tsquery GROUP BY p.article_id"""
    parts = _plain([term]).split()
    if not parts:
        return {}
    wanted = " & ".join(parts) + (":*" if beginnings else "")
    (asked,) = connection.execute("SELECT to_tsquery('verbatim', ?)::text", (wanted,)).fetchone()
    found = connection.execute(query, (asked, mean, asked)).fetchall()
    weight = _weight(total, sum(n for *_, n in found))
    return {article_id: weight * part for article_id, part, _ in found}


def articles_having(connection: Connection, terms: Sequence[str], most: int) -> list[str]:
    """The ids of up to `most` articles that have these terms one after another."""
    query = """
        SELECT DISTINCT p.article_id FROM words AS w JOIN passages AS p ON p.id = w.passage_id
        WHERE w.found @@ phraseto_tsquery('verbatim', ?) ORDER BY p.article_id LIMIT ?"""
    found = connection.execute(query, (_plain(terms), most))
    return [article_id for (article_id,) in found]


def _deciding(known: Sequence[tuple[str, int]], k: int) -> list[str]:
    """The rarest of the words: as many as can be ranked, and at least `k` passages have."""
    wanted: list[str] = []
    n_ranked = 0
    for lexeme, n in known:
        if wanted and n_ranked >= k and n_ranked + n > _RANKED:
            break
        wanted.append(lexeme)
        n_ranked += n
    return wanted


def _totals(connection: Connection) -> tuple[int, float]:
    """How many passages there are, and how many words one has in the mean."""
    n_passages, n_words = connection.execute("TABLE word_totals").fetchone()
    return n_passages, max(1.0, n_words / max(1, n_passages))


def _weight(total: int, n: int) -> float:
    """What a word that `n` of all passages have counts at most."""
    return max(_LEAST, math.log((total - n + 0.5) / (n + 0.5))) * (_K1 + 1)


def _spelt(text: str) -> tuple[str, int]:
    """The words of a text as they are indexed, and their number; no more than can be."""
    found, room = [], _MOST_BYTES
    for word in _plain(words(text)).split():
        room -= len(word.encode()) + 1
        if room < 0:
            break
        found.append(word)
    return " ".join(found), len(found)


def _plain(terms: Sequence[str]) -> str:
    """Words without case and accents, and without what that may have brought in: "½" is "1⁄2"."""
    return " ".join(part for term in terms for part in words(index_word(term)))


def _quoted(lexeme: str) -> str:
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
