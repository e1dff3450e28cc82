"""What the fields of an article are called by those who export them, and how they write them.

Names of content systems' JSON, of front matter and of the columns of tables -> the names of
`records.py`. What is known by its own name there stays as it is. Knows nothing of files.

>>> article_fields({"headline": "Gone", "byline": ["Ann Lee"], "body_html": "<p>He left.</p>"})
{'title': 'Gone', 'author': 'Ann Lee', 'body': 'He left.'}
"""

import re
from collections.abc import Mapping

from index.reading import markup
from index.reading.dates import iso_date

_NAMES = {
    "id": ("guid", "uuid", "uri"),
    "title": ("headline", "headlines", "head", "name", "hed"),
    "author": ("authors", "byline", "bylines", "by", "creator", "writer", "reporter"),
    "source": ("outlet", "publication", "publisher", "newspaper", "site_name", "provider", "site"),
    "published": """date published_at published_on publish_date publication_date pubdate
        published_time first_published date_published created created_at""".split(),
    "url": ("link", "permalink", "canonical", "canonical_url", "address", "web_url"),
    "embargo": ("embargoed", "embargo_until", "embargoed_until", "embargo_date"),
    "body": ("text", "body_html", "article_body", "content", "html", "body_text", "story"),
}
_OWN = {name: field for field, names in _NAMES.items() for name in (field, *names)}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKUP = re.compile(
    r"\s*<(?:p|div|h[1-6]|ul|ol|article|section|blockquote|figure|table|span|b|i|em|strong|a|br)"
    r"(?:\s[^<>]*)?/?>|.*</p>|.*<br\s*/?>",
    re.IGNORECASE,
)


def article_fields(record: Mapping[str, object]) -> dict[str, object]:
    """The fields by the names that are ours; of two for one field the first in our order counts.

    Raises RecordError where a body's markup is too much to be read.
    """
    named = {_key(key): value for key, value in record.items() if value is not None}
    fields: dict[str, object] = {}
    for field, names in _NAMES.items():
        known = [named[name] for name in (field, *names) if name in named]
        written = next((value for value in known if value != ""), next(iter(known), None))
        if written is not None:
            fields[field] = written if field == "id" else _plain(field, written)
    return fields


def _key(key: str) -> str:
    return _CAMEL.sub("_", key).lower().replace("-", "_").replace(" ", "_")


def _plain(field: str, value: object) -> object:
    if field == "body":
        is_markup = isinstance(value, str) and _MARKUP.match(value)
        return markup.text_of(value) if is_markup and isinstance(value, str) else value
    if field == "published":
        return iso_date(value) or value
    return _names(value) or value


def _names(value: object) -> str | None:
    """Everybody who is named, in a text, a list of texts or of objects that have a name."""
    if isinstance(value, Mapping):
        return _names(value.get("name") or value.get("value"))
    if isinstance(value, list):
        names = [name for each in value if (name := _names(each))]
        return "; ".join(dict.fromkeys(names)) if len(names) == len(value) else None
    return value if isinstance(value, str) else None
