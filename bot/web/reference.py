"""The description of the API: OpenAPI for programs, a page for people.

Made from the routes themselves, and the rights from the guard's table, so that it cannot be wrong.
"""

from typing import Any

from fastapi import FastAPI

from bot.settings import Settings
from bot.web.guard import right_for

_ABOUT = """Questions over the articles, answered in their own words. Every error is
`{"error": "one line"}`."""
_TOKEN = {"type": "http", "scheme": "bearer", "description": "docs/configuration.md says which"}


class Described(FastAPI):
    """An app whose description says what each route needs."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(title="Verbatim", description=_ABOUT, docs_url=None, redoc_url=None)
        self._access = settings.access

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if self.openapi_schema is None:
            schema = super().openapi()
            schema.setdefault("components", {})["securitySchemes"] = {"token": _TOKEN}
            for path, operations in schema["paths"].items():
                for method, operation in operations.items():
                    self._say_right(operation, method.upper(), path)
        return self.openapi_schema or {}

    def _say_right(self, operation: dict[str, Any], method: str, path: str) -> None:
        right = right_for(method, path)
        anyone = {"ask": self._access.ask, "read": self._access.read}
        if right is not None:
            is_free = anyone.get(right) == "anyone"
            operation["security"] = [*([{}] if is_free else []), {"token": []}]
