"""Whether an item may be shown: what its agency says of its state, and from when on.

Knows nothing of formats: each tells the state and the time in its own way.
"""

from datetime import UTC, datetime

from index.reading.dates import utc_date
from index.reading.records import RecordError


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
