"""An article as sentences are selected from it: each with the speakers whose words it carries.

Joins the archive's sentences, statements and directory of people. Knows nothing of questions.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bot.query.people.directory import Directory
from bot.selecting.sentence_groups import SentenceGroup, group_sentences
from index.archive.archive import Archive
from index.attribution.denials import is_denial
from index.attribution.people.identities import Identity
from index.language.folding import fold, is_description
from index.language.stems import stems, stems_of
from index.language.verbs import ASKED_NOUNS, CLAIMS, TEXTS
from index.language.words import PREPOSITIONS
from index.schema import Article, Kind, Sentence, Span, Statement

_TEXTS = TEXTS | CLAIMS | frozenset(ASKED_NOUNS)
_LEANT_ON = 4  # sentences, at most, before one that speaks of "it"
# "I will fight it", "nobody wants this": what was told before; but "this week".
_IT = re.compile(r"\bit\b|\b(?:this|that)(?=[\W_]*(?:\Z|[.,;:!?]))", re.IGNORECASE)
_DESCRIBING = frozenset(
    "the a an this that these those one some many few others we they which who part".split()
)

_TYING = PREPOSITIONS | frozenset("and or".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker of (a part of) a sentence of an article.

    `identity` is the same person in all articles.
    """

    name: str
    identity: Identity | None
    kind: Kind
    corrected: str | None = None  # when an editor corrected it, in ISO 8601
    via: str | None = None  # who passes the words on
    article_id: str = ""
    denies: bool = False  # that it is so

    @property
    def full_name(self) -> str:
        """The fullest name that any article uses."""
        return self.identity.name if self.identity else self.name

    @property
    def named(self) -> bool:
        """Whether the name is a proper name ("Ann Lee"), no description ("the warning", "we")."""
        return any(word[0].isupper() for word in _inner(self.name))

    @property
    def is_text(self) -> bool:
        """Whether the speaker is no person but a text or a claim ("the statement")."""
        return not self.named and not _TEXTS.isdisjoint(fold(self.name))

    @property
    def is_called(self) -> bool:
        """Whether the full name begins with a capital, unlike "the account for The Post".

        It is the sentence's in "Officials in the city" and "Nearly 40% of voters"; of "Velm boss
        and" the name is cut off.
        """
        words = _inner(self.full_name)
        told = is_description(self.full_name) and any(map(is_description, words[:1]))
        cut = words[-1:] and words[-1].lower() in _TYING
        counted = any(word[-1] == "%" for word in words)
        return any(word[0].isupper() for word in words[:1]) and not (told or cut or counted)


