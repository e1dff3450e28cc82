"""Reads the article of an HTML page: what trafilatura finds to be it, and what the page states."""

from index.reading.encodings import decoded
from index.reading.markup import charset_of, tree_of
from index.reading.readings import Found, Source
from index.reading.records import DETAILS, RecordError, check_characters


def read_page(content: bytes, source: Source) -> Found:
    """The article in a page, or why there is none."""
    # A second of import, for pages only.
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        why = " ".join(str(error).split())
        raise RecordError(f"HTML cannot be read here, trafilatura does not load: {why}") from None

    # The date that the page states, not one guessed from its words.
    stated = {"original_date": True, "extensive_search": False}
    html = check_characters(decoded(content, source.charset, charset_of(content)))
    try:
        page = bare_extraction(
            tree_of(html),
            include_comments=False,
            with_metadata=True,
            date_extraction_params=stated,
        )
    except ValueError as error:
        raise RecordError(f"not HTML that can be read: {error}") from None
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        raise RecordError("no article found in this page")
    found = (page.title, page.author, page.sitename, page.date, page.url)
    return Found({"body": page.text, **dict(zip(DETAILS, found, strict=True))})
