"""What reading gives: articles, and a line for each thing that was lost; and what is being read.

Whether an item may be shown, too: formats tell its state and its time each in their own way.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from index.reading.embargo_lines import embargo_over
from index.reading.records import RecordError, make_article, type_name
from index.reading.stated_dates import utc_date
from index.schema import Article


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, and where.

    `kept`: the article itself was not lost. `passed`: it is none of what is read here, and nothing
    is wrong with it. `withdraws`: the article of this id must no longer be shown.
    """

    place: str
    what: str
    kept: bool = False
    passed: bool = False
    withdraws: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


ReadResult = Article | Problem


@dataclass(frozen=True, slots=True)
class Source:
    """What is being read: `place` names it in messages, `url` is where it was fetched from.

    `charset` is the encoding that the server told. `seen` tells where each id was first used, in
    what is read together: else one article would silently take the place of another.
    """

    place: str
    url: str | None = None
    charset: str | None = None
    seen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """The fields of an article as they stood in a file, and what has to be said of the reading."""

    record: Mapping[str, object]
    notes: tuple[str, ...] = ()


def at_most(most: int, readings: Iterable[ReadResult], rest: Problem) -> Iterator[ReadResult]:
    """The first of them, then `rest` if there are more; those are not read."""
    found = iter(readings)
    yield from islice(found, most)
    if next(found, None):
        yield rest


def read_one(
    find: Callable[[], object], where: str, name: str, seen: dict[str, str]
) -> Iterator[ReadResult]:
    """The article that is found, with a problem for each of its losses; or why there is none.

    `find` gives a mapping or `FoundArticle`, or raises RecordError. Adds the article to `seen`, by
    `name`.
    """
    try:
        found = find()
        found = found if isinstance(found, FoundArticle) else FoundArticle(mapping(found))
        if embargo := found.record.get("embargo"):
            check_release("usable", str(embargo))
        article, lost = make_article(found.record)
        check_release("usable", embargo_over(article.text, article.title, article.published))
        if first := seen.get(article.id):
            raise RecordError(f"left out: it has the id, guid or address of {first}")
    except Withdrawn as error:
        yield Problem(where, str(error), withdraws=error.article_id)
        return
    except RecordError as error:
        yield Problem(where, str(error))
        return
    seen[article.id] = name
    cut = found.record.get("cut")
    notes = (f"its text looks cut off: it ends with {cut}",) if cut else ()
    yield from (Problem(where, line, kept=True) for line in (*found.notes, *notes, *lost))
    yield article


def read_each(
    finds: Iterable[Callable[[], object]], noun: str, nothing: str, source: Source
) -> Iterator[ReadResult]:
    """What a file holds, one thing after the other, by name ("entry 3"); `nothing` if it is empty.

    `finds` gives what `read_one` takes. What is broken so that no more can be found ends the file.
    """
    number = 0
    try:
        for number, find in enumerate(finds, 1):
            name = f"{noun} {number}"
            yield from read_one(find, f"{source.place}: {name}", name, source.seen)
    except RecordError as error:
        yield Problem(source.place, str(error))
    else:
        if not number:
            yield Problem(source.place, nothing)


def mapping(value: object) -> dict[str, object]:
    """The value itself, if it is an object of JSON; raises RecordError."""
    if not isinstance(value, dict):
        raise RecordError(f"{type_name(value)}, not a JSON object")
    return value


class Withdrawn(RecordError):
    """The item must no longer be shown; `article_id` is what it is known by, if it tells that."""

    def __init__(self, reason: str, article_id: str | None) -> None:
        super().__init__(reason)
        self.article_id = article_id

    def __reduce__(self) -> tuple[type["Withdrawn"], tuple[str, str | None]]:
        """Whole, where another process found it."""
        return Withdrawn, (str(self), self.article_id)


def check_release(state: str, embargo: str | None, article_id: object = None) -> None:
    """Raises Withdrawn for what must no longer be shown, RecordError for what may not be yet."""
    known_by = article_id if isinstance(article_id, str) and article_id else None
    if state.lower() in ("canceled", "cancelled", "killed"):
        raise Withdrawn("withdrawn by its agency", known_by)
    if state.lower() == "withheld":
        raise Withdrawn("withheld by its agency: not to be shown", known_by)
    if not embargo:
        return
    moment = utc_date(embargo)
    if moment is None:
        raise RecordError("under an embargo, until a time that cannot be read")
    if "T" not in moment:
        moment = f"{moment}T23:59:59+00:00"  # a day is over at its end
    if datetime.fromisoformat(moment) > datetime.now(UTC):
        raise RecordError(f"under an embargo until {moment}; add it again after that")
