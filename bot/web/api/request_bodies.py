"""The bodies of API requests, always read as JSON, whatever their content type says.

An invalid body is reported to the sender in one line. Knows no route.
"""

from typing import Annotated, Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.filters import MAX_OUTLET, Filters
from bot.query.grammar.question import MAX_LENGTH
from bot.rendering.escape import wrong_field
from index.schema import RequestError

Model = TypeVar("Model", bound=BaseModel)
_STRICT = ConfigDict(strict=True)
_JSON = "application/json"


# The service validates questions; this is for readers of the API description.
Question = Annotated[
    str, Field(json_schema_extra={"minLength": 1, "maxLength": MAX_LENGTH, "pattern": r"\S"})
]


class BadRequest(RequestError):
    """The body of a request cannot be read."""


class Earlier(BaseModel):
    """An earlier question of the conversation; other fields, such as its answer, are ignored."""

    model_config = _STRICT
    question: Question


class Filtered(BaseModel):
    """Which articles are asked: those of the days `from` and `to`, both included, of an outlet."""

    model_config = _STRICT
    since: Annotated[str, Field(alias="from", max_length=40)] = ""
    until: Annotated[str, Field(alias="to", max_length=40)] = ""
    outlet: Annotated[str, Field(max_length=MAX_OUTLET)] = ""

    @property
    def filters(self) -> Filters:
        """The filters; raises BadFilter for what cannot be read."""
        return Filters.read(self.since, self.until, self.outlet)


class AskBody(Filtered):
    """A question, and the earlier ones of its conversation, oldest first.

    `verbatim` asks no language model, even if one is configured. `from`, `to` (days, both included)
    and `outlet` leave out the articles of other days and outlets.
    """

    model_config = ConfigDict(strict=True, extra="forbid")
    question: Question
    history: list[Question | Earlier] | None = None
    id: str | None = None
    verbatim: bool = False

    @property
    def earlier(self) -> tuple[str, ...]:
        """The earlier questions' words."""
        return tuple(q if isinstance(q, str) else q.question for q in self.history or ())


def parse(body: bytes, model: type[Model]) -> Model:
    """The body as a record; raises BadRequest with the first error."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        if not first["loc"]:
            raise BadRequest(f"The body is not a JSON object: {first['msg']}.") from error
        raise BadRequest(wrong_field(first["loc"], first["msg"])) from error


async def read(request: Request, model: type[Model]) -> Model:
    """The request's body as a record."""
    return parse(await request.body(), model)


def takes(model: type[BaseModel], **others: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI description of a route's body; `others` are schemas by media type."""
    content = {_JSON: {"schema": _inlined(model.model_json_schema())}}
    return {"requestBody": {"required": True, "content": content | others}}


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with its references resolved: in a description they would point elsewhere."""
    known = schema.pop("$defs", {})

    def inline(value: Any) -> Any:  # noqa: ANN401 - any part of a schema
        if isinstance(value, list):
            return [inline(each) for each in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            return inline(known[value["$ref"].rpartition("/")[2]])
        return {key: inline(each) for key, each in value.items()}

    whole: dict[str, Any] = inline(schema)
    return whole
