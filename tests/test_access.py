import base64

import pytest
from starlette.types import Scope

from bot.settings import Access, Secrets, Settings
from bot.web.protection.access import Recogniser, Refused, Right, Visitor, check_right

READER, WRITER = "the-readers-token", "the-writers-token"
TOKENS = Secrets(READER, WRITER)
PROXIED = Settings(access=Access(proxies=("10.0.0.0/8", "fd00::1")), secrets=TOKENS)
CLOSED = Settings(access=Access(ask="token", read="token"), secrets=TOKENS)


def request(peer: str = "192.0.2.7", **headers: str) -> Scope:
    """A request as the server hands it on."""
    pairs = [(n.replace("_", "-").encode(), v.encode("latin-1")) for n, v in headers.items()]
    pairs = [(b"host", b"own.example"), *pairs]
    return {"type": "http", "scheme": "http", "client": (peer, 5), "headers": pairs}


def recognise(settings: Settings, scope: Scope) -> tuple[Scope, Visitor]:
    return Recogniser(settings).recognise(scope)


def visitor(settings: Settings, peer: str = "192.0.2.7", **headers: str) -> Visitor:
    return recognise(settings, request(peer, **headers))[1]


def basic(password: str, name: str = "me") -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


# --- tokens


def test_anybody_may_ask_and_read_and_nobody_write_unless_configured() -> None:
    assert visitor(Settings()).rights == {"ask", "read"}
    assert visitor(CLOSED).rights == set()
    assert visitor(Settings(access=Access(ask="token"))).rights == {"read"}


@pytest.mark.parametrize(
    "authorization",
    [f"Bearer {WRITER}", f"bearer  {WRITER} ", basic(WRITER), basic(WRITER, "")],
)
def test_the_write_token_allows_everything(authorization: str) -> None:
    assert visitor(CLOSED, authorization=authorization).rights == {"ask", "read", "write"}


@pytest.mark.parametrize("authorization", [f"Bearer {READER}", basic(READER)])
def test_the_read_token_allows_to_ask_and_read(authorization: str) -> None:
    assert visitor(CLOSED, authorization=authorization).rights == {"ask", "read"}


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer the-writers-toke",
        "Bearer the-writers-token2",
        "Bearer THE-WRITERS-TOKEN",
        f"Token {WRITER}",
        WRITER,
        "Basic",
        "Basic %%%",
        "Basic /////w==",
        basic(""),
        basic(f"x{WRITER}"),
        "Bearer \xe4\xf6",
    ],
)
@pytest.mark.parametrize("tokens", [TOKENS, Secrets()])
def test_anything_else_allows_nothing(authorization: str, tokens: Secrets) -> None:
    settings = Settings(access=CLOSED.access, secrets=tokens)
    assert visitor(settings, authorization=authorization).rights == set()


def refusal(
    settings: Settings, right: Right, *, in_browser: bool = False, **headers: str
) -> Refused:
    with pytest.raises(Refused) as caught:
        check_right(visitor(settings, **headers), right, in_browser=in_browser)
    return caught.value


def test_a_refusal_says_what_is_missing() -> None:
    nothing = refusal(Settings(), "write")
    assert (nothing.status, nothing.headers) == (
        401,
        {"WWW-Authenticate": 'Bearer realm="Verbatim"'},
    )
    assert "needs a token" in str(nothing)
    wrong = refusal(CLOSED, "ask", authorization="Bearer something-else")
    assert wrong.status == 401
    assert "not valid" in str(wrong)
    reader = refusal(CLOSED, "write", authorization=f"Bearer {READER}")
    assert reader.status == 403
    assert "write token" in str(reader)


def test_a_browser_that_opens_a_page_is_made_to_ask_for_the_token() -> None:
    assert refusal(CLOSED, "read", in_browser=True).headers["WWW-Authenticate"].startswith("Basic")


# --- proxies


def test_a_user_is_believed_from_a_listed_proxy_only() -> None:
    named = visitor(PROXIED, "10.1.2.3", x_remote_user="ann")
    assert (named.user, named.name) == ("ann", "user ann")
    assert named.rights == {"ask", "read", "write"}
    for peer in ("192.0.2.7", "127.0.0.1", "11.0.0.1", "", "unix"):
        assert visitor(PROXIED, peer, x_remote_user="ann").rights == {"ask", "read"}


@pytest.mark.parametrize("peer", ["10.0.0.1", "::ffff:10.0.0.1", "fd00::1"])
def test_a_proxy_is_known_in_either_form_of_its_address(peer: str) -> None:
    assert visitor(PROXIED, peer, x_remote_user="ann").user == "ann"


@pytest.mark.parametrize("user", ["", " "])
def test_an_empty_name_is_nobodys(user: str) -> None:
    assert visitor(PROXIED, "10.0.0.1", x_remote_user=user).rights == {"ask", "read"}


@pytest.mark.parametrize(
    ("chain", "sender"),
    [
        ("198.51.100.9", "198.51.100.9"),
        ("1.2.3.4, 198.51.100.9", "198.51.100.9"),  # a visitor may have written the first
        ("198.51.100.9, 10.0.0.9", "198.51.100.9"),
        ("198.51.100.9:4711, 10.0.0.9", "198.51.100.9"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("10.0.0.8, 10.0.0.9", "10.0.0.8"),
        ("198.51.100.9, nonsense", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_the_sender_is_the_last_address_that_is_no_proxy(chain: str, sender: str) -> None:
    assert visitor(PROXIED, "10.0.0.1", x_forwarded_for=chain).address == sender


def test_what_a_proxy_says_is_taken_into_the_request_and_nothing_of_it_is_left() -> None:
    said = {
        "x_forwarded_proto": "https",
        "x_forwarded_host": "verbatim.example",
        "x_forwarded_for": "198.51.100.9",
        "x_remote_user": "ann",
        "forwarded": "for=1.2.3.4",
    }
    scope, _ = recognise(PROXIED, request("10.0.0.1", **said))
    assert scope["scheme"] == "https"
    assert scope["client"][0] == "198.51.100.9"
    assert scope["headers"] == [(b"host", b"verbatim.example")]
    scope, _ = recognise(PROXIED, request("192.0.2.7", **said))
    assert (scope["scheme"], scope["client"][0]) == ("http", "192.0.2.7")
    assert scope["headers"] == [(b"host", b"own.example")]


def test_a_scheme_that_is_none_of_the_webs_is_not_taken() -> None:
    scope, _ = recognise(PROXIED, request("10.0.0.1", x_forwarded_proto="gopher"))
    assert scope["scheme"] == "http"


def test_a_visitor_with_a_whole_network_of_addresses_is_counted_once() -> None:
    one, two = visitor(Settings(), "2001:db8:1:2::3"), visitor(Settings(), "2001:db8:1:2:ffff::9")
    assert one.name == two.name
    assert one.name != visitor(Settings(), "2001:db8:1:3::3").name
    assert visitor(Settings(), "192.0.2.7").name != visitor(Settings(), "192.0.2.8").name
    assert (
        visitor(Settings(), "user ann").name != visitor(PROXIED, "10.0.0.1", x_remote_user="b").name
    )
