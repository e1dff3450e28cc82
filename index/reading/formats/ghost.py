"""The posts of an export of Ghost, which keeps beside them who wrote what and whose they are."""

from collections.abc import Iterator, Mapping
from typing import Any

_KEYS = frozenset(("id", "post_id", "author_id"))


def posts_of(value: object) -> list[object] | None:
    """The posts, each with its authors and outlet; None of what is no such export."""
    outer = value.get("db") if isinstance(value, dict) else None
    first = outer[0] if isinstance(outer, list) and outer else None
    data = first.get("data") if isinstance(first, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("posts"), list):
        return None
    people = {row.get("id"): row.get("name") for row in _rows(data, "users")}
    wrote: dict[object, list[object]] = {}
    for row in sorted(_rows(data, "posts_authors"), key=_order):
        wrote.setdefault(row.get("post_id"), []).append(people.get(row.get("author_id")))
    titles = (row.get("value") for row in _rows(data, "settings") if row.get("key") == "title")
    outlet = next(titles, None)
    return [
        {"source": outlet, "authors": wrote.get(post.get("id")) or None, **post}
        if isinstance(post, dict)
        else post
        for post in data["posts"]
    ]


def _rows(data: Mapping[str, object], table: str) -> Iterator[dict[str, Any]]:
    rows = data.get(table)
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and all(isinstance(row[key], str) for key in row if key in _KEYS):
            yield row


def _order(row: Mapping[str, object]) -> float:
    number = row.get("sort_order")
    return number if isinstance(number, int | float) else 0
