"""Finds passages and articles by their words, within the caller's transaction.

Words are compared as the word index compares them: without case, accents and endings; those of an
outlet's name with their endings. Knows nothing of vectors.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache

from index.archive.tables import Connection

_MAX_TERMS = 100
# A term is what the word index takes for one: letters and digits with their accents.
_TERM = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_PHRASE = 12  # words of a phrase that are looked for
_NAMED = 10.0  # a word of the outlet's name counts as much as a rare word of the text


def search_passages(
    connection: Connection, query: str, k: int, articles: frozenset[str] | None = None
) -> list[tuple[int, float]]:
    """The `k` best passages by BM25, as (passage id, score); any word of the query counts.

    Of these `articles` alone, where given.
    """
    terms = _terms(query)
    if not terms or k <= 0:
        return []
    match = " OR ".join(map(_quoted, terms))
    within, values = "", [match]
    if articles is not None:
        within = "AND rowid IN (SELECT id FROM passages WHERE article_id IN"
        within += " (SELECT value FROM json_each(?)))"
        values.append(json.dumps(sorted(articles)))
    statement = f"""
        SELECT rowid, -rank FROM words WHERE words MATCH ? {within}
        ORDER BY rank, rowid LIMIT ?"""  # noqa: S608 (no words of anybody's in it)
    return connection.execute(statement, (*values, k)).fetchall()


def having(connection: Connection, words: str, most: int) -> list[str]:
    """The ids of up to `most` articles that have these words, or the first of them, in a row.

    Compared as words are: where it matters, the caller has to look at the text.
    """
    terms = _TERM.findall(words)[:_PHRASE]
    if not terms:
        return []
    query = """
        SELECT DISTINCT p.article_id FROM words AS w JOIN passages AS p ON p.id = w.rowid
        WHERE w.words MATCH ? ORDER BY p.article_id LIMIT ?"""
    found = connection.execute(query, (_quoted(" ".join(terms)), most))
    return [article_id for (article_id,) in found]


def search_articles(connection: Connection, query: str, *, beginnings: bool = False) -> list[str]:
    """The ids of all articles that have every word of the query, best first, then newest first.

    In the title, the outlet's name or the text; a passage has its title's words, too. With
    `beginnings` it is enough that a word begins so.
    """
    scores: Counter[str] = Counter()
    having: Counter[str] = Counter()
    terms = _terms(query)
    outlets = _outlets(connection)
    for term in terms:
        found = _having(connection, term, beginnings)
        word = _folded(term)
        named = [name for name in outlets if name == word or (beginnings and name.startswith(word))]
        for article_id in {each for name in named for each in outlets[name]}:
            found[article_id] = found.get(article_id, 0.0) + _NAMED
        scores.update(found)
        having.update(found.keys())
    dated = connection.execute(
        "SELECT id FROM articles ORDER BY published IS NULL, published DESC, id"
    )
    whole = [article_id for (article_id,) in dated if terms and having[article_id] == len(terms)]
    return sorted(whole, key=lambda article_id: -scores[article_id])


def _having(connection: Connection, term: str, beginnings: bool) -> dict[str, float]:
    """The articles that have a term, each with the term's score in the best of its passages."""
    statement = """
        SELECT p.article_id, max(-w.rank) FROM words AS w JOIN passages AS p ON p.id = w.rowid
        WHERE w.words MATCH ? GROUP BY p.article_id"""
    wanted = f"{_quoted(term)}*" if beginnings else _quoted(term)
    return dict(connection.execute(statement, (wanted,)).fetchall())


def _outlets(connection: Connection) -> dict[str, list[str]]:
    """The articles of the outlets that have a word in their name, by that word."""
    named: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute("SELECT id, source FROM articles WHERE source IS NOT NULL")
    words = lru_cache(maxsize=None)(lambda source: {_folded(word) for word in _terms(source)})
    for article_id, source in rows:
        for word in words(source):
            named[word].append(article_id)
    return named


def _folded(word: str) -> str:
    """A word without case and accents, as the word index folds it."""
    flat = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in flat if not unicodedata.combining(character))


def _terms(query: str) -> list[str]:
    return list(dict.fromkeys(_TERM.findall(query)))[:_MAX_TERMS]


def _quoted(term: str) -> str:
    """So that nothing a person types is taken for an operator."""
    return f'"{term}"'
