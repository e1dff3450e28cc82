"""What an archive settles of a question: its days, and which names are names."""

from datetime import date

import pytest

from bot.date_range import Calendar, Days
from bot.query.grammar.question import Query, understand
from bot.query.people.directory import Directory
from bot.query.settling import settle
from index.attribution.people.identities import context_words
from index.schema import Person

PEOPLE = [
    ("a1", Person("Anna Lee", ("the mayor",))),
    ("a1", Person("Tom Reed", ("the harbour master",))),
    ("a1", Person("Marks and Spencer")),
    ("a1", Person("the Port Lisle government", (), "body")),
    ("a1", Person("Hal Dunne", ("Port Lisle prime minister",))),
    ("a1", Person("Carla Manning")),
    ("a1", Person("Brace")),
    ("a1", Person("Ida Holt", ("mother of Tom Reed",))),
]
DIRECTORY = Directory.gathered(PEOPLE, {"a1": context_words("Oldham is suing Brace")})
CALENDAR = Calendar.of(["2021-03-14", "2021-09-20"], date(2024, 5, 1))
ELECTION = date(2021, 6, 5)


def days_of(event: str, topic: str) -> Days | None:
    return (ELECTION, ELECTION) if event == "election" else None


def settled(question: str) -> Query:
    return settle(understand(question), DIRECTORY, CALENDAR, days_of)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what did lee say in march", "March 2019"),
        ("what did lee say in september", "September 2021"),
        ("what did lee say on the 14th", "14 March 2021"),
        ("compare lee and reed in march", "March 2019"),
        ("what did lee say in march 2021", "March 2021"),
    ],
)
def test_a_month_is_of_the_year_in_which_what_is_asked_for_was_told(
    question: str, text: str
) -> None:
    calendar = Calendar.of(["2019-03-14", "2021-03-14", "2021-09-20"], date(2024, 5, 1))
    told = (date(2019, 3, 14),)
    query = settle(understand(question), DIRECTORY, calendar, days_of, lambda _: told)
    assert query.days is not None
    assert query.days.text == text
    assert all(piece.days == query.days for piece in query.pieces)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what did lee say in march", "March 2021"),
        ("what did lee say since the election", "since 5 June 2021"),
        ("what did lee say after the election", "since 5 June 2021"),
        ("latest on gas in 2021", "2021"),
        ("compare lee and reed on gas in march", None),
    ],
)
def test_dates_become_days(question: str, text: str | None) -> None:
    query = settled(question)
    found = [q.days.text for q in (query, *query.pieces) if q.days]
    assert set(found) == {text or "March 2021"}


def test_days_from_which_nothing_is_are_what_is_told_of_them() -> None:
    of_subject = [settled(f"what did lee say about the flood of {y}") for y in ("1998", "2021")]
    assert [query.days and query.days.is_subject for query in of_subject] == [True, False]
    everything = settled("list all quotes by lee in 1998")
    assert everything.days is not None
    assert not everything.days.is_subject


def test_his_is_of_whom_the_question_names_before_it() -> None:
    assert settled("what will lee raise, according to her spokesman").asked == "lee's spokesman"
    assert settled("what will lee raise, says her spokesman").asked == "lee's spokesman"
    assert settled("what did her spokesman say about lee").is_of_nobody


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("every mayor quote on gas", "mayors"),
        ("lees view on gas", "lee"),
        ("the harbour masters quotes", "the harbour master"),
        ("all the harbour master's quotes on gas", "the harbour master"),
        ("marks and spencer quotes", "marks and spencer"),
    ],
)
def test_whose_words_are_asked_for_is_known_without_an_apostrophe(
    question: str, asked: str
) -> None:
    assert settled(question).asked == asked


def test_an_event_that_no_article_dates_gives_no_days() -> None:
    query = settled("what did lee say since the wedding")
    assert query.days is None
    assert query.dates is not None
    assert query.dates.event == "wedding"


@pytest.mark.parametrize(
    ("question", "kind", "pieces"),
    [
        ("lee and reed on gas", "compare", ["lee", "reed"]),
        ("what did the mayor and tom reed say about gas", "compare", ["the mayor", "tom reed"]),
        ("what did lee and Olga Orr say about gas", "compare", ["lee", "Olga Orr"]),
        ("marks and spencer on gas", "said", []),
        ("bread and butter on gas", "said", []),
        ("what did the mayor, anna lee, say about gas", "said", []),
        ("tom reed, harbour master, on gas", "said", []),
        ("leave vs remain", "fact", []),
        ("lee vs reed gas", "compare", ["lee", "reed"]),
        ("does lee agree with reed on gas", "compare", ["lee", "reed"]),
        ("does lee agree with the plan", "said", []),
    ],
)
def test_two_names_are_two_persons_unless_they_are_one_body(
    question: str, kind: str, pieces: list[str]
) -> None:
    query = settled(question)
    assert (query.kind, [piece.asked for piece in query.pieces]) == (kind, pieces)


