import pytest

from index.language.verbs import CLAIMS, CUES, SAYING, TEXTS, VERBS, asking


@pytest.mark.parametrize(
    ("word", "lemma", "form"),
    [
        ("said", "say", "past"),
        ("says", "say", "s"),
        ("saying", "say", "ing"),
        ("told", "tell", "past"),
        ("denied", "deny", "past"),
        ("denies", "deny", "s"),
        ("admitting", "admit", "ing"),
        ("accused", "accuse", "past"),
        ("agreeing", "agree", "ing"),
        ("stresses", "stress", "s"),
        ("wrote", "write", "past"),
        ("written", "write", "participle"),
        ("quipped", "quip", "past"),
        ("texted", "text", "past"),
        ("read", "read", "base"),
    ],
)
def test_every_form_of_a_verb_is_known(word: str, lemma: str, form: str) -> None:
    assert (CUES[word].verb.lemma, CUES[word].form) == (lemma, form)


@pytest.mark.parametrize("word", ["sayed", "telled", "thinked", "writed", "table", "President"])
def test_other_words_are_no_cues(word: str) -> None:
    assert word not in CUES


def test_verbs_know_what_follows_them() -> None:
    assert CUES["told"].verb.takes_person
    assert CUES["argued"].verb.takes_clause
    assert not CUES["accused"].verb.takes_clause
    assert CUES["denied"].verb.denies
    assert CUES["wondered"].verb.asks


def test_the_table_has_each_verb_once_and_in_order() -> None:
    lemmas = [verb.lemma for verb in VERBS]
    assert lemmas == sorted(set(lemmas))


def test_people_ask_with_what_the_table_says() -> None:
    assert {"say", "tout", "thunder"} <= set(asking("base"))
    assert {"says", "touted"} <= set(asking("past", "s"))
    assert "know" not in asking("base")


def test_sure_signs_of_speech_are_not_those_of_thought() -> None:
    assert "said" in SAYING
    assert not {"thought", "shows"} & SAYING


def test_nouns_of_speech_are_told_by_their_use() -> None:
    assert "claim" in CLAIMS
    assert "letter" in TEXTS
    assert "letter" not in CLAIMS
