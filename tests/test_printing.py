"""Foreign text on a terminal: seen, and never obeyed."""

import json

from hypothesis import given
from hypothesis import strategies as st

from index.printing import json_line, printable

EVIL = "a\x1b]0;owned\x07\x9b2J\x7f\u202eb\r\nc\ud800"


def test_codes_and_marks_are_spelled_out_on_one_line() -> None:
    assert printable(EVIL) == ("a<U+001B>]0;owned<U+0007><U+009B>2J<U+007F><U+202E>b c<U+D800>")
    assert printable(" “Zoë” \t said\n😀 ") == "“Zoë” said 😀"


def test_a_line_of_json_has_the_same_values_and_no_code() -> None:
    line = json_line({"text": EVIL, "plain": "“Zoë”"})
    assert json.loads(line) == {"text": EVIL, "plain": "“Zoë”"}
    assert "“Zoë”" in line
    assert all(character.isprintable() for character in line)


@given(st.text())
def test_whatever_the_text_no_code_is_left(text: str) -> None:
    for shown in (printable(text), json_line([text])):
        assert not any(
            ord(c) < 32 or 127 <= ord(c) < 160 or 0x202A <= ord(c) <= 0x202E for c in shown
        )
    assert json.loads(json_line([text])) == [text]
