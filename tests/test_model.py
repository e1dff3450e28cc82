"""The door to a model's server: what goes out of it, and what never does."""

import asyncio
import logging
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal

import pytest

from bot.drafting.model import LanguageModel, ModelFailed
from bot.settings import Model, Secret, Settings
from tests.hostile_server import HostileServer, hostile_server
from tests.serving import ROOT, guarded

KEY = "sk-0123456789abcdef-secret"
LURES = {
    "OPENAI_API_KEY": "sk-from-the-environment",
    "OPENAI_ADMIN_KEY": "sk-from-the-environment",
    "OPENAI_API_BASE": "http://model.example/v1",
    "OPENAI_BASE_URL": "http://model.example/v1",
    "OPENAI_ORG_ID": "org-from-the-environment",
    "OPENAI_PROJECT_ID": "project-from-the-environment",
    "OPENAI_CUSTOM_HEADERS": "X-Spy: from-the-environment",
    "OLLAMA_HOST": "http://model.example",
    "OLLAMA_API_KEY": "from-the-environment",
    "HTTP_PROXY": "http://proxy.example:3128",
    "HTTPS_PROXY": "http://proxy.example:3128",
    "ALL_PROXY": "http://proxy.example:3128",
}
HEADERS = {"host", "content-type", "content-length", "accept", "accept-encoding", "authorization"}
Kind = Literal["openai", "ollama"]
KINDS: tuple[Kind, ...] = ("openai", "ollama")


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with hostile_server() as running:
        yield running


def model_at(url: str, kind: Kind = "openai", name: str = "recites") -> LanguageModel:
    base_url = url + ("/v1" if kind == "openai" else "")
    return LanguageModel(Model(base_url, name, kind, 20.0, 10.0, 50), Secret(KEY))


def text_of(model: LanguageModel) -> str:
    async def read() -> str:
        return "".join([piece async for piece in model.stream("rules", "[1] (Ann Lee) Yes.")])

    return asyncio.run(read())


@pytest.mark.parametrize("kind", KINDS)
def test_the_request_says_what_is_configured_and_nothing_of_the_environment(
    server: HostileServer, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in LURES.items():
        monkeypatch.setenv(name, value)
    assert text_of(model_at(server.url, kind)).strip() == "Yes. [1]"
    asked = server.requests[-1]
    assert set(asked.headers) <= HEADERS
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.headers["accept-encoding"] == "identity"
    assert asked.body["model"] == "recites"
    assert asked.body["messages"] == [
        {"role": "system", "content": "rules"},
        {"role": "user", "content": "[1] (Ann Lee) Yes."},
    ]
    options = asked.body.get("options", asked.body)
    assert options.get("max_tokens", options.get("num_predict")) == 50
    assert options["temperature"] == 0


def test_without_a_key_none_is_sent(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in LURES.items():
        monkeypatch.setenv(name, value)
    text_of(LanguageModel(Model(f"{server.url}/v1", "recites")))
    assert "authorization" not in server.requests[-1].headers


@pytest.mark.parametrize("kind", KINDS)
def test_a_redirect_is_not_followed(server: HostileServer, kind: Kind) -> None:
    with hostile_server() as trap:
        server.trap = trap.url
        with pytest.raises(ModelFailed, match="307"):
            text_of(model_at(server.url, kind, "redirects"))
        assert trap.requests == []


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_there(kind: Kind) -> None:
    with pytest.raises(ModelFailed, match=r"at 127\.0\.0\.1 cannot be reached"):
        text_of(model_at("http://127.0.0.1:9", kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_certificate_that_nobody_vouches_for_is_not_accepted(kind: Kind, tmp_path: Path) -> None:
    certificate = tmp_path / "own.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", certificate, "-out", "-"],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("there is no openssl to make a certificate with")
    with certificate.open("ab") as file:
        file.write(made.stdout)
    with hostile_server() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        url = server.url.replace("http:", "https:")
        with pytest.raises(ModelFailed, match="has a certificate that is not trusted"):
            text_of(model_at(url, kind))
        assert server.requests == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_is_in_no_repr_and_no_log(
    server: HostileServer, kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    model = model_at(server.url, kind, "tells-the-key")
    with pytest.raises(ModelFailed) as failed:
        text_of(model)
    seen = f"{model!r} {vars(model)!r} {model._connect()!r} {caplog.text} {failed.value!r}"
    assert KEY not in seen
    assert failed.value.__cause__ is None


def test_a_text_that_gives_the_key_away_is_known() -> None:
    model = model_at("http://127.0.0.1:9")
    assert model.is_given_away_by(f"the key is {KEY}.")
    assert not model.is_given_away_by("the key is secret")
    assert not LanguageModel(Model("http://m", "m")).is_given_away_by("")


def test_no_more_are_served_at_a_time_than_is_configured() -> None:
    model = LanguageModel(Model("http://m", "m", silence_s=0.1, concurrency=2))

    async def at_a_time(n: int) -> None:
        async with AsyncExitStack() as places:
            for _ in range(n):
                await places.enter_async_context(model.place())

    with pytest.raises(ModelFailed, match="busy"):
        asyncio.run(at_a_time(3))
    asyncio.run(at_a_time(2))  # whoever leaves makes room


def test_no_model_is_configured_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in LURES.items():
        monkeypatch.setenv(name, value)
    assert LanguageModel.of(Settings()) is None


def test_only_the_configured_server_is_contacted(server: HostileServer, tmp_path: Path) -> None:
    code = (
        "import asyncio; from bot.settings import Model\n"
        "from bot.drafting.model import LanguageModel\n"
        "async def read(kind, path):\n"
        f"    model = LanguageModel(Model({server.url!r} + path, 'recites', kind))\n"
        "    print([p async for p in model.stream('r', '[1] (Lee) Yes.')])\n"
        "asyncio.run(read('openai', '/v1')); asyncio.run(read('ollama', ''))"
    )
    environment = guarded(tmp_path) | LURES
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Yes.") == 2
    assert (tmp_path / "leaks").read_text() == ""
