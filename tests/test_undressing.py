"""Names that articles put an office, a place or a body before."""

import pytest

from index.schema import Person
from tests.whole_register import undress

KNOWN = (
    Person("Marta Ilves"), Person("Tomo Brandt"), Person("Harbour Watch", kind="body"),
    Person("Oskar Lindqvist Falk"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Finance Minister Marta Ilves", "Marta Ilves"),
        ("Green Party leader and Deputy Mayor Marta Ilves", "Marta Ilves"),
        ("Minister of Utopia Marta Ilves", "Marta Ilves"),
        ("Former Ambassador to the United Nations Helen Osk", "Helen Osk"),
        ("Port Vale Tomo Brandt", "Tomo Brandt"),
        ("Harbour Watch Tomo Brandt", "Tomo Brandt"),
        ("a Twitter post by Tomo Brandt", "Tomo Brandt"),
    ],
)
def test_what_stands_before_a_name_is_no_part_of_it(name: str, bare: str) -> None:
    assert undress([*KNOWN, Person(name)])[name] == bare


@pytest.mark.parametrize(
    "name",
    [
        "Marta Ilves",
        "Anna Marta Ilves",
        "supporters of Marta Ilves",
        "Supporters of Marta Ilves",
        "Spokesman for President Marta Ilves",
        "the mother of Tomo Brandt",
        "Analysts such as Tomo Brandt",
        "President Ann Reed and Mayor Tomo Brandt",
        "officials",
        "Oskar Lindqvist Falk",
        "",
    ],
)
def test_somebody_elses_name_is_left_alone(name: str) -> None:
    assert undress([*KNOWN, Person(name)])[name] == name
