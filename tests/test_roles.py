"""Whom a sentence ties to a body, and who is found by that."""

import pytest

from bot.query.people.directory import Directory
from index.attribution.people.identities import context_words
from index.document import read_document

TEXT = (
    "Detective Sergeant Una Marsh, of Wexby police, said that two men had been held.\n\n"
    "Bo Lind, from the University of Corrie, said the river was low. “We sail at dawn,” said Ida "
    "Orr of the Coast Guard.\n\n"
    "Tom Roe of Ohio said no. Ana Lobo, with her brother, waved. Piet Hale from accounts laughed."
)
PEOPLE = read_document(TEXT).people


def test_the_body_that_somebody_is_of_is_a_role() -> None:
    assert {who.name: who.roles for who in PEOPLE} == {
        "Una Marsh": ("Detective Sergeant", "of Wexby police"),
        "Bo Lind": ("from the University of Corrie",),
        "Ida Orr": ("of the Coast Guard",),
        "Tom Roe": (),
        "Ana Lobo": (),
        "Piet Hale": (),
    }


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("wexby police", "Una Marsh"),
        ("the police", "Una Marsh"),
        ("the coast guard", "Ida Orr"),
        ("the university of corrie", "Bo Lind"),
    ],
)
def test_who_is_of_a_body_speaks_for_it(phrase: str, name: str) -> None:
    directory = Directory.gathered([("a1", who) for who in PEOPLE], {"a1": context_words(TEXT)})
    assert [match.identity.name for match in directory.match(phrase)] == [name]
