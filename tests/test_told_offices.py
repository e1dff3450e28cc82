"""Who has an office by what a relative clause tells them to do: "Ann Lee, who runs the café"."""

import pytest

from bot.query.people.directory import Directory
from index.attribution.people.identities import context_words
from index.document import read_document
from index.language.told_offices import as_office

TEXT = (
    "Mira Sand, who runs the Copper Kettle café, said that trade had halved.\n\n"
    "Hamo Doig, who chairs the Save Our Sailings campaign, asked for help.\n\n"
    "Carla Meir, who has coached Dunmore since May, was furious. Piet Orr, who captains Velm and "
    "teaches chemistry, laughed.\n\n"
    "Helga Rist, who used to run the audit office, shrugged. Ana Lobo, who founded the Green Dawn "
    "party, agreed.\n\n"
    "Bo Lind, who will chair the port board, and Ida Marr, who does not own the Swan Inn, left. "
    "Tove Quill, who drives the mayor, waited. Jan Vik, who was coached by Ruth Hale, won."
)
PEOPLE = read_document(TEXT).people
FOUND = {
    "the café owner": "Mira Sand",
    "the head of the Save Our Sailings campaign": "Hamo Doig",
    "the Dunmore coach": "Carla Meir",
    "the Velm captain": "Piet Orr",
    "the chemistry teacher": "Piet Orr",
    "the former head of the audit office": "Helga Rist",
    "the founder of Green Dawn": "Ana Lobo",
}


def test_the_words_of_the_article_are_the_role() -> None:
    assert {who.name: who.roles for who in PEOPLE if who.roles} == {
        "Mira Sand": ("who runs the Copper Kettle café",),
        "Hamo Doig": ("who chairs the Save Our Sailings campaign",),
        "Carla Meir": ("who has coached Dunmore",),
        "Piet Orr": ("who captains Velm and teaches chemistry",),
        "Helga Rist": ("who used to run the audit office",),
        "Ana Lobo": ("who founded the Green Dawn party",),
        "Tove Quill": ("who drives the mayor",),
    }


@pytest.mark.parametrize("phrase", FOUND)
def test_somebody_is_found_by_the_office_that_a_clause_tells(phrase: str) -> None:
    directory = Directory.gathered([("a1", who) for who in PEOPLE], {"a1": context_words(TEXT)})
    found = [match.identity.name for match in directory.match(phrase, near=False)]
    assert found == [FOUND[phrase]]


def test_who_does_something_for_an_office_has_not_that_office() -> None:
    directory = Directory.gathered([("a1", who) for who in PEOPLE], {"a1": context_words(TEXT)})
    assert not directory.match("the mayor", near=False)


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("who has owned the restaurant", "the restaurant owner"),
        ("who led the fire crew", "former the fire crew head"),
        ("who founded a firm", "a firm founder"),
        ("WHO chief", None),
        ("whole-time chair", None),
        ("mayor", None),
    ],
)
def test_a_clause_is_an_office_and_no_other_role_is_a_clause(role: str, office: str | None) -> None:
    assert as_office(role) == office
