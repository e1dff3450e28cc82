"""Documents the API: OpenAPI for programs, a page for people.

Generated from the routes, and the rights from the guard's table, so it cannot go out of date.
"""

import threading
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from bot.settings import Settings
from bot.web.api.request_bodies import BadRequest
from bot.web.pages.renderer import PageRenderer
from bot.web.protection.guard import right_for
from index.reading.records import shown

_ABOUT = 'Questions over the articles, answered in their own words. Every error is {"error": ...}.'
_TOKEN = {"type": "http", "scheme": "bearer", "description": "docs/configuration.md says which"}
_TYPES = {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null"}
_OPEN = "anybody"
_NEEDED = {"write": "the write token", "ask": "a token", "read": "a token"}

Schema = dict[str, Any]


class DocumentedApp(FastAPI):
    """An app whose OpenAPI description states the right that each route needs."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            title="Verbatim",
            description=_ABOUT,
            docs_url=None,
            redoc_url=None,
            dependencies=[Depends(_take_only_described)],
        )
        self._access = settings.access
        self._lock = threading.Lock()

    def openapi(self) -> Schema:
        """The description, generated once; by one thread, for FastAPI's own way bears no second."""
        with self._lock:
            if self.openapi_schema is None:
                self._complete(super().openapi())
            return self.openapi_schema or {}

    def _complete(self, schema: Schema) -> None:
        schema.setdefault("components", {})["securitySchemes"] = {"token": _TOKEN}
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                self._say_right(operation, method.upper(), path)
                _say_json(operation["responses"])

    def _say_right(self, operation: Schema, method: str, path: str) -> None:
        right = right_for(method, path)
        anyone = {"ask": self._access.ask, "read": self._access.read}
        is_free = right is None or anyone.get(right) == "anyone"
        operation["x-needs"] = _OPEN if right is None or is_free else _NEEDED[right]
        if right is not None:
            operation["security"] = [*([{}] if is_free else []), {"token": []}]


def _take_only_described(request: Request) -> None:
    """Raise BadRequest for an unknown query parameter, rather than ignore it."""
    operations = request.app.openapi()["paths"].get(request.scope["route"].path_format, {})
    operation = operations.get(request.method.lower())
    if operation is None or not request.url.path.startswith("/api/"):
        return
    known = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]
    for name in request.query_params:
        if name not in known:
            takes = ", ".join(known) or "none"
            raise BadRequest(f"There is no parameter {shown(name)}. The parameters are: {takes}.")


def _say_json(responses: Schema) -> None:
    """Describe every error as JSON, whatever the route returns otherwise."""
    for status, response in responses.items():
        content = response.get("content", {})
        if not status.startswith("2") and "text/plain" in content:
            content["application/json"] = content.pop("text/plain")


def router(renderer: PageRenderer) -> APIRouter:
    """`docs`, the page for people; `openapi.json` is served by the app."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/docs")
    async def docs(request: Request) -> Response:
        schema = request.app.openapi()
        routes = [
            {"method": method.upper(), "path": path, **operation}
            for path, operations in schema["paths"].items()
            for method, operation in operations.items()
        ]
        records = schema["components"].get("schemas", {})
        words = {"spelled": spelled, "spelled_all": _spelled_all}
        shown = {"current": "docs", "routes": routes, "records": records, **words}
        return renderer.reply(request, "docs", shown)

    return pages


def _spelled_all(content: Mapping[str, Schema]) -> str:
    """What there may be in a body, of whichever media type."""
    return " or ".join(dict.fromkeys(spelled(body.get("schema", {})) for body in content.values()))


def spelled(schema: Schema) -> str:
    """A value's type in words; a record is named, not expanded."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(dict.fromkeys(spelled(each) for each in choices))
    if "enum" in schema or "const" in schema:
        return " or ".join(f"“{each}”" for each in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {spelled(schema.get('items', {}))}"
    if properties := schema.get("properties"):
        inner = ", ".join(f"{name}: {spelled(each)}" for name, each in properties.items())
        return f"{{{inner}}}"
    kind = str(schema.get("type", "anything"))
    return "a file" if schema.get("format") == "binary" else _TYPES.get(kind, kind)
