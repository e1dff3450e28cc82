"""What people do in court tells who they are: prosecuting, for Mrs Orr, sentencing him."""

import pytest

from bot.query.people.directory import Directory
from index.attribution.people.identities import context_words
from index.document import read_document

TEXT = (
    "A baker stole flour, a jury heard on Monday.\n\n"
    "Opening the case, Piet Vale KC said that Mrs Orr had kept a list. “She hid it,” he said.\n\n"
    "Ada Holm, for Mrs Orr, said that her client was sorry.\n\n"
    "Bo Lind, representing the millers, said that they wept. Ida Marr, for her part, said no.\n\n"
    "Sentencing her at Tarn Crown Court, Mrs Justice Quill said that she had lied."
)
PEOPLE = read_document(TEXT).people


def test_the_words_of_the_article_are_the_role() -> None:
    assert {who.name: who.roles for who in PEOPLE} == {
        "Piet Vale": ("KC", "Opening the case"),
        "Orr": (),
        "Ada Holm": ("for Mrs Orr",),
        "Bo Lind": ("representing the millers",),
        "Ida Marr": (),
        "Quill": ("Mrs Justice", "Sentencing her at Tarn Crown Court"),
    }


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the prosecutor", "Piet Vale"),
        ("the prosecution", "Piet Vale"),
        ("the defence", "Ada Holm"),
        ("mrs orr's lawyer", "Ada Holm"),
        ("the lawyer for the millers", "Bo Lind"),
        ("the judge", "Quill"),
    ],
)
def test_who_is_what_in_court_is_found_by_the_office(phrase: str, name: str) -> None:
    directory = Directory.gathered([("a1", who) for who in PEOPLE], {"a1": context_words(TEXT)})
    assert [match.identity.name for match in directory.match(phrase, near=False)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm, for Mr Orr, signed it on Monday.",
        "The jury heard Ada Holm",
        "The jury heard Ada Holm,",
        "The jury left. Ada Holm, for example, wept.",
    ],
)
def test_nobody_has_such_a_role_outside_court_or_without_a_side(text: str) -> None:
    assert not any(who.roles for who in read_document(text).people)
