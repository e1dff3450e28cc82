"""Lists every statement of the archive with its speaker, and everybody who is certainly quoted.

What an article's text says of its statements, where each is and on what, depends on the text and
title alone and is cached by version (`digest`); the rest is derived from one state of the archive
and its directory. Knows nothing of requests or pages.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from bot.query.people.directory import Directory
from bot.selecting.article_view import Attribution
from bot.selecting.topics import EMPTY_WORDS, Topic, topic_forms, topics_in, weight
from index.archive.archive import Archive
from index.archive.rows import ArticleSummary
from index.attribution.people.identities import Identity
from index.language.folding import fold, is_description
from index.language.names import TITLES
from index.language.offices import STOP, role_words
from index.language.stems import stems
from index.schema import Article, Person, Sentence, Span, Statement, joined

_TOPICS = 4
_ROLES = 3
_MAX_WEIGHT = 6.0  # an article may go on and on about one thing
_MAX_ROLE = 6  # words: a longer one is a sentence's, and no office
# Descriptions that begin a sentence, and so with a capital, but are no names.
_MANY = TITLES | frozenset(
    """activist analyst authority called critic estimate expert factor finding investigator member
    neighbor neighbour observer official other police report source statement study""".split()
)
_AROUND = 2  # sentences before and after a statement that tell what it is about


@dataclass(frozen=True, slots=True)
class Reported:
    """A statement in its text, whoever made it.

    `span` is the whole sentences that carry it; `around` the stems of these and their neighbours;
    `topics` what it is about: each topic, as the article writes it, and its weight in the article.
    """

    span: Span
    around: frozenset[str]
    topics: tuple[tuple[Topic, str, float], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """An article's statements in their order, and the stems of its title."""

    title: frozenset[str] = frozenset()
    reported: tuple[Reported, ...] = ()


def digest(archive: Archive, summary: ArticleSummary) -> Digest:
    """Read one article of the archive."""
    article = archive.article(summary.id)
    if article is None:
        return Digest()
    sentences = archive.sentences(article.id)
    in_sentence = [stems(sentence.span.of(article.text)) for sentence in sentences]
    repeated = _repeated(article)

    def report(statement: Statement) -> Reported:
        first, last = _carrying(statement, sentences)
        near = in_sentence[max(0, first - _AROUND) : last + 1 + _AROUND]
        span = joined([sentence.span for sentence in sentences[first : last + 1]])
        content = " / ".join(piece.of(article.text) for piece in statement.content)
        topics = dict.fromkeys(
            topic for topic, _ in topics_in(content, EMPTY_WORDS) if topic in repeated
        )
        about = tuple((topic, *repeated[topic]) for topic in topics)
        return Reported(span, frozenset().union(*near), about)

    return Digest(stems(article.title or ""), tuple(map(report, archive.derived(article.id))))


