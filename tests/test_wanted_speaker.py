"""How a sentence stands to the speaker whose words are wanted."""

from dataclasses import replace

import pytest

from bot.query.grammar.question import understand
from bot.query.people.directory import Directory
from bot.selecting.article_view import Attribution, SentenceView
from bot.selecting.citing.citing import speakers
from bot.selecting.wanted_speaker import WantedSpeaker, look_up
from index.attribution.people.identities import context_words
from index.schema import Person, Sentence, Span

LINES = (
    "“We stay,” Anna Lee said.",
    "“We go,” Tom Reed said.",
    "Lee arrived on Monday.",
    "It rained.",
    "The warning named Lee.",
    "“Hide,” the warning read.",
    "“Run,” said Kim Vale, a warden.",
    "“The warden left,” said a clerk.",
    "“No,” said French police.",
    "“Yes,” Reed’s attorneys Bo Orr and Ida Marr said.",
)
TEXT = "\n".join(LINES)
PEOPLE = [("a1", Person("Anna Lee", ("mayor",))), ("a1", Person("Tom Reed"))]
DIRECTORY = Directory.gathered(PEOPLE, {"a1": context_words(TEXT)})
BY = (
    "Anna Lee",
    "Tom Reed",
    None,
    None,
    None,
    "the warning",
    "Kim Vale",
    "a clerk",
    "French police",
    "Bo Orr and Ida Marr",
)


def sentence(n: int) -> tuple[SentenceView, str]:
    start = sum(len(line) + 1 for line in LINES[:n])
    name = BY[n]
    by = (Attribution(name, DIRECTORY.identity("a1", name), "direct"),) if name else ()
    frame = LINES[n].partition("” ")[2] or LINES[n]
    return SentenceView(Sentence(Span(start, start + len(LINES[n])), n), by, frame), LINES[n]


def asked(question: str) -> WantedSpeaker:
    found = look_up(understand(question), DIRECTORY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "relations"),
    [
        ("what did Anna Lee say?", [3, 0, 2, 1, 2, 1, 0, 0, 0, 0]),
        ("what did the mayor say?", [3, 0, 2, 1, 2, 1, 0, 0, 0, 0]),
        ("what did Monday say?", [0, 0, 2, 1, 1, 1, 0, 0, 0, 0]),
        ("what did the warden say?", [0, 0, 1, 1, 1, 1, 2, 0, 0, 0]),
        ("what did french police say?", [0, 0, 1, 1, 1, 1, 0, 0, 2, 0]),
        ("what did jane reed's lawyers say?", [0, 0, 1, 1, 1, 1, 0, 0, 0, 2]),
        ("what did london police say?", [0, 0, 1, 1, 1, 1, 0, 0, 0, 0]),
        ("who said they stay?", [3, 3, 1, 1, 1, 1, 3, 3, 3, 3]),
    ],
)
def test_another_persons_words_never_stand_for_the_asked_speakers(
    question: str, relations: list[int]
) -> None:
    wanted = asked(question)
    assert [wanted.relation(*sentence(n)) for n in range(len(LINES))] == relations


def test_who_else_leaves_out_the_speaker_before() -> None:
    (lee,) = (match.identity for match in DIRECTORY.match("Anna Lee"))
    wanted = WantedSpeaker(None, without=(lee,))
    assert [wanted.relation(*sentence(n)) for n in (0, 1)] == [0, 3]


def test_a_fact_wants_nobodys_words() -> None:
    assert look_up(understand("how often did it rain"), DIRECTORY) is None


def test_a_name_the_archive_lacks_is_in_no_article() -> None:
    assert asked("what did Xi Jinping say?").articles == frozenset()
    assert asked("what did Anna Lee say?").articles == frozenset({"a1"})
    assert asked("what did Monday say?").articles == frozenset({"a1"})


def test_a_role_of_the_event_is_nobodys_elsewhere() -> None:
    query = understand("what did the mayor say?")
    elsewhere = look_up(replace(query, among=frozenset({"b1"}), is_of_event=True), DIRECTORY)
    assert elsewhere is not None
    assert (elsewhere.people, elsewhere.sure) == ((), False)


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("who besides lee spoke on gas", {"Anna Lee"}),
        ("who besides lee and reed spoke on gas", {"Anna Lee", "Tom Reed"}),
    ],
)
def test_who_is_left_out_gives_no_answer(question: str, without: set[str]) -> None:
    wanted = look_up(understand(question), DIRECTORY)
    assert wanted is not None
    assert {who.name for who in wanted.without} == without


def test_those_who_speak_for_a_body_leave_no_choice() -> None:
    """Nobody has to tell which Bank, or whom of its staff, they mean by "the bank"."""
    staff = [("b1", Person("Ida Beck", ("bank chief",))), ("b2", Person("Bo Orr", ("bank clerk",)))]
    bodies = [("b1", Person("Velm Bank")), ("b2", Person("Bank of Marro"))]
    wanted = look_up(understand("what did the bank say"), Directory.gathered(bodies + staff, {}))
    assert wanted is not None
    assert {who.name for who in wanted.people} >= {"Velm Bank", "Bank of Marro", "Ida Beck"}
    assert not wanted.is_ambiguous
    assert speakers(wanted, ()) == ()


OFFICE = [
    ("a1", Person("Ida Beck", ("Chief Minister",))),
    ("a1", Person("Una Orr", ("leader of the opposition", "critic of the Chief Minister"))),
    ("a2", Person("Una Orr", ("Chief Minister",))),
    ("a2", Person("Ida Beck", ("former Chief Minister",))),
    ("a3", Person("Ida Beck")),
]


@pytest.mark.parametrize(
    ("question", "spoken"),
    [
        ("what did the chief minister say", {("a1", "Ida Beck"), ("a2", "Una Orr"),
                                             ("a3", "Ida Beck")}),
        ("what did una orr say", {("a1", "Una Orr"), ("a2", "Una Orr")}),
    ],
)  # fmt: skip
def test_an_office_is_whose_it_is_in_the_article(
    question: str, spoken: set[tuple[str, str]]
) -> None:
    directory = Directory.gathered(OFFICE, {})
    wanted = look_up(understand(question), directory)
    assert wanted is not None
    said = [
        (article, name, Attribution(name, who, "direct", article_id=article))
        for article, name in sorted({(article, person.name) for article, person in OFFICE})
        if (who := directory.identity(article, name))
    ]
    line = Sentence(Span(0, 9), 0)
    found = {(a, name) for a, name, by in said if wanted.attribution(SentenceView(line, (by,)))}
    assert found == spoken


def test_a_bare_role_whose_words_are_not_found_is_of_nobodys_name() -> None:
    directory = Directory.gathered(
        [("a1", Person("Bo Lind", ("president of the Velm Union",)))], {}
    )
    wanted = look_up(understand("what did the president say about the dam"), directory)
    assert speakers(wanted, ()) == ()
