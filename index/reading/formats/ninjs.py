"""Reads ninjs, the JSON of news agencies (IPTC): versions 1, 2 and 3, which name things otherwise.

1.x: `headline`, `byline`, `body_html`; 2.x: lists of `{role, contenttype, value}`; 3.x: the same
in camel case. https://iptc.org/std/ninjs/
"""

from collections.abc import Mapping

from index.reading import markup
from index.reading.formats.fields import article_fields
from index.reading.read_results import check_release
from index.reading.records import RecordError
from index.reading.stated_dates import utc_date

_STATES = ("pubstatus", "pubStatus")
_BODIES = ("bodies", "body_html", "body_xhtml", "body_text", "body_main")
_MARKED = ("html", "xml", "richtext", "body_html", "body_xhtml")
_TEXTS = ("text", "composite", None)


def is_ninjs(record: Mapping[str, object]) -> bool:
    """Whether a JSON object is an item of ninjs, and not a content system's own."""
    dated = any(key in record for key in ("versioncreated", "versionCreated", *_STATES))
    return dated and any(key in record for key in _BODIES)


def read_ninjs(record: Mapping[str, object]) -> dict[str, object]:
    """The fields of its article; raises RecordError for what may not be shown."""
    if record.get("type") not in _TEXTS:
        raise RecordError(f"an item of the type {record.get('type')}, not a text")
    state = next((record[key] for key in _STATES if key in record), "usable")
    embargo = record.get("embargoed", record.get("embargo"))
    check_release(str(state), embargo if isinstance(embargo, str) else None, record.get("uri"))
    dates = ("versioncreated", "versionCreated", "firstcreated", "firstCreated")
    written = next((record[key] for key in dates if record.get(key)), None)
    fields = {
        "id": record.get("uri"),
        "title": _text(record, "headlines") or _text(record, "headline_main", "headline", "title"),
        "author": record.get("byline") or record.get("by") or record.get("bylines"),
        "source": _outlet(record),
        "url": _link(record),
    }
    date = utc_date(written) if isinstance(written, str) else None
    return {**article_fields(fields), "published": date or written, "body": _body(record)}


def _body(record: Mapping[str, object]) -> str | None:
    """The text, from markup where there is some: that keeps paragraphs."""
    found = {key: value for key in _BODIES[1:] if isinstance(value := record.get(key), str)}
    listed = record.get("bodies")
    for body in listed if isinstance(listed, list) else []:
        if isinstance(body, dict) and isinstance(body.get("value"), str):
            kind = str(body.get("contenttype") or body.get("contentType") or "text")
            found.setdefault(kind, body["value"])
    kinds = sorted(found, key=lambda kind: not any(mark in kind for mark in _MARKED))
    if not kinds:
        return None
    kind = kinds[0]
    is_marked = any(mark in kind for mark in _MARKED)
    return markup.text_of(found[kind]) if is_marked else found[kind]


def _text(record: Mapping[str, object], *names: str) -> str | None:
    """A text, or of a list of them the main one, else the first."""
    value = next((record[name] for name in names if record.get(name)), None)
    if isinstance(value, list):
        listed = [each for each in value if isinstance(each, dict)]
        main = [each for each in listed if each.get("role") in ("main", None)]
        value = next((each.get("value") for each in (*main, *listed)), None)
    return markup.line_of(value) if isinstance(value, str) else None


def _outlet(record: Mapping[str, object]) -> object:
    named = record.get("infosources") or record.get("infoSources") or record.get("infosource")
    first = named[0] if isinstance(named, list) and named else named
    return first or record.get("copyrightholder") or record.get("copyrightHolder")


def _link(record: Mapping[str, object]) -> object:
    """An address that people can open; the URI that names it may be none."""
    uri = record.get("uri")
    is_address = isinstance(uri, str) and uri.startswith(("http://", "https://"))
    return record.get("url") or record.get("canonicalurl") or (uri if is_address else None)
