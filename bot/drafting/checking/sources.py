"""Analyses the articles behind the cited sentences: who says what in these, and whom they name.

Derived from the articles' text alone, so it needs no archive. Knows nothing of drafts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.answer import Citation
from bot.comparing.tokens import split
from bot.query.people.directory import Directory
from index.attribution.people.identities import Identity, context_words
from index.document import Document, read_document
from index.language.folding import is_description
from index.language.offices import role_words
from index.language.places import DEMONYMS, SEATS, places_of
from index.language.stems import base_of
from index.schema import Article, Person, Span, Statement

_PERSONAL = frozenset("he she his her him".split())
_NEUTER = re.compile(r"(?:\b(?i:it|its|they|their|them|this|these|those)\b|\AThe [a-z]+)")
_BEFORE = 2  # sentences back that "it" and "the company" reach
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article with all that is derived from its text.

    `quoted` has the spans in quotation marks, `referents` for each sentence the names that its
    personal pronouns stand for.
    """

    article: Article
    document: Document
    quoted: tuple[Span, ...]
    referents: tuple[tuple[str, ...], ...]

    def at(self, span: Span) -> range:
        """The numbers of the sentences that a span touches."""
        found = [n for n, s in enumerate(self.document.sentences) if s.span.overlaps(span)]
        return range(found[0], found[-1] + 1) if found else range(0)


def analyse_article(article: Article) -> AnalysedArticle:
    """Analyse an article: about ten milliseconds for a page of text."""
    document = read_document(article.text)
    spoken = [s.content for s in document.statements if s.kind == "direct" and s.cue is None]
    quoted = [quotation.span for quotation in document.quotations]
    return AnalysedArticle(
        article,
        document,
        tuple(sorted([*quoted, *(span for content in spoken for span in content)])),
        tuple(document.pronouns(_PERSONAL)),
    )


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """What somebody says in the cited sentences: `names` are the speaker's, as they are called."""

    names: tuple[str, ...]
    identity: Identity | None
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """All pieces of it."""
        return " ".join(self.pieces)

    @property
    def is_unknown(self) -> bool:
        """Whether the article's "they" or "it" could not be resolved."""
        return all(name.lower() in ("he", "she", "it", "they", "we", "i") for name in self.names)


