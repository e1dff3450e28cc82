"""Falsifies true drafts by rule, one fault each, as a careless or a hostile model would.

Knows nothing of how faults are found.

>>> list(other_figures("Five of 26 were hurt. [1]"))
['Seven of 26 were hurt. [1]', 'Five of 38 were hurt. [1]']
"""

import re
from collections.abc import Iterator, Sequence

from index.language.dates import MONTH_NAMES, WEEKDAYS

_QUOTED = re.compile(r"“([^”]+)”")
_MARKS = re.compile(r"(?:\s*\[\d+\])+\s*\Z")
_NUMBER = re.compile(r"(?<![\w.,:-])(\d[\d,]*)(?![\w:]|[.,]\d)")
_SPELT = dict(
    zip(
        "two three four five six seven eight nine ten twelve twenty thirty hundred".split(),
        "four five six seven nine eleven three twelve eight twenty forty fifty thousand".split(),
        strict=True,
    )
)
_VALUES = dict(zip(_SPELT, (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 30, 100), strict=True))
_MONTHS = [name.title() for name in MONTH_NAMES]
_DAYS = [name.title() for name in WEEKDAYS]
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|could|can|should|must|may)\b(?! not\b|n't|[^ ])"
)
_NEGATION = re.compile(
    r"\b(?:do|does|did) not (\w+)"
    r"|\b(is|are|was|were|has|have|had|will|would|could) (?:not|never)\b"
    r"|\bno longer\b|\bno\b (?=\w)|n't\b"
)
_MOODS = {
    "will": "may", "would": "might", "may": "will", "might": "will", "could": "will",
    "must": "may", "should": "must", "can": "must",
}  # fmt: skip
_ADDITIONS = (
    "after weeks of pressure from the opposition", "despite warnings from his own advisers",
    "which surprised many observers", "as part of a secret agreement",
    "because the costs had become too high", "in front of thousands of cheering supporters",
    "and three people were arrested", "although critics called it a publicity stunt",
    "following a phone call with the German chancellor", "and apologised for the delay",
    "according to documents leaked to a newspaper", "for the first time in a decade",
    "while shares fell sharply", "and more announcements are expected next week",
    "under a deal brokered by the United Nations", "to the relief of local residents",
)  # fmt: skip
_PREDICATES = (
    "is a democracy", "resigned", "won the prize", "was arrested at the airport", "sang",
    "bought the company", "grew up on a farm", "has sold the house", "speaks four languages",
    "blamed the weather", "broke a leg", "is made of cheese", "likes milk", "will marry in spring",
    "wrote a novel about it", "lost the match",
)  # fmt: skip
_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")


def altered_quotations(draft: str) -> Iterator[str]:
    """The draft with a word of a quotation dropped, and with one put in."""
    for match in _QUOTED.finditer(draft):
        words = match[1].split()
        if len(words) > 2:
            middle = len(words) // 2
            for other in (words[:middle] + words[middle + 1 :],
                          [*words[:middle], "really", *words[middle:]]):  # fmt: skip
                yield draft[: match.start(1)] + " ".join(other) + draft[match.end(1) :]


def invented_quotations(draft: str) -> Iterator[str]:
    """The draft's own words put in quotation marks, as if somebody had said them so."""
    text, marks = _apart(draft)
    words = text.rstrip(".").split()
    if "“" not in text and '"' not in text and len(words) > 8:
        yield f"{' '.join(words[:-5])} “{' '.join(words[-5:])}.”{marks}"


def other_speakers(draft: str, speaker: str, others: Sequence[str]) -> Iterator[str]:
    """The draft with its speaker, named by `speaker` or part of it, replaced by other people."""
    forms = sorted({speaker, speaker.split()[-1]}, key=len, reverse=True)
    named = next((form for form in forms if re.search(rf"\b{re.escape(form)}\b", draft)), None)
    if named is None:
        return
    for other in others:
        yield re.sub(rf"\b{re.escape(named)}\b", other, draft, count=1)


def other_figures(draft: str) -> Iterator[str]:
    """The draft with one of its numbers, days or months changed, each in turn."""
    text, marks = _apart(draft)
    for match in re.finditer(r"[A-Za-z]+|\d[\d,]*", text):
        other = _other(match.group())
        if other and (not match.group().isdigit() or _NUMBER.match(text, match.start())):
            yield text[: match.start()] + other + text[match.end() :] + marks


