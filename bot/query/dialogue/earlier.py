"""A question that was asked before, as it was read, with its answer: whom and what the talk is of.

Knows nothing of how the question after it is read.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.answer import Answer
from bot.query.grammar.pieces import AUX, PLACED_WH
from bot.query.grammar.question import Query
from index.language.folding import fold
from index.language.stems import stems, stems_of
from index.schema import Article

_WHO = re.compile(r"who\b", re.IGNORECASE)
_WHO_IS = re.compile(r"who(?:['’]s| is| was| are| were) (?P<what>the [^()]+)", re.IGNORECASE)
# A topic of these alone names nothing: "when he heard", "it".
_VAGUE = frozenset(
    """about again also anybody anyone anything be become bit cause caused come did die died do does
    else event ever everybody everyone exactly get give happen happened happening hear heard here
    how it just know last long make many matter mean more most much now ok one other others
    people person place please really reason result right said say says so somebody someone
    something sort story take tell thank thanks that the there they thing things think this time
    today took true update was what when where which who why with worth yes""".split()
)  # fmt: skip
# "how many", "who": a pattern.
WH_PHRASE = rf"{PLACED_WH}(?:\s+(?:much|many|long|far|old|often|big))?\s+"
_OPENING = re.compile(rf"{WH_PHRASE}(?:{AUX}\s+)?|{AUX}\s+|(?:who|what)['’]s\s+", re.IGNORECASE)
_HAPPENED = re.compile(
    r"what (?:has |have )?(?:happened to|became of|become of|is (?:up|wrong) with) ", re.IGNORECASE
)


class Settled(NamedTuple):
    """A query and its answer; the query is the one of those to try that was answered."""

    query: Query
    answer: Answer


@dataclass(frozen=True, slots=True)
class EarlierTurn:
    """A question that was asked before, as it was read, and its answer.

    `settled` answers it and `earlier` gives the turn before it, from which is taken what this one
    leaves open. Either is called only when a question leans on it: most do not. `pieces` are the
    turns of a question that is several, each asked after the one before it. `half` is the question
    as it was typed, if it is one of several and the next one is asked in the same breath.
    """

    read: Query
    settled: Callable[[], Settled]
    earlier: "Earlier"
    pieces: tuple["EarlierTurn", ...] = ()
    half: str = ""

    @property
    def before(self) -> "EarlierTurn | None":
        """The turn before it."""
        return self.earlier()

    @property
    def main(self) -> "EarlierTurn":
        """The turn that the talk goes on with: of several questions the last that is of a fact."""
        facts = (piece for piece in reversed(self.pieces) if piece.read.kind == "fact")
        return next(facts, self.pieces[-1]) if self.pieces else self

    @property
    def query(self) -> Query:
        """What was asked: which of several to try shows when it is answered."""
        if self.pieces:
            return self.main.query
        return self.settled().query if self.read.or_else or self.read.in_story else self.read

    @property
    def answer(self) -> Answer:
        """What was answered."""
        return self.settled().answer

    @property
    def found(self) -> str | None:
        """Who the short answer to "who" is, else whose words are the answer to who said it.

        Of "who sank it", "why", still who sank it. Nobody of an answer that is in doubt.
        """
        if self.pieces:
            return next((each.found for each in reversed(self.pieces) if each.found), None)
        cited = self.answer.citations[:1] if self.answer.is_sure else ()
        short = next((c.short_text for c in cited if _WHO.match(self.query.text)), None)
        if self.query.kind == "who_said":
            return next((c.speaker for c in cited if c.speaker), short)
        return short or (self.asked_on.found if self.asked_on else None)

    @property
    def sought(self) -> str | None:
        """Whom it asks for, in its words, where no answer surely tells: "the captain"."""
        if self.pieces:
            return self.pieces[-1].sought
        if self.query.kind != "fact" or not _WHO.match(self.query.text):
            return self.asked_on.sought if self.asked_on else None
        if self.answer.is_sure and self.answer.citations:
            return None
        described = _WHO_IS.match(self.query.text)
        return described["what"].strip() if described else f"the one {self.query.text}"

    @property
    def asked_on(self) -> "EarlierTurn | None":
        """The turn before, if this one asks on with its own words or none: "why", "how many"."""
        asks_on = self.query.kind == "fact" and self.leans and not _WHO.match(self.query.text)
        if self.before is None or not asks_on:
            return None
        is_new = content_of(self.query.text) - content_of(" ".join(self.before.named))
        return None if is_new else self.before

    @property
    def named(self) -> frozenset[str]:
        """The folded words of this question and of those before it."""
        before = self.before.named if self.before else frozenset[str]()
        return before.union(fold(self.query.text))

    @property
    def is_added(self) -> bool:
        """Whether the topic before was added to its own: "and the other two", of the fire."""
        query, before = self.query, self.before
        return before is not None and query.text == f"{query.topic} {before.topic}"

    @property
    def is_aside(self) -> bool:
        """Whether it asks for somebody's words on what a question for a fact was of before it."""
        query, before = self.query, self.before
        if before is None or query.kind != "said" or query.among is None:
            return False
        return before.query.kind == "fact" and query.topic in ("", before.topic)

    @property
    def own(self) -> str:
        """The question without the topic that was added to it."""
        before = f" ({self.before.topic})" if self.before else ""
        return self.query.topic if self.is_added else self.query.text.removesuffix(before)

    @property
    def person(self) -> tuple[str, str] | None:
        """Whom this turn alone is of: as they were asked for, and named.

        Who was asked about, else who the short answer to "who" is, else whose words are the answer
        to who said it.
        """
        cited = self.answer.citations
        if self.query.asked and not self.query.is_of_nobody:
            return self.query.asked, (cited and cited[0].speaker) or self.query.asked
        if self.query.extent == "person":
            return self.query.topic, self.answer.person or self.query.topic
        return (self.found, self.found) if self.found else None

    @property
    def back(self) -> Iterator["EarlierTurn"]:
        """This turn and those before it, last first; of several questions in one the last."""
        turn: EarlierTurn | None = self
        while turn:
            turn = turn.pieces[-1] if turn.pieces else turn
            yield turn
            turn = turn.before

    @property
    def persons(self) -> Iterator[tuple[str, str]]:
        """Whom "he" or "she" may stand for, this turn's first."""
        return (turn.person for turn in self.back if turn.person)

    @property
    def speaker(self) -> str | None:
        """Whom the talk is of: the last of those of whom it was."""
        return next((asked for asked, _ in self.persons), None)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Whom "they" stands for: those who were asked about, this turn's first."""
        if self.pieces:
            return self.pieces[-1].speakers
        asked = (each.asked for each in (*self.query.pieces, self.query))
        earlier = self.before.speakers if self.before else ()
        return tuple(dict.fromkeys((*(name for name in asked if name), *earlier)))

    @property
    def leans(self) -> bool:
        """Whether the talk goes on in it with what it was about before."""
        return self.query.among is not None or not content_of(self.query.topic)

    @property
    def topic(self) -> str:
        """What the talk is about: a turn that leans on the one before keeps its topic.

        Of the words of a question those that the articles have with which it was answered; none of
        its own where it was asked of the topic before and there was no answer.
        """
        if self.pieces:
            return self.main.topic
        if self.before and (self.leans or not self.answer.citations):
            topic = content_of(self.before.topic)
            if self.leans or (topic and topic <= content_of(self.matter)):
                return self.before.topic
        # "what about schools", after the fire, is of the fire's schools.
        matter = self.query.text if self.is_added else self.matter
        return _told(matter, {c.article.id: c.article for c in self.answer.citations}.values())

    @property
    def matter(self) -> str:
        """What its own question is about, in its words."""
        return _matter(self.query) if self.query.kind == "fact" else self.query.topic

    @property
    def articles(self) -> frozenset[str]:
        """The event: the ids of the articles that were cited last."""
        cited = frozenset(citation.article.id for citation in self.answer.citations)
        return cited or (self.before.articles if self.before else cited)

    @property
    def talk(self) -> frozenset[str]:
        """The ids of all articles that were cited since the talk came to its topic."""
        before = self.before if self.leans or not self.answer.citations else None
        return self.articles | (before.talk if before else frozenset())

    @property
    def is_story(self) -> bool:
        """Whether the talk is about an article that was asked for by its title."""
        if self.query.extent == "story" and self.topic == self.title:
            return True
        return self.query.among is not None and self.before is not None and self.before.is_story

    @property
    def title(self) -> str | None:
        """The title of the article that was cited first."""
        cited = self.answer.citations
        return cited[0].article.title if cited else self.before.title if self.before else None


Earlier = Callable[[], EarlierTurn | None]


def content_of(text: str) -> frozenset[str]:
    """The words that name something, as they are compared."""
    return stems_of(fold(text), _VAGUE)


def _told(matter: str, articles: Iterable[Article]) -> str:
    """The words of a matter that articles have, in its order; all where they have none.

    >>> lee = Article("a1", "Lee sank the ferry.", "Ferry sinks")
    >>> _told("compare what lee did to the ferry w reed", [lee])
    'lee did to the ferry'
    """
    told = frozenset[str]().union(*(stems(f"{each.title} {each.text}") for each in articles))
    names = [content_of(word) for word in matter.split()]
    kept = {n for n, own in enumerate(names) if own & told}
    if not kept:
        return matter
    words = matter.split()
    first = min(kept)
    first -= first > 0 and words[first - 1].lower() == "the"
    inside = range(first, max(kept) + 1)
    return " ".join(words[n] for n in inside if n in kept or not names[n])


def _matter(query: Query) -> str:
    """What a question about a fact is about: "when did the ship sink" -> "the ship sink"."""
    opening = _HAPPENED.match(query.topic) or _OPENING.match(query.topic)
    return query.topic[opening.end() :] if opening else query.topic
