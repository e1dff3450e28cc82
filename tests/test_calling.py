"""Whether somebody is called so, or the words only stand in a name."""

import pytest

from bot.query.people.calling import is_called
from bot.query.people.directory import Directory
from index.attribution.people.identities import context_words
from index.schema import Person

PEOPLE = [
    ("a1", Person("Gas Monitor")),
    ("a1", Person("Dehan of Gas Monitor")),
    ("a1", Person("ANNA Cowpox")),
    ("a1", Person("Anna Vlk", ("the mayor",))),
    ("a2", Person("Harbour Trust")),
    ("a2", Person("HRB's Division of Tides")),
    ("a2", Person("Theresa May")),
    ("a3", Person("Brixo Water Works")),
]
TEXTS = {"a1": "Anna Vlk", "a2": "the Harbour Trust, the HRB and May", "a3": "Brixo Water Works"}
COMMON = {f"b{n}": "gas, cowpox, the HRB and Vlk may water the harbour" for n in range(40)}
CONTEXT = {id_: context_words(text) for id_, text in (TEXTS | COMMON).items()}
DIRECTORY = Directory.gathered(PEOPLE, CONTEXT)


@pytest.mark.parametrize(
    "phrase",
    ["anna", "vlk", "may", "harbour trust", "gas monitor", "hrb", "brixo", "the mayor", "trust"],
)
def test_somebody_is_called_by_a_name_initials_or_an_office(phrase: str) -> None:
    assert is_called(phrase, DIRECTORY)


@pytest.mark.parametrize("phrase", ["gas", "cowpox", "water", "harbour", "", "the"])
def test_nobody_is_called_by_a_word_that_stands_in_a_name(phrase: str) -> None:
    assert not is_called(phrase, DIRECTORY)
