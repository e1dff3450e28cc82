"""Chooses the sentences of an answer, or none: one setting for all questions.

The numbers below were calibrated on training questions alone (docs/experiments.md says how).
Knows nothing of how evidence was found or an answer is worded.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.query.question import Query
from bot.selecting.asked import Asked
from bot.selecting.evidence import Evidence

MAX_SENTENCES = 6
_OWN, _TOLD = 3, 2  # Asked.standing of the asked speaker's own words, of what names them


@dataclass(frozen=True, slots=True)
class Setting:
    """Logits throughout.

    A sentence's score is the reader's, plus `passage` times that of its passage, plus
    `similarity` times how similar the passage is to the question (above one half), plus
    `standing` by how it stands to the asked speaker (another person's words are out), less `topic`
    times the share of what was asked about that another article has words for and its own has not,
    and plus or less `offers` as it has the kind of answer that is wanted (a number, a time, a name)
    or not; `deed` likewise, as it tells who did what is asked for. All scores
    together (the logarithm of their summed exponentials) must reach `answer`; a sentence must reach
    `keep` and come within `margin` of the best, `own` if it carries the asked speaker's words, or
    `pointed` where a number, a time or a name is asked for, of which one is the answer.
    An answer whose sentences together do not reach `sure` may not be what was asked for: it is one
    sentence, or, of somebody's words, those within `doubted` of the best. No more than `most` are
    chosen.
    """

    answer: float = -1.5
    sure: float = 0.25
    keep: float = -4.0
    margin: float = 0.8
    own: float = 2.25
    pointed: float = 0.2
    doubted: float = 1.0
    passage: float = 0.6
    similarity: float = 4.0
    standing: tuple[float, float, float, float] = (-2.0, -0.5, -0.25, 0.0)
    topic: float = 2.0
    offers: float = 0.5
    deed: float = 3.5
    nearest: float = -3.0
    most: int = MAX_SENTENCES


SETTING = Setting()
# "what did Zelensky say": without a topic any words of theirs answer, and nothing else does.
ANY_TOPIC = Setting(
    answer=-20.0,
    sure=-20.0,
    keep=-20.0,
    own=20.0,
    topic=0.0,
    standing=(-99.0, -99.0, -99.0, 0.0),
)


# "why does she want gas", "Lee: is gas safe": one thing is asked, and not all that she said of it.
_ASKED_OF_ONE_THING = 1.5
_WH = "why|how|when|where|which|who|whom|whose"
_AUX = "did|does|do|is|are|was|were|has|have|had|can|could|will|would|should"
_ASKS_ONE_THING = re.compile(rf"(?:{_WH}|{_AUX})\b|what (?!(?:{_AUX})\b)", re.IGNORECASE)
_IS_CLAUSE = re.compile(rf"(?:what|{_WH}|{_AUX})\b", re.IGNORECASE)
# "is she a good mayor": nothing but somebody's own opinion of it is an answer.
OPINION = replace(SETTING, answer=2.0, sure=2.0)
# "did she resign": what decides it, and not what else is told of it.
_DECIDE = 2  # sentences


def setting_of(query: Query, setting: Setting = SETTING) -> Setting:
    """The setting for a kind of question, where `setting` is that of any other."""
    if query.is_about_anything:
        return ANY_TOPIC
    if query.kind == "said":
        one = _ASKS_ONE_THING.match(query.text) or _IS_CLAUSE.match(query.topic)
        return replace(setting, own=_ASKED_OF_ONE_THING) if one else setting
    if not query.decides:
        return setting
    return OPINION if query.kind == "who_said" else replace(setting, most=_DECIDE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen sentence; higher scores are better."""

    evidence: Evidence
    score: float


def choose(
    asked: Asked | None,
    evidence: Sequence[Evidence],
    setting: Setting = SETTING,
) -> tuple[Choice, ...]:
    """The sentences to cite, best first; none if the evidence does not answer.

    They must surely be what was asked for where the asked speaker's words are not among them, or
    nothing beside these has a word of the topic.
    """
    weighed = weigh(asked, evidence, setting)
    if together(weighed) < setting.answer:
        return ()
    best = weighed[0].score

    def is_kept(choice: Choice) -> bool:
        beside = setting.margin if choice.evidence.offers is None else setting.pointed
        margin = setting.own if _is_own(asked, choice) else beside
        # Where one tells who did it, what only has to do with it does not.
        if weighed[0].evidence.deed and not choice.evidence.deed:
            return False
        return choice.score >= max(setting.keep, best - margin)

    kept = _of_one_speaker(asked, list(filter(is_kept, weighed)))[: setting.most]
    if is_sure(kept, setting):
        return tuple(kept)
    if asked is None or asked.phrase is None:
        return tuple(kept[:1])  # of what may be no answer the rest is a guess upon a guess
    own = (each for each in kept if each.evidence.own or _is_own(asked, each))
    fits = any(each.evidence.near_topic for each in own)
    near = (each for each in kept if each.score >= best - setting.doubted)
    return tuple(near) if fits else ()


def _is_own(asked: Asked | None, choice: Choice) -> bool:
    """Whether a sentence carries the asked speaker's words."""
    return asked is not None and asked.attribution(choice.evidence.sentence) is not None


def is_sure(choices: Sequence[Choice], setting: Setting = SETTING) -> bool:
    """Whether chosen sentences are what was asked for; else they may not be."""
    return together(choices) >= setting.sure


def weigh(
    asked: Asked | None,
    evidence: Sequence[Evidence],
    setting: Setting = SETTING,
) -> list[Choice]:
    """All sentences that may answer, best first; another person's words never do."""
    standings = [_standing(asked, item) for item in evidence]
    topic = max((item.topic for item in evidence), default=1.0)
    choices = [
        Choice(item, _score(item, standing, topic, setting))
        for item, standing in zip(evidence, standings, strict=True)
        if standing
    ]
    return sorted(choices, key=lambda choice: (-choice.score, choice.evidence.key))


def together(choices: Sequence[Choice]) -> float:
    """The score of sentences as one answer: several good ones are better than one."""
    scores = [choice.score for choice in choices]
    best = max(scores, default=-math.inf)
    return best + math.log(sum(math.exp(score - best) for score in scores)) if scores else best


def nearest(
    asked: Asked | None, evidence: Sequence[Evidence], setting: Setting = SETTING
) -> tuple[Choice, ...]:
    """What comes nearest to an answer though it is none, best first.

    The asked speaker's words, whatever their score; to a fact, what is not far below an answer.
    """
    if asked is None:
        near = [item for item in evidence if item.score >= setting.nearest]
    else:
        near = [item for item in evidence if _standing(asked, item) == _OWN]
    return tuple(Choice(item, item.score) for item in near)


def _of_one_speaker(asked: Asked | None, choices: Sequence[Choice]) -> list[Choice]:
    """Where it is not sure who is asked for, the first sentence decides whose words are meant."""
    if asked is None or asked.phrase is None or asked.sure or not choices:
        return list(choices)
    meant = _speakers(choices[0]) or frozenset().union(*map(_speakers, choices))
    return [each for each in choices if not _speakers(each) or _speakers(each) & meant]


def _speakers(choice: Choice) -> frozenset[str]:
    spoken = choice.evidence.sentence.attributions
    return frozenset(attribution.full_name for attribution in spoken if attribution.named)


def _standing(asked: Asked | None, item: Evidence) -> int:
    if asked is None:
        return _OWN
    # Whoever reports what the asked person did: it is not their words that are cited.
    return asked.standing(item.sentence, item.text) or _TOLD * item.own


def _score(item: Evidence, standing: int, topic: float, setting: Setting) -> float:
    score = item.score + setting.passage * item.answers
    score += setting.similarity * (item.similarity - 0.5)
    score -= setting.topic * (topic - item.topic)
    if item.offers is not None:
        score += setting.offers if item.offers else -setting.offers
    if item.deed is not None:
        score += setting.deed if item.deed else -setting.deed
    return score + setting.standing[standing]
