"""Which web addresses may be fetched: the web's own ports, and public machines only.

Whoever adds an article by its address makes this machine ask for it; it must not be led into the
network that it stands in. Knows nothing of HTTP.
"""

import re
import socket
from collections.abc import Container
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from index.reading.records import MAX_FIELD, RecordError, shown
from index.reading.urls import PORTS

_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_MAX_NAME = 253
# Escaped as it is typed; only what may not stand in a request is escaped anew.
_KEPT = "%/:=&?~#+!$,;'@()*[]"

# All that the registries of special addresses name: written out, as the standard library's own
# idea of "global" differs from one Python to the next.
_NOT_PUBLIC = tuple(
    map(
        IPv4Network,
        """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
        192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
        224.0.0.0/4 240.0.0.0/4""".split(),
    )
)
# What is not global unicast is out as a whole: loopback, link-local, private, multicast, and every
# form that holds an IPv4 address (mapped, NAT64). Of global unicast the tunnels and examples are.
_UNICAST = IPv6Network("2000::/3")
_NOT_UNICAST = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


class AddressError(RecordError):
    """The address cannot or may not be fetched."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address, checked and taken apart; all of it is ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address as a link: without a fragment or the scheme's own port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def check_address(url: str, ports: Container[int] = frozenset(PORTS.values())) -> Target:
    """Take the address apart, or say why it is none that is fetched."""
    typed = url.strip()
    if len(typed) > MAX_FIELD or not typed.isprintable() or " " in typed:
        raise AddressError("not a web address: too long, or with white space in it")
    try:
        parts = urlsplit(typed)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        raise AddressError("not a web address that can be read") from None
    if parts.scheme not in PORTS:
        raise AddressError(f"not a web address: {shown(parts.scheme)}; http:// or https:// is read")
    if parts.username is not None or parts.password is not None:
        raise AddressError("an address with a user name or password in it is not fetched")
    if not host:
        raise AddressError("not a web address: it has no host name")
    port = PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise AddressError(f"port {port} is not fetched, only the web's own (80 and 443)")
    path = quote(parts.path or "/", safe=_KEPT)
    query = quote(parts.query, safe=_KEPT)
    return Target(parts.scheme, host, port, f"{path}?{query}" if query else path)


def _host(name: str) -> str:
    """The name in ASCII, or the number of an IPv6 address; empty if it is neither."""
    if ":" in name:
        return str(ip_address(name)) if "%" not in name else ""
    ascii_ = name.encode("idna").decode() if name else ""
    return ascii_ if len(ascii_) <= _MAX_NAME and _NAME.fullmatch(ascii_) else ""


def resolve(host: str, port: int) -> list[str]:
    """The numbers of a host, as the machine's own resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(number: str) -> bool:
    """Whether an IP address belongs to a machine that anybody may reach."""
    try:
        address = ip_address(number)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC)
    return address in _UNICAST and not any(address in network for network in _NOT_UNICAST)
