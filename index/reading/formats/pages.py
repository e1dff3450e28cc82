"""Reads the article of an HTML page: what an extractor finds to be it, checked against the page."""

from collections.abc import Collection, Sequence
from copy import deepcopy
from typing import Any

from index.language.folding import key_of
from index.reading.bylines import author_in
from index.reading.encodings import decoded
from index.reading.formats.head_lines import dateline_day
from index.reading.formats.page.facts import day_in, facts_of
from index.reading.formats.page.lines import is_notice, is_teaser, n_consents
from index.reading.formats.page.text import PageText, text_of_page
from index.reading.formats.page.unseen import drop_unseen
from index.reading.markup import blocks_of, charset_of, tree_of
from index.reading.read_results import FoundArticle, Source
from index.reading.records import DETAILS, RecordError, check_characters, shown
from index.reading.stated_dates import worded_date

_LISTED = 0.6  # of the lines in articles of their own: a list of these
_EXCERPTS = 2  # that are more than half of a page
_HEADLINE = 10  # letters
_SHORT = 1500  # characters: a notice is shorter


def read_page(content: bytes, source: Source) -> FoundArticle:
    """The article in a page, or why there is none."""
    html = check_characters(decoded(content, source.charset, charset_of(content)))
    try:
        page = tree_of(html)
        facts = facts_of(page)
        drop_unseen(page)
        found = _extracted(page)
    except ValueError as error:
        raise RecordError(f"not HTML that can be read: {error}") from None
    text = text_of_page(blocks_of(page), found, facts)
    _check_article(text, dict.fromkeys((facts.title or "", *facts.headlines, *facts.titles)))
    notes: tuple[str, ...] = ()
    if text.paywall:
        notes = (f"its text looks cut off: the page says {shown(text.paywall)}",)
    author = facts.author or next(filter(None, map(author_in, text.head)), None)
    over = (day_in(line, facts.language) or _day_behind(line) for line in text.head)
    days = (*over, *map(dateline_day, text.lines[:2]))
    published = facts.published or next(filter(None, days), None)
    title, lines = _seen_title(facts.title, text)
    stated = (title, author, facts.source, published, facts.url)
    body = "\n".join(lines)
    return FoundArticle({"body": body, **dict(zip(DETAILS, stated, strict=True))}, notes)


def _day_behind(line: str) -> str | None:
    """The day behind who a text is by: "By Ann Lee, 4 March 2024"."""
    return worded_date(line) if author_in(line) else None


def _seen_title(title: str | None, text: PageText) -> tuple[str | None, Sequence[str]]:
    """The title as it stands over the text, where the page's has the outlet's name around it.

    And the text's lines without it.
    """
    key = key_of(title or "")
    for line in (*text.lines[:1], *text.head):
        seen = key_of(line)
        if len(seen) >= _HEADLINE and seen != key and key.startswith(seen) | key.endswith(seen):
            return line, [each for each in text.lines if each is not line]
    return title, text.lines


def _extracted(page: Any) -> str:  # noqa: ANN401 -- lxml has no types
    """What trafilatura takes for the article's text; empty if it finds none."""
    # A second of import, for pages only.
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        why = " ".join(str(error).split())
        raise RecordError(f"HTML cannot be read here, trafilatura does not load: {why}") from None

    found = bare_extraction(deepcopy(page), include_comments=False, with_metadata=False)
    return "" if found is None or isinstance(found, dict) else found.text or ""


def _asking(text: PageText) -> int:
    """How many of its characters stand in lines that speak of consent."""
    return sum(len(line) for line in text.lines if n_consents(line))


def _check_article(text: PageText, titles: Collection[str]) -> None:
    """Raises RecordError where a page holds something else: a notice, an error, a question."""
    size, body = sum(map(len, text.lines)), " ".join(text.lines)
    if text.is_stub:
        asked = shown(text.paywall or "")
        raise RecordError(f"a subscriber notice instead of the article: {asked}")
    if size < _SHORT and any(is_notice(title, body) for title in titles):
        telling = (title for title in titles if is_notice(title, ""))
        notice = next(telling, next(filter(None, titles), body))
        raise RecordError(f"a notice, not an article: {shown(notice)}")
    if not text.lines:
        raise RecordError("no article found in this page")
    broken = [len(line) for line in text.lines if is_teaser(line)]
    is_broken = len(broken) >= _EXCERPTS < len(text.lines) and sum(broken) > size // 2
    if text.in_cards > _LISTED or is_broken:
        raise RecordError("a list of excerpts, not an article")
    if size < 2 * _SHORT and n_consents(body) > 3 and _asking(text) > size // 2:
        raise RecordError(f"a consent page, not an article: {shown(text.lines[0])}")
