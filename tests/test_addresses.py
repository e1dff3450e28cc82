"""Which addresses may be asked for: every form of a private one is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.addresses import AddressError, check_address, is_public


@pytest.mark.parametrize(
    "number",
    """0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1
    198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1
    255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8
    64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378::1
    2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 4000::1
    fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 localhost 8.8.8 08.8.8.8 x
    """.split(),
)
def test_numbers_that_nobody_outside_can_reach_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "number",
    """1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
    172.15.255.255 172.32.0.0 192.0.1.1 192.167.255.255 192.169.0.0 198.17.0.1 198.20.0.0
    223.255.255.255 2001:200::1 2001:4860:4860::8888 2600::1 2a00:1450::1 2003::1""".split(),
)
def test_numbers_of_public_machines_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("ftp://news.example/a", "http:// or https:// is read"),
        ("file:///etc/passwd", "http:// or https:// is read"),
        ("gopher://news.example:70/_x", "http:// or https:// is read"),
        ("javascript:alert(1)", "http:// or https:// is read"),
        ("data:text/html,<p>x", "http:// or https:// is read"),
        ("news.example/a", "http:// or https:// is read"),
        ("", "http:// or https:// is read"),
        ("http://", "no host name"),
        ("http:///a", "no host name"),
        ("http://a..b/", "cannot|can be read"),
        ("http://a b/", "white space"),
        ("http://a/\tb", "white space"),
        ("http://a/b\r\nHost: c", "white space"),
        ("http://a/\x00", "white space"),
        ("http://a/\u202egnp.x", "white space"),
        ("http://a/" + "x" * 3000, "too long"),
        ("http://user@news.example/", "user name or password"),
        ("http://user:secret@news.example/", "user name or password"),
        ("http://@news.example/", "user name or password"),
        ("http://news.example\\@127.0.0.1/", "user name or password"),
        ("http://news.example:22/", "port 22 is not fetched"),
        ("http://news.example:8080/", "port 8080 is not fetched"),
        ("http://news.example:0/", "port 0 is not fetched"),
        ("http://news.example:99999/", "can be read"),
        ("http://news.example:x/", "can be read"),
        ("http://[::1/", "can be read"),
        ("http://[x]/", "can be read"),
        ("http://[fe80::1%25eth0]/", "no host name|can be read"),
        ("http://a<b/", "no host name"),
        ("http://" + "a." * 200 + "example/", "no host name|can be read"),
    ],
)
def test_what_is_no_address_of_the_web_says_why(url: str, what: str) -> None:
    with pytest.raises(AddressError, match=what) as raised:
        check_address(url)
    assert len(str(raised.value).splitlines()) == 1
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        (" HTTP://News.Example ", "http://news.example/"),
        ("https://news.example:443/a?b=c&d#e", "https://news.example/a?b=c&d"),
        ("https://news.example:80/a", "https://news.example:80/a"),
        ("http://news.example/über uns".replace(" ", "%20"), "http://news.example/%C3%BCber%20uns"),
        ("http://zeitung-köln.example/", "http://xn--zeitung-kln-zfb.example/"),
        ("http://[2001:4860:4860::8888]/", "http://[2001:4860:4860::8888]/"),
        ("http://news.example?q=1", "http://news.example/?q=1"),
    ],
)
def test_an_address_is_brought_into_one_form(url: str, checked: str) -> None:
    assert check_address(url).url == checked


@given(
    start=st.sampled_from(["", "http://", "https://a.example/", "//", "http://["]), rest=st.text()
)
def test_any_text_is_an_address_in_ascii_or_an_error_in_one_line(start: str, rest: str) -> None:
    try:
        target = check_address(start + rest)
    except AddressError as error:
        line = str(error)
    else:
        line = target.url
        assert line.isascii()
        assert check_address(line) == target
    assert line.isprintable()
    assert len(line.splitlines()) == 1
