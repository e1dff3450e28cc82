"""Remarks on an answer: "source?", "about what?", and what is taken back: "no, the other Lee".

Knows nothing of articles beyond what the turn before was answered with.
"""

import re
from dataclasses import replace

from bot.query.dialogue.earlier import EarlierTurn
from bot.query.dialogue.scene import Scene
from bot.query.grammar.question import LEAD, TITLED, Query, said, understand
from index.language.folding import fold

_THAT = r"(?:that|this|it|those|these)"
_TEXTS = (
    r"(?:articles?|papers?|newspapers?|outlets?|magazines?|sites?|websites?|sources?|publications?)"
)
# What every citation shows: its article, outlet, date and address.
_SOURCE = re.compile(
    rf"{LEAD}(?:"
    r"(?:(?:what(?:['’]?s| is| was| are| were)|give me|show me|any|can i have|do you have)\s+)?"
    r"(?:(?:the|your|a|its|any)\s+)?(?:sources?|links?|urls?|citations?|references?|date)"
    rf"(?:\s+(?:for|of|on|to)\s+{_THAT})?"
    rf"|(?:which|what)\s+{_TEXTS}(?:\s+(?:is|was|are|were|has|had|did|does|do|says?|said)\b"
    rf"(?:\s+{_THAT})?(?:\s+(?:quote|from|in|published in|come from|appear in|say so|say that))*)?"
    rf"|where\s+(?:is|was|does|did|do|are)\s+(?:{_THAT}|you)(?:\s+quote)?"
    rf"\s+(?:from|come from|appear|published|get (?:{_THAT}|your information)(?: from)?)"
    rf"|when\s+(?:was|were)\s+{_THAT}\s+(?:published|said|written|posted|tweeted)"
    rf"|says who|who\s+(?:said|says|is saying|claims|claimed)\s+{_THAT})",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"{LEAD}when(?:\s+(?:was|is)\s+{_THAT}|\s+did\s+(?:he|she|they)\s+say\s+(?:{_THAT}|so))?",
    re.IGNORECASE,
)
_ABOUT_WHAT = re.compile(
    rf"{LEAD}(?:(?:about|on|over|regarding) what|what(?:['’]?s| is| was) {_THAT} (?:all )?about"
    r"|in what context|(?:what(?:['’]?s| is| was) )?the context)",
    re.IGNORECASE,
)
_NOT = r"(?:no|nope|wrong|sorry|oops|actually|wait|not (?:him|her|them|(?:that|this)(?: one)?))"
_MEANT = r"(?:i (?:mean|meant|was thinking of)|make that|rather)"
_TAKEN_BACK = re.compile(
    rf"(?:{_NOT}\s*[,.!:;–—-]+\s*|{_NOT}\s+(?={_NOT}\b|{_MEANT}\b))*{_MEANT}\s+(?P<rest>\S.*)"
    rf"|(?:{_NOT}(?:\s+{_NOT})*\s*[,.!:;–—-]+\s*)+(?P<rest2>(?!{_NOT}\b)\S.*)",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:on|about|in|at|for|from)\s", re.IGNORECASE)
_OTHER = re.compile(
    rf"{LEAD}(?:(?:what|how) about\s+)?(?:the|an)\s*other\s+(?P<name>\S.*)", re.IGNORECASE
)


def taken_back(text: str) -> str:
    """What is asked instead, as one goes on asking: "no, i meant lee" as "and lee".

    >>> taken_back("no, i meant lee"), taken_back("sorry i mean on gas"), taken_back("no smoking")
    ('and lee', 'on gas', 'no smoking')
    """
    match = _TAKEN_BACK.fullmatch(text)
    rest = (match["rest"] or match["rest2"]) if match else ""
    if not rest:
        return text
    return rest if _ON.match(rest) else f"and {rest}"


def remark(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """The answer before once more, the story that it is of, or somebody else of a name."""
    cited = before.answer.citations
    if _SOURCE.fullmatch(text):
        answered = next((turn for turn in before.back if turn.answer.citations), None)
        return replace(answered.query, asks_day=False) if answered else None
    is_when = before.query.kind in ("said", "who_said") and _WHEN.fullmatch(text)
    if cited and is_when:
        return replace(before.query, asks_day=True)
    if cited and before.title and _ABOUT_WHAT.fullmatch(text):
        return understand(TITLED.format(before.title))
    other = _OTHER.fullmatch(text)
    return _namesake(other["name"], before, scene) if other else None


def remarks_on(text: str) -> bool:
    """Whether a message can only be a remark on an answer."""
    return any(each.fullmatch(text) for each in (_SOURCE, _ABOUT_WHAT))


def _namesake(name: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """The words of whoever else has a name than who was found by it: "the other Lee"."""
    last = fold(name)[-1:]
    found = next((full for _, full in before.persons if last == fold(full)[-1:]), None)
    if found is None or not scene.is_person(name):
        return None
    topic = before.query.topic if before.query.kind == "said" else before.topic
    return replace(said(name, topic), without=found)