def test_whom_somebody_is_with_is_no_topic() -> None:
    query = settled("what did reed from the harbour say about gas")
    assert (query.asked, query.topic) == ("reed", "gas")


def test_a_bare_name_with_a_date_asks_for_what_was_said_then() -> None:
    query = settled("lee, march 2021")
    assert (query.kind, query.asked, query.topic) == ("said", "lee", "")
    assert query.days is not None
    assert query.days.text == "March 2021"


def test_a_bare_date_asks_for_what_happened_then() -> None:
    query = settled("march 2021")
    assert (query.extent, query.topic) == ("story", "")
    assert query.days is not None


@pytest.mark.parametrize(
    ("question", "extent"),
    [
        ("who is anna lee", "person"),
        ("anna lee", "person"),
        ("who is anne lee", "person"),
        ("who is the harbour master of Oldham", "best"),
        ("who is the winner", "best"),
        ("who is the prime minister of port lisle", "best"),
    ],
)
def test_who_somebody_is_is_told_of_those_with_a_name(question: str, extent: str) -> None:
    assert settled(question).extent == extent


def test_a_place_that_news_come_from_is_a_topic() -> None:
    query = settled("the latest from Oldham on gas")
    assert (query.kind, query.asked, query.topic) == ("fact", None, "Oldham gas")
    assert settled("the latest from Lee on gas").kind == "said"


def test_news_from_a_place_are_not_only_those_who_hold_an_office_there() -> None:
    query = settled("whats the latest from port lisle")
    assert (query.extent, query.kind, query.topic) == ("newest", "fact", "port lisle")
    assert settled("latest from the port lisle government").kind == "said"
    assert settled("latest from the pm on gas").kind == "said"


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("who criticised anna lee", "anna lee"),
        ("who called lee a bully", "lee"),
        ("who praised the bridge", None),
        ("who said lee should go", None),
    ],
)
def test_at_whom_words_were_aimed_is_not_who_said_them(question: str, without: str | None) -> None:
    assert settled(question).without == without


@pytest.mark.parametrize(
    ("question", "asked", "topic"),
    [
        ("where should the ferry land, lee to reed", "lee", "where should the ferry land"),
        ("when does the ferry leave, per the mayor", "the mayor", "when does the ferry leave"),
        ("is the ferry safe, anna lee?", "anna lee", "is the ferry safe"),
        ("reed to lee on the ferry", "reed", "lee on the ferry"),
        ("lee in oldham on the ferry", "lee", "in oldham the ferry"),
        ("the mayor's worry about the ferry", "the mayor", "worry the ferry"),
        ("port lisle government guidance on the ferry", "port lisle government", "the ferry"),
    ],
)
def test_who_stands_where_a_speaker_would_is_asked_for(
    question: str, asked: str, topic: str
) -> None:
    query = settled(question)
    assert (query.kind, query.asked, query.topic) == ("said", asked, topic)
    assert query.or_else is None  # nobody else answers for them


@pytest.mark.parametrize(
    "question",
    [
        "how many died in london, england",
        "how many died, roughly",
        "lee to leave office",
        "ferry to oldham on monday",
    ],
)
def test_what_stands_there_and_names_nobody_is_no_speaker(question: str) -> None:
    assert settled(question).kind == "fact"


@pytest.mark.parametrize(
    "question",
    [
        *("lee's lawyer on gas", "lee's mother on gas", "lee's critics on gas", "reed's ex on gas"),
        *("lee's challenger on gas", "reed's fans on gas", "lee's team on gas"),
    ],
)
def test_who_is_somebody_of_a_person_is_not_that_person(question: str) -> None:
    assert settled(question).asked == question.removesuffix(" on gas")


def test_the_board_of_a_body_speaks_for_it() -> None:
    query = settled("what does the port lisle government's board say about gas")
    assert (query.asked, query.topic) == ("the port lisle government", "board gas")


