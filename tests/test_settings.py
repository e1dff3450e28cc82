import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import (
    Access,
    Limits,
    Model,
    Secrets,
    Settings,
    SettingsError,
    Watch,
    load_settings,
)

PAGE = (Path(__file__).parent.parent / "docs/configuration.md").read_text(encoding="utf-8")
WORD = "a-token-of-the-tests"


def load(folder: Path, text: str, **environment: str) -> Settings:
    file = folder / "verbatim.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file, environment)


def test_nothing_needs_to_be_configured() -> None:
    settings = load_settings(None, {})
    assert settings == Settings()
    assert (settings.origins, settings.model, settings.access.ask) == ((), None, "anyone")
    assert settings.secrets == Secrets()


def test_the_file_of_the_page_is_read_and_has_every_key_with_its_default(tmp_path: Path) -> None:
    example = PAGE.split("```toml\n")[1].split("```")[0]
    settings = load(tmp_path, example)
    assert settings.limits == Limits()
    assert settings.model == Model("http://127.0.0.1:8000/v1", "a-model")
    assert settings.access == Access(proxies=("10.0.0.5/32", "10.1.0.0/16"))
    written = set(re.findall(r"^(\w+) =", example, re.MULTILINE))
    known = {f.name for kind in (Settings, Access, Limits, Watch, Model) for f in fields(kind)}
    assert written == known - {"secrets", "access", "limits", "watch", "model"}
    assert settings.watch == Watch(("https://news.example/feed",), "15m")


@pytest.mark.parametrize("kind", [Access, Limits, Watch, Model])
def test_every_key_and_variable_is_on_the_page(kind: type) -> None:
    table = kind.__name__.lower()
    assert [f.name for f in fields(kind) if f"`{table}.{f.name}`" not in PAGE] == []
    assert re.findall(r"VERBATIM_\w+", PAGE)


def test_a_variable_names_the_file_and_the_command_line_goes_before_it(tmp_path: Path) -> None:
    named, given = tmp_path / "named.toml", tmp_path / "given.toml"
    named.write_text('origins = ["https://a.example"]')
    given.write_text('origins = ["https://b.example"]')
    environment = {"VERBATIM_CONFIG": str(named)}
    assert load_settings(None, environment).origins == ("https://a.example",)
    assert load_settings(given, environment).origins == ("https://b.example",)


def test_an_origin_is_kept_as_a_browser_writes_it(tmp_path: Path) -> None:
    text = 'origins = ["HTTPS://Wiki.Example:443", "http://w:80", "http://127.0.0.1:8801"]'
    assert load(tmp_path, text).origins == (
        "https://wiki.example",
        "http://w",
        "http://127.0.0.1:8801",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = 1", "x: there is no such key"),
        ('watch.every = "5s"', "watch.every: '5s' is not an interval such as 15m"),
        ('watch.feeds = ["ftp://x"]', "watch.feeds"),
        ("limits.x = 1", "limits.x: there is no such key"),
        ('limits.question = "5"', "limits.question:"),
        ("limits.question = true", "limits.question:"),
        ("limits.question = 1001", "limits.question:"),
        ("limits.per_minute = 0", "limits.per_minute:"),
        ("limits = 5", "limits: this is a table"),
        ('origins = "https://a"', "origins: this is a list"),
        ('origins = ["*"]', "origins.0: '*' is not an origin"),
        ('origins = ["https://a; script-src *"]', "origins.0:"),
        ('origins = ["https://a/wiki"]', "origins.0:"),
        ('origins = ["null"]', "origins.0:"),
        ('hosts = ["a.example:80"]', "hosts.0:"),
        ('root_path = "verbatim"', "root_path:"),
        ('root_path = "/a/"', "root_path:"),
        ('root_path = "//evil.example"', "root_path:"),
        ('access.ask = "nobody"', "access.ask:"),
        ('access.proxies = ["proxy.example"]', "access.proxies.0:"),
        ('access.user_header = "X User"', "access.user_header:"),
        ('model.name = "m"', "model.base_url: this key is missing"),
        ('model = {base_url = "file:///etc", name = "m"}', "model.base_url:"),
        ('model = {base_url = "http://m", name = "m", timeout_s = inf}', "model.timeout_s:"),
        ('secrets.write_token = "0123456789abcdef"', "secrets: not allowed in the file"),
        ("origins = [", "not TOML"),
    ],
)
def test_what_is_wrong_is_said_in_a_line_with_its_file_and_key(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    line = str(caught.value)
    assert line.startswith(str(tmp_path / "verbatim.toml"))
    assert says in line
    assert "\n" not in line


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b""])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "v.toml"
    if content is not None:
        file.write_bytes(content)
    if content == b"":
        assert load_settings(file, {}) == Settings()
        return
    with pytest.raises(SettingsError, match=re.escape(str(file))):
        load_settings(file, {})


def test_secrets_come_from_the_environment_and_are_never_printed(tmp_path: Path) -> None:
    names = ("VERBATIM_READ_TOKEN", "VERBATIM_WRITE_TOKEN", "VERBATIM_MODEL_KEY")
    settings = load(tmp_path, "", **dict.fromkeys(names, WORD))
    assert settings.secrets == Secrets(WORD, WORD, SecretStr(WORD))
    assert WORD not in repr(settings) + str(settings)


@pytest.mark.parametrize(
    "token", ["short", "has a space in the middle", "größer als sechzehn", "x" * 16 + "\n"]
)
def test_a_token_that_can_be_guessed_or_not_sent_is_refused_unseen(token: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {"VERBATIM_WRITE_TOKEN": token})
    assert "VERBATIM_WRITE_TOKEN" in str(caught.value)
    assert token not in str(caught.value)
    assert load_settings(None, {"VERBATIM_WRITE_TOKEN": ""}).secrets.write_token is None


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().limits.body = 7  # type: ignore[misc]
