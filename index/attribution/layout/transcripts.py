r"""Finds the turns of interviews and transcripts, where a label says who speaks: "LEE: We found …".

The usual forms: a name and a colon, in bold or after a time perhaps; "Mr. LEE." in a parliament's
record; "<LEE>"; "Q" and "A"; "((Wikinews))"; a name on a line of its own; questions on lines of
their own with bare answers between; and letters, from "Dear Editor" to who signs them. Knows
nothing of cues.

>>> from index.attribution.layout.sentences import split_sentences
>>> text = "LEE: Why?\nORR: We had to.\nLEE: Did you?"
>>> [turn.name for turn in find_turns(text, split_sentences(text), ["Ann Lee"])]
['Ann Lee', 'ORR', 'Ann Lee']
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from index.attribution.layout.interviews import find_exchanges, spoken_at_the_end
from index.attribution.layout.letters import find_letters
from index.attribution.layout.turns import (
    FIRST_PERSON,
    SMALL,
    TALK,
    WORD,
    PlacedParagraph,
    TranscriptTurn,
    has_saying,
    interviewee,
    paragraphs_of,
)
from index.attribution.people.naming import plain_word
from index.language.names import FIRST_NAMES, HONORIFICS, is_role
from index.language.paragraphs import stripped
from index.language.word_lists import word_set
from index.language.words import DAYS
from index.schema import Sentence, Span

_STAMP = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?[\])]?"
_TIME = rf"(?:{_STAMP}\s*[-–]?\s*)?"
_BOLD = r"(?:\*\*|__|\*|_)?"
_NAME = rf"(?:(?:the|The)\s)?{WORD}(?:[ ]{SMALL}{WORD}){{0,4}}"
_ADDRESS = r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prof)\b"
_BRACKETED = re.compile(r"\(\(\s*(?P<label>[^()\s][^()\n]{0,39}?)\s*\)\)[:\s]*")
_LABEL = (
    rf"{_TIME}(?:Q\d*\s)?{_BOLD}(?:(?:The\s[^()\n:]{{3,60}}?\s\(|{WORD}\s\((?={_ADDRESS}))(?P<inner>{_NAME})\)|(?P<label>{_NAME}(?:\s\d{{1,2}})?))"
    rf"(?:\s?[\[(][^)\]\n]*[)\]]){{0,3}}(?P<beside>(?:,|\s[–—]|\s--?)\s[^:;.!?\n\"“]{{1,40}})?(?:\s{_STAMP})?{_BOLD}"
)
_COLON = re.compile(rf"{_LABEL}(?:\s(?:answers|replies|responds|writes))?\s?:{_BOLD}(?:\s+|\Z)")
_DASHED = re.compile(rf"{_LABEL}\s[—–-]\s+")
_SQUARE = re.compile(rf"\[(?P<label>{_NAME})\]:?\s+")
# "<v Ann Lee>" of WebVTT, "<Ann Lee>" of a chat.
_ANGLED = re.compile(rf"{_TIME}<(?:v(?:\.[\w.-]+)?\s)?(?P<label>{_NAME})>\s*")
_RECORD = re.compile(
    r"(?P<label>(?:The|[A-Z][a-z]+)\.?[ ][A-ZÀ-Þ][A-ZÀ-Þ'’-]+"
    r"(?:[ ](?:of[ ]\w+|pro[ ]tempore|[A-ZÀ-Þ'’-]{2,})){0,3})"
    r"\.\s+(?=[\"“A-ZÀ-Þ])"
)
# Whom a parliament's record has somebody speak to at first.
_CHAIR = re.compile(
    r"(?:Mr|Mrs|Ms|Madam|Mister)\.? (?:Acting |Deputy )?(?:Speaker|President|Chair)"
)
_ASKED = re.compile(
    r"(?:\*\*|__)?(?P<label>Q|A|Question|Answer)(?:\s?[.:](?:\*\*|__)?\s*|\s{2,})(?=\S)"
)
_OWN_LINE = re.compile(
    rf"(?P<stamp>{_STAMP}\s+)?(?P<label>(?:The\s[^()\n]{{3,60}}?\s\((?P<inner>{_NAME})\))|{_NAME}(?:\s\d{{1,2}})?)"
    rf"(?P<party>(?:\s\([^()\n]{{1,40}}\)){{0,2}}|\s+{_STAMP})\s*\Z"
)
# Stand before a colon in captions, lists and headings, and speak for nobody.
_NOBODY = word_set("nobody")
_LEAST = 3
_QUESTIONS = 2
_ENDS = re.compile(r"[.!?…:—–-][\"'”’»)\]*_]*\Z")
# What happens meanwhile, on a line of its own: "(Laughter.)".
_MEANWHILE = re.compile(r"[(\[][^()\[\]\n]*[)\]]\.?")
# The same between two sentences.
_ASIDE = re.compile(r"(?<![^\W_])[(\[](?P<told>[A-ZÀ-Þ][^()\[\]\n]{2,60})[)\]]\.?")
_BEFORE_ASIDE = re.compile(r"(?:\A|[.!?…—–-][\"'”’»)\]]*\s+)\Z")
_WIDE = 8  # characters
# Over the questions that a lawyer puts to a witness, and the question that tells who that is.
_BY = re.compile(r"by\s+(?=\w)", re.IGNORECASE)
_STATED = re.compile(r"\b(?:your|the) (?:full )?name\b", re.IGNORECASE)
_OWN_NAME = re.compile(
    rf"(?:(?:My name is|I am|It's|It is)\s)?(?P<name>{WORD}(?:[ ]{SMALL}{WORD}){{1,3}})[.,]"
)
# A share of labelled paragraphs that must end as sentences do.
_SPOKEN = 0.6


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in a paragraph: where it stands, and where the words spoken begin."""

    span: Span
    text: str
    begin: int
    # What stands before the name in brackets: "The CHAIR (Senator Ann Lee)".
    office: str = ""


