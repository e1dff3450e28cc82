"""What is said when the articles do not say."""

from dataclasses import replace

from bot.query.grammar.question import understand
from bot.query.people.directory import Directory
from bot.selecting.citing.refusal import Near, nothing_to_ask, refuse
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Context
from index.schema import Person

DIRECTORY = Directory.gathered([("a", Person("Anna Lee"))], {"a": Context()})
QUERY = understand("what did Anna Lee say about gas?")
(LEE,) = (match.identity for match in DIRECTORY.match("Anna Lee"))


def test_a_known_speaker_is_silent_on_the_topic() -> None:
    answer = refuse("?", QUERY, WantedSpeaker("Anna Lee", (LEE,), frozenset("a")), Near())
    assert answer.refusal is not None
    assert answer.refusal.reason == "speaker_silent"
    assert answer.message == "The articles do not say: no words of Anna Lee on gas were found."


def test_of_several_of_a_name_each_is_offered() -> None:
    people = [("a", Person("Anna Lee")), ("a", Person("Tom Lee"))]
    lees = tuple(m.identity for m in Directory.gathered(people, {"a": Context()}).match("lee"))
    answer = refuse(
        "?", understand("lee on gas"), WantedSpeaker("lee", lees, frozenset("a")), Near()
    )
    assert {option.question for option in answer.options} == {
        "What did Anna Lee say about gas?",
        "What did Tom Lee say about gas?",
    }


def test_who_was_asked_for_is_not_offered_as_somebody_else() -> None:
    wanted = WantedSpeaker("ANNA LEE", (), frozenset(), maybe=(LEE,))
    answer = refuse("?", QUERY, wanted, Near())
    assert (answer.options, "Did you mean" in answer.message) == ((), False)


def test_an_unknown_speaker_is_named_as_typed_and_the_others_are_offered() -> None:
    near = Near(others=("Tom Reed", "Ruth Lee"), questions=("What did Tom Reed say about gas?",))
    answer = refuse("?", QUERY, WantedSpeaker("Xi", (), frozenset()), near)
    assert answer.refusal is not None
    assert answer.refusal.reason == "unknown_speaker"
    assert answer.refusal.suggestions == near.questions
    assert "Others who speak on it: Tom Reed, Ruth Lee." in answer.message


def test_a_role_that_nobody_has_is_said_to_be_nobodys() -> None:
    query = replace(understand("what does the owner say?"), is_of_event=True)
    answer = refuse("?", query, WantedSpeaker("the owner", (), frozenset()), Near())
    nobody = "what was spoken of has nobody who is “the owner”"
    assert answer.message == f"The articles do not say: {nobody}."


def test_a_fact_that_is_nowhere_is_off_topic() -> None:
    answer = refuse("?", understand("who won the cup"), None, Near())
    assert answer.refusal is not None
    assert (answer.refusal.reason, answer.refusal.nearest) == ("off_topic", ())


def test_no_question_and_no_articles_have_reasons_of_their_own() -> None:
    unclear, empty = nothing_to_ask("", None), nothing_to_ask("?", QUERY)
    assert [a.refusal.reason for a in (unclear, empty) if a.refusal] == ["unclear", "empty_archive"]
