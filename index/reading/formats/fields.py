"""What the fields of an article are called by those who export them, and how they write them.

Names of content systems' JSON, of front matter and of the columns of tables -> the names of
`records.py`. What is known by its own name there stays as it is. Knows nothing of files.

>>> article_fields({"headline": "Gone", "byline": ["Ann Lee"], "body_html": "<p>He left.</p>"})
{'title': 'Gone', 'author': 'Ann Lee', 'body': 'He left.'}
"""

import re
from collections.abc import Mapping

from index.reading import markup
from index.reading.dates import iso_date, worded_date

_NAMES = {
    "id": ("guid", "uuid", "uri"),
    "title": ("headline", "headlines", "head", "name", "hed"),
    "author": ("authors", "byline", "bylines", "by", "creator", "writer", "reporter"),
    "source": ("outlet", "publication", "publisher", "newspaper", "site_name", "provider", "site"),
    "published": """date published_at published_on publish_date publication_date pubdate
        published_time published_date pub_date display_date first_published first_published_at
        date_published created created_at""".split(),
    "url": ("link", "permalink", "canonical", "canonical_url", "address", "web_url"),
    "embargo": ("embargoed", "embargo_until", "embargoed_until", "embargo_date"),
    "body": ("text", "body_html", "article_body", "content", "html", "body_text", "story"),
}
# Where content systems have the value in an object of its own.
_INNER = "name value rendered main original text html content body".split()
_OWN = {name: field for field, names in _NAMES.items() for name in (field, *names)}
_BY = re.compile(r"\A\s*by\s+", re.IGNORECASE)
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
    # Numbers are the keys of a database; the address is what the article is known by elsewhere.
    if isinstance(fields.get("id"), int) and fields.get("url"):
        del fields["id"]
    return fields


def _key(key: str) -> str:
    return _CAMEL.sub("_", key).lower().replace("-", "_").replace(" ", "_")


def _plain(field: str, value: object) -> object:
    if field == "body":
        text = _text(value)
        return value if text is None else text
    if field == "published":
        worded = worded_date(value) if isinstance(value, str) else None
        return iso_date(value) or worded or value
    stated = _names(value)
    if field == "author" and stated:
        stated = _BY.sub("", stated)
    return (markup.line_of(stated) if stated and "&" in stated else stated) or value


def _text(value: object) -> str | None:
    """A text, freed of its markup if it has any; of a list of paragraphs a line each."""
    if isinstance(value, Mapping):
        return _text(next((value[key] for key in _INNER if key in value), None))
    if isinstance(value, list):
        parts = [part for each in value if (part := _text(each)) is not None]
        return "\n".join(parts) if parts else None
    if not isinstance(value, str):
        return None
    return markup.text_of(value) if _MARKUP.match(value) else value


def _names(value: object) -> str | None:
    """Everybody who is named, in a text, a list of texts or of objects that have a name."""
    if isinstance(value, Mapping):
        return _names(next((value[key] for key in _INNER if value.get(key)), None))
    if isinstance(value, list):
        names = [name for each in value if (name := _names(each))]
        return "; ".join(dict.fromkeys(names)) if len(names) == len(value) else None
    return value if isinstance(value, str) else None
