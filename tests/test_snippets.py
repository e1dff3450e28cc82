"""Where an article has the words that it was found by."""

import pytest

from bot.library.library import snippet

LONG = (
    "Nothing here. " * 30
    + "Then the harbour\nand its Harbourmaster spoke of a tariff. "
    + "So. " * 90
)


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        (LONG, "harbour tariff", ["harbour", "Harbourmaster", "tariff"]),
        (LONG, "tar", ["tariff"]),
        (LONG, "nowhere", []),
        (LONG, "", []),
        ("", "harbour", []),
        ("harbour", "HARBOUR", ["harbour"]),
        ("Zoë" * 400, "zoë", ["Zoë" * 400]),
        ("<b>x</b> & y", "b", ["b", "b"]),
    ],
)
def test_the_words_are_shown_where_most_of_them_stand(
    text: str, words: str, hits: list[str]
) -> None:
    pieces = snippet(text, words)
    assert [piece for piece, is_hit in pieces if is_hit] == hits
    shown = "".join(piece for piece, _ in pieces).removeprefix("… ").removesuffix(" …")
    assert shown in text
    assert len(shown) <= max(200, *map(len, hits), 0)
