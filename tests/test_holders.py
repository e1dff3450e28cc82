"""Who in some articles has a role that is named without saying whose."""

import pytest

from bot.query.people.directory import Directory
from bot.query.people.holders import holders, is_bare, is_well_known
from index.attribution.people.identities import context_words
from index.schema import Person

TEXTS = {
    "a1": "Ann Lee, who also owns it, is sad. Her fire chief left. The firm, run by Jo Pott, shut.",
    "a2": "The mill and its owner, TomReed, were told to pay. The pilot did not speak.",
    "a3": "The shop was owned by old Carla Ruiz. Dan Ober managed it. A spokesman left.",
}
PEOPLE = [
    ("a1", Person("Ann Lee")),
    ("a1", Person("Kim Vale", ("fire chief",))),
    ("a1", Person("Guy Oak", ("an aide to the governor",))),
    ("a1", Person("Herons", kind="body")),
    ("a2", Person("Reed")),
    ("a2", Person("Otto Weir", ("former mayor",))),
    ("a2", Person("Max Mayor")),
    ("a3", Person("Carla Ruiz")),
    ("a3", Person("Dan Ober")),
    ("a3", Person("Pia Stone", ("owner of the Herons",))),
    ("a3", Person("Pope Felix", ("Pope",))),
]
DIRECTORY = Directory.gathered(PEOPLE, {id_: context_words(text) for id_, text in TEXTS.items()})


@pytest.mark.parametrize(
    ("article", "role", "names"),
    [
        ("a1", "the owner", ["Ann Lee"]),
        ("a1", "the company's owner", ["Ann Lee"]),
        ("a1", "the fire chief", ["Kim Vale"]),
        ("a1", "the chief", ["Kim Vale"]),
        ("a1", "the police chief", []),
        ("a1", "the governor", []),
        ("a2", "the owner", ["Reed"]),
        ("a2", "the mayor", ["Otto Weir"]),
        ("a2", "the pilot", []),
        ("a3", "the owner", ["Pia Stone"]),
        ("a3", "the manager", ["Dan Ober"]),
        ("a3", "the coach", []),
    ],
)
def test_a_role_is_given_or_told_by_what_somebody_does(
    article: str, role: str, names: list[str]
) -> None:
    found = holders(role, DIRECTORY, frozenset({article}), (TEXTS[article],))
    assert [who.name for who in found] == names


@pytest.mark.parametrize(
    ("phrase", "is_one"),
    [
        ("the owner", True),
        ("owner", True),
        ("the mayor", True),
        ("the police chief", True),
        ("the owner of the mill", False),
        ("the Herons owner", False),
        ("her lawyer", False),
        ("the french president", False),
        ("Max Mayor", False),
        ("the farm", False),
        ("", False),
    ],
)
def test_a_bare_role_does_not_tell_whose(phrase: str, is_one: bool) -> None:
    assert is_bare(phrase, DIRECTORY) is is_one


def test_one_is_spoken_of_everywhere() -> None:
    assert is_well_known("the pope", DIRECTORY)
    assert not is_well_known("the owner", DIRECTORY)
