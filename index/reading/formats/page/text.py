"""Which lines of a page are its article's text: what an extractor found, checked against the page.

An extractor goes by how text looks, and loses what looks otherwise: a standfirst, a paragraph that
is a link, what stands in a second container. What it lost is put back where the page itself shows
that it belongs there, and what speaks of something else (captions, other stories, letters to
subscribe to) is left out. Knows nothing of titles, authors or dates.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from index.language.folding import key_of
from index.reading.formats.page.cards import HEADINGS, Cards
from index.reading.formats.page.facts import Facts
from index.reading.formats.page.lines import (
    company_in,
    is_bio,
    is_byline,
    is_contact,
    is_ended,
    is_paywall,
    is_portrait,
    is_spoken,
    leads_away,
)
from index.reading.markup import ITEM, MarkupBlock, is_unseen

Element = Any  # lxml has no types

# Elements, and words in the class or id of elements, that stand beside a text.
_BESIDE = frozenset(
    """nav footer aside figcaption figure form button select menu noscript caption captions credit
    credits byline bylines bio biography authorbio related recirc recommended recommendations
    recommendation newsletter newsletters signup promo promos promoted promotion sponsored subscribe
    subscription social share sharing comment comments disqus taglist tags readmore mostread
    trending ad ads advert advertisement copyright breadcrumb breadcrumbs timestamp outbrain taboola
    navigation widget sidebar rail cookie consent gdpr popup modal banner pagination toolbar
    disclaimer pullquote unseen amp-ad amp-embed amp-social-share amp-sidebar amp-consent""".split()
)
_STANDFIRST = re.compile(
    r"standfirst|sub-?(?:title|head|headline|hed)|\bdek\b|\bdeck\b|strap-?line|"
    r"\b(?:summary|lede|lead|intro|excerpt|abstract|teaser|description)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PROSE = 40  # characters of a line that is beyond doubt more than a label, if it ends as one does
_LONG = 100  # and of one that does not
_MOST = 0.25  # of the found text: what is wrapped around more of it does not stand beside it
_SENTENCE = re.compile(r"(?<=[.!?][”\"’]) |(?<=[.!?]) ")

_CARDS = 3  # of one shape: a list of other stories
_CARD = 250  # characters of what stands under a headline in one
_HEAD = 8  # lines over the text that may say by whom it is and of when

_STUB = 350  # characters: what is left of an article before a paywall may be so short


@dataclass(frozen=True, slots=True)
class PageText:
    """An article's lines, and the page's line that asks to pay for the rest, if there is one.

    `head` is what stands between the headline and the text; `in_cards` how much of the lines is in
    articles of their own under a link, as on the page of a section.
    """

    lines: tuple[str, ...]
    paywall: str | None
    head: tuple[str, ...] = ()
    in_cards: float = 0.0

    @property
    def is_stub(self) -> bool:
        """Whether next to nothing is left of the article."""
        return self.paywall is not None and sum(map(len, self.lines)) < _STUB


def text_of_page(blocks: Iterable[MarkupBlock], found: str, facts: Facts) -> PageText:
    """The article's lines among the page's blocks, in the page's order.

    `found` is what the extractor took for the text; it may be empty.
    """
    page = _Page(tuple(blocks), found, facts)
    kept = page.kept()
    lines = tuple(page.blocks[n].text for n in kept)
    if page.stated.size > 2 * sum(len(page.keys[n]) for n in kept):
        lines = tuple(filter(None, (line.strip() for line in facts.body.split("\n"))))
    return PageText(lines, page.paywall(kept), page.head(kept), page.in_cards(kept))


class _Text:
    """A text to look lines up in."""

    def __init__(self, text: str) -> None:
        self.lines = frozenset(filter(None, map(key_of, text.split("\n"))))
        self._whole = "\n".join(map(key_of, text.split("\n")))

    def has(self, key: str) -> bool:
        return key in self.lines or (len(key) > _PROSE and key in self._whole)

    @property
    def size(self) -> int:
        """How many letters and digits it has."""
        return sum(map(len, self.lines))


class _Page:
    """A page's blocks, and what is known of each, by its number."""

    def __init__(self, blocks: tuple[MarkupBlock, ...], found: str, facts: Facts) -> None:
        self.blocks = blocks
        self.facts = facts
        self.keys = [key_of(block.text) for block in blocks]
        self.found, self.stated = _Text(found), _Text(facts.body)
        self._titles = frozenset(filter(None, map(key_of, facts.titles)))
        self._names = _Names()
        self._core = [n for n, key in enumerate(self.keys) if key and self._is_known(n)]
        self._size = sum(len(self.keys[n]) for n in self._core)
        self._around = self._weights(self._names.all_of)
        self._shapes = self._weights(lambda element: {self._names.shape_of(element)})
        self._homes = self._weights(lambda element: {self._names.home_of(element)})
        self._containers = self._weights(lambda element: {_container_of(element)})
        self._is_timed: dict[Element, bool] = {}
        self._teasers = self._told_elsewhere()

    def _is_known(self, n: int) -> bool:
        element, key = self.blocks[n].element, self.keys[n]
        if element.tag in ("td", "th") and element.getparent() is not None:
            key = key_of(element.getparent().text_content())  # an extractor gives rows
        return self.found.has(key) or self.stated.has(key)

    def _weights(self, kinds: Callable[[Element], Iterable[Hashable]]) -> Counter[Hashable]:
        """How much of what is known to be the text stands in what is of a kind."""
        weights: Counter[Hashable] = Counter()
        for n in self._core:
            weights.update(dict.fromkeys(kinds(self.blocks[n].element), len(self.keys[n])))
        return weights

    def kept(self) -> list[int]:
        """The numbers of the article's lines."""
        body = [n for n in range(len(self.blocks)) if self._is_body(n) and self._is_own(n)]
        body = self._inside(body)
        if not body:
            return []
        lines = self._with_sources([*self._standfirst(body[0]), *body])
        return self._with_led(self._once(self._before_paywall(lines)))

    def _with_sources(self, lines: Sequence[int]) -> list[int]:
        """The lines, and the rest of each block quote among them, with who is named under it."""
        left = set(lines)
        for n in lines:
            block = _around(self.blocks[n].element, "blockquote")
            if block is None:
                continue
            for after in range(n + 1, len(self.blocks)):
                if after in left or not (self._is_in(block, after) or self._names_in(block, after)):
                    break
                left.add(after)
        return sorted(left)

    def _is_in(self, quotation: Element, n: int) -> bool:
        """Whether a line is of a block quote, and leads nowhere."""
        within = _around(self.blocks[n].element, "blockquote")
        return within is quotation and self._is_own(n)

    def _names_in(self, quotation: Element, n: int) -> bool:
        """Whether a line tells whose a block quote is."""
        element, text = self.blocks[n].element, self.blocks[n].text
        whole = _around(quotation, "figure") if element.tag == "figcaption" else quotation
        is_source = element.tag in ("footer", "cite", "figcaption")
        return is_source and whole in element.iterancestors() and len(text) < _LONG

    def _before_paywall(self, lines: list[int]) -> list[int]:
        """The lines up to one that asks to pay for the rest, if only such follow."""
        rest = sum(len(self.blocks[n].text) for n in lines)
        for at, n in enumerate(lines):
            text = self.blocks[n].text
            if at and rest < _STUB and is_paywall(text) and not is_spoken(text):
                return lines[:at]
            rest -= len(text)
        return lines

    def _is_body(self, n: int) -> bool:
        """Whether a line is the text's: it was found, is stated, or looks as they do."""
        if n in self._known:
            return True
        element = self.blocks[n].element
        if not self._core or not self._is_prose(n):
            is_line = element.tag == "li" or is_ended(self.blocks[n].text)
            return is_line and self._containers[_container_of(element)] > 0.5 * self._size
        is_between = self._core[0] < n < self._core[-1]
        is_at_home = self._homes[self._names.home_of(element)] > 0.2 * self._size
        if is_between and (is_at_home or _around(element, "blockquote") is not None):
            return True
        return self._shapes[self._names.shape_of(element)] > 0.5 * self._size

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(self._core)

    def _is_prose(self, n: int) -> bool:
        text = self.blocks[n].text
        return len(text) >= _LONG or (is_ended(text) and (len(text) >= _PROSE or is_spoken(text)))

    def _is_own(self, n: int) -> bool:
        """Whether a line is no headline, and speaks of nothing but what the article is about."""
        block, key = self.blocks[n], self.keys[n]
        is_title = block.element.tag == "h1" or key in self._titles
        is_away = leads_away(block.text.removeprefix(ITEM), block.n_linked)
        is_elsewhere = is_away or n in self._teasers or self._is_of_another(n)
        return not (is_title or is_elsewhere or self._is_beside(block.element))

    def _is_of_another(self, n: int) -> bool:
        """Whether a line stands in an article beside the one that has the headline and its text.

        Posts of a live page stand so, too, each with its time.
        """
        article = None if self._own_article is None else _outermost_article(self.blocks[n].element)
        if article in (None, self._own_article) or self.stated.has(self.keys[n]):
            return False
        if article not in self._is_timed:
            self._is_timed[article] = next(article.iter("time"), None) is not None
        return not self._is_timed[article]

    @cached_property
    def _own_article(self) -> Element | None:
        """The article around the page's headline, if there is text in it."""
        heads = (n for n in range(len(self.blocks)) if self._is_headline(n))
        found = (_outermost_article(self.blocks[n].element) for n in islice(heads, 1))
        own = next(found, None)
        inside = (n for n in self._core if _outermost_article(self.blocks[n].element) is own)
        return own if sum(len(self.keys[n]) for n in inside) >= _STUB else None

    def _told_elsewhere(self) -> frozenset[int]:
        """The lines under the headlines of other stories, in lists of these."""
        groups: dict[Hashable, list[int]] = {}
        for n, block in enumerate(self.blocks[1:], 1):
            above = self.blocks[n - 1]
            is_under = above.n_linked >= len(above.text) and not is_ended(above.text)
            if is_under and not block.n_linked and len(block.text) < _CARD:
                groups.setdefault(self._names.shape_of(block.element), []).append(n)
        lists = (
            group
            for shape, group in groups.items()
            if len(group) >= _CARDS
            and self._shapes[shape] <= _MOST * self._size
            and sum(len(self.blocks[n].text) for n in group) >= _PROSE * len(group)
        )
        return frozenset(n for group in lists for n in group)

    def _is_beside(self, element: Element) -> bool:
        names = self._names.all_of(element) & _BESIDE
        return any(self._around[name] <= _MOST * self._size for name in names)

    def _inside(self, body: list[int]) -> list[int]:
        """The lines from the first of the text's paragraphs to the last, as far as is known."""
        body = self._without_end(body)
        prose = [n for n in body if self._is_prose(n)]
        if not prose:
            return []
        first = prose[0]
        told = [n for n in prose if self.stated.has(self.keys[n])]
        told_size = sum(len(self.keys[n]) for n in told)
        beyond = sum(len(self.keys[n]) for n in prose if told and n > told[-1])
        is_all_told = told_size > 0.8 * self._size and beyond < 0.15 * self._size
        last = told[-1] if is_all_told else body[-1]
        return [n for n in body if first <= n <= last or (n < first and self._opens(n))]

    def _without_end(self, body: list[int]) -> list[int]:
        """The lines without those at the end on whom to ask, and on author and publisher."""
        body = self._without_about(body)
        prose = [n for n in body if self._is_prose(n)]
        while body:
            if is_contact(self.blocks[body[-1]].text):
                last = body.pop()
                prose = prose[:-1] if prose and prose[-1] == last else prose
            elif len(prose) > 1 and self._is_on_makers(self.blocks[prose[-1]].text):
                body = [n for n in body if n < prose[-1]]
                prose.pop()
            else:
                break
        return body

    def _without_about(self, body: list[int]) -> list[int]:
        """The lines up to a heading under which the publisher of a release tells of itself."""
        sizes = [len(self.keys[n]) for n in body]
        for at in range(1, len(body) - 1):
            company, told = company_in(self.blocks[body[at]].text), self.blocks[body[at + 1]].text
            is_one = company is not None and company in told[:_LONG]
            if is_one and sum(sizes[at:]) < sum(sizes[:at]):
                rest = (self.blocks[n].text for n in body[at:])
                return body if any(map(is_spoken, rest)) else body[:at]
        return body

    def _is_on_makers(self, text: str) -> bool:
        """Whether a line at the end tells who the author or the publisher is."""
        facts = self.facts
        publisher = facts.source or ("" if facts.author else facts.title or "")
        return is_bio(text, facts.author or "") or is_portrait(text, publisher)

    def _opens(self, n: int) -> bool:
        """Whether a line before the first paragraph belongs to the text, and is no byline."""
        text, tag = self.blocks[n].text, self.blocks[n].element.tag
        is_line = len(text) > _PROSE // 2 or text.endswith("?")
        is_plain = tag in HEADINGS or (is_line and not is_byline(text))
        return is_plain or text.startswith(ITEM) or is_spoken(text)

    def _standfirst(self, first: int) -> list[int]:
        """What stands between the headline and the text as its summary."""
        heads = [n for n in range(first) if self._is_headline(n)]
        if not heads:
            return []
        summaries = set(map(key_of, self.facts.summary))
        between = [
            n
            for n in range(heads[-1] + 1, first)
            if self.keys[n] and self._is_own(n) and not is_byline(self.blocks[n].text)
        ]
        stated = [n for n in between if self.keys[n] in summaries]
        return stated or [n for n in between if self._is_summary(n, heads[-1])][:1]

    def _is_headline(self, n: int) -> bool:
        return self.blocks[n].element.tag == "h1" or self.keys[n] in self._titles

    def _is_summary(self, n: int, head: int) -> bool:
        element, text = self.blocks[n].element, self.blocks[n].text
        if len(text) < _PROSE or self.blocks[n].n_linked > len(text) // 2:
            return False
        named = _STANDFIRST.search(self._names.written(element))
        is_next = n == head + 1 and element.getparent() is self.blocks[head].element.getparent()
        return bool(named) or (is_next and element.tag in ("h2", "h3", "p"))

    def _once(self, lines: Sequence[int]) -> list[int]:
        """The lines without those that are said again elsewhere, as in a quotation set large."""
        sentences = Counter(
            key
            for n in lines
            for key in {key_of(part) for part in _SENTENCE.split(self.blocks[n].text)}
            if len(key) >= _PROSE
        )
        seen: dict[str, Element] = {}  # and in what: there it may be said again
        kept = []
        for n in lines:
            key = self.keys[n]
            element = self.blocks[n].element
            is_inner = element.tag != "p" and sentences[key] > 1
            is_again = seen.setdefault(key, element.getparent()) is not element.getparent()
            if len(key) < _PROSE or not (is_again or is_inner):
                kept.append(n)
        return kept

    def _with_led(self, lines: Sequence[int]) -> list[int]:
        """The lines without headings under which nothing is left."""
        left = set(lines)
        kept: list[int] = []
        following, lost = False, False
        for n in range(len(self.blocks) - 1, -1, -1):
            is_heading = self.blocks[n].element.tag in HEADINGS
            if n in left and (not is_heading or following or not lost):
                kept.append(n)
            lost = not is_heading and (lost or n not in left)
            following = not is_heading and (following or n in left)
        return kept[::-1]

    def head(self, kept: Sequence[int]) -> tuple[str, ...]:
        """The lines over the text, up to the headline, the nearest to the text first."""
        first = next((n for n in kept if self._is_prose(n)), 0)
        lines: list[str] = []
        for n in range(first - 1, -1, -1):
            if self._is_headline(n) or len(lines) == _HEAD:
                break
            lines.append(self.blocks[n].text)
        return tuple(lines)

    def in_cards(self, kept: Sequence[int]) -> float:
        """The share of the lines that stand in articles of their own, each under a link."""
        known = Cards(is_stated=self.facts.is_stated)
        cards = [known.card_of(self.blocks[n].element) for n in kept]
        n_cards = len({card for card in cards if card is not None})
        sizes = [len(self.keys[n]) for n in kept]
        within = sum(size for size, card in zip(sizes, cards, strict=True) if card is not None)
        return within / max(1, sum(sizes)) if n_cards > _CARDS else 0.0

    def paywall(self, kept: Sequence[int]) -> str | None:
        """The line that asks to pay for the rest, where the text ends with one."""
        near = range(kept[-1] + 1, min(len(self.blocks), kept[-1] + 4)) if kept else ()
        asked = (
            self.blocks[n].text for n in (*near, *(() if near and not self._core else self._core))
        )
        return next((text for text in asked if is_paywall(text)), None)


