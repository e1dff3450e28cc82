"""Whose words a question wants, and how a sentence stands to them.

Right words in the wrong mouth are as wrong as invented ones: this is where that is decided. Knows
nothing of scores.
"""

from dataclasses import dataclass

from bot.query.directory import Directory
from bot.query.question import Query
from bot.selecting.views import Attribution, SentenceView
from index.attribution.identities import COUNTRIES, STATES, Identity
from index.attribution.undressing import tells
from index.language.folding import fold, role_words
from index.language.stems import stems

_SURE = 0.75  # Match.score
PLACES = COUNTRIES | STATES


@dataclass(frozen=True, slots=True)
class Asked:
    """The wanted speaker: the phrase as typed, and everybody it may mean.

    Without a phrase anybody's words are wanted ("who said ..."), but for those of `without`.
    Nobody may match a phrase that some articles do mention; `articles` is where to look (None:
    everywhere; empty: nobody and nothing of that name is in the archive). Where it is not `sure`
    whom the phrase means, somebody else may be meant, too. `maybe` are persons with a name like it,
    who are never taken for the one who was asked for.
    """

    phrase: str | None
    people: tuple[Identity, ...] = ()
    articles: frozenset[str] | None = None
    without: tuple[Identity, ...] = ()
    sure: bool = True
    is_group: bool = False
    maybe: tuple[Identity, ...] = ()

    @property
    def name_words(self) -> frozenset[str]:
        """The folded words of the names of all whom the phrase may mean."""
        return frozenset(word for person in self.people for word in person.words)

    def own_words(self, topic: str) -> frozenset[str]:
        """The words of a topic, as they are compared, that are the asked speaker's name."""
        return stems(" ".join(word for word in fold(topic) if word in self.name_words))

    def attribution(self, sentence: SentenceView) -> Attribution | None:
        """The part of a sentence that carries the wanted words, if any."""
        return next((a for a in sentence.attributions if self._wants(a)), None)

    def standing(self, sentence: SentenceView, text: str) -> int:
        """How a sentence of these words stands to the wanted speaker.

        3: carries their words; 2: names them and is nobody's words; 1: nobody's words, or those of
        a text ("the statement") that may be anybody's; 0: another's words, which never answer.
        """
        if self.attribution(sentence):
            return 3
        speaking = [a for a in sentence.attributions if not a.is_text]
        if speaking:
            # Who is called so nowhere else may be so called beside their words.
            is_called = not self.people and self.phrase and self._names(sentence.frame)
            return 2 if is_called or any(map(self._may_describe, speaking)) else 0
        return 2 if self.phrase is not None and self._names(text) else 1

    def _wants(self, attribution: Attribution) -> bool:
        if self.phrase is None:
            return attribution.identity not in self.without
        return attribution.identity in self.people

    def _may_describe(self, attribution: Attribution) -> bool:
        """Whether a phrase that is nobody's name may tell who speaks: "the russians", "police"."""
        namesakes = [who for who in self.maybe if not who.is_body]
        if self.people or namesakes or not self.phrase:
            return False
        told = {word for raw in fold(self.phrase) if tells(raw) for word in role_words(raw)}
        name = set(role_words(attribution.name))
        # "hong kong police" are "police", where they are of no other place.
        is_there = name.isdisjoint(PLACES - told)
        return not told <= PLACES and told - PLACES <= name and is_there

    def _names(self, text: str) -> bool:
        if not self.people:
            return set(role_words(self.phrase or "")) <= set(role_words(text))
        last_words = {person.words[-1] for person in self.people}
        return not last_words.isdisjoint(fold(text))


def look_up(query: Query, directory: Directory) -> Asked | None:
    """Whose words a question wants; None where it asks for a fact."""
    if query.kind not in ("said", "who_said"):
        return None
    if query.asked is None:
        return Asked(None, without=_people(query.without or "", directory))
    matches = directory.match(query.asked, near=False)
    group = directory.group(query.asked)
    people = tuple(dict.fromkeys((*(match.identity for match in matches), *group)))
    if event := query.among or query.near:
        # "the mayor" is the one of the event that is spoken of, if it has one.
        people = tuple(p for p in people if not event.isdisjoint(p.articles)) or people
    articles = frozenset(id_ for person in people for id_ in person.articles)
    sure = bool(group) or (bool(matches) and matches[0].score >= _SURE)
    if not sure:
        articles |= directory.mentions(query.asked)
    maybe = () if people else directory.alike(query.asked)
    anywhere = not articles and not maybe and directory.describes(query.asked)
    return Asked(
        query.asked,
        people,
        None if anywhere else articles,
        sure=sure,
        is_group=bool(group),
        maybe=maybe,
    )


def _people(phrase: str, directory: Directory) -> tuple[Identity, ...]:
    return tuple(match.identity for match in directory.match(phrase))