def find_turns(
    text: str, sentences: Sequence[Sentence], names: Sequence[str]
) -> tuple[TranscriptTurn, ...]:
    """The turns of a transcript in order; nothing if the article is none."""
    paragraphs = paragraphs_of(sentences)
    for read in (_bracketed, _labelled, _record, _own_lines):
        labels = read(text, paragraphs, names)
        if labels:
            labels = _with_office_holders(text, paragraphs, labels)
            labels, witness = _examined(text, paragraphs, labels)
            # A label in full is a name that shorter ones stand for.
            first = min(label.span.start for label in labels.values())
            full = [label.text for label in labels.values() if " " in label.text]
            called = [_introduced(text[:first], label.text) for label in labels.values()]
            known = _forms([*names, *filter(None, called), *full])
            asked = witness or interviewee(text[:first], names)
            speakers = {n: _full(label.text, known, asked) for n, label in labels.items()}
            held = {labels[n].office: name for n, name in speakers.items() if labels[n].office}
            speakers = {n: held.get(labels[n].text, name) for n, name in speakers.items()}
            hosts = {speakers[n] for n in labels if _is_bracketed(text, labels[n])}
            return tuple(_turns(text, paragraphs, labels, speakers, hosts))
    return tuple(find_exchanges(text, paragraphs, names)) or find_letters(text, paragraphs, names)


_Labels = dict[int, _Label]


def _match(pattern: re.Pattern[str], text: str, paragraph: PlacedParagraph) -> _Label | None:
    match = pattern.match(text, paragraph.span.start, paragraph.span.end)
    if match is None or has_saying(match.groupdict().get("beside") or ""):
        return None  # "Lee, the mayor, said:"
    if not match.groupdict().get("inner"):
        return _Label(Span(*match.span("label")), match["label"], match.end())
    office = text[match.start() : match.start("inner")].rstrip(" (")
    return _Label(Span(*match.span("inner")), match["inner"], match.end(), office)


