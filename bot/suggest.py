"""Questions that the articles do answer: made from their statements, never invented.

A topic is a run of content words that an article repeats. Knows nothing of retrieval.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bot.asked import Asked
from bot.evidence import Evidence
from bot.retriever import content_words
from bot.views import ArticleView, Attribution

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MIN_STATEMENT = 8  # words: a shorter one says too little to be asked about


def topic_of(text: str, whole: str, *, without: str = "") -> str | None:
    """What a sentence is about: its run of one or two content words that `whole` repeats most.

    Words of `without` (the speaker's name) do not count; None if nothing is repeated.
    """
    names = {word.lower() for word in _WORD.findall(without)}
    counts = Counter(word.lower() for word in _WORD.findall(whole))
    pairs = Counter(_pairs(whole))
    best: list[tuple[float, int, str]] = []
    content = {word.lower() for word in content_words(text).split()}
    for first, second in _pairs(text):
        if {first, second} <= content - names and pairs[first, second] > 1:
            best.append((2.0 * pairs[first, second], len(first + second), f"{first} {second}"))
    for word in content - names:
        if counts[word] > 1 and len(word) > 4:
            best.append((float(counts[word]) / 2, len(word), word))
    return max(best)[2] if best else None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    words = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
    for (first, _, end), (second, start, _) in pairwise(words):
        if start == end + 1:
            yield first, second


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


def nearest_questions(asked: Asked | None, evidence: Sequence[Evidence]) -> list[str]:
    """Questions that the evidence answers, the asked speaker's own words first; each once."""
    own = [e for e in evidence if asked and asked.phrase and asked.attribution(e.sentence)]
    questions = (
        ask_about(item.view, item.n, attribution)
        for item in (*own, *evidence)
        for attribution in item.sentence.attributions[:1]
    )
    return list(dict.fromkeys(question for question in questions if question))
