"""Web addresses as text: whose they are. Knows nothing of what may be fetched."""

import re
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}

_USER = re.compile(r"(?<=:)//[^/?#]*@")


def host_of(url: str) -> str:
    """The host of a web address with its port, if it has one of its own; empty of anything else.

    >>> host_of("https://ann:secret@News.example:443/a")
    'news.example'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not parts.hostname:
        return ""
    return parts.hostname if port in (None, PORTS[parts.scheme]) else f"{parts.hostname}:{port}"


def without_user(url: str) -> str:
    """The address without the name and password that may stand before its host."""
    return _USER.sub("//", url, count=1)
