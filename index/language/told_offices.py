"""Reads what a relative clause tells of somebody as the office that they have by it.

>>> as_office("who has chaired the Harbour Trust since May")
'the harbour trust head'
"""

from index.language.names import is_role
from index.language.stems import IRREGULAR, base_of
from index.language.word_lists import read_table

# By the base of a verb what stands before whose the office is, the offices, and whether they end
# with the deed.
_TOLD = {
    base_of(verb): (tie, offices.split(), ends == "yes")
    for verbs, offices, ends in read_table("offices_told.tsv")
    for verb, _, tie in (each.partition("_") for each in verbs.split())
}
_WHO = "who "
_PERFECT = frozenset("has have".split())
_ONCE = frozenset("used once formerly previously until".split())
_BEFORE_VERB = _PERFECT | _ONCE | frozenset("is was to be also now still currently".split())
_TIMES = frozenset("since until".split())  # what follows tells not of what somebody has an office


def tells_office(low: str) -> bool:
    """Whether who does what a verb in lower case says has an office by it: "chairs"."""
    return base_of(low) in _TOLD


def tie_of(low: str) -> str:
    """The preposition behind such a verb: "speaks for"; "" where what it is of is its object."""
    return _TOLD[base_of(low)][0]


def as_office(role: str) -> str | None:
    """The office that a clause tells, behind whose it is; None where a role is no such clause.

    With "former" before it where the clause tells of what is over. Who drives the mayor is none:
    what others are is left out.
    """
    if not role.startswith(_WHO):
        return None  # "WHO chief" neither
    words = role.lower().split()[1:]
    offices: list[str] = []
    owners: list[str] = []
    is_over, may_follow = False, True
    for number, word in enumerate(words):
        if word in _TIMES:
            break
        if may_follow and tells_office(word):
            _, held, ends = _TOLD[base_of(word)]
            offices += held
            is_over = is_over or (ends and _is_past(words[:number], word))
            may_follow = False
        elif not (is_role(word) or (may_follow and word in _BEFORE_VERB)):
            owners.append(word)
        may_follow = word == "and" or (may_follow and word in _BEFORE_VERB)
    former = ["former"] if is_over else []
    return " ".join((*former, *owners, *offices)) if offices else None


def _is_past(before: list[str], verb: str) -> bool:
    """Whether a deed is told as over: "led the crew", "used to lead it"; not "has led it"."""
    is_past = verb.endswith("ed") or verb in IRREGULAR
    return not _ONCE.isdisjoint(before) or (is_past and _PERFECT.isdisjoint(before[-2:]))
