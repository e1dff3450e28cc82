import pytest

from index.language.cues import CUES


@pytest.mark.parametrize(
    ("word", "lemma", "form"),
    [
        ("said", "say", "ed"),
        ("says", "say", "s"),
        ("saying", "say", "ing"),
        ("told", "tell", "ed"),
        ("denied", "deny", "ed"),
        ("denies", "deny", "s"),
        ("admitting", "admit", "ing"),
        ("accused", "accuse", "ed"),
        ("urging", "urge", "ing"),
        ("stresses", "stress", "s"),
        ("wrote", "write", "ed"),
        ("read", "read", "ed"),
    ],
)
def test_every_form_of_a_verb_is_known(word: str, lemma: str, form: str) -> None:
    assert (CUES[word].lemma, CUES[word].form) == (lemma, form)


@pytest.mark.parametrize("word", ["sayed", "telled", "thinked", "writed", "table", "President"])
def test_other_words_are_no_cues(word: str) -> None:
    assert word not in CUES


def test_verbs_know_what_follows_them() -> None:
    assert CUES["told"].tells
    assert CUES["argued"].takes_clause
    assert not CUES["accused"].takes_clause