def _with_office_holders(
    text: str, paragraphs: Sequence[PlacedParagraph], labels: _Labels
) -> _Labels:
    """The labels, "The CHAIR" with the name that it had in "The CHAIR (Senator Lee)" before."""
    found: _Labels = {}
    holders: dict[str, str] = {}
    for n, label in labels.items():
        before = text[paragraphs[n].span.start : label.span.start]
        if before.endswith("("):
            holders[plain_word(before[:-1].strip())] = label.text
        found[n] = replace(label, text=holders.get(plain_word(label.text), label.text))
    return found


def _examined(
    text: str, paragraphs: Sequence[PlacedParagraph], labels: _Labels
) -> tuple[_Labels, str | None]:
    """The labels of a court's record and the witness: "Q" is who asks by "BY MS. LEE:" above."""
    found: _Labels = {}
    by: str | None = None
    witness: str | None = None
    stated = False
    for n, label in labels.items():
        words, said = plain_word(label.text).split(), text[label.begin : paragraphs[n].span.end]
        opening = None if said else _BY.match(label.text)
        by = label.text[opening.end() :] if opening else by
        is_question = words[0] in ("q", "question")
        found[n] = replace(label, text=by) if by and (is_question or opening) else label
        answer = _OWN_NAME.match(said) if stated and words[0] in ("a", "answer") else None
        witness = witness or (answer["name"] if answer else None)
        stated = is_question and _STATED.search(said) is not None
    return found, witness


def _bracketed(text: str, paragraphs: Sequence[PlacedParagraph], names: Sequence[str]) -> _Labels:
    """An interview with "((WN))" before the questions and a name or initials before the answers."""
    found = {n: m for n, p in enumerate(paragraphs) if (m := _match(_BRACKETED, text, p))}
    if len(found) < _QUESTIONS:
        return {}
    known = "|".join(re.escape(n) for name in names for n in (name, _initials(name)) if len(n) > 1)
    answered = re.compile(rf"(?P<label>{known})\s+(?=[A-Z\"“'‘])") if known else None
    for n, paragraph in enumerate(paragraphs):
        if n in found:
            continue
        label = _match(_COLON, text, paragraph) or (answered and _match(answered, text, paragraph))
        if label and not _is_nobody(label.text):
            found[n] = label
    host = next(iter(found.values())).text
    # Every bracketed label stands for whoever the first one names.
    return {
        n: replace(label, text=host) if _is_bracketed(text, label) else label
        for n, label in sorted(found.items())
    }


def _is_bracketed(text: str, label: _Label) -> bool:
    return text[: label.span.start].rstrip().endswith("((")


def _labelled(text: str, paragraphs: Sequence[PlacedParagraph], names: Sequence[str]) -> _Labels:
    """A name and a colon, "Q" and "A" among them."""
    for ended in (_COLON, _DASHED, _SQUARE, _ANGLED):
        found: _Labels = {}
        for n, paragraph in enumerate(paragraphs):
            label = _match(_ASKED, text, paragraph) or _match(ended, text, paragraph)
            if label is not None and not _is_nobody(label.text):
                found[n] = label
        if _is_transcript(text, paragraphs, found, names):
            return found
    return {}


def _record(text: str, paragraphs: Sequence[PlacedParagraph], names: Sequence[str]) -> _Labels:
    """The record of a parliament: "Mr. LEE. I yield.". One speech in it is one, too."""
    found = {n: m for n, p in enumerate(paragraphs) if (m := _match(_RECORD, text, p))}
    several = len({plain_word(label.text) for label in found.values()}) > 1
    to_chair = any(_CHAIR.match(text, label.begin) for label in found.values())
    return found if several or to_chair else {}


