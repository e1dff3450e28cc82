"""Questions as they are typed, read with the names of an archive."""

import pytest

from bot.query.people.directory import Directory
from bot.query.reading import with_apostrophes
from index.schema import Person

DIRECTORY = Directory.gathered(
    [("a1", Person("Ines Warholm")), ("a1", Person("Bo Adams")), ("a1", Person("Ann Price"))], {}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("warholms winning time", "warholm's winning time"),
        ("what was Warholms time in Doha", "what was Warholm's time in Doha"),
        ("the warholms were there", "the warholms were there"),
        ("warholms and the others", "warholms and the others"),
        ("adams plan", "adams plan"),
        ("oil prices rise", "oil prices rise"),
        ("nobodys business", "nobodys business"),
    ],
)
def test_an_apostrophe_that_was_left_out_is_put_in(typed: str, meant: str) -> None:
    assert with_apostrophes(typed, DIRECTORY) == meant
