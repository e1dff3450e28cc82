"""Dates as mail, wires, feeds and databases write them, as ISO 8601. Knows nothing of files.

>>> utc_date("Tue, 05 Mar 2024 10:00:00 +0100"), iso_date("04/03/2024")
('2024-03-05T09:00:00+00:00', None)
"""

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime


def iso_date(value: object) -> str | None:
    """A date as mail, wires and databases write them, as ISO 8601; None of what is none of these.

    What could be read in two ways (04/03/2024) is none of them.
    """
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return None
    written = value.strip()
    for read in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).isoformat()
        except (ValueError, OverflowError):
            continue
    return None


def utc_date(value: str) -> str | None:
    """The same as a moment in UTC, where it is one; what states no zone is in UTC."""
    written = iso_date(value)
    if written is None or "T" not in written:
        return written
    moment = datetime.fromisoformat(written)
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat()
    except OverflowError:
        return written
