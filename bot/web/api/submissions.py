"""Takes in articles that a visitor sends, as JSON or files, and reports what became of each.

Knows no route.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from bot.library.library import Library
from bot.rendering.records import ArticleName, Lost, Replaced, Taken
from bot.service import Service
from index.reading.readings import Problem, Reading, at_most

_ONE_OF: JsonDict = {"oneOf": [{"required": ["articles"]}, {"required": ["url"]}]}
_FILES = {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}
FORM = {"type": "object", "required": ["files"], "properties": {"files": _FILES}}


class Sent(BaseModel):
    """Articles as in a line of .jsonl (`body`, and `id`, `title`, ...), or the address of one."""

    model_config = ConfigDict(strict=True, extra="forbid", json_schema_extra=_ONE_OF)
    articles: list[dict[str, Any]] = Field(default_factory=list)
    url: str = ""

    @model_validator(mode="after")
    def _is_one(self) -> "Sent":
        if bool(self.articles) == bool(self.url):
            raise ValueError('send either {"articles": [{"body": ...}, ...]} or {"url": ...}')
        return self


def take(service: Service, library: Library, readings: Iterable[Reading], most: int) -> Taken:
    """Add at most `most` articles and report what became of each.

    Questions go first; a server that is shutting down adds no more.
    """
    taken = Taken()
    wanted = _while_running(service, _bounded(readings, most))
    for outcome in library.add(wanted, service.yield_to_questions):
        known = {"id": outcome.article_id or "", "title": outcome.name}
        if outcome.what == "problem":
            taken.problems.append(Lost(name=outcome.name, problem=outcome.problem or ""))
        elif outcome.what == "replaced":
            taken.replaced.append(Replaced(**known, before=outcome.before))
        else:
            getattr(taken, outcome.what).append(ArticleName(**known))
    return taken


def _while_running(service: Service, readings: Iterator[Reading]) -> Iterator[Reading]:
    for reading in readings:
        if service.stopping.is_set():
            yield Problem("the rest", "not added because the server is stopping; send it again")
            return
        yield reading


def _bounded(readings: Iterable[Reading], most: int) -> Iterator[Reading]:
    told = (
        f"not read: one request may add {most:,} articles (limits.articles). "
        "Send the rest without them, or add a file with: python -m index add FILE"
    )
    return at_most(most, readings, Problem(f"after {most:,}", told))
