"""An article's text analysed once: everything derived from it, in one frozen record.

>>> [s.speaker.name for s in read_document("“No,” Ann Lee said. “Never.”").statements if s.speaker]
['Ann Lee']
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.attribution.denials import is_denial
from index.attribution.grammar.tree_repair.repair import repaired
from index.attribution.layout.sentences import split_sentences
from index.attribution.layout.transcripts import find_turns
from index.attribution.people.cast import gather
from index.attribution.people.entity import Entity, Occurrence
from index.attribution.speakers import Resolver
from index.attribution.statements import find_statements
from index.language.paragraphs import find_paragraphs
from index.language.quotations import Quotation, find_quotations, quotations_by_sentence
from index.language.syntax import MAX_WORDS, Tree, parse
from index.language.words import lettered_names, split_words
from index.passages import make_passages
from index.schema import Analysis, Article, Person, Sentence, Span, Statement


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
            resolver.begin_sentence(number)
            places = [k for k, word in enumerate(tree.words) if word.low in low]
            yield tuple(dict.fromkeys(resolver.resolve(number, k).name for k in places))


def read_document(text: str) -> Document:
    """Analyse a text: about ten milliseconds for a page."""
    paragraphs = find_paragraphs(text)
    sentences, quotations = split_sentences(text, paragraphs), find_quotations(text, paragraphs)
    inside = quotations_by_sentence(sentences, quotations)
    lettered = lettered_names(text)
    words = [
        split_words(text, s.span, q, MAX_WORDS, lettered)
        for s, q in zip(sentences, inside, strict=True)
    ]
    trees = repaired(parse(words))
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
        tuple(_people(entities, _speaking(text, trees, names, statements))),
        statements,
    )


def _speaking(
    text: str,
    trees: Sequence[Tree],
    names: Sequence[Sequence[Occurrence]],
    statements: Sequence[Statement],
) -> set[str]:
    """The names of all speakers, also of joint ones: "Reuters and the Times said"."""
    alone = {s.speaker.name for s in statements if s.speaker and _is_spoken(text, s)}
    together = [s.speaker.mention for s in statements if s.speaker and " and " in s.speaker.name]
    return alone | {
        occurrence.entity.name
        for mention in together
        for tree, line in zip(trees, names, strict=True)
        if tree.words and tree.words[0].start <= mention.start < tree.words[-1].end
        for joined in [_joined(tree, mention)]
        for occurrence in line
        if not joined.isdisjoint(range(*occurrence.name))
    }


def _is_spoken(text: str, statement: Statement) -> bool:
    """Whether words of the speaker's are reported, be it that they deny something."""
    return statement.modality in (None, "relayed") or is_denial(text, statement)


def _joined(tree: Tree, mention: Span) -> set[int]:
    """The heads of all that "and" joins in a phrase, not of what is only tied to one of them."""
    inside = [k for k, word in enumerate(tree.words) if word.span.overlaps(mention)]
    joined = {k for k in inside if tree.heads[k] not in inside or tree.heads[k] == k}
    for k in inside:
        ends = k + 1 not in inside or not tree.tags[k + 1].startswith(("JJ", "NN"))
        if tree.roles[k] in ("conj", "appos") and tree.heads[k] in joined and ends:
            joined.add(k)
    return joined


def _people(entities: list[Entity], speaking: set[str]) -> Iterator[Person]:
    """The named persons, and the organisations that speak."""
    for entity in entities:
        speaks = entity.name in speaking
        told = entity.titled or (bool(entity.deeds) and len(entity.words) > 1)
        if not (speaks or told or entity.has_first_name):
            continue  # a name that nothing else is told of may be anything's
        if entity.kind == "person" or (speaks and entity.kind in ("body", "place", "")):
            is_person = entity.kind == "person"
            roles = (*entity.roles, *entity.deeds)
            yield Person(entity.name, roles, "person" if is_person else "body", speaks)


def analyse(article: Article) -> Analysis:
    """Sentences, people, statements and passages of an article."""
    document = read_document(article.text)
    return Analysis(
        sentences=document.sentences,
        people=document.people,
        statements=document.statements,
        passages=make_passages(document.sentences),
    )
