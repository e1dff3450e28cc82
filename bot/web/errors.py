"""What an error is over HTTP: its status, and whether coming back may help. Knows no route."""

from bot.service import Unavailable
from index.schema import NotFound, RequestError, VerbatimError

_STATUS = {"failed": 500, "busy": 503, "full": 507}
RETRY_S = "5"


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
