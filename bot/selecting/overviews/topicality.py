"""Ranks articles by how much they are about a topic, and tells whether they are one story.

By the words of the title and the first sentences: an article is about what it begins with. Which
articles have the words at all is looked up as roles are compared, where some stand for others.
Knows nothing of what kind of answer is wanted.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from bot.selecting.article_view import ArticleView
from index.language.folding import fold
from index.language.names import FIRST_NAMES
from index.language.offices import joined_forms, role_words, special_words
from index.language.stems import stem, stems
from index.language.word_lists import word_set
from index.language.words import FUNCTION_WORDS, LETTERS

_LEAD = 3  # sentences
# Say what sort of text is meant, not which: "the Mugabe obituary".
_GENERIC = stems(
    """story stories article articles report reports news case affair issue situation incident
    event events scandal controversy saga drama obituary question topic matter debate latest update
    coverage background"""
)
# "Corrections and clarifications: ...", "Editor's note: ...".
_NOTE = re.compile(
    r"(?:corrections?|clarifications?|editor['’]s note)\b[^:.]{0,30}:", re.IGNORECASE
)
_MUCH_MORE = 0.75  # of `TopicMatch.score`
_ENOUGH = 0.5  # of the topic's words
_NEAR = 3  # sentences
_STAMP = re.compile(r"\W*\d{1,2}[.:]\d\d\b(?!\s*(?:per|%))")  # "10.21 The minister ..."
_ENTRIES, _SHORT = 3, 5  # of a live report, at least; words, its clock time counted
_HAPPENINGS = stems(" ".join(word_set("happenings", "bot.query")))
_CHANGED = 2  # letters at the end of a stem that its words may have otherwise: "compani", "die"


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """An article and how much it is about a topic: `score` is in [0, 3], higher is better."""

    view: ArticleView
    score: float


def topic_stems(topic: str) -> frozenset[str]:
    """The stems of the words of a topic that tell articles apart."""
    words = stems(topic)
    return words - _GENERIC or words


def rank_by_topic(views: Iterable[ArticleView], topic: str) -> list[TopicMatch]:
    """The articles that are about the topic, best first; of equals the newest first."""
    wanted = topic_stems(topic)
    views = list(views)
    whole = [view for view in views if wanted <= view.stems]
    # "Sonia Gandhi" is no other Sonia.
    likely = whole if whole or not FIRST_NAMES.isdisjoint(fold(topic)[:1]) else views
    found = [TopicMatch(view, _score(view, wanted)) for view in likely] if wanted else []
    titled = [m for m in found if wanted <= stems(m.view.article.title or "")]
    kept = titled or [match for match in found if match.score]
    best = max((match.score for match in kept), default=0.0)
    near = [match for match in kept if match.score > best - _MUCH_MORE]
    return sorted(
        near, key=lambda m: (-m.score, _reversed(m.view.article.published), m.view.article.id)
    )


def is_one_story(matches: Sequence[TopicMatch], topic: str) -> bool:
    """Whether the articles follow one story, as those on "Hurricane Dorian" do.

    They do if the topic contains a name: "the hurricane" may be any hurricane.
    """
    views = [match.view for match in matches]
    return len(views) == 1 or any(
        all(_is_name(word, view) for view in views)
        for word in fold(topic)
        if word not in FUNCTION_WORDS
    )


def lead(view: ArticleView, n: int = _LEAD) -> list[int]:
    """The numbers of the first `n` sentences of prose, without what the paper notes of its text."""
    prose = [(k, s.sentence) for k, s in enumerate(view.sentences) if s.prose]
    notes = {s.paragraph for k, s in prose if _NOTE.match(view.text(k))}
    told = [k for k, s in prose if s.paragraph not in notes]
    return (told or [k for k, _ in prose])[:n]


def begun(view: ArticleView, topic: str) -> list[int]:
    """The numbers of the sentences of prose from where an article is on a topic or its title.

    A greeting comes before: "Good morning, readers!". Of a round-up, that begins with neither, only
    those with most words of the topic.
    """
    prose, wanted = lead(view, len(view.sentences)), topic_stems(topic)
    title = stems(view.article.title or "")
    first = [not (wanted | title).isdisjoint(stems(view.text(k))) for k in prose[:_LEAD]]
    if any(first):
        return prose[first.index(True) :]
    shares = [len(wanted & stems(view.text(k))) for k in prose]
    best = max(shares, default=0)
    return [k for k, share in zip(prose, shares, strict=True) if share == best]


def opening(view: ArticleView, topic: str, n: int) -> list[int]:
    """The numbers of the `n` sentences with which an article begins to tell of a topic.

    The first ones, unless a name of the topic comes later: a round-up of the day's news, or a
    relative's story, begins with something else.
    """
    prose = begun(view, topic)
    names = names_of(topic, view)
    if names <= stems(" ".join(view.text(k) for k in prose[:_LEAD])):
        return prose[:n]
    return [k for k in prose if names <= stems(view.text(k))][:n] or prose[:n]


def story_sentences(view: ArticleView, topic: str, n: int) -> list[int]:
    """The numbers of the `n` sentences that tell an article's story, in its order.

    The first ones, and those that the article tells itself with most words of the topic and title.
    Of a live report its last entry, and those with most of these words.
    """
    entries = told_by_the_hour(view)
    prose = entries or begun(view, topic)
    first = entries[-1:] or prose[:_LEAD]
    rest = [k for k in prose if k not in first and not view.sentences[k].attributions]
    wanted = topic_stems(topic) | stems(view.article.title or "")
    ranked = sorted(rest, key=lambda k: (-len(wanted & stems(view.text(k))), k))
    return sorted([*first, *ranked[: max(0, n - len(first))]])


def told_by_the_hour(view: ArticleView) -> list[int]:
    """The numbers of the sentences that each entry of a live report begins with; none of others.

    Where that is no more than "She's gone." or a greeting, the next one, if the entry has more.
    """
    prose = lead(view, len(view.sentences))
    of = {k: view.sentences[k].sentence.paragraph for k in prose}
    begun = [k for k in prose if _STAMP.match(view.text(k)) and of.get(k - 1) != of[k]]
    short = {k for k in begun if len(view.text(k).split()) <= _SHORT}
    more = {k + 1 for k in short if of.get(k + 1) == of[k]}
    more = {k for k in more if len(view.text(k).split()) >= _SHORT - 1}
    told = sorted({*begun} - short | more)
    return told if len(told) >= _ENTRIES else []


def has_only_names(view: ArticleView, topic: str) -> bool:
    """Whether an article has nothing of a topic but names in it: "Lee", of "Lee's childhood"."""
    wanted = topic_stems(topic)
    shared = wanted & view.stems
    return shared != wanted and shared <= names_of(topic, view)


def in_passing(view: ArticleView, topic: str, n: int) -> list[int]:
    """The numbers of up to `n` sentences that tell of a topic among other things, in order.

    They stand near each other, have half of its words each, and all of them together; none if it
    is of one word.
    """
    wanted = topic_stems(topic)
    had = {k: wanted & stems(view.text(k)) for k in lead(view, len(view.sentences))}
    best = max(had, key=lambda k: (len(had[k]), -k), default=0)
    near = [k for k, w in had.items() if 2 * len(w) >= len(wanted) and abs(k - best) <= _NEAR]
    together = frozenset[str]().union(*(had[k] for k in near))
    return near[:n] if len(wanted) > 1 and together == wanted else []


def is_of_event(topic: str) -> bool:
    """Whether a topic tells what happened to something, as it may be told in other words."""
    return not _HAPPENINGS.isdisjoint(topic_stems(topic))


def names_of(topic: str, view: ArticleView) -> frozenset[str]:
    """The words of a topic that an article has as names, by their stems."""
    words = (stem(word) for word in fold(topic) if word not in FUNCTION_WORDS)
    return frozenset(w for w in words if w in topic_stems(topic) and _is_name(w, view))


def _score(view: ArticleView, wanted: frozenset[str]) -> float:
    title = stems(view.article.title or "")
    opening = stems(" ".join(view.text(n) for n in lead(view)))
    begun = len(wanted & (title | opening)) / len(wanted)
    if begun < _ENOUGH:
        return 0.0
    return begun + len(wanted & title) / len(wanted) + len(wanted & view.stems) / len(wanted)


def _is_name(word: str, view: ArticleView) -> bool:
    """Whether an article capitalises a word wherever it stands."""
    forms = [form for form in LETTERS.findall(view.article.text) if stem(form) == stem(word)]
    return bool(forms) and all(form[0].isupper() for form in forms)


def _reversed(published: str | None) -> tuple[int, ...]:
    """A sort key that puts the newest first and what has no date last."""
    return tuple(-ord(character) for character in published or "")


class Words(Protocol):
    """By which words articles are found."""

    def words_beginning(self, first: str) -> Iterable[str]:
        """All words of articles that begin with these letters."""

    def having(self, groups: Sequence[Set[str]]) -> frozenset[str]:
        """The articles that have a word of each of these groups."""


def articles_on(topic: frozenset[str], words: Words) -> frozenset[str] | None:
    """The articles that have a word of each of these stems, and perhaps some more.

    None where that cannot be told of all articles.
    """
    forms = [listed_as(each, words.words_beginning) for each in sorted(topic)]
    known = [each for each in forms if each is not None]
    return words.having(known) if known else None


def listed_as(wanted: str, beginning: Callable[[str], Iterable[str]]) -> frozenset[str] | None:
    """All words of articles that a word of this stem may be listed as; None if it may be as none.

    >>> sorted(listed_as("walk", lambda _: ["walked", "walks", "wall"]))
    ['walked', 'walks']
    """
    special = _special().get(wanted, ())
    if any(not role_words(word) for word in special):
        return None
    plain = (w for w in beginning(wanted[: max(1, len(wanted) - _CHANGED)]) if stem(w) == wanted)
    return joined_forms({*plain, *(form for word in special for form in role_words(word))})


@lru_cache(maxsize=1)
def _special() -> Mapping[str, tuple[str, ...]]:
    """Words that articles are not found by as they stand, by their stems."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(special_words()):
        found[stem(word)] = (*found.get(stem(word), ()), word)
    return found
