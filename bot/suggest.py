"""Questions that the articles do answer: made from their statements, never invented.

A topic is a run of content words that an article repeats. Knows nothing of retrieval.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.views import ArticleView, Attribution
from index.cues import CUES
from index.words import ADVERBS, FUNCTION_WORDS, TIMES

if TYPE_CHECKING:
    from bot.asked import Asked
    from bot.evidence import Evidence  # would load torch before the port is open

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MIN_STATEMENT = 8  # words: a shorter one says too little to be asked about
_MIN_LETTERS = 5  # of a topic of one word
# Adjectives and adverbs: no topic by themselves.
_NO_NOUN = ("ous", "ful", "able", "ible", "ive", "less", "ly")
EMPTY = (
    FUNCTION_WORDS | ADVERBS | TIMES | CUES.keys()
    | frozenset("people thing things something year years time way today".split())
    | frozenset("there other others mr mrs ms".split())
)  # fmt: skip


def topic_of(text: str, whole: str, *, without: str = "") -> str | None:
    """What a sentence is about: its run of one or two content words that `whole` repeats most.

    As it is mostly written; words of `without` (the speaker's name) do not count. None if nothing
    is repeated.
    """
    empty = EMPTY | {word.lower() for word in _WORD.findall(without)}
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for topic, written in runs(whole, empty):
        forms[topic][written] += 1
    weights = {topic: weight(topic, forms[topic].total()) for topic, _ in runs(text, empty)}
    best = max(weights, key=lambda topic: (weights[topic], topic), default=None)
    return forms[best].most_common(1)[0][0] if best and weights[best] else None


def weight(topic: tuple[str, ...], count: int) -> float:
    """Two words say more than one, and long ones more than short ones."""
    alone = topic[0] if len(topic) == 1 else ""
    if count < 2 or (alone and (len(alone) < _MIN_LETTERS or _is_no_noun(alone))):
        return 0.0
    return count * (2.0 if len(topic) == 2 else 0.5) + len("".join(topic)) / 100


def _is_no_noun(word: str) -> bool:
    return word.endswith(_NO_NOUN) or (word.endswith("ed") and not word.endswith("eed"))


def runs(text: str, empty: Set[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every run of one or two words without an empty one: folded, and as written."""
    words = list(_WORD.finditer(text))
    for word in words:
        if word.group().lower() not in empty:
            yield (word.group().lower(),), word.group()
    for first, second in pairwise(words):
        pair = (first.group().lower(), second.group().lower())
        gap = text[first.end() : second.start()]
        if gap.isspace() and len(gap) == 1 and empty.isdisjoint(pair):
            yield pair, text[first.start() : second.end()]


def ask_about(view: ArticleView, n: int, attribution: Attribution) -> str | None:
    """The question that sentence `n` answers, "what did X say about Y?"; None without a topic."""
    name = attribution.full_name
    text = view.text(n)
    if not attribution.named or len(text.split()) < _MIN_STATEMENT:
        return None
    whole = f"{view.article.title or ''}\n{view.article.text}"
    topic = topic_of(text, whole, without=name)
    return f"What did {name} say about {topic}?" if topic else None


def questions_of(views: Iterable[ArticleView]) -> Iterator[str]:
    """Questions that the articles answer, each once: at most one a speaker of an article."""
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


def nearest_questions(asked: "Asked | None", evidence: "Sequence[Evidence]") -> Iterator[str]:
    """Questions on the evidence, the asked speaker's own words first; one may come twice."""
    own = [e for e in evidence if asked and asked.phrase and asked.attribution(e.sentence)]
    questions = (
        ask_about(item.view, item.n, attribution)
        for item in (*own, *evidence)
        for attribution in item.sentence.attributions[:1]
    )
    return (question for question in questions if question)
