"""What was understood, part by part, and the question that is left when a part goes."""

from dataclasses import replace

import pytest

from bot.query.grammar.question import Query, understand
from bot.query.parts import parts_of, understood


def test_what_was_understood_fits_one_line() -> None:
    def line(question: str) -> str:
        return understood(parts_of(understand(question)))

    assert line("who said it was over") == "Who said · it was over"
    assert line("how many ships sank") == "how many ships sank"
    assert line("what did Lee say") == "Lee"
    assert line("") == ""
    assert line("what did Lee say about gas in court") == "Lee · on gas in court"
    assert line("what did Lee say in court") == "Lee · in court"


@pytest.mark.parametrize("text", ["who else", "and who else said so", "who said", "whoever", ""])
def test_who_spoke_on_nothing_has_parts_too(text: str) -> None:
    """As "who else?" after "what did she say?" is read, which has no topic to go on with."""
    plain = Query(text, "who_said", None, "")
    for query in (plain, replace(plain, without="Anna Lee")):
        assert all(part.text for part in parts_of(query))


@pytest.mark.parametrize("topic", ["ferries", "the “new” ferry (2025) & co", "on"])
def test_a_question_without_a_part_asks_for_the_other_part_only(topic: str) -> None:
    query = Query(f"what did he say about {topic}", "said", "he", topic)
    speaker, about = parts_of(query, ["Anna Lee"])
    assert speaker.without
    assert about.without
    anybody, anything = understand(speaker.without), understand(about.without)
    assert (anybody.kind, anybody.asked) == ("who_said", None)
    assert (anything.kind, anything.asked, anything.topic) == ("said", "Anna Lee", "")
    if topic != "on":  # no word is left of a topic that is a preposition
        assert anybody.topic == topic


@pytest.mark.parametrize(
    ("question", "names", "words"),
    [
        ("what did putin say about peacekeepers", ["Vladimir Putin"], ["Vladimir Putin"]),
        ("what did lee say about ferries", ["Anna Lee", "Ruth Lee"], ["lee"]),
        ("what did lee say", [], ["lee"]),
        ("who said the deal is dead?", [], ["somebody", "the deal is dead"]),
        ("how many ships sank", [], ["How many ships sank"]),
    ],
)
def test_each_part_stands_in_a_question_of_its_own_to_be_written_over(
    question: str, names: list[str], words: list[str]
) -> None:
    parts = parts_of(understand(question), names)
    found = [part.question[slice(*part.place)] for part in parts]
    assert found[: len(words)] == words
    assert all(part.question.endswith("?") for part in parts)


def test_several_who_could_be_meant_are_all_named_and_none_is_chosen() -> None:
    speaker, topic = parts_of(
        understand("what did Lee say about ferries"), ["Anna Lee", "Ruth Lee"]
    )
    assert speaker.text == "Anna Lee / Ruth Lee"
    assert topic.without == "What did Lee say?"


def test_whom_who_else_leaves_out_can_be_let_in_again() -> None:
    query = replace(understand("who said the deal is dead"), without="Anna Lee")
    *_, left_out = parts_of(query)
    assert (left_out.role, left_out.text) == ("except", "not Anna Lee")
    assert left_out.without == "Who spoke about the deal is dead?"


def test_nothing_is_taken_away_where_nothing_would_be_left() -> None:
    for question in ("how many ships sank", "what did Lee say"):
        assert [part.without for part in parts_of(understand(question))] == [None]


def test_all_words_in_a_story_are_not_on_what_was_asked_before() -> None:
    there = Query("what did she say", "said", "Anna Lee", "the ferry", among=frozenset({"a1"}))
    assert understood(parts_of(there)) == "Anna Lee"
    asked = replace(there, text="what did Anna Lee say about the ferry")
    assert understood(parts_of(asked)) == "Anna Lee · on the ferry"


def test_a_place_is_asked_for_as_it_was() -> None:
    query = understand("what did Lee say in court")
    assert [part.question for part in parts_of(query, ["Anna Lee"])] == (
        ["What did Anna Lee say in court?"] * 2
    )
