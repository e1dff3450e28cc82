"""What stands in a page's lines and is none of the text: hidden labels, cards on a name, notes.

Knows nothing of articles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from index.reading.formats.page.lines import is_ended
from index.reading.markup import LINES, is_struck, is_unseen

Element = Any  # lxml has no types

_MARK = 5  # characters of the mark of a note: "[12]"
_NEAR = 60  # elements in a note that are looked at
_LISTED = 3  # links in a row, with nothing between them: a list


@dataclass(slots=True)
class _Inside:
    """What an element holds: pictures, links, letters outside of links, lines of their own."""

    n_links: int = 0
    has_picture: bool = False
    has_letters: bool = False
    has_lines: bool = False


def drop_unseen(page: Element) -> None:
    """Take out what stands inside a line and is none of it: labels for machines, cards on a name.

    What is hidden and ends as a sentence stays: the rest of a text that is opened by a click. What
    is struck out goes, however long.
    """
    for each in [part for pair in _notes(page) for part in pair]:
        each.clear(keep_tail=True)
    inside: dict[Element, _Inside] = {}
    for element in reversed(list(page.iter())):  # what is inside comes first
        held = inside[element] = _held(element, inside)
        is_inline = element.tag not in LINES and not held.has_lines
        is_struck_out = is_struck(element)
        is_outer = element.tag in ("html", "body") or element.getparent() is None
        if is_outer or not (is_inline or is_struck_out):
            continue
        is_label = is_unseen(element) and not is_ended("".join(element.itertext()).strip())
        if is_struck_out or is_label or element.get("role") == "tooltip" or _is_card(held):
            element.clear(keep_tail=True)  # taken out, each would copy what follows it
            inside[element] = _Inside()


def _notes(page: Element) -> Iterator[tuple[Element, Element]]:
    """The marks of notes, each with its note: links within the page that lead to one another."""
    places = {name: each for each in page.iter() for name in _names(each)}
    notes: set[Element] = set()
    for link in page.iter("a"):
        note = places.get(_place(link) or "")
        back = None if note is None or link in notes else _back(note, link)
        if note is not None and back is not None:
            line = note if note.tag in LINES else next(_lines_around(note), note)
            if not any(each is line for each in link.iterancestors()):
                notes.add(back)
                yield link, line


def _back(note: Element, link: Element) -> Element | None:
    """The link in a note that leads back to its mark."""
    if not 0 < len("".join(islice(link.itertext(), _MARK)).strip()) <= _MARK:
        return None
    homes = {name for each in (link, link.getparent()) for name in _names(each)}
    within = (each for each in islice(note.iter(), _NEAR) if each.tag == "a" and each is not link)
    return next((each for each in within if _place(each) in homes), None)


def _names(element: Element) -> Iterator[str]:
    yield from filter(None, (element.get("id"), element.get("name")))


def _place(link: Element) -> str | None:
    """The place on the page, or on another, that a link leads to."""
    return (link.get("href") or "").partition("#")[2] or None


def _lines_around(element: Element) -> Iterator[Element]:
    return (each for each in element.iterancestors() if each.tag in LINES)


def _held(element: Element, inside: dict[Element, _Inside]) -> _Inside:
    held = _Inside(has_letters=element.tag != "a" and _has_letters(element.text))
    held.n_links = int(element.tag == "a")
    held.has_picture = element.tag == "img"
    for child in element:
        each = inside[child]
        held.n_links += each.n_links
        held.has_picture |= each.has_picture
        held.has_letters |= element.tag != "a" and (each.has_letters or _has_letters(child.tail))
        held.has_lines |= each.has_lines or child.tag in LINES
    return held


def _has_letters(text: str | None) -> bool:
    return bool(text and text.strip())


def _is_card(held: _Inside) -> bool:
    """Whether there are only links, with a picture or in a row: what opens over a name."""
    n_least = 2 if held.has_picture else _LISTED
    return held.n_links >= n_least and not held.has_letters