class _Names:
    """What the elements around a line are called: tags, and the words of classes and ids."""

    def __init__(self) -> None:
        self._known: dict[Element, frozenset[str]] = {}

    def all_of(self, element: Element) -> frozenset[str]:
        """The names of an element and of all that are around it."""
        around: list[Element] = []
        each = element
        while each is not None and each not in self._known:
            around.append(each)
            each = each.getparent()
        names = self._known[each] if each is not None else frozenset()
        for each in reversed(around):
            names = self._known[each] = names | self._own(each)
        return names

    @staticmethod
    def _own(element: Element) -> frozenset[str]:
        words = [*_WORD.findall(element.get("class") or ""), *_id_words(element)]
        names = {str(element.tag), *(word.lower() for word in words)}
        if names >= {"pull", "quote"}:
            names.add("pullquote")
        if element.tag == "footer" and element.getparent() is not None:
            names -= {"footer"} if element.getparent().tag == "blockquote" else set()
        if element.find("blockquote") is not None:
            names -= {"figure", "social"}  # it holds words, no picture and no buttons
        return frozenset(names | ({"unseen"} if is_unseen(element) else set()))

    @staticmethod
    def shape_of(element: Element) -> Hashable:
        """What an element looks like: it and the two around it."""
        within = (element, *islice(element.iterancestors(), 2))
        return tuple((each.tag, each.get("class")) for each in within)

    @staticmethod
    def home_of(element: Element) -> Hashable:
        """What the elements around an element look like."""
        return (element.tag, *((e.tag, e.get("class")) for e in islice(element.iterancestors(), 2)))

    @staticmethod
    def written(element: Element) -> str:
        """The classes and names of an element and the two around it, as they are written."""
        within = (element, *islice(element.iterancestors(), 2))
        named = ((name, value) for each in within for name, value in each.attrib.items())
        return " ".join(value for name, value in named if _is_name(name, value))


def _around(element: Element, tag: str) -> Element | None:
    """The nearest element of a tag that an element is, or stands in."""
    return next((e for e in (element, *element.iterancestors()) if e.tag == tag), None)


def _outermost_article(element: Element) -> Element | None:
    within = (each for each in (element, *element.iterancestors()) if each.tag == "article")
    return next(iter([*within][-1:]), None)


def _container_of(element: Element) -> Element | None:
    """What a paragraph stands in, or the list of an item."""
    return next((e for e in element.iterancestors() if e.tag not in ("ul", "ol", "li")), None)


def _is_name(attribute: str, value: str) -> bool:
    """Whether an attribute says what an element is."""
    is_data = attribute.startswith("data-") and len(value) <= _PROSE
    return is_data or attribute in ("class", "id", "itemprop")


def _id_words(element: Element) -> list[str]:
    """The words of an id that is a name; that of a heading is often the heading."""
    words = _WORD.findall(element.get("id") or "")
    return words if len(words) <= 3 else []
