"""Chooses the sentences of an answer, or none, by their scores.

The numbers below were calibrated on questions whose articles the reader did not learn (see
docs/experiments.md). Knows nothing of how evidence was found or how an answer is worded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.query.grammar.pieces import AUX, WH
from bot.query.grammar.question import Query
from bot.query.people.role_score import is_named_person, is_spokesperson
from bot.selecting.choosing.answer_types import expected
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.choosing.reasons import asked_why, with_reasons
from bot.selecting.wanted_speaker import Relation, WantedSpeaker
from index.attribution.people.identities import Identity
from index.language.folding import fold
from index.language.stems import bases, had, stems

MAX_SENTENCES = 6


@dataclass(frozen=True, slots=True)
class Setting:
    """Weights and thresholds of the choice: logits, on the reader's scale.

    A sentence's score is the reader's logit for it, plus

    - `passage` times the reader's logit for its passage,
    - `similarity` times (the passage's cosine similarity to the question - 0.5),
    - `relation[r]`, where r is its `Relation` to the wanted speaker (`OTHERS` are never chosen),
    - `offers` if it has the kind of answer that is wanted, less `offers` if not,
    - less `topic` times how much less of the topic its article has than the best article,
    - `side` if it takes the side that is asked for, less `side` if not,
    - `told` if it has all words of the `deed`, the stems of a question for what somebody did; less
      the more of them it lacks, none from half of them on,
    - less `beside` if it is somebody's words and lacks one of them,
    - less `named`, and never as much as `sure`, if it only leads up to somebody's words. Of what a
      question asks `why` of, as bases, a sentence that only repeats it is left out (`reasons`).

    The score of several sentences together is the logarithm of their summed exponentials. That of
    all must reach `answer`, or nothing is chosen. A chosen sentence reaches `keep` and is within a
    margin of the best: `own` if it carries the wanted speaker's words, `pointed` if a number, a
    time or a name is wanted, `margin` otherwise. At most `most` are chosen. If together they do not
    reach `sure`, the answer is marked as unsure and cut down: to `guessed` sentences or, of a
    wanted speaker, to those within `doubted` of the best; if the choice `is_strict`, to none
    unless a word of the topic is near one of them. It has at least the share `on_topic` of what the
    best ones have near them of the topic's words. `nearest` is the reader's logit from which a
    sentence is shown with a refusal. Where a fact `is_told`, no question answers, whoever asks it.
    Where it `is_exact`, what has not the kind of answer that is wanted is no sure answer; what does
    not tell who did what is asked for is one from `otherwise` on.
    """

    answer: float = -1.5
    sure: float = 0.25
    keep: float = -4.0
    margin: float = 0.8
    own: float = 2.25
    pointed: float = 0.05
    doubted: float = 1.0
    passage: float = 0.6
    similarity: float = 4.0
    relation: tuple[float, float, float, float] = (-2.0, -0.5, -0.25, 0.0)
    topic: float = 2.0
    offers: float = 0.5
    side: float = 0.0
    nearest: float = -3.0
    is_strict: bool = True
    on_topic: float = 0.0
    is_told: bool = False
    is_exact: bool = False
    otherwise: float = 3.5
    guessed: int = 1
    most: int = MAX_SENTENCES
    told: float = 3.0
    beside: float = 1.5
    named: float = 2.0
    deed: frozenset[str] = frozenset()
    why: frozenset[str] = frozenset()


SETTING = Setting()
# "what did Zelensky say": without a topic, all of his words answer and nothing else does.
ANY_TOPIC = Setting(
    answer=-20.0,
    sure=-20.0,
    keep=-20.0,
    own=20.0,
    topic=0.0,
    relation=(-99.0, -99.0, -99.0, 0.0),
)
# Of the story of a talk all that somebody says is on it; not whatever it is, to a question of it.
OF_STORY = replace(ANY_TOPIC, answer=-5.0, own=SETTING.own)


_UNSURE = 0.1  # below what is sure
# "why does she want gas", "Lee: is gas safe": asks for one thing, not for all she said about it.
_ASKED_OF_ONE_THING = 1.5
_IS_CLAUSE = re.compile(rf"(?:{WH}|{AUX})\b", re.IGNORECASE)
_ASKS_ONE_THING = re.compile(rf"(?!what {AUX}\b)(?:{WH}|{AUX})\b", re.IGNORECASE)
# "is she a good mayor": only somebody's own opinion is an answer.
OPINION = replace(SETTING, answer=2.0, sure=2.0)
HELD = replace(OPINION, relation=(-99.0, -99.0, -99.0, 0.0))
# Somebody's own words, where nothing else answers, by what the reader makes of them alone: what is
# told in other words than it is asked with is far from the question by all else.
OWN_WORDS = replace(SETTING, passage=0.0, similarity=0.0, topic=0.0, is_strict=False)
_HALF = 0.5
# A single sentence that has the number, the time or the name that is asked for, where nothing else
# answers; with half of the question's words, or of the story of a talk, less will do.
_OFFERED, _OFFERED_THERE = -2.6, -3.0
# One's own words, of several who are compared, in an article on the topic that has them both.
EASED = replace(
    SETTING, answer=-5.5, keep=-6.5, is_strict=False, relation=(-99.0, -99.0, -99.0, 0.0)
)
# Which sentence has a wanted amount is known from its clauses, and tells more than the reader.
_COUNTS = 1.5
# On which side of a matter somebody is, words tell better than the reader.
_SIDE = 1.5
# Who leaves has more of a question for who comes after than who comes.
_SUCCEEDS = 3.0
# What stands before a turn of a transcript: "Q:", "Moira Tait:".
_LABEL = re.compile(r"(?:[A-Z]\.?|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}):\s")
# What the story of a talk has of another topic: sentences that have all of its words.
OF_ITS_WORDS = replace(SETTING, answer=-3.5, keep=-4.5, on_topic=1.0)
# "did she resign": only what decides it, and what has her resigning rather than her words.
_DECIDE = 2  # sentences
_DEED = re.compile(r"(?:did|has|have|had)(?:n['’]t)?\b", re.IGNORECASE)


def setting_of(query: Query, setting: Setting = SETTING) -> Setting:
    """The setting for a query; `setting` itself unless its kind of question has one of its own."""
    wants = expected(query)
    setting = replace(
        setting,
        is_told=query.kind == "fact",
        is_exact=wants.is_exact,
        why=asked_why(query),
        side=_SIDE if wants.side else 0.0,
    )
    if wants.is_exact:
        setting = replace(setting, offers=_SUCCEEDS if wants.is_of_office else _COUNTS)
    if query.is_about_anything:
        return OF_STORY if query.topic and query.among is not None else ANY_TOPIC
    if query.is_eased:
        return EASED if query.kind == "said" else OF_ITS_WORDS
    if query.extent == "all" and query.kind == "who_said":
        return replace(setting, most=2 * MAX_SENTENCES, guessed=MAX_SENTENCES)
    if query.kind == "said":
        setting = replace(setting, on_topic=_HALF) if query.is_compared else setting
        return replace(setting, own=_ASKED_OF_ONE_THING) if asks_one_thing(query) else setting
    if not query.decides:
        return setting
    if query.is_opinion:
        return HELD
    if query.kind == "who_said":
        return OPINION
    deed = bases(fold(query.text)) if _DEED.match(query.text) else frozenset[str]()
    return replace(setting, most=_DECIDE, deed=deed)


def asks_one_thing(query: Query) -> bool:
    """Whether one thing is asked of somebody, and not all that they said on a topic."""
    is_clause = _ASKS_ONE_THING.match(query.text) or _IS_CLAUSE.match(query.topic)
    return query.decides or bool(is_clause)


def choose(
    wanted: WantedSpeaker | None,
    evidence: Sequence[Evidence],
    setting: Setting = SETTING,
) -> tuple[Evidence, ...]:
    """The sentences to cite, best first; none if the evidence does not answer.

    An unsure answer about a wanted speaker is given only if it has their own words, and one of
    these sentences is near a word of the topic.
    """
    return choose_weighed(wanted, weigh(wanted, evidence, setting), setting)


def choose_weighed(
    wanted: WantedSpeaker | None, weighed: Sequence[Evidence], setting: Setting
) -> tuple[Evidence, ...]:
    """As `choose`, of what `weigh` gave."""
    if together(weighed) < setting.answer:
        return ()
    best = weighed[0].score
    beside = (choice for choice in weighed if choice.score >= best - setting.margin)
    on_topic = setting.on_topic * max(choice.on_topic for choice in beside)

    def is_kept(choice: Evidence) -> bool:
        beside = setting.margin if choice.offers is None else setting.pointed
        margin = setting.own if _is_own(wanted, choice) else beside
        if (weighed[0].offers and not choice.offers) or (weighed[0].tells and not choice.tells):
            return False
        return choice.score >= max(setting.keep, best - margin) and choice.on_topic >= on_topic

    kept = _of_one_speaker(wanted, _of_body(wanted, list(filter(is_kept, weighed))))
    kept = kept[: setting.most]
    if is_sure(kept, setting):
        return tuple(kept)
    if wanted is None or wanted.phrase is None:
        return tuple(kept[: setting.guessed])  # the first is a guess already
    own = (each for each in kept if _is_own(wanted, each))
    fits = not setting.is_strict or any(each.near_topic for each in own)
    near = (each for each in kept if each.score >= best - setting.doubted)
    return tuple(near) if fits else ()


def choose_own(
    query: Query, wanted: WantedSpeaker | None, evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """What may answer of the words of somebody who is surely meant, with less of a score.

    Where an article has the topic's words, what it tells of the topic has one near it; where it has
    none, it may tell of it in others, which answers if nothing near the topic does. What others
    say that they said does not tell whether they admit something.
    """
    if wanted is None or wanted.phrase is None or not wanted.sure or wanted.is_group:
        return ()
    spoken = ((each, wanted.attribution(each.sentence)) for each in evidence)
    own = [each for each, by in spoken if by and not (query.decides and by.via)]
    near = choose(wanted, [each for each in own if each.near_topic], OWN_WORDS)
    return near or choose(wanted, [each for each in own if not each.topic], OWN_WORDS)


def choose_offering(query: Query, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What comes nearest to a fact, with less of a score, if it has the kind of answer wanted."""
    if query.kind != "fact" or query.extent != "best":
        return ()
    topic = stems(query.topic or query.text)

    def is_near(best: Evidence) -> bool:
        words = had(topic, stems(best.text))
        is_there = query.among is not None or len(words) >= _HALF * len(topic)
        return bool(best.offers) and best.score >= (_OFFERED_THERE if is_there else _OFFERED)

    return tuple(filter(is_near, weigh(None, evidence, setting_of(query))[:1]))


def _is_own(wanted: WantedSpeaker | None, choice: Evidence) -> bool:
    """Whether a sentence carries the wanted speaker's words."""
    return wanted is not None and wanted.attribution(choice.sentence) is not None


def is_sure(choices: Sequence[Evidence], setting: Setting = SETTING) -> bool:
    """Whether the chosen sentences together score high enough to be stated without doubt."""
    if setting.is_exact and any(choice.offers is False for choice in choices):
        return False
    # What is told in other words ("who scored": "Lee lashed it in") is known by the reader alone.
    is_told_so = all(choice.tells is not False for choice in choices)
    least = setting.sure if is_told_so else max(setting.sure, setting.otherwise)
    return together(choices) >= least


def weigh(
    wanted: WantedSpeaker | None,
    evidence: Sequence[Evidence],
    setting: Setting = SETTING,
) -> list[Evidence]:
    """All sentences that may answer, best first; another speaker's words never do."""
    relations = [_relation(wanted, item) for item in evidence]
    topic = max((item.topic for item in evidence), default=1.0)
    choices = [
        replace(item, score=_score(item, relation, topic, setting))
        for item, relation in zip(evidence, relations, strict=True)
        if relation is not Relation.OTHERS and not _asks(item, is_told=setting.is_told)
    ]
    if setting.why:
        choices = with_reasons(choices, setting.why, setting.named)
    return sorted(choices, key=lambda choice: (-choice.score, choice.key))


def _asks(item: Evidence, *, is_told: bool) -> bool:
    """Whether an article itself asks there, as over a part of its text: that answers nothing.

    So does all of an interviewer's turn: "Q: You turned it down. Why?" To a fact that `is_told` no
    question of anybody's is an answer.
    """
    if item.sentence.attributions and not is_told:
        return False
    return item.text.rstrip(" \"”'’").endswith("?") or _is_question_turn(item)


def _is_question_turn(item: Evidence) -> bool:
    """Whether a sentence is of a paragraph with a label before it and a question at its end."""
    views, paragraph = item.view.sentences, item.sentence.paragraph
    first = last = item.n
    while first and views[first - 1].paragraph == paragraph:
        first -= 1
    if not _LABEL.match(item.view.text(first)):
        return False
    while last + 1 < len(views) and views[last + 1].paragraph == paragraph:
        last += 1
    return item.view.text(last).rstrip().endswith("?")


def together(choices: Sequence[Evidence]) -> float:
    """The joint score: log-sum-exp of the sentences' scores; minus infinity without any."""
    return float(np.logaddexp.reduce([choice.score for choice in choices]))


def nearest(
    wanted: WantedSpeaker | None, evidence: Sequence[Evidence], setting: Setting = SETTING
) -> tuple[Evidence, ...]:
    """What comes nearest to an answer, for a refusal, best first.

    The wanted speaker's words, whatever their score; for a fact, what scores at least `nearest`.
    """
    if wanted is None:
        near = [item for item in evidence if item.score >= setting.nearest]
    else:
        near = [item for item in evidence if _relation(wanted, item) is Relation.OWN]
    return tuple(near)


def _of_one_speaker(wanted: WantedSpeaker | None, choices: Sequence[Evidence]) -> list[Evidence]:
    """Keeps one speaker if the phrase is ambiguous: the one whom the first sentence quotes."""
    if wanted is None or not wanted.is_ambiguous or not choices:
        return list(choices)
    meant = _speakers(choices[0]) or frozenset().union(*map(_speakers, choices))
    return [each for each in choices if not _speakers(each) or _speakers(each) & meant]


def _of_body(wanted: WantedSpeaker | None, choices: list[Evidence]) -> list[Evidence]:
    """Keeps what "the police" say themselves, if they do, and not who only speaks for them.

    A spokesperson's words are theirs.
    """
    if wanted is None or not wanted.is_body:
        return choices
    by = [(each, wanted.attribution(each.sentence)) for each in choices]
    own = [each for each, a in by if a and a.identity and _is_of_body(a.article_id, a.identity)]
    return own or choices


def _is_of_body(article_id: str, who: Identity) -> bool:
    """Whether somebody's words in an article are a body's own."""
    return not is_named_person(who) or is_spokesperson(who.role_in(article_id))


def _speakers(choice: Evidence) -> frozenset[str]:
    spoken = choice.sentence.attributions
    return frozenset(attribution.full_name for attribution in spoken if attribution.named)


def _relation(wanted: WantedSpeaker | None, item: Evidence) -> Relation:
    if wanted is None:
        return Relation.OWN
    return wanted.relation(item.sentence, item.text)


def _of_deed(item: Evidence, setting: Setting) -> float:
    """What a sentence is worth more or less as one that tells of a deed."""
    if not setting.deed:
        return 0.0
    share = len(had(setting.deed, bases(item.view.words(item.n)))) / len(setting.deed)
    is_spoken = any(not a.is_text for a in item.sentence.attributions)
    return setting.told * max(0.0, 2 * share - 1) - setting.beside * (is_spoken and share < 1)


def _score(item: Evidence, relation: Relation, topic: float, setting: Setting) -> float:
    score = item.score + setting.passage * item.answers
    score += setting.similarity * (item.similarity - 0.5)
    score -= setting.topic * (topic - item.topic)
    if item.offers is not None:
        score += setting.offers if item.offers else -setting.offers
    if item.tells is not None:
        score += setting.side if item.tells else -setting.side
    score += _of_deed(item, setting) + setting.relation[relation]
    if item.only_names:
        return min(score - setting.named, setting.sure - _UNSURE)
    return score
