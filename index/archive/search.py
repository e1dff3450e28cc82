"""Finds articles and passages by what people type, in any engine.

Words are compared as the engine's word index compares them: without case, accents and endings;
those of an outlet's name with their endings. Knows nothing of vectors.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache

from index.archive.engine import Connection, Engine, Scored

_MAX_TERMS = 100
# A term is what the word index takes for one: letters and digits with their accents.
_TERM = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_PHRASE = 12  # words of a phrase that are looked for
_NAMED = 10.0  # a word of the outlet's name counts as much as a rare word of the text


def search_passages(
    engine: Engine, query: str, k: int, articles: frozenset[str] | None = None
) -> Scored:
    """The `k` best passages by BM25, as (passage id, score); any word of the query counts.

    Of these `articles` alone, where given.
    """
    found = terms(query)
    return engine.best_passages(found, k, articles) if found and k > 0 else []


def having(engine: Engine, phrase: str, most: int) -> list[str]:
    """The ids of up to `most` articles that have these words, or the first of them, in a row.

    Compared as words are: where it matters, the caller has to look at the text.
    """
    found = words(phrase)[:_PHRASE]
    return engine.articles_having(found, most) if found else []


def search_articles(engine: Engine, query: str, *, beginnings: bool = False) -> list[str]:
    """The ids of all articles that have every word of the query, best first, then newest first.

    In the title, the outlet's name or the text; a passage has its title's words, too. With
    `beginnings` it is enough that a word begins so.
    """
    scores: Counter[str] = Counter()
    having: Counter[str] = Counter()
    wanted = terms(query)
    with engine.reading() as connection:
        outlets = _outlets(connection)
        for term in wanted:
            found = engine.articles_with(term, beginnings=beginnings)
            for article_id in _named(outlets, index_word(term), beginnings=beginnings):
                found[article_id] = found.get(article_id, 0.0) + _NAMED
            scores.update(found)
            having.update(found.keys())
        dated = connection.execute(
            "SELECT id FROM articles ORDER BY published IS NULL, published DESC, id"
        )
        whole = [id_ for (id_,) in dated if wanted and having[id_] == len(wanted)]
    return sorted(whole, key=lambda article_id: -scores[article_id])


def words(text: str) -> list[str]:
    """The words of a text in order, as word indexes tell them apart."""
    return _TERM.findall(text)


def terms(text: str) -> list[str]:
    """The words of a text, each once; the first of them where there are very many."""
    return list(dict.fromkeys(words(text)))[:_MAX_TERMS]


def index_word(word: str) -> str:
    """A word without case and accents, as the word index folds it."""
    flat = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in flat if not unicodedata.combining(character))


def _outlets(connection: Connection) -> dict[str, list[str]]:
    """The articles of the outlets that have a word in their name, by that word."""
    named: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute("SELECT id, source FROM articles WHERE source IS NOT NULL")
    named_by = lru_cache(maxsize=None)(lambda source: {index_word(word) for word in terms(source)})
    for article_id, source in rows:
        for word in named_by(source):
            named[word].append(article_id)
    return named


def _named(outlets: dict[str, list[str]], word: str, *, beginnings: bool) -> set[str]:
    """The articles of the outlets that have the word in their name."""
    names = (name for name in outlets if name == word or (beginnings and name.startswith(word)))
    return {article_id for name in names for article_id in outlets[name]}
