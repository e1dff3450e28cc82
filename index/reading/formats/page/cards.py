"""Parts of a page that lead to other stories: a headline that is a link, and a few lines under it.

Knows nothing of the article that the page may have beside them.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

Element = Any  # lxml has no types

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_TILES = frozenset(("div", "li", "section", "a", "td"))
_PARTS = 40  # elements that a tile has fewer than
_LONGEST = 500  # characters of one


class Cards:
    """The cards of one page; `is_stated`: it says that it is an article.

    Then only articles are cards, else other parts may be, too: tiles.
    """

    def __init__(self, *, is_stated: bool) -> None:
        self._is_stated = is_stated
        self._known: dict[Element, bool] = {}

    def card_of(self, element: Element) -> Element | None:
        """The card around an element, if there is one."""
        for each in (element, *element.iterancestors()):
            is_article = each.tag == "article"
            if not is_article and (self._is_stated or each.tag not in _TILES):
                continue
            if each not in self._known:
                self._known[each] = _is_led(each) if is_article else _is_tile(each)
            if is_article or self._known[each]:
                return each if self._known[each] else None
        return None


def _is_led(article: Element) -> bool:
    """Whether a headline in it is a link to another page."""
    links = (a for h in article.iter("h1", *HEADINGS) for a in _links_at(h))
    return any(map(_leads_off, links))


def _is_tile(part: Element) -> bool:
    """Whether it is a short one of one headline, which is a link to another page."""
    if len(list(islice(part.iter(), _PARTS))) == _PARTS or len(part.text_content()) > _LONGEST:
        return False
    headings = list(part.iter("h1", *HEADINGS))
    if part.tag == "li" and not headings:
        return len(part) > 1 and part[0].tag == "a" and _leads_off(part[0])
    return len(headings) == 1 and any(map(_leads_off, _links_at(headings[0])))


def _leads_off(link: Element) -> bool:
    return not str(link.get("href") or "#").startswith("#")


def _links_at(heading: Element) -> Iterator[Element]:
    """The links in a heading and around it."""
    yield from heading.iter("a")
    yield from islice((e for e in heading.iterancestors() if e.tag == "a"), 1)