def _own_lines(text: str, paragraphs: Sequence[PlacedParagraph], names: Sequence[str]) -> _Labels:
    """Labels on lines of their own: "The Minister for Coasts (Ann Lee)"."""
    found: _Labels = {}
    known: set[str] = set()
    offices: dict[str, str] = {}
    sure = 0
    for n, paragraph in enumerate(paragraphs):
        match = _OWN_LINE.match(text, paragraph.span.start, paragraph.span.end)
        if (holder := offices.get(paragraph.span.of(text))) is not None:
            found[n] = _Label(paragraph.span, holder, paragraph.span.end)
            continue
        if match is None or paragraph.prose or n + 1 == len(paragraphs):
            continue
        label = match["inner"] or match["label"]
        place = match.span("inner" if match["inner"] else "label")
        marked = any(match[group] for group in ("inner", "party", "stamp"))
        if marked or plain_word(label) in known:
            found[n] = _Label(Span(*place), label, paragraph.span.end)
            known.add(plain_word(label))
            if match["inner"]:
                offices[text[paragraph.span.start : place[0] - 1].strip()] = label
            sure += marked or label.isupper()
    return found if sure >= _QUESTIONS and len(found) >= _QUESTIONS else {}


def _is_nobody(label: str) -> bool:
    words = {plain_word(word).rstrip(".") for word in label.split()}
    return not words.isdisjoint(_NOBODY) or not words.isdisjoint(DAYS)


def _is_transcript(
    text: str,
    paragraphs: Sequence[PlacedParagraph],
    labels: Mapping[int, _Label],
    names: Sequence[str],
) -> bool:
    """Whether the labels are of people who talk: one again and again, or each of their own.

    A list has labels, too: of places, and of people who are told of and do not speak.
    """
    lines = [paragraphs[n].span.of(text) for n in labels]
    asked = [label.text in ("Q", "Question") for label in labels.values()]
    # A question may be signed: "Q: Is it safe? – Jean, Fife".
    ends = (_ENDS.search(line) or (q and "?" in line) for q, line in zip(asked, lines, strict=True))
    spoken = sum(map(bool, ends))
    if len(labels) < _QUESTIONS or spoken < _SPOKEN * len(labels):
        return False
    forms, whole = _forms(names), frozenset(names)
    personal = [_is_personal(label.text, forms, whole) for label in labels.values()]
    full = [label.text for label in labels.values() if " " in label.text]
    known = _forms([*names, *full])
    who = [_full(label.text, known) or plain_word(label.text) for label in labels.values()]
    if len(set(who)) < 2 or not any(personal):
        return False
    again = max(Counter(who).values()) > 1
    talking = sum(bool(TALK.search(line)) for line in lines)
    answered = lines[0].endswith("?") and all(personal[1:])
    own = 2 * sum(personal) >= len(labels) and talking > _SPOKEN * len(labels)
    several = len(labels) >= _LEAST and (again or own)
    return several or answered


def _is_personal(label: str, forms: Mapping[str, str], names: Set[str]) -> bool:
    """Whether a label is likely to be a person's: their name, a form of address, an office, "Q"."""
    words = [plain_word(word).rstrip(".") for word in label.split()]
    if label.isupper() or words[0] in HONORIFICS or words[0] in FIRST_NAMES or is_role(words[-1]):
        return True
    return _full(label, forms) != label or label in names or words[0] in ("q", "question")


def _introduced(before: str, label: str) -> str | None:
    """The full name that stands above a transcript for a label with a form of address."""
    title, _, last = label.partition(" ")
    if not last or plain_word(title).rstrip(".") not in HONORIFICS:
        return None
    name = re.search(rf"[^\W\d_][\w'’-]+ {re.escape(last)}\b", before, re.IGNORECASE)
    return name.group() if name is not None and name.group().istitle() else None


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _forms(names: Iterable[str]) -> dict[str, str]:
    """The names by what may stand for them, folded: in full, the surname, the initials."""
    found: dict[str, str] = {}
    firsts = Counter(plain_word(name).split()[0] for name in dict.fromkeys(names))
    for name in names:
        whole = plain_word(name)
        for form in (whole, *whole.split()[-1:], plain_word(_initials(name))):
            found.setdefault(form, name)
    for name in names:
        first = plain_word(name).split()[0]
        if firsts[first] == 1:
            found.setdefault(first, name)
    return found


