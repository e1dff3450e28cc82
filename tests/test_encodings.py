"""Encodings: those of the web, as browsers read them, and no others."""

import codecs

import pytest

from index.reading.encoding_detection import detect_encoding
from index.reading.encodings import decoded, is_utf8, web_codec

QUOTED = "“No,” said Zoë – “never.”"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf-8", "utf-8"),
        (" UTF8 ", "utf-8"),
        ("ISO-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1252", "cp1252"),
        ("x-sjis", "cp932"),
        ("shift_jis", "cp932"),
        ("gb2312", "gb18030"),
        ("Big5", "big5hkscs"),
        ("koi8-r", "koi8-r"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, codec: str) -> None:
    assert web_codec(label) == codec


@pytest.mark.parametrize(
    "label",
    [
        *"punycode idna utf-7 utf-32 rot13 hex base64 zlib bz2 uu quopri unicode_escape".split(),
        *"raw_unicode_escape undefined mbcs cp037 cp437 hz klingon .. ../x x".split(),
        *("", "a\0b", "utf 8", "é", "x" * 10_000),
    ],
)
def test_what_the_web_does_not_know_is_no_encoding(label: str) -> None:
    """Python reads more than that, and some of it in the square of its length."""
    assert web_codec(label) is None
    assert decoded(QUOTED.encode(), label) == QUOTED


@pytest.mark.parametrize("label", ["iso-8859-1", "utf-8", "us-ascii", None])
def test_quotation_marks_of_windows_are_kept_whatever_is_stated(label: str | None) -> None:
    assert decoded(QUOTED.encode("cp1252"), label) == QUOTED


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", None])
def test_what_is_utf_8_is_read_as_such_whatever_is_stated(label: str | None) -> None:
    assert decoded(QUOTED.encode(), label) == QUOTED


def test_a_byte_order_mark_decides_and_is_no_text() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decoded(QUOTED.encode(encoding), "koi8-r") == QUOTED
    assert decoded(codecs.BOM_UTF16_BE + "é".encode("utf-16-be")) == "é"


def test_the_first_label_that_is_known_counts() -> None:
    assert decoded("да".encode("koi8-r"), "klingon", None, "koi8-r", "cp1251") == "да"


def test_other_scripts_are_read_by_their_label() -> None:
    for text, encoding in (("記者", "shift_jis"), ("記者", "iso-2022-jp"), ("기자", "euc-kr")):
        assert decoded(text.encode(encoding), encoding) == text


def test_a_character_that_is_cut_off_does_not_hide_the_encoding() -> None:
    content = QUOTED.encode()
    assert all(is_utf8(content[:end]) for end in range(3, len(content)))
    assert not is_utf8(b"plain")
    assert not is_utf8(QUOTED.encode("cp1252"))


def test_a_text_with_the_marks_of_windows_alone_is_known() -> None:
    """All encodings of Windows have them at the same place, and they stand where marks do."""
    text = "Port Hallam’s drivers – all of them – walk out.\n“It’s over,” said Della Voss."
    assert detect_encoding(text.encode("cp1252")) == ("cp1252", "windows-1252")


@pytest.mark.parametrize("text", ["María y Lucía viven aquí.", "La lèi è lì."])
def test_letters_of_another_machine_are_not_taken_for_marks(text: str) -> None:
    """Where a mark would stand in a word, it is a letter of another encoding, or in doubt."""
    assert detect_encoding(text.encode("mac_roman")) != ("cp1252", "windows-1252")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("The naïve reader, said Zoé Façade, pays 900 €. Nobody came to the café.", "cp1252"),
        ("The ticket was £4 in May, said the company, and nobody paid it.", "cp1252"),
        ("Señor Ibáñez said the déjà vu was complete.", "cp1252"),
        ("La reunión será mañana y no habrá más, dijo el niño a los otros.", "cp1252"),
        ("Færgen sejler på søen, og det er ikke til at se, sagde han.", "cp1252"),
        ("Starosta řekl, že most bude uzavřen, ale podle něj jen na rok.", "cp1250"),
        ("A polgármester szerint a híd nem lesz nyitva, mert az őszi eső nagy volt.", "cp1250"),
    ],
)
def test_of_two_encodings_of_windows_the_one_of_the_language_is_meant(
    text: str, codec: str
) -> None:
    found = detect_encoding(text.encode(codec))
    assert found
    assert found[0] == codec


@pytest.mark.parametrize("encoding", ["mac_roman", "cp437"])
def test_another_machines_text_is_in_doubt(encoding: str) -> None:
    text = "The café of Zoë Müller has closed, and the naïve ones came too late."
    assert detect_encoding(text.encode(encoding)) is None