def _other(word: str) -> str | None:
    if word[0].isdigit():
        value = int(word.replace(",", ""))
        changed = value + 3 if value > 1000 and len(word) == 4 else value + 2 + value * 2 // 5
        return f"{changed:,}" if "," in word else str(changed)
    for names in (_MONTHS, _DAYS):
        if word in names:
            return names[(names.index(word) + 2) % len(names)]
    other = _SPELT.get(word.lower())
    return other.capitalize() if other and word[0].isupper() else other


def exchanged_figures(draft: str, cited: str) -> Iterator[str]:
    """The draft with each of its numbers in turn replaced by another one of the cited text."""
    text, marks = _apart(draft)
    there = [match.group() for match in _figures(cited)]
    for match in _figures(text):
        others = (n for n in there if _value(n) != _value(match.group()))
        for other in list(others)[-2:]:
            yield text[: match.start()] + other + text[match.end() :] + marks


def _figures(text: str) -> Iterator[re.Match[str]]:
    """The numbers of a text that count something: no years and no days of a month."""
    for match in re.finditer(r"[A-Za-z]+|(?<![\w.,:$£€-])\d+(?:,\d+)*(?![\w:%-]|[.,]\d)", text):
        beside = (*text[: match.start()].split()[-1:], *text[match.end() :].split()[:1])
        dated = any(word.strip(".,;") in _MONTHS for word in beside)
        digits = match.group()[0].isdigit() and len(match.group()) != len("2019")
        if (digits or match.group().lower() in _SPELT) and not dated:
            yield match


def _value(figure: str) -> float:
    return _VALUES.get(figure.lower()) or float(figure.replace(",", ""))


def negations(draft: str) -> Iterator[str]:
    """The draft with a negation put in or taken away."""
    text, marks = _apart(draft)
    for match in _outside_quotations(_NEGATION, text):
        kept = match[1] or match[2] or ""
        yield f"{text[: match.start()]}{kept}{text[match.end() :]}{marks}".replace("  ", " ")
        return
    for match in _outside_quotations(_AUXILIARY, text):
        yield f"{text[: match.end()]} not{text[match.end() :]}{marks}"
        return


def moods(draft: str) -> Iterator[str]:
    """The draft with a "will" for a "may", or the other way round."""
    text, marks = _apart(draft)
    for match in _outside_quotations(re.compile(rf"\b(?:{'|'.join(_MOODS)})\b"), text):
        yield f"{text[: match.start()]}{_MOODS[match.group()]}{text[match.end() :]}{marks}"
        return


def moved(draft: str, neighbours: Sequence[int]) -> Iterator[str]:
    """The draft with its one citation moved to each of the sentences beside it."""
    text, marks = _apart(draft)
    if len(re.findall(r"\d+", marks)) == 1:
        yield from (f"{text} [{n}]" for n in neighbours)


def added(draft: str, n: int) -> str:
    """The draft with something that nobody said put at its end."""
    text, marks = _apart(draft)
    addition = _ADDITIONS[n % len(_ADDITIONS)]
    end = re.search(r"[.!?]?[”\"]?\Z", text)
    body = text[: end.start()] if end and "”" not in text[-2:] else text
    return f"{body}{',' if n % 2 else ''} {addition}.{marks}"


def replaced(draft: str, n: int) -> Iterator[str]:
    """Something else that is said of the one who is named first, in few words."""
    text, marks = _apart(draft)
    name = _NAME.search(text)
    if name:
        yield f"{name.group()} {_PREDICATES[n % len(_PREDICATES)]}.{marks}"


def merged(draft: str, other: str, number: int) -> str:
    """The draft with another person's words attributed to its speaker."""
    text, marks = _apart(draft)
    words = re.sub(r'[“”"]', "", other).rstrip(".")
    return f"{text.rstrip('.')} and that {words[:1].lower()}{words[1:]}.{marks}[{number}]"


def _apart(draft: str) -> tuple[str, str]:
    match = _MARKS.search(draft)
    return (draft[: match.start()], match.group()) if match else (draft, "")


def _outside_quotations(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for match in pattern.finditer(text):
        if not any(start <= match.start() < end for start, end in quoted):
            yield match
