"""Identifies visitors and their rights: to ask, to read, to write.

By a token or, behind a trusted proxy, by a user name. What a proxy's headers say is moved into the
request's scope and the headers are removed, so later code need not check who wrote them.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Annotated, Literal

from fastapi import Depends
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from bot.settings import Settings
from index.schema import RequestError

Right = Literal["ask", "read", "write"]

_ALL: frozenset[Right] = frozenset({"ask", "read", "write"})
_DOING = {"ask": "Asking", "read": "Reading the articles", "write": "Changing the articles"}
_FORWARDED = frozenset(
    b"""forwarded x-real-ip x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-prefix
    x-forwarded-proto x-forwarded-scheme x-forwarded-server""".split()
)
_MAX_USER = 100


class Refused(RequestError):
    """The request is refused; `status` and `headers` are those of the reply."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True, slots=True)
class Visitor:
    """The sender of a request: an address, a user name if a proxy gave one, and their rights."""

    address: str
    user: str | None
    rights: frozenset[Right]
    credentials: Literal["none", "unknown", "known"] = "none"

    def may(self, right: Right) -> bool:
        """Whether they have the right."""
        return right in self.rights

    @property
    def name(self) -> str:
        """The name that limits count by: the user, else the address (for IPv6 its network)."""
        if self.user is not None:
            return f"user {self.user}"
        address = address_of(self.address)
        if isinstance(address, IPv6Address):
            return str(ip_network((address, 64), strict=False))
        return self.address


def visitor_of(request: HTTPConnection) -> Visitor:
    """The sender of a request that has passed the guard."""
    visitor: Visitor = request.state.visitor
    return visitor


def _name(request: HTTPConnection) -> str:
    return visitor_of(request).name


# What a route takes for whom it works.
VisitorName = Annotated[str, Depends(_name)]


class Recogniser:
    """Identifies the sender of a request."""

    def __init__(self, settings: Settings) -> None:
        access, secrets = settings.access, settings.secrets
        self._proxies = tuple(ip_network(proxy) for proxy in access.proxies)
        self._user_header = access.user_header.lower().encode()
        anyone = {"ask": access.ask == "anyone", "read": access.read == "anyone"}
        self._anonymous: frozenset[Right] = frozenset(r for r in _ALL if anyone.get(r))
        self._tokens: tuple[tuple[str | None, frozenset[Right]], ...] = (
            (secrets.read_token, _ALL - {"write"}),
            (secrets.write_token, _ALL),
        )

    def recognise(self, scope: Scope) -> tuple[Scope, Visitor]:
        """The request as it reached the first trusted proxy, and its sender."""
        peer = scope["client"][0] if scope.get("client") else ""
        headers = Headers(scope=scope)
        gone = _FORWARDED | {self._user_header}
        kept = [pair for pair in scope["headers"] if pair[0].lower() not in gone]
        scope = {**scope, "headers": kept, "proxied": self.is_proxy(peer)}
        user = None
        if scope["proxied"]:
            peer = self._sender(peer, headers)
            user = (headers.get(self._user_header.decode()) or "")[:_MAX_USER].strip() or None
            scope |= {"client": (peer, 0), **_as_proxied(kept, headers)}
        given = _token(headers.get("authorization", ""))
        granted = self._granted(given or "")
        rights = (_ALL if user is not None else self._anonymous) | granted
        credentials: Literal["unknown", "known"] = "known" if granted else "unknown"
        return scope, Visitor(peer, user, rights, "none" if given is None else credentials)

    def _granted(self, given: str) -> frozenset[Right]:
        granted: frozenset[Right] = frozenset()
        for token, rights in self._tokens:
            # All tokens are compared, each in constant time.
            if hmac.compare_digest(given.encode(), (token or "").encode()) and token:
                granted |= rights
        return granted

    def is_proxy(self, peer: str) -> bool:
        """Whether the address is a trusted proxy's."""
        address = address_of(peer)
        return address is not None and any(address in network for network in self._proxies)

    def _sender(self, peer: str, headers: Headers) -> str:
        """The last address in the chain that is not a trusted proxy; earlier ones may be forged."""
        chain = ",".join(headers.getlist("x-forwarded-for")).split(",")
        for link in reversed(chain):
            address = address_of(without_port(link.strip()))
            if address is None:
                break
            peer = str(address)
            if not self.is_proxy(peer):
                break
        return peer


def check_right(visitor: Visitor, right: Right, *, in_browser: bool = False) -> None:
    """Raise Refused if the visitor lacks the right.

    A browser that opens a page is told to ask for a password, which is the token.
    """
    if visitor.may(right):
        return
    doing = _DOING[right]
    if visitor.credentials == "known":
        raise Refused(403, f"{doing} needs the write token. Your token does not allow it.")
    challenge = "Basic" if in_browser else "Bearer"
    is_unknown = visitor.credentials == "unknown"
    reason = "This token is not valid." if is_unknown else f"{doing} needs a token."
    raise Refused(401, reason, WWW_Authenticate=f'{challenge} realm="Verbatim"')


def _token(authorization: str) -> str | None:
    """The token of a Bearer header, or the password of a Basic one."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _as_proxied(kept: list[tuple[bytes, bytes]], headers: Headers) -> Scope:
    """The scope with scheme and host as the visitor sent them, according to the proxy."""
    said: Scope = {}
    scheme = headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
    host = headers.get("x-forwarded-host", "").rpartition(",")[2].strip()
    if scheme in ("http", "https"):
        said["scheme"] = scheme
    if host:
        others = [pair for pair in kept if pair[0].lower() != b"host"]
        said["headers"] = [*others, (b"host", host.encode("latin-1"))]
    return said


def without_port(address: str) -> str:
    """The host of `host:port`, brackets removed."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def address_of(value: str) -> IPv4Address | IPv6Address | None:
    """The IP address, IPv4-mapped IPv6 as IPv4; None if it is a name."""
    try:
        address = ip_address(value)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