def _full(label: str, forms: Mapping[str, str], asked: str | None = None) -> str | None:
    """The name that a label is short for."""
    words = [plain_word(word) for word in label.split()]
    if words[0] in ("q", "question"):
        return None
    if words[0] in ("a", "answer") and len(words) == 1:
        return asked
    while len(words) > 1 and _is_title(words[0].rstrip(".")):
        words = words[1:]
    return forms.get(" ".join(words), label)


def _is_title(word: str) -> bool:
    return word in HONORIFICS or word == "the" or (is_role(word) and word not in FIRST_NAMES)


def _turns(
    text: str,
    paragraphs: Sequence[PlacedParagraph],
    labels: Mapping[int, _Label],
    speakers: Mapping[int, str | None],
    hosts: Set[str | None],
) -> Iterator[TranscriptTurn]:
    turns: list[tuple[Span, str | None, list[int], list[Span]]] = []
    lasts = {name.split()[-1].title() for name in speakers.values() if name}
    speaking = False
    for n, paragraph in enumerate(paragraphs[: _end(text, paragraphs, labels, speakers)]):
        label = labels.get(n)
        if label is not None:
            begin, end = label.begin, paragraph.span.end
            rest = list(_without_asides(text, begin, end))
            turns.append((label.span, speakers[n], [*paragraph.numbers], rest))
            # What follows a question without a label is no part of it.
            speaking = speakers[n] is not None and speakers[n] not in hosts
        elif not speaking or not paragraph.prose or _MEANWHILE.fullmatch(paragraph.span.of(text)):
            continue
        elif turns[-1][3] and _is_told(text, paragraph, lasts):
            speaking = False
        else:
            _, _, numbers, content = turns[-1]
            numbers.extend(paragraph.numbers)
            content.extend(_without_asides(text, paragraph.span.start, paragraph.span.end))
    return (
        TranscriptTurn(label, name, tuple(numbers), tuple(content))
        for label, name, numbers, content in turns
        if content
    )


def _end(
    text: str,
    paragraphs: Sequence[PlacedParagraph],
    labels: Mapping[int, _Label],
    speakers: Mapping[int, str | None],
) -> int:
    """Where a talk ends in which a label stands before each paragraph, and the paper goes on."""
    first, last = min(labels), max(labels)
    single = all(n in labels or not paragraphs[n].prose for n in range(first, last))
    name = speakers[last]
    if len(labels) < _LEAST or name is None or not single:
        return len(paragraphs)
    return last + len(spoken_at_the_end(text, paragraphs[last:], name, terse=False))


def _without_asides(text: str, start: int, end: int) -> Iterator[Span]:
    """What is spoken, without what happens meanwhile: not "(Laughter.)" between two sentences."""
    begin = start
    for aside in _ASIDE.finditer(text, start, end):
        first, last = aside.span()
        before, after = text[max(start, first - _WIDE) : first], text[last:end].lstrip()[:1]
        own = FIRST_PERSON.search(aside["told"])
        if _BEFORE_ASIDE.search(before) and not after.islower() and not own:
            yield from stripped(text, begin, first)
            begin = last
    yield from stripped(text, begin, end)


def _is_told(text: str, paragraph: PlacedParagraph, lasts: Set[str]) -> bool:
    """Whether a paragraph without a label is the paper's own: it names who speaks, by surname."""
    words = set(re.findall(r"[^\W_]+", paragraph.span.of(text)))
    return not words.isdisjoint(lasts) and not FIRST_PERSON.search(paragraph.span.of(text))
