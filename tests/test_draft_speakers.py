"""Whether a draft puts the cited words in the mouth that they came from."""

import pytest

from bot.answer import Citation
from bot.drafting.checking.names import read_names
from bot.drafting.checking.sources import Sources, analyse_article, directory_of
from bot.drafting.checking.speakers import read_speakers
from index.schema import Article

TEXT = """“The harbour is a ruin,” Ann Lee said on Friday.
Bo Orr said that nobody would pay for it.
She added that it must be closed.
Zoe Quill lives in Utopia.
Bo Orr said that Lee replied “never” when he asked her.
Iran said that it had sent no ships.
"""
KNOWN = analyse_article(Article("a1", TEXT, "A harbour"))


def fits(draft: str, *numbers: int, before: str = "") -> dict[str, str]:
    citations = tuple(
        Citation(n, KNOWN.article, KNOWN.document.sentences[n].span, 0.0) for n in numbers
    )
    sources = Sources(citations, {"a1": KNOWN}, directory_of([KNOWN]))
    names = read_names(draft, sources)
    return {mouth.name: mouth.fit for mouth in read_speakers(draft, sources, names, before)}


@pytest.mark.parametrize(
    ("draft", "numbers", "expected"),
    [
        ("Lee said “the harbour is a ruin”.", (0,), {"Lee": "own"}),
        ("Orr said “the harbour is a ruin”.", (0, 1), {"Orr": "another's"}),
        ("Zoe Quill said nobody would pay for it.", (1,), {"Zoe Quill": "another's"}),
        ("According to Bo Orr, nobody would pay.", (1,), {"Bo Orr": "own"}),
        ("He said nobody would pay.", (1,), {}),
        ("Nobody would pay for it.", (1,), {}),
        ("Zoe Quill, who had complained of it, was told so.", (1,), {"Zoe Quill": "unclear"}),
        ("Bo Orr said Lee answered “never”.", (4,), {"Bo Orr": "unclear"}),
        ("Tehran said that it had sent no ships.", (5,), {"Tehran": "own"}),
        ("Ankara said that it had sent no ships.", (5,), {"Ankara": "unclear"}),
        ("The Tehran Herald said no ships were sent.", (5,), {"Tehran Herald": "another's"}),
    ],
)
def test_sure_mistakes_are_told_from_what_fits(
    draft: str, numbers: tuple[int, ...], expected: dict[str, str]
) -> None:
    assert fits(draft, *numbers) == expected


def test_he_is_whom_the_reader_has_just_read_of() -> None:
    draft = "She said that nobody would pay for it."
    assert fits(draft, 1, before="Zoe Quill spoke.") == {"Zoe Quill": "another's"}


def test_a_mouth_has_its_place_in_the_draft() -> None:
    draft = "On Friday, Lee said the harbour was a ruin."
    citations = (Citation(1, KNOWN.article, KNOWN.document.sentences[0].span, 0.0),)
    sources = Sources(citations, {"a1": KNOWN}, directory_of([KNOWN]))
    (mouth,) = read_speakers(draft, sources, read_names(draft, sources), "It was late.")
    assert mouth.span.of(draft) == "Lee"
