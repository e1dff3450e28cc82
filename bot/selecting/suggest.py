"""Questions that the articles do answer: made from their statements, never invented.

A topic is a content word, two of them or a whole name that an article repeats. Knows nothing of
retrieval.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from bot.selecting.article_view import ArticleView, Attribution
from index.attribution.identities import Identity
from index.language.names import FIRST_NAMES, is_role
from index.language.places import DEMONYMS
from index.language.verbs import SAYING
from index.language.word_forms import IRREGULAR
from index.language.words import ADVERBS, FUNCTION_WORDS, TIMES

if TYPE_CHECKING:
    from bot.selecting.evidence import Evidence  # would load torch before the port is open
    from bot.selecting.wanted_speaker import WantedSpeaker

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MIN_STATEMENT = 8  # words: a shorter one says too little to be asked about
_MIN_LETTERS = 5  # of a topic of one word
_LONGEST_NAME = 4  # words
_KEPT = 64  # texts with a speaker each: a refusal looks at some dozen of them
# Adjectives and adverbs: no topic by themselves.
_NO_NOUN = ("ous", "ful", "able", "ible", "ive", "less", "ly")
EMPTY = (
    FUNCTION_WORDS | ADVERBS | TIMES | SAYING
    | frozenset("people thing things something year years time way today there other".split())
    | frozenset("others mr mrs ms forward away back ahead prime vice del de la von van der".split())
)  # fmt: skip


def topic_of(text: str, whole: str, *, without: str = "") -> str | None:
    """What a sentence is about: its word, pair of words or name that `whole` repeats most.

    As it is mostly written; words of `without` (the speaker's name) do not count. None if nothing
    is repeated.
    """
    own = _lowered(without)
    return _heaviest({topic for topic, _ in runs(text, EMPTY | own)}, whole, own)


def _lowered(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(name))


def _heaviest(topics: Iterable[tuple[str, ...]], whole: str, own: frozenset[str]) -> str | None:
    """Of some topics the one that `whole` repeats most, as it is mostly written there."""
    forms = _forms(whole, own)
    weights = {topic: weight(topic, forms[topic].total()) for topic in topics if topic in forms}
    best = max(weights, key=lambda topic: (weights[topic], topic), default=None)
    return forms[best].most_common(1)[0][0] if best and weights[best] else None


@lru_cache(maxsize=_KEPT)
def _forms(whole: str, own: frozenset[str]) -> dict[tuple[str, ...], Counter[str]]:
    """How every topic of a text is written; words of a speaker's `own` name are none."""
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for topic, written in runs(whole, EMPTY | own):
        forms[topic][written] += 1
    return dict(forms)


def weight(topic: tuple[str, ...], count: int) -> float:
    """Two words say more than one, and long ones more than short ones; 0 for what is no topic."""
    alone = topic[0] if len(topic) == 1 else ""
    if count < 2 or _is_no_noun(topic[-1]) or is_role(topic[-1]):
        return 0.0
    if DEMONYMS.get(alone, alone) != alone or 0 < len(alone) < _MIN_LETTERS:
        return 0.0
    return count * (0.5 if alone else 2.0) + len("".join(topic)) / 100


def _is_no_noun(word: str) -> bool:
    past = word.endswith("ed") and (word.endswith("greed") or not word.endswith("eed"))
    return past or word in IRREGULAR or word.endswith(_NO_NOUN)


def runs(text: str, empty: Set[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every content word, two of them and whole name of several: folded, and as written."""
    for stretch in _stretches(text, empty):
        parts = [(named, tuple(words)) for named, words in groupby(stretch, key=_is_named)]
        units = [u for named, words in parts for u in ([words] if named else [(w,) for w in words])]
        singles = ((word,) for word in stretch)
        pairs = (a + b for a, b in pairwise(units) if len(a) == len(b) == 1)
        wholes = (unit for unit in units if 1 < len(unit) <= _LONGEST_NAME)
        for run in (*singles, *pairs, *wholes):
            folded = tuple(word.group().lower() for word in run)
            yield folded, text[run[0].start() : run[-1].end()]


def _stretches(text: str, empty: Set[str]) -> Iterator[list[re.Match[str]]]:
    """The content words that stand side by side, with nothing but a space between them."""
    stretch: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        is_empty = word.group().lower() in empty
        if stretch and (is_empty or text[stretch[-1].end() : word.start()] != " "):
            yield stretch
            stretch = []
        if not is_empty:
            stretch.append(word)
    if stretch:
        yield stretch


def _is_named(word: re.Match[str]) -> bool:
    """Whether the word may be part of a name: "Prime Minister" is none of "Viktor Orbán"."""
    return word.group()[0].isupper() and not is_role(word.group().lower())


def ask_about(view: ArticleView, n: int, attribution: Attribution) -> str | None:
    """The question that sentence `n` answers, "what did X say about Y?"; None without a topic."""
    name = attribution.full_name
    text = view.text(n)
    if not attribution.is_called or len(text.split()) < _MIN_STATEMENT:
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


def worth_asking(views: Iterable[ArticleView]) -> Iterator[str]:
    """Questions about persons who say several things on a topic of two words or more.

    One for an article, and for a person one.
    """
    asked: set[str] = set()
    for view in views:
        found = next(((n, t) for n, t in _spoken_of(view) if n not in asked), None)
        if found:
            asked.add(found[0])
            yield f"What did {found[0]} say about {found[1]}?"


def _spoken_of(view: ArticleView) -> Iterator[tuple[str, str]]:
    """Persons by their full names, and what several of their sentences are about."""
    said: dict[str, list[str]] = defaultdict(list)
    for n, sentence in enumerate(view.sentences):
        for who in sentence.attributions[:1]:
            identity = who.identity
            if identity and _is_persons(identity):
                said[identity.name].append(view.text(n))
    whole = f"{view.article.title or ''}\n{view.article.text}"
    for name, texts in said.items():
        own = _lowered(name)
        empty = EMPTY | own
        counts = Counter(topic for text in texts for topic in {t for t, _ in runs(text, empty)})
        several = [t for t, n in counts.items() if n > 1 and len(t) > 1]
        several = [t for t in several if not any(map(_is_no_noun, t))]
        topic = _heaviest(several, whole, own)
        if topic:
            yield name, topic


def _is_persons(identity: Identity) -> bool:
    """Whether a name is surely a person's, and all of it: no body's, no office."""
    words = identity.name.split()
    is_name = 1 < len(words) <= _LONGEST_NAME and words[0][0].isupper() and words[-1][0].isupper()
    is_office = any(is_role(word.lower().removesuffix("s")) for word in words)
    is_known = words[0].lower() in FIRST_NAMES or bool(identity.roles)
    return is_name and not is_office and is_known and not identity.is_body


def nearest_questions(
    asked: "WantedSpeaker | None", evidence: "Sequence[Evidence]"
) -> Iterator[str]:
    """Questions on the evidence, the wanted speaker's own words first; one may come twice.

    Topics of two words or more come before those of one: "region" tells little.
    """
    own = [e for e in evidence if asked and asked.phrase and asked.attribution(e.sentence)]
    questions = (
        ask_about(item.view, item.n, attribution)
        for item in (*own, *evidence)
        for attribution in item.sentence.attributions[:1]
    )
    return iter(sorted(filter(None, questions), key=_is_short))


def _is_short(question: str) -> bool:
    return len(question.rpartition(" about ")[2].split()) == 1
