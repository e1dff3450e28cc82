"""The HTTP status of each error, and when trying again may help. Knows no route."""

from typing import Any

from pydantic import BaseModel

from bot.service import Unavailable
from index.schema import NotFound, RequestError, VerbatimError

_STATUS = {"failed": 500, "busy": 503, "full": 507}
RETRY_S = "5"


class ProblemRecord(BaseModel):
    """Why a request was refused, in one line."""

    error: str


def _problems(told: dict[int | str, str]) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": ProblemRecord, "description": why} for status, why in told.items()}


# For every route: what it may answer besides.
PROBLEMS = _problems(
    {
        400: "Something in the request cannot be read",
        401: "A token is needed, or the one sent is not known",
        403: "The token, or the site that asks, is not allowed to",
        408: "The body took too long to come",
        413: "The request is too long",
        429: "Too many requests; `Retry-After` says when",
        503: "Too much waits, or the archive cannot be used now",
        507: "There is no room left on the disk",
        "default": "Any other failure",
    }
)
MISSING = _problems({404: "There is no such article"})


def status_of(error: VerbatimError) -> int:
    """The HTTP status for an error."""
    if isinstance(error, RequestError):
        return 404 if isinstance(error, NotFound) else 400
    return _STATUS[error.cause] if isinstance(error, Unavailable) else 500


def headers_of(error: VerbatimError) -> dict[str, str]:
    """`Retry-After`, if coming back may help."""
    if not isinstance(error, Unavailable) or error.cause != "busy":
        return {}
    return {"Retry-After": str(error.retry_s or RETRY_S)}