def _inner(name: str) -> list[str]:
    words = name.split()
    return words[1:] if words[0].lower() in _DESCRIBING else words


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence and its attributions, the one that covers most of it first.

    `frame` is its text outside all statements: in “We stay,” said the mayor, the last three words.
    """

    sentence: Sentence
    attributions: tuple[Attribution, ...]
    frame: str = ""

    @property
    def span(self) -> Span:
        """Where it stands in the article."""
        return self.sentence.span

    @property
    def prose(self) -> bool:
        """Whether it may be cited: no heading, caption or sign-off."""
        return self.sentence.prose

    @property
    def paragraph(self) -> int:
        """The number of its line among those that are not empty."""
        return self.sentence.paragraph


@dataclass(frozen=True)
class ArticleView:
    """An article with its sentences in order, and its statements."""

    article: Article
    sentences: tuple[SentenceView, ...]
    statements: tuple[Statement, ...] = ()

    @property
    def titled_text(self) -> str:
        """The title, a line end, and the text."""
        return f"{self.article.title or ''}\n{self.article.text}"

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its title and text."""
        return stems(self.titled_text)

    @cached_property
    def suggested(self) -> dict[tuple[int, str], str | None]:
        """Questions that were made of its sentences, for whom each names as the speaker.

        Every refusal that reads the article looks at the same few.
        """
        return {}

    @cached_property
    def _folded_texts(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _fold(self, text: str) -> tuple[str, ...]:
        # Every question that reads the article compares the same few sentences.
        known = self._folded_texts.get(text)
        return known if known is not None else self._folded_texts.setdefault(text, (*fold(text),))

    def words(self, n: int) -> tuple[str, ...]:
        """The folded words of sentence `n`."""
        return self._fold(self.text(n))

    @property
    def title_words(self) -> tuple[str, ...]:
        """The folded words of the title."""
        return self._fold(self.article.title or "")

    @cached_property
    def folded(self) -> dict[tuple[str, ...], int]:
        """The number of each sentence of prose, by its folded words, in the article's order."""
        found: dict[tuple[str, ...], int] = {}
        for n, sentence in enumerate(self.sentences):
            if sentence.prose:
                found.setdefault(self.words(n), n)
        return found

    @cached_property
    def groups(self) -> tuple[SentenceGroup, ...]:
        """The group that each sentence has to be shown with."""
        sentences = [view.sentence for view in self.sentences]
        return group_sentences(self.article.text, sentences, self.statements)

    def around(self, n: int, without: frozenset[str]) -> frozenset[str]:
        """The stems of sentence `n` and of the neighbours that belong to it, less those `without`.

        A neighbour belongs to it if it is in its paragraph or has a speaker in common. Those before
        it belong to it as well, and the title, if it speaks of "it": what that is they tell.
        """
        beside = (k for k in range(n - 1, n + 2) if 0 <= k < len(self.sentences))
        near = [k for k in beside if self._goes_with(k, n)]
        before = self._leant_on(n)
        words = chain.from_iterable(self.words(k) for k in (*near, *before))
        return stems_of(chain(words, self.title_words if before else ()), without)

    def _leant_on(self, n: int) -> range:
        """The sentences before sentence `n` that tell what "it" is in it, back to one without."""
        first = n
        while first and n - first < _LEANT_ON and _IT.search(self.text(first)):
            first -= 1
        return range(first, n)

    def _goes_with(self, one: int, other: int) -> bool:
        a, b = self.sentences[one], self.sentences[other]
        speakers = ({each.name for each in view.attributions} for view in (a, b))
        is_same = not set.isdisjoint(*speakers)
        return is_same or a.paragraph == b.paragraph

    def at(self, start: int) -> int:
        """The number of the sentence that begins at character `start`, which one has to do."""
        return bisect_left(self.sentences, start, key=lambda each: each.span.start)

    def is_cut(self, span: Span) -> tuple[bool, bool]:
        """Whether a span of whole sentences begins, and ends, inside a group."""
        inside = [n for n, s in enumerate(self.sentences) if s.span.overlaps(span)]
        if not inside:
            return False, False
        first, last = self.groups[inside[0]], self.groups[inside[-1]]
        begins = first.begins_inside or first.first < inside[0]
        return begins, last.ends_inside or inside[-1] < last.last

    def text(self, n: int) -> str:
        """The text of sentence `n`."""
        return self.sentences[n].span.of(self.article.text)


def view_article(archive: Archive, directory: Directory, article_id: str) -> ArticleView | None:
    """Load an article with all that is known of its sentences; None if it has been removed."""
    article = archive.article(article_id)
    if article is None:
        return None
    statements = archive.statements(article_id)
    own = _not_quoted(statements)
    views = (_view(article, s, own, directory) for s in archive.sentences(article_id))
    return ArticleView(article, tuple(views), statements)


def _view(
    article: Article, sentence: Sentence, statements: Sequence[Statement], directory: Directory
) -> SentenceView:
    span = sentence.span
    inside = [p for s in statements for p in s.content if p.overlaps(span)] if statements else []
    inside.sort()
    starts = [span.start, *(min(piece.end, span.end) for piece in inside)]
    ends = [*(max(piece.start, span.start) for piece in inside), span.end]
    frame = " ".join(article.text[a:b] for a, b in zip(starts, ends, strict=True))
    return SentenceView(sentence, attributions(span, statements, directory, article), frame)


def _not_quoted(statements: Sequence[Statement]) -> list[Statement]:
    """The statements, except those reported inside another speaker's quotation.

    “Reed says he is ill,” said Lee: these are Lee's words; but what she only passes on, “He said:
    ‘I am ill’”, is Reed's.
    """
    kept: list[Statement] = []
    around: list[tuple[int, str]] = []  # where earlier quotations end, and their speakers
    for each in sorted(statements, key=lambda s: (s.span.start, -s.span.end)):
        name = each.speaker.name if each.speaker else ""
        if all(end < each.span.end or other == name for end, other in around):
            kept.append(each)
        if each.kind == "direct" and name and each.is_own:
            latest = sorted([*around, (each.span.end, name)], reverse=True)
            others = [pair for pair in latest if pair[1] != latest[0][1]]
            around = [latest[0], *others[:1]]  # no other can be the only one around
    return kept


def attributions(
    span: Span, statements: Sequence[Statement], directory: Directory, article: Article
) -> tuple[Attribution, ...]:
    """The speakers whose words a span of the article carries, the largest share first."""
    found = dict.fromkeys(
        Attribution(
            speaker.name,
            directory.identity(article.id, speaker.name),
            statements[n].kind,
            statements[n].corrected,
            via.name if (via := statements[n].via) else None,
            article.id,
            denies=not statements[n].is_own,
        )
        for n in _ranked(span, statements, article.text)
        if (speaker := statements[n].speaker) is not None
    )
    return tuple(found)


def _ranked(span: Span, statements: Sequence[Statement], text: str) -> list[int]:
    """The numbers of the statements in the span, the one that covers most of it first.

    What somebody only may have said is nobody's words; that they deny something is theirs.
    """
    spoken = ((n, s) for n, s in enumerate(statements) if s.is_own or is_denial(text, s))
    shares = [(_shared(span, s), n) for n, s in spoken]
    return [n for share, n in sorted(shares, key=lambda item: (-item[0], item[1])) if share]


def _shared(span: Span, statement: Statement) -> int:
    """How many characters of a statement's content lie in the span."""
    return sum(map(span.shared, statement.content))
