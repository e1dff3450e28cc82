"""Finds whom a question's words put where a speaker stands, though no verb of saying tells.

At the end ("why close it, Lee", "why close it, per Lee"), or before whom it was said to ("Lee to
Reed on the ferry"). It may be no name: that is for the archive to tell. Knows nothing of articles.

>>> find_placed("where should the ferry land, Lee to Reed")
('Lee', 'where should the ferry land')
>>> find_placed("Lee to Reed on the ferry")
('Lee', 'Reed on the ferry')
"""

import re

_FLAGS = re.IGNORECASE | re.DOTALL
_LAST = (
    re.compile(r"(?P<topic>.+?),?\s+per\s+(?P<asked>[^,]+)", _FLAGS),
    re.compile(r"(?P<topic>.+),\s+(?P<asked>[^,]+)", _FLAGS),
)
_TO_WHOM = re.compile(r"\s+to\s+\S.*", _FLAGS)
# What was said follows, or the whole is a headline: "Lee to leave office".
_TO = re.compile(
    r"(?P<asked>(?!(?:who|what|when|where|why|how|which)\b)[^,:]+?)\s+to\s+"
    r"(?P<topic>[^,:]+?(?::|\s+(?:on|about|over|regarding)\b)\s+.+)",
    _FLAGS,
)


def find_placed(text: str) -> tuple[str, str] | None:
    """Who may be asked, as typed, and for what; None where nobody stands where a speaker would."""
    found = _TO.fullmatch(text) or next((m for p in _LAST if (m := p.fullmatch(text))), None)
    return (_TO_WHOM.sub("", found["asked"]).strip(), found["topic"]) if found else None