@pytest.mark.parametrize(
    ("question", "extent", "topic"),
    [
        ("what happened to lee", "story", "lee"),
        ("what happened to the crew", "best", "what happened to the crew"),
        ("the great storm in march", "story", "the great storm"),
        ("the great storm", "best", "the great storm"),
        ("the price of gas in march", "best", "the price of gas"),
    ],
)
def test_a_story_is_told_of_a_person_and_of_days(question: str, extent: str, topic: str) -> None:
    query = settled(question)
    assert (query.extent, query.topic) == (extent, topic)
    assert query.extent == "best" or query.or_else is not None


def test_whose_kin_is_asked_for_is_not_asked_themselves() -> None:
    assert settled("what does lee's fiancee want").asked == "lee's fiancee"


def test_an_owner_may_go_without_an_apostrophe() -> None:
    assert settled("what did tom reeds mother say").asked == "tom reed's mother"
    assert settled("what did tom reeds barber say").asked == "tom reeds barber"


def test_what_may_be_a_noun_is_a_verb_behind_somebody_of_the_archive_only() -> None:
    assert settled("why did anna lee call reed supporters names").asked == "anna lee"
    assert settled("why did the utah state coach quit").kind == "fact"
    assert settled("what did anna lee think fans say").asked == "anna lee"
    assert settled("did anna lee voice regret over gas").asked == "anna lee"
    assert settled("what did the tom reed judge say").asked == "the tom reed judge"
    assert (
        settled("what did the utah state harbour master say").asked
        == "the utah state harbour master"
    )


@pytest.mark.parametrize(
    ("question", "extent"),
    [
        ("who is anna lee", "person"),
        ("who is carla manning", "person"),
        ("who is tom lee", "person"),  # perhaps Anna Lee was meant
        ("who is brace suing", "best"),
        ("who was the union writing to about the kiosk closed in lee", "best"),
        ("who is reed married to", "best"),
        ("who was held by reed", "best"),
    ],
)
def test_whom_somebody_does_something_to_is_no_person_of_a_name(question: str, extent: str) -> None:
    assert settled(question).extent == extent


@pytest.mark.parametrize(
    ("question", "asked", "text"),
    [
        ("reeds mother on gas", "reed's mother", "reeds mother on gas"),
        ("oldhams mayor on gas", "oldham's mayor", "oldhams mayor on gas"),
        ("all of anna lees quotes about gas", "anna lee", "what did anna lee say about gas"),
    ],
)
def test_whose_words_is_written_as_they_are_called(question: str, asked: str, text: str) -> None:
    query = settled(question)
    assert (query.asked, query.text) == (asked, text)


def test_what_stands_before_a_colon_is_a_topic_where_nobody_is_called_so() -> None:
    fact, said = settled("oldham suing: who owned it"), settled("lee: who owned it")
    assert (fact.kind, fact.text) == ("fact", "who owned it (oldham suing)")
    assert (said.kind, said.asked, said.topic) == ("said", "lee", "who owned it")
    for name in ("mcgill", "ferry expert"):
        strange = settled(f"{name}: who owned it")
        assert (strange.kind, strange.asked) == ("said", name)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("port authority vote on gas", "fact"),
        ("port authority zork on gas", "said"),  # may be a name
        ("anna vote on gas", "said"),
        ("pier authority vote on gas", "said"),  # that no article has
        ("port authority chief on gas", "said"),
    ],
)
def test_a_thing_that_the_articles_have_is_no_unknown_speaker(question: str, kind: str) -> None:
    context = {"a1": context_words("The port authority chief, Anna, lost a vote")}
    directory = Directory.gathered(PEOPLE, context)
    assert settle(understand(question), directory, CALENDAR, days_of).kind == kind


def test_the_topic_of_a_comparison_may_stand_first() -> None:
    query = settled("the toll at the pier, lee vs reed")
    assert [piece.asked for piece in query.pieces] == ["lee", "reed"]
    assert query.topic == "the toll at the pier"


@pytest.mark.parametrize(
    ("question", "asked", "topic"),
    [
        ("brace: what did lee say", "lee", "brace"),
        ("lee: what did leaflets say", "lee", "what did leaflets say"),
        ("oldham: what did suing say", "suing", "oldham"),  # nobody is either
        ("brace: what did zork say", "zork", "brace"),
        ("lee: why did reed blame oldham", "lee", "why did reed blame oldham"),
        ("oldham: why did reed blame brace", "reed", "brace oldham"),
    ],
)
def test_who_is_somebody_tells_whether_a_topic_or_a_speaker_stands_before_a_colon(
    question: str, asked: str, topic: str
) -> None:
    people = [*PEOPLE, ("a2", Person("Ann Orr"))]
    directory = Directory.gathered(
        people, {"a1": context_words("Oldham is suing Brace"), "a2": context_words("the leaflets")}
    )
    query = settle(understand(question), directory, CALENDAR, days_of)
    assert (query.kind, query.asked, query.topic) == ("said", asked, topic)


