"""An article's text analysed once: everything derived from it, in one frozen record.

>>> [s.speaker.name for s in read_document("“No,” Ann Lee said. “Never.”").statements if s.speaker]
['Ann Lee']
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.archive.passages import make_passages
from index.attribution.cast import Entity, Occurrence, gather
from index.attribution.mending import named_by_clause
from index.attribution.sentences import split_sentences
from index.attribution.speakers import Resolver
from index.attribution.statements import find_statements
from index.attribution.transcripts import find_turns
from index.language.quotations import Quotation, find_quotations, quotations_by_sentence
from index.language.syntax import Tree, parse
from index.language.words import split_words
from index.schema import Analysis, Article, Person, Sentence, Statement


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its sentences, their trees and names, its quotations, people and statements."""

    text: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    trees: tuple[Tree, ...]
    names: tuple[tuple[Occurrence, ...], ...]
    people: tuple[Person, ...]
    statements: tuple[Statement, ...]

    def pronouns(self, low: frozenset[str]) -> Iterator[tuple[str, ...]]:
        """For each sentence, the names that its pronouns of these forms refer to."""
        resolver = Resolver(self.text, self.trees, self.names)
        for number, tree in enumerate(self.trees):
            resolver.enter(number)
            places = [k for k, word in enumerate(tree.words) if word.low in low]
            yield tuple(dict.fromkeys(resolver.resolve(number, k).name for k in places))


def read_document(text: str) -> Document:
    """Analyse a text: about ten milliseconds for a page."""
    sentences, quotations = split_sentences(text), find_quotations(text)
    inside = quotations_by_sentence(sentences, quotations)
    words = [split_words(text, s.span, q) for s, q in zip(sentences, inside, strict=True)]
    trees = [named_by_clause(tree) for tree in parse(words)]
    names = gather(trees)
    entities = list({id(o.entity): o.entity for line in names for o in line}.values())
    callable_ = [e.name for e in entities if e.is_person or (not e.kind and len(e.words) > 1)]
    turns = find_turns(text, sentences, callable_)
    resolver = Resolver(text, trees, names)
    statements = find_statements(sentences, quotations, inside, resolver, turns)
    return Document(
        text,
        sentences,
        quotations,
        tuple(trees),
        tuple(map(tuple, names)),
        tuple(_people(entities, _speaking(trees, names, statements))),
        statements,
    )


def _speaking(
    trees: Sequence[Tree],
    names: Sequence[Sequence[Occurrence]],
    statements: Sequence[Statement],
) -> set[str]:
    """The names of all speakers, also of joint ones: "Reuters and the Times said"."""
    alone = {s.speaker.name for s in statements if s.speaker}
    together = [s.speaker.mention for s in statements if s.speaker and " and " in s.speaker.name]
    return alone | {
        occurrence.entity.name
        for tree, line in zip(trees, names, strict=True)
        for occurrence in line
        if tree.roles[occurrence.name[1] - 1] in ("conj", "nsubj", "pobj", "dobj")
        and any(m.overlaps(tree.words[occurrence.name[0]].span) for m in together)
    }


def _people(entities: list[Entity], speaking: set[str]) -> Iterator[Person]:
    """The named persons, and the organisations that speak."""
    for entity in entities:
        speaks = entity.name in speaking
        if not (speaks or entity.titled or entity.has_first_name):
            continue  # a name that nothing else is told of may be anything's
        if entity.kind == "person" or (speaks and entity.kind in ("body", "place", "")):
            is_person = entity.kind == "person"
            yield Person(
                entity.name, tuple(entity.roles), "person" if is_person else "body", speaks
            )


def analyse(article: Article) -> Analysis:
    """Sentences, people, statements and passages of an article."""
    document = read_document(article.text)
    return Analysis(
        sentences=document.sentences,
        people=document.people,
        statements=document.statements,
        passages=make_passages(document.sentences),
    )
