"""What the fields of an article are called by those who export them, and how they write them.

Names of content systems' JSON, of front matter and of the columns of tables -> the names of
`records.py`. What is known by its own name there stays as it is. Knows nothing of files.

>>> article_fields({"headline": "Gone", "byline": ["Ann Lee"], "body_html": "<p>He left.</p>"})
{'title': 'Gone', 'author': 'Ann Lee', 'body': 'He left.'}
"""

import re
from collections.abc import Mapping

from index.reading import bylines, markup
from index.reading.formats.rich import has_markup, text_of_value
from index.reading.records import RecordError, shown
from index.reading.stated_dates import iso_date, worded_date

_NAMES = {
    "id": ("guid", "uuid", "uri"),
    "title": """headline headlines head name hed heading post_title web_title article_title
        story_title story_headline""".split(),
    "author": """authors byline bylines by creator creators writer reporter post_author author_name
        author_names primary_author credits dc_creator""".split(),
    "source": """outlet publication publisher newspaper site_name provider site source_name
        publication_name outlet_name news_source distributor source_domain""".split(),
    "published": """date published_at published_on publish_date publication_date pubdate
        published_time published_date pub_date display_date first_published first_published_at
        first_publish_date date_published date_publish post_date_gmt post_date date_gmt
        web_publication_date publication_datetime published_utc created created_at""".split(),
    "url": """link permalink canonical canonical_url address web_url source_url article_url
        story_url""".split(),
    "embargo": ("embargoed", "embargo_until", "embargoed_until", "embargo_date"),
    "body": """text body_html article_body content html body_text content_html content_text
        story post_content article article_text article_html article_content full_text fulltext
        main_text maintext story_text story_html text_html content_elements paragraphs blocks
        plaintext""".split(),
}
# Where systems keep an article's fields in an object of their own.
_AROUND = "sys fields attributes _source properties node".split()
_ALL_NAMES = {field: frozenset((field, *names)) for field, names in _NAMES.items()}
FIELD_NAMES = frozenset(each for field, names in _NAMES.items() for each in (field, *names))
_INNER = """name value rendered main basic original display_name by text title node data
    attributes""".split()
_FULL_NAME = (
    ("first_name", "firstName", "firstname", "given_name", "givenName"),
    ("last_name", "lastName", "lastname", "family_name", "familyName"),
)
_STATES = "status post_status state moderation_state workflow_state".split()
_UNPUBLISHED = frozenset(
    """draft auto-draft pending private trash trashed future scheduled unpublished inherit
    in_review needs_review""".split()
)
_KINDS = ("post_type", "type")
_NO_ARTICLE = frozenset("page attachment nav_menu_item revision wp_block wp_template".split())
_TRUE = ("true", "1", "yes")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CUT_OFF = re.compile(r"\s*\[\+\d{1,7} chars\]\s*\Z")


def article_fields(record: Mapping[str, object]) -> dict[str, object]:
    """The fields by the names that are ours; of two for one field the first in our order counts.

    Raises RecordError where a body's markup is too much to be read, and for what is not published.
    """
    named = _named(record)
    check_published(named)
    found = {field: _first(named, field) for field in _NAMES}
    # Who types a title in angle brackets means them; a system's own are those of its texts.
    is_rich = not isinstance(body := found["body"], str) or has_markup(body)
    fields = {
        field: value if field == "id" else _plain(field, value, is_rich=is_rich)
        for field, value in found.items()
        if value is not None
    }
    # Numbers are the keys of a database, and another's may be the same.
    if isinstance(fields.get("id"), int):
        del fields["id"]
    body = fields.get("body")
    if isinstance(body, str) and (cut := _CUT_OFF.search(body)):
        fields |= {"body": body[: cut.start()], "cut": cut.group().strip()}
    return fields


def _first(named: Mapping[str, object], field: str) -> object:
    if _ALL_NAMES[field].isdisjoint(named):
        return None
    known = [named[name] for name in (field, *_NAMES[field]) if name in named]
    return next((value for value in known if value != ""), next(iter(known), None))


def has_text(record: Mapping[str, object], *fields: str) -> bool:
    """Whether there is something in it by a name of a body, and of each of the other fields."""
    named = _named(record)
    wanted = ((field, *_NAMES[field]) for field in ("body", *fields))
    return all(any(named.get(name) for name in names) for names in wanted)


def check_published(named: Mapping[str, object]) -> None:
    """Raises RecordError for drafts and the like, and for what its system calls no article."""
    kind = next((named[name] for name in _KINDS if isinstance(named.get(name), str)), None)
    if isinstance(kind, str) and kind.lower() in _NO_ARTICLE:
        raise RecordError(f"left out: not an article but of the type {shown(kind)}")
    states = [named[name] for name in _STATES if name in named]
    off = [state for state in states if state is False or str(state).lower() in _UNPUBLISHED]
    is_draft = str(named.get("draft")).lower() in _TRUE
    if off or is_draft or named.get("published") is False:
        state = off[0] if off and isinstance(off[0], str) else "draft"
        raise RecordError(f"left out: not published, {shown(state)}")


def _named(record: Mapping[str, object]) -> dict[str, object]:
    """What a record has, by names in small letters; of an object around its fields, those."""
    named = {plain_key(key): value for key, value in record.items() if value is not None}
    embedded = named.get("_embedded")
    if isinstance(embedded, Mapping) and "author" in embedded:
        named["author"] = embedded["author"]  # in place of a number
    for name in _AROUND:
        inner = named.get(name)
        if isinstance(inner, Mapping):
            stated = {plain_key(key): value for key, value in inner.items()}
            named |= {key: value for key, value in stated.items() if value is not None}
            if stated.get("created_at") and stated.get("published_at", "") is None:
                named["status"] = "draft"  # so Strapi has it
    if isinstance(named.get("published"), bool) and named["published"]:
        del named["published"]
    return named


def plain_key(key: str) -> str:
    """A field's name in small letters, its words parted by low lines."""
    return _CAMEL.sub("_", key).lower().replace("-", "_").replace(" ", "_").replace(":", "_")


def _plain(field: str, value: object, *, is_rich: bool) -> object:
    if field == "body":
        text = text_of_value(value)
        return value if text is None else text
    if field == "published":
        worded = worded_date(value) if isinstance(value, str) else None
        return iso_date(value) or worded or value
    stated = _names(value)
    if stated and ("&" in stated or (is_rich and has_markup(stated))):
        stated = markup.line_of(stated)
    return (bylines.even(stated) if stated and field == "author" else stated) or value


def _names(value: object) -> str | None:
    """Everybody who is named, in a text, a list of texts or of objects that have a name."""
    if isinstance(value, Mapping):
        parts = [
            value[key] for pair in _FULL_NAME for key in pair if isinstance(value.get(key), str)
        ]
        if len(parts) == 2 and not value.get("name"):
            return " ".join(map(str, parts))
        return _names(next((value[key] for key in _INNER if value.get(key)), None))
    if isinstance(value, list):
        names = [name for each in value if (name := _names(each))]
        return "; ".join(dict.fromkeys(names)) if len(names) == len(value) else None
    return value if isinstance(value, str) else None