@dataclass(frozen=True)
class Sources:
    """The cited sentences of one draft, and what their articles tell about them."""

    citations: tuple[Citation, ...]
    known: dict[str, AnalysedArticle]
    directory: Directory

    @cached_property
    def text(self) -> str:
        """All that is cited, in order."""
        return " ".join(citation.text for citation in self.citations)

    @cached_property
    def whole(self) -> str:
        """All that the articles say, and who published them."""
        articles = [known.article for known in self.known.values()]
        return " ".join(
            part for a in articles for part in (a.title, a.source, a.author, a.text) if part
        )

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """The stems of all words of the articles."""
        return frozenset(token.stem for token in split(self.whole))

    @cached_property
    def quotations(self) -> tuple[str, ...]:
        """What stands in quotation marks in the cited sentences, over sentence borders too."""
        return tuple(
            words
            for id_, regions in self._regions.items()
            for region in regions
            for words in _within(self.known[id_].quoted, region, self.known[id_].article.text)
        )

    @cached_property
    def said(self) -> tuple[CitedStatement, ...]:
        """The statements in the cited sentences."""
        found = (
            self._said(citation, statement)
            for citation in self.citations
            for statement in self.known[citation.article.id].document.statements
            if statement.is_own
        )
        return tuple(said for said in found if said)

    @cached_property
    def named(self) -> frozenset[str]:
        """The stems of all names that a draft may use: those that are cited, or stand for it."""
        people = [p for known in self.known.values() for p in known.document.people]
        names = [name for said in self.said for name in said.names]
        names += [c.speaker for c in self.citations if c.speaker]
        names += [name for citation in self.citations for name in self._around(citation)]
        met = {token.stem for text in (*names, self.text) for token in split(text)}
        low = " ".join(token.low for token in split(self.text))
        for person in people:
            words = [token.stem for token in split(person.name)]
            is_told = any(f"the {role.lower()}" in low for role in person.roles)
            if words and (words[-1] in met or is_told) and not is_description(person.name):
                met.update(words)
                met.update(base_of(word) for role in person.roles for word in role_words(role))
                met.update(token.stem for role in person.roles for token in split(role))
        return frozenset(met) | self._placed

    @property
    def _placed(self) -> set[str]:
        """The stems of the names, peoples and seats of the places that are cited."""
        names = (token.low for token in split(self.text) if token.is_capital)
        cited = {place for name in names for place in places_of(name)}
        meant = (word for word in (*DEMONYMS, *SEATS) if not cited.isdisjoint(places_of(word)))
        return {base_of(word) for word in meant}

    def people(self, citation: Citation) -> str:
        """Whose words a cited sentence carries and whom its pronouns mean: "Ann Lee: (Bo Orr) "."""
        known = self.known[citation.article.id]
        meant = [name for n in known.at(citation.span) for name in known.referents[n]]
        others = [name for name in dict.fromkeys(meant) if name != citation.speaker]
        spoken = f"{citation.speaker}: " if citation.speaker else ""
        return f"{spoken}({', '.join(others)}) " if others else spoken

    @cached_property
    def _regions(self) -> dict[str, list[Span]]:
        """The cited spans of each article, those that follow one another as one."""
        found: dict[str, list[Span]] = {}
        for citation in sorted(self.citations, key=lambda c: (c.article.id, c.span)):
            regions = found.setdefault(citation.article.id, [])
            last = regions[-1] if regions else None
            text, start = citation.article.text, citation.span.start
            if last and _SPACE.fullmatch(text, min(last.end, start), start):
                regions[-1] = Span(last.start, max(last.end, citation.span.end))
            else:
                regions.append(citation.span)
        return found

    def _said(self, citation: Citation, statement: Statement) -> CitedStatement | None:
        article, speaker = citation.article, statement.speaker
        pieces = tuple(_within(statement.content, citation.span, article.text))
        if not pieces or speaker is None:
            return None
        mention = speaker.mention.of(article.text)
        names = (speaker.name, mention)
        identity = self.directory.identity(article.id, speaker.name)
        return CitedStatement(tuple(dict.fromkeys(names)), identity, pieces)

    def _around(self, citation: Citation) -> Iterator[str]:
        """Whom and what the pronouns and descriptions of a sentence may stand for."""
        known = self.known[citation.article.id]
        text = known.article.text
        for n in known.at(citation.span):
            yield from known.referents[n]
            if _NEUTER.search(known.document.sentences[n].span.of(text)):
                before = known.document.sentences[max(0, n - _BEFORE) : n]
                tokens = (token for s in before for token in split(s.span.of(text)))
                yield from (t.text for t in tokens if t.is_capital and t.is_content)


def _within(spans: Iterable[Span], region: Span, text: str) -> Iterator[str]:
    """The words of each span that lie in a region of the text."""
    for span in spans:
        if span.overlaps(region):
            yield text[max(span.start, region.start) : min(span.end, region.end)]


def directory_of(known: Iterable[AnalysedArticle]) -> Directory:
    """Who is who in the cited articles."""
    people: list[tuple[str, Person]] = []
    context = {}
    for each in known:
        id_ = each.article.id
        people += [(id_, person) for person in each.document.people]
        names = {person.name for person in each.document.people}
        speakers = {s.speaker.name for s in each.document.statements if s.speaker} - names
        people += [(id_, Person(name, (name,))) for name in sorted(speakers)]
        context[id_] = context_words(f"{each.article.title or ''} {each.article.text}")
    return Directory.gathered(people, context)
