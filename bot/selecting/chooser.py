"""Chooses the sentences of an answer, or none: one setting for all questions.

The numbers below were calibrated on training questions alone (docs/experiments.md says how).
Knows nothing of how evidence was found or an answer is worded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.query.question import Query
from bot.selecting.asked import Asked
from bot.selecting.evidence import Evidence

MAX_SENTENCES = 6
_SPOKEN = 3  # Asked.standing of the asked speaker's own words


@dataclass(frozen=True, slots=True)
class Setting:
    """Logits throughout.

    A sentence's score is the reader's, plus `passage` times that of its passage, plus
    `similarity` times how similar the passage is to the question (above one half), plus
    `standing` by how it stands to the asked speaker, less `topic` times the share of what was
    asked about that another article has words for and its own has not, and plus or less `offers`
    as it has the kind of answer that is wanted (a number, a time, a name) or not. The best must
    reach `answer`. Its rank has `own` added for the asked speaker's words, and `short` for a
    short answer to a fact; others must reach `keep` and come within `margin` of the first.
    """

    answer: float = -1.0
    keep: float = -3.5
    margin: float = 2.0
    passage: float = 0.3
    similarity: float = 4.0
    standing: tuple[float, float, float, float] = (0.0, -2.0, 0.0, 0.0)
    topic: float = 2.0
    offers: float = 1.0
    own: float = 1.0
    short: float = 1.0
    near: float = 2.5
    nearest: float = -3.0


SETTING = Setting()
# "what did Zelensky say": without a topic any words of theirs answer, and nothing else does.
ANY_TOPIC = Setting(
    answer=-20.0, keep=-20.0, margin=20.0, topic=0.0, standing=(0.0, -99.0, -99.0, 0.0)
)


# "is she a good mayor": nothing but somebody's own opinion of it is an answer.
OPINION = replace(SETTING, answer=2.0, margin=1.0)
# "did she resign": what decides it, and not what else is told of it.
DECIDING = replace(SETTING, margin=1.0)


def setting_of(query: Query) -> Setting:
    """The setting for a kind of question."""
    if query.is_about_anything:
        return ANY_TOPIC
    if not query.decides:
        return SETTING
    return OPINION if query.kind == "who_said" else DECIDING


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen sentence: `score` decides whether to answer, `rank` where it stands."""

    evidence: Evidence
    score: float
    rank: float


def choose(
    asked: Asked | None,
    evidence: Sequence[Evidence],
    near: frozenset[str] = frozenset(),
    setting: Setting = SETTING,
) -> tuple[Choice, ...]:
    """The sentences to cite, best first; none if the evidence does not answer.

    `near` has the articles that the turn before cited: a follow-up most often stays in them.
    """
    topic = max((item.topic for item in evidence), default=1.0)
    items = (_weigh(asked, item, near, topic, setting) for item in evidence)
    weighed = sorted(
        (choice for choice in items if choice),
        key=lambda choice: (-choice.rank, choice.evidence.key),
    )
    if max((choice.score for choice in weighed), default=setting.answer - 1) < setting.answer:
        return ()
    least = max(setting.keep, weighed[0].rank - setting.margin)
    return tuple(choice for choice in weighed if choice.rank >= least)[:MAX_SENTENCES]


def nearest(
    asked: Asked | None, evidence: Sequence[Evidence], setting: Setting = SETTING
) -> tuple[Choice, ...]:
    """What comes nearest to an answer though it is none, best first.

    The asked speaker's words, whatever their score; to a fact, what is not far below an answer.
    """
    if asked is None:
        near = [item for item in evidence if item.score >= setting.nearest]
    else:
        near = [item for item in evidence if asked.standing(item) == _SPOKEN]
    return tuple(Choice(item, item.score, item.score) for item in near)


def _weigh(
    asked: Asked | None, item: Evidence, near: frozenset[str], topic: float, setting: Setting
) -> Choice | None:
    score = item.score + setting.passage * item.answers
    score += setting.similarity * (item.similarity - 0.5)
    score -= setting.topic * (topic - item.topic)
    if item.offers is not None:
        score += setting.offers if item.offers else -setting.offers
    score += setting.near * (item.view.article.id in near)
    if asked is None or asked.phrase is None:
        if asked is not None and not asked.standing(item):
            return None
        return Choice(item, score, score + setting.short * (item.short is not None))
    standing = asked.standing(item)
    score += setting.standing[standing]
    own = setting.own * (standing == _SPOKEN)
    return Choice(item, score, score + own) if standing else None