def _carrying(statement: Statement, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The first and the last of the sentences that the content lies in."""
    within = [n for n, s in enumerate(sentences) if any(map(s.span.overlaps, statement.content))]
    return within[0], within[-1]


def _repeated(article: Article) -> dict[Topic, tuple[str, float]]:
    """The topics that the article repeats: how it mostly writes each, and its weight."""
    forms = topic_forms(f"{article.title or ''}\n{article.text}")
    weights = ((topic, form, weight(topic, form.total())) for topic, form in forms.items())
    return {topic: (form.most_common(1)[0][0], heavy) for topic, form, heavy in weights if heavy}


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody who is quoted: how often, in how many articles, from when to when, on what."""

    name: str
    roles: tuple[str, ...]
    n_statements: int
    n_articles: int
    first: str | None
    last: str | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocatedStatement:
    """A statement with its article, its speaker and the whole sentences that carry it.

    `title` has the stems of the article's title; `article_text` is filled in where it is shown.
    """

    article: ArticleSummary
    title: frozenset[str]
    statement: Statement
    reported: Reported
    attribution: Attribution | None
    article_text: str = ""

    @property
    def identity(self) -> Identity | None:
        """Who speaks, across articles."""
        return self.attribution.identity if self.attribution else None

    @property
    def speaker(self) -> str | None:
        """The fullest name that any article uses; None if the speaker has no name."""
        return self.attribution.full_name if self.attribution else None

    @property
    def span(self) -> Span:
        """The whole sentences that carry it."""
        return self.reported.span

    @property
    def text(self) -> str:
        """The text of these sentences."""
        return self.span.of(self.article_text)

    def is_about(self, words: Set[str]) -> bool:
        """Whether it has all the words around it, its article's title helping with some."""
        around = self.reported.around
        return words <= around | self.title and not words.isdisjoint(around)


class Ledger:
    """All statements, newest first and oldest first; those without a date last."""

    def __init__(
        self,
        articles: Sequence[ArticleSummary],
        digests: dict[str, Digest],
        directory: Directory,
        people: Iterable[tuple[str, Person]],
        statements: Iterable[tuple[str, Statement]],
    ) -> None:
        """Join the digests of the `articles`, which come newest first, with whose words they are.

        `people` and `statements` are those of the articles, with their ids.
        """
        said: dict[str, list[Statement]] = defaultdict(list)
        for article_id, statement in statements:
            said[article_id].append(statement)
        self.newest_first = tuple(
            LocatedStatement(summary, digests[summary.id].title, statement, reported, who)
            for summary in articles
            for statement, reported in zip(
                said[summary.id], digests[summary.id].reported, strict=True
            )
            if statement.is_own
            for who in [_attribution(statement, summary.id, directory)]
        )
        dates = {summary.id: summary.published or "\uffff" for summary in articles}
        self.oldest_first = tuple(sorted(self.newest_first, key=lambda e: dates[e.article.id]))
        # The roles of everybody whom the articles call a person or an organisation.
        self._roles: dict[Topic, Counter[str]] = {}
        for article_id, person in people:
            if identity := directory.identity(article_id, person.name):
                self._roles.setdefault(identity.key, Counter()).update(person.roles)
        self._n_articles = len(digests)
        self._n_about = _articles_about(digests.values())
        self._speakers = _by_speaker(self.newest_first)
        self._sure = [item for item in self._speakers.values() if self._is_sure(*item)]

    def speakers(self, query: str = "") -> list[tuple[Identity, list[LocatedStatement]]]:
        """Everybody who is certainly quoted, most often first, with their statements.

        With a `query`, those whose name and role have all of its words, or beginnings of them.
        """
        words = [{word, *role_words(word)} for word in fold(query) if word not in STOP]
        offices = [{word} for word in role_words(query)]  # those of two words are one
        return [
            (identity, entries)
            for identity, entries in self._sure
            if any(all(_is_called(identity, f) for f in wanted) for wanted in (words, offices))
        ]

    def topics(self, most: int) -> list[tuple[str, int]]:
        """What is spoken about, as it is mostly written; and in how many articles, most first."""
        forms: dict[Topic, Counter[str]] = defaultdict(Counter)
        for entry in self.newest_first:
            for topic, written, _ in entry.reported.topics:
                forms[topic][written] += 1
        chosen = sorted(forms, key=lambda t: (-self._n_about[t], -len(t), t))[:most]
        return [(forms[t].most_common(1)[0][0], self._n_about[t]) for t in chosen]

    def card_of(self, identity: Identity) -> PersonCard | None:
        """The card of anybody with a name, certain or not; None if they say nothing."""
        found = self._speakers.get(identity.key)
        return self.card(*found) if found else None

    def is_sure(self, identity: Identity) -> bool:
        """Whether `speakers` lists the person."""
        return any(listed.key == identity.key for listed, _ in self._sure)

    def card(self, identity: Identity, entries: Sequence[LocatedStatement]) -> PersonCard:
        """The summary of a speaker and their statements."""
        articles = {entry.article.id: entry.article.published for entry in entries}
        dates = sorted(filter(None, articles.values()))
        return PersonCard(
            identity.name,
            self._best_roles(identity),
            len(entries),
            len(articles),
            dates[0] if dates else None,
            dates[-1] if dates else None,
            self._topics(identity, entries),
        )

    def _is_sure(self, identity: Identity, entries: Sequence[LocatedStatement]) -> bool:
        """Whether the articles say who speaks: a person or body, by a full name, role or often."""
        if _is_common(identity):
            return False
        is_often = len({entry.article.id for entry in entries}) > 1
        is_known = identity.key in self._roles or identity.is_body or is_often
        has_more = len(identity.words) > 1 or identity.is_body or bool(self._best_roles(identity))
        return is_known and (has_more or len(entries) > 1)

    def _best_roles(self, identity: Identity) -> tuple[str, ...]:
        """What the articles mostly call somebody, each idea once."""
        best: dict[frozenset[str], str] = {}
        for role, _ in self._roles.get(identity.key, Counter()).most_common():
            words = frozenset(role_words(role))
            if words and len(role.split()) <= _MAX_ROLE and not any(map(words.issubset, best)):
                best[words] = role
        return tuple(best.values())[:_ROLES]

    def _topics(self, identity: Identity, entries: Sequence[LocatedStatement]) -> tuple[str, ...]:
        """What somebody speaks about more than others do: their articles' own repeated words."""
        weights: dict[Topic, float] = defaultdict(float)
        forms: dict[Topic, Counter[str]] = defaultdict(Counter)
        for entry in entries:
            for topic, written, heavy in entry.reported.topics:
                weights[topic] += min(heavy, _MAX_WEIGHT)
                forms[topic][written] += 1
        for topic in weights:
            weights[topic] *= math.log(1 + self._n_articles / self._n_about[topic])
        own = set(identity.words)
        chosen: list[Topic] = []
        for topic in sorted(weights, key=lambda t: (-weights[t], t)):
            # "peace" beside "peace deal" says nothing more.
            if own.isdisjoint(topic) and not any(set(topic) & set(other) for other in chosen):
                chosen.append(topic)
        return tuple(forms[topic].most_common(1)[0][0] for topic in chosen[:_TOPICS])


def _attribution(statement: Statement, article_id: str, directory: Directory) -> Attribution | None:
    speaker = statement.speaker
    if speaker is None:
        return None
    return Attribution(speaker.name, directory.identity(article_id, speaker.name), statement.kind)


def _by_speaker(
    entries: Iterable[LocatedStatement],
) -> dict[Topic, tuple[Identity, list[LocatedStatement]]]:
    """Whoever has a name, most statements first; "officials" are somebody else in each article."""
    found: dict[Topic, tuple[Identity, list[LocatedStatement]]] = {}
    for entry in entries:
        who = entry.attribution
        if who and who.identity and who.named:
            found.setdefault(who.identity.key, (who.identity, []))[1].append(entry)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1][1]), item[1][0].name)))


def _is_common(identity: Identity) -> bool:
    """Whether the fullest name is a description after all, or a word like "Officials"."""
    if is_description(identity.name):
        return True
    (word, *others) = fold(identity.name)
    singular = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return not others and not {word, singular}.isdisjoint(_MANY | EMPTY_WORDS)


def _articles_about(digests: Iterable[Digest]) -> Counter[Topic]:
    """In how many articles somebody speaks about each topic."""
    return Counter(
        topic
        for one in digests
        for topic in {topic for reported in one.reported for topic, *_ in reported.topics}
    )


def _is_called(identity: Identity, forms: Set[str]) -> bool:
    """Whether a word of the name or of a role begins with one of the forms."""
    known = {*identity.words, *(word for _, role in identity.roles for word in role)}
    return any(word.startswith(form) for word in known for form in forms)
