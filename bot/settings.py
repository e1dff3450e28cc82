"""The configuration: read once, immutable, passed down by app.py.

A TOML file holds all but the secrets, which come from the environment only. docs/configuration.md
describes every key. Knows nothing of the web.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic.dataclasses import dataclass

from index.schema import VerbatimError
from index.watching import CannotWatch, read_every

FILE = "VERBATIM_CONFIG"
_SECRETS = {
    "read_token": "VERBATIM_READ_TOKEN",
    "write_token": "VERBATIM_WRITE_TOKEN",
    "model_key": "VERBATIM_MODEL_KEY",
}
_MIN_TOKEN = 16
_TOKEN = re.compile(rf"[!-~]{{{_MIN_TOKEN},}}")
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_STRICT = ConfigDict(extra="forbid")


class SettingsError(VerbatimError):
    """The configuration cannot be used; names the file or variable, the key, and the error."""


def _origin(value: str) -> str:
    if not _ORIGIN.fullmatch(value.lower()):
        raise ValueError(f"{value!r} is not an origin such as 'https://wiki.example:8443'")
    scheme, _, host = value.lower().partition("://")
    # A browser names no port that its scheme implies.
    return f"{scheme}://{host.removesuffix(':443' if scheme == 'https' else ':80')}"


def _host(value: str) -> str:
    if not _HOST.fullmatch(value.lower()):
        raise ValueError(f"{value!r} is not a host name such as 'news.example', without a port")
    return value.lower()


def _network(value: str) -> str:
    try:
        return str(ip_network(value))
    except ValueError:
        raise ValueError(f"{value!r} is not an address or network such as '10.0.0.0/8'") from None


def _header(value: str) -> str:
    if not _HEADER.fullmatch(value):
        raise ValueError(f"{value!r} is not the name of a header")
    return value


def _web(value: str) -> str:
    return _feed(value).rstrip("/")


def _feed(value: str) -> str:
    if not re.match(r"https?://[^\s/]", value):
        raise ValueError(f"{value!r} does not start with http:// or https://")
    return value


def _every(value: str) -> str:
    try:
        read_every(value)
    except CannotWatch as error:
        raise ValueError(str(error)) from None
    return value


def _prefix(value: str) -> str:
    if not _PREFIX.fullmatch(value):
        raise ValueError(f"{value!r} is not a path such as '/verbatim', without a slash at the end")
    return value


Count = Annotated[int, Field(strict=True, ge=1)]
Origin = Annotated[str, AfterValidator(_origin)]
Host = Annotated[str, AfterValidator(_host)]
Network = Annotated[str, AfterValidator(_network)]
Prefix = Annotated[str, AfterValidator(_prefix)]
Header = Annotated[str, AfterValidator(_header)]
WebAddress = Annotated[str, AfterValidator(_web)]
FeedAddress = Annotated[str, AfterValidator(_feed)]
Every = Annotated[str, AfterValidator(_every)]
Seconds = Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)]
Whom = Literal["anyone", "token"]
Secret = SecretStr


@dataclass(frozen=True, slots=True, config=_STRICT)
class Access:
    """Who may ask and read. Adding and removing always need the write token or a trusted user.

    From `proxies` alone, `user_header` names a user who may do everything.
    """

    ask: Whom = "anyone"
    read: Whom = "anyone"
    proxies: tuple[Network, ...] = ()
    user_header: Header = "X-Remote-User"


@dataclass(frozen=True, slots=True, config=_STRICT)
class Limits:
    """How much a visitor may send, in characters, bytes and requests."""

    question: Annotated[Count, Field(le=1000)] = 1000
    body: Count = 64 * 1024
    upload: Count = 32 * 1024 * 1024
    articles: Count = 200
    per_minute: Count = 600
    visitors: Count = 10_000  # remembered, the latest
    waiting: Count = 32  # questions of one visitor
    connections: Count = 256  # of one address


@dataclass(frozen=True, slots=True, config=_STRICT)
class Model:
    """The language model that may phrase answers; without one nothing is sent."""

    base_url: WebAddress
    name: Annotated[str, Field(min_length=1)]
    kind: Literal["openai", "ollama"] = "openai"
    timeout_s: Seconds = 60.0  # for the whole text
    silence_s: Seconds = 20.0  # until the first word, and between two
    max_tokens: Count = 700
    concurrency: Count = 1


@dataclass(frozen=True, slots=True, config=_STRICT)
class Watch:
    """The feeds that the server polls by itself, and how often ("15m", "2h")."""

    feeds: tuple[FeedAddress, ...] = ()
    every: Every = "15m"


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets, from the environment only; never printed."""

    read_token: str | None = Field(default=None, repr=False)
    write_token: str | None = Field(default=None, repr=False)
    model_key: Secret | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Settings:
    """The whole configuration. Without `origins` only our own pages may embed or call us."""

    origins: tuple[Origin, ...] = ()
    hosts: tuple[Host, ...] = ()
    root_path: Prefix = ""
    access: Access = Access()
    limits: Limits = Limits()
    watch: Watch = Watch()
    model: Model | None = None
    secrets: Secrets = Secrets()


def load_settings(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of the file, else of the file in VERBATIM_CONFIG, else the defaults."""
    named = environment.get(FILE)
    path = path or (Path(named) if named else None)
    settings = _read(path) if path else Settings()
    return replace(settings, secrets=_secrets(environment))


def _read(path: Path) -> Settings:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:  # not UTF-8, not TOML
        raise SettingsError(f"{path}: not TOML: {error}") from error
    if "secrets" in table:
        names = ", ".join(_SECRETS.values())
        raise SettingsError(
            f"{path}: secrets: not allowed in the file; set {names} in the environment"
        )
    try:
        return Settings(**table)
    except ValidationError as error:
        raise SettingsError(f"{path}: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    """The first validation error: its key and message."""
    first = error.errors(include_url=False, include_context=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    says = {
        "unexpected_keyword_argument": "there is no such key",
        "missing": "this key is missing",
        "missing_argument": "this key is missing",
        "dataclass_type": "this is a table of keys, not a value",
        "tuple_type": 'this is a list, as in ["one", "two"]',
    }
    return f"{key}: {says.get(first['type'], first['msg'].removeprefix('Value error, '))}"


def _secrets(environment: Mapping[str, str]) -> Secrets:
    found = {field: environment.get(name) or None for field, name in _SECRETS.items()}
    for field in ("read_token", "write_token"):
        token = found[field]
        if token and not _TOKEN.fullmatch(token):
            raise SettingsError(
                f"{_SECRETS[field]}: a token needs {_MIN_TOKEN} or more letters, digits or signs"
            )
    key = found["model_key"]
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise SettingsError(
            f"{_SECRETS['model_key']}: a key may only have ASCII characters other than spaces"
        )
    return Secrets(found["read_token"], found["write_token"], Secret(key) if key else None)