@pytest.mark.parametrize(
    ("question", "kind", "asked"),
    [
        ("what did lee publicly say", "said", "lee"),
        ("has lee ever publicly said so", "said", "lee"),
        ("what did ida kelly say", "said", "ida kelly"),
        ("his comment on gas", "said", "his"),
        ("quotes on gas from lee", "said", "lee"),
        ("quotes on gas by zork", "said", "zork"),
        ("quotes on money from oldham", "who_said", None),
        ("lee on monday", "said", "lee"),
        ("the mayor on monday", "said", "the mayor"),
        ("fire on monday", "fact", None),
    ],
)
def test_what_is_no_part_of_a_name_is_none(question: str, kind: str, asked: str | None) -> None:
    query = settled(question)
    assert (query.kind, query.asked) == (kind, asked)


@pytest.mark.parametrize("question", ["lee on june 6", "what did lee say on june 6, 2021"])
def test_a_day_may_be_what_is_spoken_of(question: str) -> None:
    query = settled(question)
    assert query.days is not None
    other = query.or_else
    assert other is not None
    assert (query.asked, query.topic, other.asked, other.days) == ("lee", "", "lee", None)
    assert other.topic.startswith("june 6")


@pytest.mark.parametrize(
    ("question", "kind", "asked", "topic", "extent"),
    [
        ("reed suing quotes", "said", "reed", "suing", "all"),
        ("suing tom reed quotes", "said", "tom reed", "suing", "all"),
        ("reed quotes", "said", "reed", "", "all"),
        ("anna reed quotes", "said", "anna reed", "", "all"),  # a stranger
        ("mcgill quotes", "said", "mcgill", "", "all"),
        ("suing quotes", "who_said", None, "suing", "all"),
        ("reed suing comments", "said", "reed", "suing", "best"),
        ("tom reed statement", "said", "tom reed", "", "best"),
        ("free speech", "fact", None, "free speech", "best"),
        ("suing statement", "fact", None, "suing statement", "best"),
        ("suing reaction", "who_said", None, "suing", "best"),
        ("tom reed tributes", "who_said", None, "tom reed", "best"),
    ],
)
def test_in_a_telegram_a_name_stands_beside_its_topic(
    question: str, kind: str, asked: str | None, topic: str, extent: str
) -> None:
    query = settled(question)
    assert (query.kind, query.asked, query.topic, query.extent) == (kind, asked, topic, extent)


def test_a_telegram_of_a_high_office_is_nobodys_of_that_name() -> None:
    people = [("a1", Person("Ada King")), ("a1", Person("Bo Orr", ("king of Tarn",)))]
    directory = Directory.gathered(people, {"a1": context_words("Tarn has a king")})
    query = settle(understand("King’s speech"), directory, CALENDAR, days_of)
    assert (query.asked, query.kind) == ("the King", "said")
    assert [m.identity.name for m in directory.match("the King")] == ["Bo Orr"]


def test_a_reaction_of_a_kind_is_a_thing_first() -> None:
    thing, anybodys = settled("nuclear reaction"), settled("Oldham reaction")
    assert (thing.kind, thing.or_else and thing.or_else.kind) == ("fact", "who_said")
    assert (anybodys.kind, anybodys.or_else and anybodys.or_else.kind) == ("who_said", "fact")


def test_a_telegram_of_somebody_falls_back_on_what_is_told() -> None:
    """The "brace statement" may be a thing, where Brace is silent; "reed quotes" are his."""
    other = settled("brace statement").or_else
    assert other is not None
    assert (other.kind, other.text) == ("fact", "brace statement")
    assert settled("reed quotes").or_else is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what did the judge in the pier trial say", "Ida Beck"),
        ("what did the judge in the ferry trial say", None),
        ("what did the judge in the trial say", None),
    ],
)
def test_a_role_in_something_is_whose_it_is_in_the_articles_on_that(
    question: str, name: str | None
) -> None:
    people = [("a1", Person("Ida Beck", ("judge",))), ("a2", Person("Una Orr", ("judge",)))]
    told = {"a1": context_words("The pier trial"), "a2": context_words("The bakery trial")}
    query = settle(understand(question), Directory.gathered(people, told), CALENDAR, days_of)
    assert (query.asked, query.or_else and query.or_else.asked) == ("the judge", name)
    if query.or_else:
        assert (query.or_else.topic, query.or_else.among) == ("", frozenset({"a1"}))
