"""Suggests questions that the articles answer, made from their statements.

Knows nothing of retrieval.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from bot.query.grammar.question import said
from bot.query.parts import worded
from bot.selecting.article_view import ArticleView, Attribution
from bot.selecting.topics import (
    EMPTY_WORDS,
    LONGEST_NAME,
    heaviest,
    is_no_noun,
    lowered,
    topic_of,
    topics_in,
)
from index.attribution.people.identities import Identity
from index.language.folding import fold
from index.language.names import FIRST_NAMES, is_role
from index.language.stems import stems
from index.language.words import PRONOUNS

if TYPE_CHECKING:
    from bot.selecting.choosing.evidence import Evidence  # would load torch before the port is open
    from bot.selecting.wanted_speaker import WantedSpeaker

_MIN_STATEMENT = 8  # words: a shorter one says too little to be asked about


def ask_about(view: ArticleView, n: int, attribution: Attribution) -> str | None:
    """The question that sentence `n` answers, "what did X say about Y?"; None without a topic."""
    known, name = view.suggested, attribution.full_name
    if (n, name) not in known:
        known[n, name] = _asking(view, n, attribution, name)
    return known[n, name]


def _asking(view: ArticleView, n: int, attribution: Attribution, name: str) -> str | None:
    text = view.text(n)
    if PRONOUNS.issuperset(fold(name)):
        return None  # "he", of whom an article tells no more
    if not attribution.is_called or len(text.split()) < _MIN_STATEMENT:
        return None
    if _is_noun(name, view.article.text):
        return None
    topic = topic_of(text, view.titled_text, without=name)
    return worded(said(name, topic)) if topic else None


def _is_noun(name: str, text: str) -> bool:
    """Whether a name of one word is a noun that begins a sentence: "Models" beside "the models"."""
    is_word = " " not in name and name.lower() not in FIRST_NAMES
    return is_word and re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text) is not None


def questions_of(views: Iterable[ArticleView]) -> Iterator[str]:
    """Questions that the articles answer, each once: at most one per speaker of an article."""
    seen: set[str] = set()
    for view in views:
        asked: set[str] = set()
        for n, sentence in enumerate(view.sentences):
            for attribution in sentence.attributions[:1]:
                question = ask_about(view, n, attribution)
                if question and attribution.name not in asked and question not in seen:
                    asked.add(attribution.name)
                    seen.add(question)
                    yield question


def worth_asking(views: Iterable[ArticleView]) -> Iterator[str]:
    """Questions about persons who say several things on a topic of two words or more.

    At most one per article, and one per person.
    """
    asked: set[str] = set()
    for view in views:
        found = next(((n, t) for n, t in _spoken_of(view) if n not in asked), None)
        if found:
            asked.add(found[0])
            yield worded(said(*found))


def _spoken_of(view: ArticleView) -> Iterator[tuple[str, str]]:
    """Persons by their full names, each with the topic of several of their sentences."""
    spoken: dict[str, list[str]] = defaultdict(list)
    for n, sentence in enumerate(view.sentences):
        for who in sentence.attributions[:1]:
            identity = who.identity
            if identity and _is_persons(identity):
                spoken[identity.name].append(view.text(n))
    for name, texts in spoken.items():
        own = lowered(name)
        empty = EMPTY_WORDS | own
        counts = Counter(
            topic for text in texts for topic in {t for t, _ in topics_in(text, empty)}
        )
        several = [t for t, n in counts.items() if n > 1 and len(t) > 1]
        several = [t for t in several if not any(map(is_no_noun, t))]
        topic = heaviest(several, view.titled_text, own)
        if topic:
            yield name, topic


def _is_persons(identity: Identity) -> bool:
    """Whether a name is surely a person's full name, not that of an organisation or an office."""
    words = identity.name.split()
    is_name = 1 < len(words) <= LONGEST_NAME and words[0][0].isupper() and words[-1][0].isupper()
    is_office = any(is_role(word.lower().removesuffix("s")) for word in words)
    is_known = words[0].lower() in FIRST_NAMES or bool(identity.roles)
    return is_name and not is_office and is_known and not identity.is_body


def nearest_questions(
    wanted: "WantedSpeaker | None", evidence: "Sequence[Evidence]", topic: str
) -> Iterator[str]:
    """Questions on the evidence, the wanted speaker's own words first; one may come twice.

    Of others only what articles tell that have half of the topic. Topics of two words or more come
    before those of one: "region" tells little. Each takes time, and few are needed.
    """
    own = [e for e in evidence if wanted and wanted.phrase and wanted.attribution(e.sentence)]
    about = stems(topic)
    near = (e for e in evidence if 2 * len(about & e.view.stems) >= len(about))
    short: list[str] = []
    for item in chain(own, near):
        for attribution in item.sentence.attributions[:1]:
            question = ask_about(item.view, item.n, attribution)
            if question and _is_short(question):
                short.append(question)
            elif question:
                yield question
    yield from short


def _is_short(question: str) -> bool:
    return len(question.rpartition(" about ")[2].split()) == 1
