"""Follow-ups made to stand alone from the turn before."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bot.answer import Answer, Citation, Option, Refusal
from bot.date_range import Calendar
from bot.query.dialogue.conversation import goes_on, stand_alone
from bot.query.dialogue.earlier import EarlierTurn, Settled
from bot.query.dialogue.history import as_is
from bot.query.dialogue.scene import Event, Scene
from bot.query.grammar.question import Query, understand
from bot.query.people.directory import Directory
from bot.query.settling import settle
from index.attribution.people.identities import context_words
from index.language.names import MEN, WOMEN
from index.language.stems import stems
from index.schema import Article, Person, Span
from tests.fragments import one_by_one

ARTICLE = Article("a1", "Anna Lee made the golden bowl. The mayor paid for it.", "The golden bowl")
PEOPLE = [
    ("a1", Person("Anna Lee", ("potter",))),
    ("a1", Person("Tom Reed", ("the mayor",))),
    ("a1", Person("Macron")),
    ("a1", Person("Eric Clapton")),
    ("a2", Person("Vladimir Putin")),
    ("a2", Person("Ruth Orr", ("the mayor",))),
]
CONTEXT = {"a1": context_words(ARTICLE.text), "a2": context_words("the capital of Samoa")}
DIRECTORY = Directory.gathered(PEOPLE, CONTEXT)
EVENT = Event(("a1",), stems(f"{ARTICLE.title} {ARTICLE.text}"))
SCENE = Scene(DIRECTORY, lambda: EVENT)


def asked(query: Query, answer: Answer, before: EarlierTurn | None = None) -> EarlierTurn:
    return EarlierTurn(query, lambda: Settled(query, answer), lambda: before)


def turn(
    question: str,
    speaker: str | None = None,
    before: EarlierTurn | None = None,
    options: tuple[Option, ...] = (),
) -> EarlierTurn:
    if options:
        refused = Answer(question, "Which?", "", (), Refusal("which_one"), options=options)
        return asked(understand(question), refused, before)
    citation = Citation(1, ARTICLE, Span(0, 30), 1.0, speaker=speaker)
    answer = Answer(question, "1 sentence", "", one_by_one(citation))
    return asked(understand(question), answer, before)


def follow(question: str, before: EarlierTurn | None) -> Query:
    return stand_alone(question, lambda: before, SCENE)


SAID = "what did Putin say about peacekeepers?"


@pytest.mark.parametrize(
    ("before", "question", "kind", "asked", "topic"),
    [
        (SAID, "and Macron?", "said", "Macron", "peacekeepers"),
        (SAID, "what about the mayor", "said", "Tom Reed", "peacekeepers"),
        (SAID, "and about sanctions?", "said", "Putin", "sanctions"),
        (SAID, "and what did the charity say", "said", "the charity", "peacekeepers"),
        (SAID, "what about sanctions", "said", "Putin", "sanctions"),
        (SAID, "on sanctions?", "said", "Putin", "sanctions"),
        (SAID, "any quotes on sanctions", "said", "Putin", "sanctions"),
        (SAID, "same on sanctions", "said", "Putin", "sanctions"),
        (SAID, "same for Macron", "said", "Macron", "peacekeepers"),
        (SAID, "go back to Macron", "said", "Macron", "peacekeepers"),
        (SAID, "just Macron", "said", "Macron", "peacekeepers"),
        (SAID, "according to the charity?", "said", "the charity", "peacekeepers"),
        ("how many died in Samoa", "according to Macron", "said", "Macron", "died in Samoa"),
        (SAID, "on gas, what did Macron say", "said", "Macron", "gas"),
        (SAID, "only 5 people?", "fact", None, "only 5 people"),
        (SAID, "per capita?", "fact", None, "per capita peacekeepers"),
        (SAID, "per Macron?", "said", "Macron", "peacekeepers"),
        (SAID, "who else said so?", "who_said", None, "peacekeepers"),
        (SAID, "what did Macron say in reply", "said", "Macron", "peacekeepers"),
        (SAID, "who else :)", "who_said", None, "peacekeepers"),
        (SAID, "what did he say about gas", "said", "Putin", "gas"),
        (SAID, "what did Macron say?", "said", "Macron", "peacekeepers"),
        (SAID, "and what did Ruth Orr say?", "said", "Ruth Orr", "peacekeepers"),
        (SAID, "and putin about the farmers?", "said", "putin", "the farmers"),
        (SAID, "what about macron on gas", "said", "macron", "gas"),
        (SAID, "or how about orr on gas", "said", "orr", "gas"),
        (SAID, "the mayor?", "said", "Tom Reed", "peacekeepers"),
        (SAID, "what did the mayor say about the bowl", "said", "Tom Reed", "the bowl"),
        (SAID, "what does the owner say?", "said", "the owner", "peacekeepers"),
        (SAID, "but what does eric clapton think", "said", "eric clapton", "peacekeepers"),
        (SAID, "and what did Macron say?", "said", "Macron", "peacekeepers"),
        (SAID, "what did Macron say about it", "said", "Macron", "peacekeepers"),
        ("when did the ship sink?", "and Macron?", "said", "Macron", "the ship sink"),
        ("how many ships sank", "what did Macron say?", "said", "Macron", "ships sank"),
        (
            "paul mccartney on ginger baker",
            "and eric clapton?",
            "said",
            "eric clapton",
            "ginger baker",
        ),
    ],
)
def test_a_follow_up_keeps_what_it_does_not_change(
    before: str, question: str, kind: str, asked: str | None, topic: str
) -> None:
    query = follow(question, turn(before))
    assert (query.kind, query.asked, query.topic) == (kind, asked, topic)


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        ("did trump ask john bolton to resign?", "why?", "why did trump ask john bolton to resign"),
        ("which small towns did the army take?", "why?", "why did the army take small towns"),
        (
            "where did he announce he was quitting",
            "when was that?",
            "when did he announce he was quitting",
        ),
        ("when did the ship sink", "where did it happen", "where did the ship sink"),
        ("did the ship sink", "for how long", "for how long did the ship sink"),
        ("was Putin arrested", "why was he?", "why was Putin arrested"),
        ("did the ship sink", "and by when?", "by when did the ship sink"),
        ("how many sank in the uk", "and mali", "how many sank in mali"),
        ("how much would it cost", "and the pool?", "how much would the pool cost"),
    ],
)
def test_a_lone_question_word_is_asked_of_the_question_before(
    before: str, question: str, text: str
) -> None:
    assert follow(question, turn(before)).text == text


def test_who_else_did_it_to_her_is_asked_of_her_by_name() -> None:
    query = follow("who else backed her", turn("what did Putin say about Anna Lee"))
    assert (query.kind, query.text, query.without) == (
        "who_said",
        "who backed anna lee",
        "Putin",
    )
    assert query.among == SCENE.event


def test_who_is_silent_on_a_topic_in_these_words_is_asked_in_the_event() -> None:
    query = follow("and macron on the golden bowl", turn("where was the meeting"))
    assert query.among is None
    assert query.or_else is not None
    assert (query.or_else.asked, query.or_else.among) == ("macron", SCENE.event)
    assert follow("and macron on gas", turn("where was the meeting")).or_else is None


def test_he_is_whom_the_first_of_two_questions_asked_for() -> None:
    who, why = turn("who made a bowl for Eric Clapton", "Anna Lee"), turn("why was it made")
    both = EarlierTurn(why.read, why.settled, why.earlier, (who, why))
    assert follow("what did she say", both).asked == "Anna Lee"


def test_she_is_whom_the_article_is_mostly_about() -> None:
    people = [("a1", Person("Mary Hill")), ("a1", Person("Jane Orr"))]
    texts = ("Hill came. Hill saw Orr. Hill spoke. Mary Hill left.",)
    directory = Directory.gathered([*people], {"a1": context_words(texts[0])})
    scene = Scene(directory, lambda: Event(("a1",), stems(texts[0]), texts))
    assert scene.foremost(["Mary Hill", "Jane Orr"]) == ("Mary Hill",)
    before = turn("where was the meeting")
    assert stand_alone("what did she say", lambda: before, scene).asked == "Mary Hill"


def test_who_else_leaves_out_who_was_asked_before() -> None:
    query = follow("who else criticised the pullout?", turn(SAID))
    assert (query.kind, query.without) == ("who_said", "Putin")


def test_he_is_the_speaker_that_the_question_before_found() -> None:
    before = turn("who said the bowl was gone", speaker="Anna Lee")
    query = follow("what did she say about the thief", before)
    assert (query.asked, query.topic) == ("Anna Lee", "the thief")


def test_she_is_the_last_woman_of_the_talk_and_he_the_last_man() -> None:
    before = turn("who made the bowl", "Anna Lee", before=turn("what did Tom Reed say of it"))
    assert follow("what did she say about gas", before).asked == "Anna Lee"
    assert follow("what did he say about gas", before).asked == "Tom Reed"


def test_he_is_who_the_short_answer_names() -> None:
    text = "The bowl was made by Tom Reed, a potter of Lisle."
    named = Citation(1, Article("b1", text), Span(0, len(text)), 1.0, short=(21, 29))
    before = asked(understand("who made the bowl"), Answer("", "", "", one_by_one(named)))
    assert follow("what did he think when he heard?", before).asked == "Tom Reed"


def test_he_is_whom_a_question_for_words_was_about() -> None:
    before = turn("what did Putin say about Tom Reed")
    assert follow("when did he sell the bowl", before).text == "when did tom reed sell the bowl"
    assert follow("what did he say about gas", before).asked == "Putin"


def test_she_is_nobody_whose_name_is_a_word_of_the_question() -> None:
    query = follow("what did Macron say about her", turn("what did Tom Reed say about Anna Lee"))
    assert (query.asked, query.topic) == ("Macron", "Anna Lee")


def test_a_place_alone_is_asked_of_in_the_event() -> None:
    query = follow("how many in samoa", turn("how many ships sank"))
    assert query.among == SCENE.event


def test_it_is_what_the_question_before_was_about() -> None:
    query = follow("how much is it worth", turn("who made the golden bowl"))
    assert "golden bowl" in query.text


def test_the_court_is_the_one_that_the_talk_is_about() -> None:
    query = follow("what did the court decide", turn(SAID))
    assert query.or_else is not None
    assert (query.text, query.or_else.text, query.topic) == (
        "what did the court decide",  # of its one article, before what goes on with it
        "what did the court decide (peacekeepers)",
        "what did the court decide peacekeepers",
    )


def test_who_is_against_the_bowl_is_asked_of_the_one_that_the_talk_is_about() -> None:
    query = follow("who is against the bowl?", turn(SAID))
    assert (query.kind, query.among) == ("who_said", SCENE.event)
    other = follow("who is against the ferry?", turn(SAID))
    assert (other.kind, other.among) == ("who_said", None)


def test_a_question_that_stands_alone_is_left_as_it_is() -> None:
    question = "how many people live in the capital of Samoa"
    assert replace(follow(question, turn(SAID)), in_story=None) == understand(question)


def test_the_first_question_stands_alone() -> None:
    assert follow("why?", None) == understand("why?")


def test_a_refused_turn_still_gives_speaker_and_topic() -> None:
    refused = Answer(SAID, "The articles do not say.", "", (), Refusal("speaker_silent"))
    query = follow("and Macron?", asked(understand(SAID), refused))
    assert (query.asked, query.topic) == ("Macron", "peacekeepers")


@pytest.mark.parametrize(
    "question",
    ["how many died?", "what caused it?", "who is investigating?", "was anyone arrested",
     "how much did the bowl cost", "when did it happen and where"],
)  # fmt: skip
def test_a_question_with_no_name_of_its_own_stays_in_the_event(question: str) -> None:
    query = follow(question, turn("who made the golden bowl"))
    assert query.among == SCENE.event or [p.text for p in query.pieces] == [
        "when did it happen",
        "where",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "what did Putin say about gas?",
        "how many people live in the capital of Samoa",
        "who won the 2022 world cup",
        "tell me about the earthquake",
        "what is new on gas",
        "list all quotes about gas",
    ],
)
def test_a_question_with_its_own_person_or_topic_takes_nothing(question: str) -> None:
    read = follow(question, turn("who made the golden bowl"))
    assert replace(read, in_story=None) == understand(question)


def test_a_fact_in_other_words_than_the_story_has_may_be_of_the_story() -> None:
    read = follow("how many people got hurt badly", turn("who made the golden bowl"))
    assert read.among is None
    assert read.in_story is not None
    assert read.in_story.among == SCENE.event
    assert follow("what did Putin say about gas", turn("who made the bowl")).in_story is None


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("lee wat is wrong w the golden bowl", "the golden bowl"),
        ("cld the mayor get the bowl", "mayor get the bowl"),
        ("what did Putin say about peacekeepers?", "peacekeepers"),
    ],
)
def test_the_topic_of_the_talk_is_in_words_that_its_articles_have(
    question: str, topic: str
) -> None:
    assert turn(question).topic.endswith(topic)


def test_what_is_asked_within_a_story_is_asked_in_its_own_words() -> None:
    query = follow("what does Macron reply", turn("who made the golden bowl"))
    assert (query.text, query.topic, query.among) == (
        "what does Macron reply",
        "made the golden bowl",
        SCENE.event,
    )


@pytest.mark.parametrize("question", ["did Putin comment", "did Putin say anything there"])
def test_who_is_asked_to_react_is_asked_on_what_the_talk_is_of(question: str) -> None:
    query = follow(question, turn("who made the golden bowl"))
    assert (query.asked, query.topic, query.among) == (
        "Putin",
        "made the golden bowl",
        SCENE.event,
    )


@pytest.mark.parametrize(
    "question",
    ["different topic, what did she pay for coal", "on another note: what did she pay for coal",
     "ok new question - what did she pay for coal", "change of topic: what did she pay for coal"],
)  # fmt: skip
def test_a_change_of_subject_takes_nothing(question: str) -> None:
    query = follow(question, turn("who made the golden bowl", "Anna Lee"))
    assert query == understand("what did she pay for coal")


def test_he_is_nobody_of_another_sex_by_the_name_in_the_articles() -> None:
    before = turn("did lee resign", before=turn("what did Tom Reed say about the bowl"))
    assert follow("what did he say", before).asked == "Tom Reed"


def test_she_is_who_is_answered_with_and_not_whom_the_question_names() -> None:
    before = turn("who made a bowl for Macron")
    assert follow("does she deny it", before).asked == "Anna Lee"


def test_a_short_answer_that_is_nobody_of_the_event_is_not_he() -> None:
    text = "The bowl was made in Oslo by Anna Lee."
    named = Citation(1, Article("a1", text), Span(0, len(text)), 1.0, short=(21, 25))
    before = asked(understand("who made the bowl"), Answer("", "", "", one_by_one(named)))
    assert follow("did she ask for bail", before).asked == "Anna Lee"


def test_whether_somebody_did_something_may_be_told_by_others() -> None:
    query = follow("did she ask for bail", turn("what did Anna Lee say about the bowl"))
    assert query.in_story is not None
    assert (query.kind, query.in_story.kind) == ("said", "fact")
    assert query.in_story.among == SCENE.event


def test_whether_one_of_several_did_something_is_asked_of_the_event() -> None:
    query = follow("did he ask for bail", turn("where was the meeting"))
    assert (query.kind, query.among) == ("fact", SCENE.event)


def test_his_mayor_is_the_mayor_of_the_event_and_her_mother_is_hers() -> None:
    before = turn("what did Anna Lee say about the bowl", "Anna Lee")
    assert follow("and her mayor", before).asked == "Tom Reed"
    mother = follow("her mother?", before)
    assert (mother.kind, mother.asked) == ("said", "Anna Lee's mother")


def test_why_is_asked_of_who_was_asked_for() -> None:
    assert follow("why?", turn("who's on strike in lyon")).text == "why on strike in lyon"
    voted = turn("which potter left", before=turn("who made the golden bowl"))
    assert follow("why?", voted).text == "why potter left"


def test_a_role_may_be_had_in_another_article_of_the_story() -> None:
    tom = [("a3", Person("Macron")), ("a3", Person("Jo Hill", ("the sheriff",)))]
    context = {**CONTEXT, "a3": context_words("Macron met the sheriff."),
               "a1": context_words(f"{ARTICLE.text} Macron came.")}  # fmt: skip
    directory = Directory.gathered([*PEOPLE, *tom], context)
    scene = Scene(directory, lambda: EVENT, lambda: frozenset({"a3"}))
    query = stand_alone("what does the sheriff say", lambda: turn("who met Macron"), scene)
    assert (query.asked, query.near) == ("Jo Hill", frozenset({"a3"}))


def test_police_is_who_is_of_the_police_in_the_event() -> None:
    people = [
        ("a1", Person("Jo Hill", ("a police superintendent",))),
        ("a2", Person("Lisle Police")),
    ]
    scene = Scene(Directory.gathered([*PEOPLE, *people], CONTEXT), lambda: EVENT)
    before = turn("who made the golden bowl")
    assert stand_alone("what did police say about why", lambda: before, scene).asked == "Jo Hill"


@pytest.mark.parametrize(
    "question",
    ["what did Putin say about gas?", "who spoke about gas?", "macron on the mayor of Lyon",
     "compare what Putin and Macron said on gas", "what did the mayor of Lisle say about Anna Lee"],
)  # fmt: skip
def test_the_turn_before_is_answered_only_where_a_question_leans_on_it(question: str) -> None:
    def never() -> EarlierTurn:
        raise AssertionError

    assert stand_alone(question, never, SCENE) == understand(question)
    with pytest.raises(AssertionError):
        stand_alone("how many died?", never, SCENE)


def test_who_is_not_in_the_event_is_asked_on_anything() -> None:
    query = follow("what does Putin want", turn("who made the golden bowl"))
    assert (query.asked, query.topic, query.among) == ("Putin", "", None)


def test_who_is_in_the_event_is_asked_on_it() -> None:
    query = follow("what did the mayor say", turn("who made the golden bowl"))
    assert (query.asked, query.topic, query.among) == (
        "Tom Reed",
        "made the golden bowl",
        SCENE.event,
    )


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("the one in Lyon", "Tell me about “Fire in Lyon”"),
        ("lyon", "Tell me about “Fire in Lyon”"),
        ("the second", "Tell me about “Fire in Lyon”"),
        ("the first one", "Tell me about “Fire in Oslo”"),
        ("the last one", "Tell me about “Flood in Oslo”"),
        ("i meant the flood", "Tell me about “Flood in Oslo”"),
    ],
)
def test_one_of_those_offered_is_chosen_by_place_or_by_words(question: str, chosen: str) -> None:
    titles = ("Fire in Oslo", "Fire in Lyon", "Flood in Oslo")
    options = tuple(Option(f"Tell me about “{title}”", title) for title in titles)
    query = follow(question, turn("tell me about the disaster", options=options))
    assert query == understand(chosen)


def test_one_of_those_offered_is_chosen_by_role() -> None:
    options = (Option("Who is Anna Lee?", "Anna Lee"), Option("Who is Tom Reed?", "Tom Reed"))
    query = follow("the mayor", turn("who is it", options=options))
    assert query == understand("Who is Tom Reed?")


def test_who_is_in_no_article_of_the_story_is_asked_on_it() -> None:
    query = follow("what did Putin say", turn("who made the golden bowl"))
    assert (query.asked, query.topic, query.among) == ("Putin", "made the golden bowl", None)


def test_an_office_of_a_body_is_that_of_the_event() -> None:
    people = [("a1", Person("Jo Hill", ("USCG captain",))), ("a2", Person("Coast Guard"))]
    context = {**CONTEXT, "a1": context_words("The Coast Guard called off its search.")}
    scene = Scene(Directory.gathered([*PEOPLE, *people], context), lambda: EVENT)
    before = turn("who made the golden bowl")
    read = stand_alone("what did the coast guard captain say", lambda: before, scene)
    assert read.asked == "Jo Hill"
    assert not scene.is_role_in_body("anna lee captain")


def test_what_fits_several_of_those_offered_chooses_none() -> None:
    options = (Option("Who is A Lee?", "A Lee"), Option("Who is B Lee?", "B Lee"))
    query = follow("lee", turn("who is lee", options=options))
    assert query.text not in {option.question for option in options}


def test_they_are_those_who_were_asked_about_last() -> None:
    first = turn("what did Anna Lee say about gas")
    query = follow("do they agree?", turn("and what did Macron say about gas", before=first))
    assert [piece.asked for piece in query.pieces] == ["Anna Lee", "Macron"]
    assert query.topic == "gas"


def test_more_is_told_of_the_article_that_was_cited() -> None:
    query = follow("tell me more", turn("who made the golden bowl"))
    assert (query.extent, query.topic) == ("story", "The golden bowl")


def test_who_else_keeps_a_topic_of_its_own() -> None:
    query = follow("who else spoke about troops?", turn("how is the weather"))
    assert (query.kind, query.topic) == ("who_said", "troops")


def test_a_topic_that_was_taken_over_does_not_grow() -> None:
    first = turn("who made the golden bowl")
    second = asked(follow("how many died?", first), first.answer, first)
    third = follow("who paid?", second)
    assert "died" not in third.topic


@pytest.mark.parametrize("question", ["in march 2021", "and in march 2021?", "only in march 2021"])
def test_other_days_are_asked_of_the_question_before(question: str) -> None:
    query = follow(question, turn(SAID))
    assert (query.asked, query.topic) == ("Putin", "peacekeepers")
    assert query.dates is not None
    assert query.dates.text.endswith("in march 2021")


def test_how_much_was_asked_for_is_asked_of_another_person_too() -> None:
    query = follow("and by Macron", turn("list all quotes by Putin on gas"))
    assert (query.asked, query.topic, query.extent) == ("Macron", "gas", "all")


def test_a_place_is_another_topic_and_no_speaker() -> None:
    query = follow("what about Samoa", turn(SAID))
    assert (query.asked, query.topic) == ("Putin", "Samoa")
    assert query.or_else is not None
    assert (query.or_else.kind, query.or_else.topic) == ("fact", "Samoa")


def test_in_a_place_is_no_speaker() -> None:
    query = follow("and in Samoa?", turn("how did the mayor pay for the bowl"))
    assert query.kind == "fact"
    assert "in Samoa" in query.text


def test_another_topic_may_be_a_story() -> None:
    query = follow("and the storm?", turn("tell me about the golden bowl"))
    assert (query.extent, query.topic) == ("story", "the storm")
    alone = follow("and the storm?", turn("who made the golden bowl"))
    assert alone.or_else is not None
    assert alone.or_else.extent == "story"


def test_she_is_who_was_asked_about_by_name() -> None:
    who = follow("what did she say about gas", turn("who is Anna Lee"))
    assert (who.asked, who.topic) == ("Anna Lee", "gas")
    named = follow("what did he say about gas", turn("did Macron resign"))
    assert (named.asked, named.topic) == ("macron", "gas")


def test_who_somebody_is_takes_nothing_from_before() -> None:
    question = "who is Vladimir Putin"
    assert follow(question, turn("who made the golden bowl")) == understand(question)


def test_who_is_somebody_of_a_person_is_asked_of_the_event() -> None:
    query = follow("who is her deputy", turn("who is Anna Lee"))
    there = query.in_story
    assert there is not None
    assert (query.extent, there.among, there.text) == ("best", SCENE.event, query.text)


def test_who_else_spoke_is_asked_of_the_event_first() -> None:
    query = follow("who else spoke about it?", turn(SAID))
    assert (query.kind, query.topic, query.among) == ("who_said", "peacekeepers", SCENE.event)
    assert query.or_else is not None
    assert query.or_else.among is None


def test_a_name_in_place_of_he_is_no_topic_of_its_own() -> None:
    query = follow("what did she think when she heard", turn("what did Anna Lee say about gas"))
    assert (query.asked, query.topic) == ("Anna Lee", "gas")


def test_a_comparison_on_a_topic_of_its_own_takes_nothing() -> None:
    query = follow("compare what Macron and Ruth Orr said on gas", turn(SAID, "Vladimir Putin"))
    assert query == understand("compare what Macron and Ruth Orr said on gas")
    query = follow("compare what Macron and Ruth Orr said", turn(SAID, "Vladimir Putin"))
    assert query.topic == "peacekeepers"


def test_who_says_who_was_arrested_is_not_who_he_is() -> None:
    before = turn("who was arrested", "Emmanuel Macron", turn("did Putin leave"))
    assert follow("why did he go", before).text.startswith("why did putin go")


def test_she_is_the_only_woman_of_the_event_and_he_one_of_two() -> None:
    before = turn("where was the meeting")
    assert follow("what did she say", before).asked == "Anna Lee"
    assert follow("what did he say", before).is_of_nobody
    assert follow("what did he say", turn("what did Ruth Orr say", "Ruth Orr")).asked != "Ruth Orr"


def test_a_description_is_of_the_event_and_of_no_other() -> None:
    query = follow("what does the defence say", turn("why was the meeting held"))
    assert query.among == frozenset({"a1"})


def several(*questions: str) -> EarlierTurn:
    """Several questions that were asked as one."""
    turns: list[EarlierTurn] = []
    for question in questions:
        turns.append(turn(question, before=turns[-1] if turns else None))
    whole = asked(understand("? ".join(questions)), turns[-1].answer)
    return EarlierTurn(whole.read, whole.settled, whole.earlier, tuple(turns))


def test_the_talk_goes_on_with_the_fact_that_was_one_of_several_questions() -> None:
    before = several("did putin resign", "what did Macron say about it")
    assert before.topic == "putin resign"
    assert follow("why?", before).text == "why did putin resign"
    assert follow("what does he want", before).asked == "Macron"


def test_what_happened_to_somebody_is_a_talk_about_them() -> None:
    assert turn("what happened to the golden bowl").topic == "the golden bowl"


def test_a_question_without_an_answer_adds_nothing_to_the_topic() -> None:
    none = Answer("", "No.", "", (), Refusal("off_topic"))
    first = turn("who made the golden bowl")
    lost = asked(understand("how old was he when she made the golden bowl"), none, first)
    assert lost.topic == first.topic
    assert asked(understand("who sank the ferry"), none, first).topic == "sank the ferry"


def test_another_one_of_the_event_is_no_other_topic() -> None:
    query = follow("and the one from Samoa?", turn("who made the golden bowl"))
    assert query.among == frozenset({"a1"})
    assert asked(query, turn(SAID).answer, turn("who made the golden bowl")).topic == (
        "made the golden bowl"
    )


def test_the_only_one_of_a_first_name_is_he() -> None:
    assert follow("what did he say", turn("did vladimir resign")).asked == "vladimir"


def test_a_role_is_that_of_the_event_and_of_nobody_else() -> None:
    before = turn("who made the golden bowl", before=turn(SAID))
    for question in ("what does the owner say?", "and the owner?", "the owner?"):
        query = follow(question, before)
        assert (query.asked, query.among, query.is_of_event) == ("the owner", SCENE.event, True)
    told = follow("and the owner?", before).or_else
    assert told is not None
    assert (told.kind, told.among) == ("fact", SCENE.event)
    assert not follow("and the mayor?", before).is_of_event
    away = follow("what did the owner say about the shipwreck off Samoa", before)
    assert (away.among, away.is_of_event) == (None, False)


@pytest.mark.parametrize(
    ("half", "short", "question", "text"),
    [
        ("who had it before", None, "why did he sell", "why did the one who had it before sell"),
        ("who had it before", (5, 13), "why did he sell", "why did Tom Reed sell"),
        # Whom the talk is of already is not asked for.
        ("who had it before", (27, 35), "when did she go", "when did the one who had it before go"),
        ("who had it before", (39, 44), "when did he go", "when did the one who had it before go"),
        ("when did he have it", None, "why did she sell", "why did anna lee sell"),
    ],
)
def test_he_is_whom_the_half_before_asks_for(
    half: str, short: tuple[int, int] | None, question: str, text: str
) -> None:
    words = "Once Tom Reed had it. Then Anna Lee or Samoa had it."
    cited = Citation(1, Article("a1", words), Span(0, len(words)), 1.0, short=short)
    answer = Answer(half, "1 sentence", "", one_by_one(cited))
    first = turn("did Anna Lee buy the bowl")
    before = replace(asked(follow(half, first), answer, first), half=half)
    assert follow(question, before).text.partition(" (")[0] == text


def test_what_is_asked_of_the_one_sought_is_asked_of_the_event() -> None:
    first = turn("did Anna Lee buy the bowl")
    half = "who had it before"
    before = replace(asked(follow(half, first), first.answer, first), half=half)
    assert follow("why did he sell", before).among == SCENE.event


def test_whose_name_is_a_womans_is_not_he() -> None:
    assert "theresa" in WOMEN
    assert not {"alexis"} & (MEN | WOMEN)  # may be either


def test_he_is_one_of_the_event_where_it_is_not_known_which() -> None:
    query = follow("how much money did he pay", turn("where was the meeting"))
    assert query.among == SCENE.event


def test_him_and_her_are_two() -> None:
    before = turn("what did Anna Lee say about Eric Clapton")
    query = follow("what did she tell him about the bowl", before)
    assert (query.asked, query.topic) == ("Anna Lee", "eric clapton about the bowl")


def test_her_before_a_small_word_owns_nothing() -> None:
    query = follow("who did they swap her for", turn("what did Anna Lee say about gas"))
    assert "Anna Lee for" in query.text


def test_a_common_word_that_is_also_a_name_is_nobody() -> None:
    times = Directory.gathered([*PEOPLE, ("a1", Person("Time"))], CONTEXT)
    scene = Scene(times, lambda: EVENT)
    before = turn("what was Eric Clapton winning time")
    query = stand_alone("what did he say about gas", lambda: before, scene)
    assert query.asked == "eric clapton"


def test_herself_is_her() -> None:
    query = follow("and Macron himself?", turn(SAID))
    assert (query.asked, query.topic) == ("Macron", "peacekeepers")


@pytest.mark.parametrize(
    ("before", "question", "asked", "topic", "days"),
    [
        (SAID, "what did he say in june", "Putin", "peacekeepers", "in june"),
        (SAID, "the same in june", "Putin", "peacekeepers", "in june"),
        (SAID, "and what did Macron say in june", "Macron", "peacekeepers", "in june"),
        (SAID, "and Macron in 2020", "Macron", "peacekeepers", "in 2020"),
        (SAID, "what about sanctions in june?", "Putin", "sanctions", "in june"),
        (SAID, "and the mayor in june", "Tom Reed", "peacekeepers", "in june"),
        (SAID, "what did the mayor say in june", "Tom Reed", "peacekeepers", "in june"),
        (SAID, "who else spoke about it in june", None, "peacekeepers", "in june"),
        (SAID, "and the 2010 one", "Putin", "the 2010 one", None),
        (
            "when was the bowl made",
            "what did Macron say in june",
            "Macron",
            "the bowl made",
            "in june",
        ),
    ],
)
def test_a_follow_up_keeps_its_own_days(
    before: str, question: str, asked: str | None, topic: str, days: str | None
) -> None:
    query = follow(question, turn(before))
    assert (query.asked, query.topic) == (asked, topic)
    assert (query.dates.text if query.dates else None) == days
    # Of these days, the articles of the talk may be none.
    assert query.among is None or days is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("what did he say recently", "Putin"),
        ("what does he say now", "Putin"),
        ("and what did Macron say most recently", "Macron"),
        ("what did the mayor say most recently", "Tom Reed"),
    ],
)
def test_a_follow_up_for_the_newest_words_gets_them(question: str, asked: str) -> None:
    query = follow(question, turn(SAID))
    assert (query.extent, query.asked, query.topic) == ("newest", asked, "peacekeepers")
    assert query.among is None


def test_a_follow_up_to_be_answered_yes_or_no_stays_one() -> None:
    assert follow("did he say anything about it", turn(SAID)).decides
    assert follow("did Macron comment", turn(SAID)).decides


def test_any_word_from_somebody_is_one_on_the_event() -> None:
    query = follow("any comment from Macron", turn("who made the golden bowl"))
    assert (query.extent, query.asked, query.among) == ("best", "Macron", SCENE.event)


def test_news_of_her_is_news() -> None:
    query = follow("any news on her bowl", turn("what did Anna Lee say about gas"))
    assert (query.extent, query.topic) == ("newest", "Anna Lee's bowl")


def test_a_word_that_only_stands_in_a_name_is_a_topic() -> None:
    context = {f"b{n}": context_words("gas and the ferries") for n in range(9)} | CONTEXT
    monitor = ("b1", Person("Gas Monitor")), ("b1", Person("Ben Holt of the Coast and"))
    directory = Directory.gathered([*PEOPLE, *monitor], context)
    scene = Scene(directory, lambda: EVENT)
    query = stand_alone("and gas?", lambda: turn(SAID), scene)
    assert (query.asked, query.topic) == ("Putin", "gas")
    query = stand_alone("and gas monitor?", lambda: turn(SAID), scene)
    assert (query.asked, query.topic) == ("gas monitor", "peacekeepers")
    assert [name for _, name in scene.named_in("ruth orr and the ferries")] == ["Ruth Orr"]
    assert settled("macron, gas", directory).asked is None
    assert settled("gas, macron", directory).asked == "macron"


def settled(question: str, directory: Directory) -> Query:
    calendar = Calendar(date(2024, 5, 1), ())
    return settle(understand(question), directory, calendar, lambda event, topic: None)


@pytest.mark.parametrize(
    "text", ["who else was hurt", "anyone else hurt?", "who else died in june"]
)
def test_who_else_may_be_asked_of_a_deed_and_not_of_words(text: str) -> None:
    query = follow(text, turn("who broke the golden bowl", "Anna Lee"))
    assert query.kind == "fact"
    assert "else" not in query.text
    assert (query.among is None) == ("june" in text)
    assert (query.dates is None) == ("june" not in text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("who commented", "who commented (peacekeepers)"),
        ("and who disagrees?", "who disagrees (peacekeepers)"),
        ("who else disagrees?", "who disagrees (peacekeepers)"),
        ("who else reacted", "who reacted (peacekeepers)"),
    ],
)
def test_who_spoke_of_what_is_left_open_is_asked_on_what_the_talk_is_of(
    question: str, text: str
) -> None:
    query = follow(question, turn(SAID))
    assert (query.kind, query.text, query.topic) == ("who_said", text, "peacekeepers")


def test_who_spoke_is_asked_as_it_is_where_it_opens_a_talk() -> None:
    assert follow("who commented", None) == understand("who commented")


def test_who_else_criticised_her_is_not_asked_of_who_did() -> None:
    first = turn("what did Anna Lee say about the bowl", "Anna Lee")
    critic = turn("who criticised her", "Ruth Orr", first)
    query = follow("who else criticised her", critic)
    assert (query.text, query.without) == ("who criticised Anna Lee", "Ruth Orr")


@pytest.mark.parametrize(
    "message",
    ["anyone else?", "more please", "which article", "who is that?", "why not", "is that true"],
)
def test_what_asks_on_is_told_from_talk(message: str) -> None:
    assert goes_on(message)


@pytest.mark.parametrize(
    "message",
    ["that's it, I'm done", "thanks, that helps", "are you there?", "who are you", "what's up"],
)
def test_what_is_said_to_the_bot_asks_on_for_nothing(message: str) -> None:
    assert not goes_on(message)


def test_more_is_asked_for_politely() -> None:
    assert follow("more please", turn(SAID)) == follow("more", turn(SAID))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how old is she", "how old is Anna Lee"),
        ("and where was she?", "where was Anna Lee"),
        ("how much was it", "how much was it (Putin resign)"),
        ("when was it", "when did Putin resign"),
        ("why did he", "why did Putin resign"),
    ],
)
def test_what_somebody_is_is_not_what_was_asked_before(question: str, text: str) -> None:
    first = turn("what did Anna Lee say about gas", "Anna Lee")
    query = follow(question, turn("did Putin resign", None, first))
    assert query.kind == "fact"
    assert query.text == text


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        ("what did Anna Lee's brother say", "what did she say about gas", "anna lee"),
        ("what did Anna Lee's brother say", "what did he say about gas", "Anna Lee's brother"),
        # The mayor of the story is Tom Reed.
        ("what did the mayor say", "what did she say about gas", "Anna Lee"),
    ],
)
def test_a_role_is_of_the_sex_of_its_word_or_of_who_has_it(
    before: str, question: str, asked: str
) -> None:
    first = turn("what did Anna Lee say about the bowl", "Anna Lee")
    assert follow(question, turn(before, None, first)).asked == asked


@pytest.mark.parametrize(
    ("before", "question", "topic"),
    [
        ("what did Clapton say about Tom Reed", "what did Tom Reed say about his bowl", "his bowl"),
        ("what did Putin say about gas", "what did Tom Reed say about his mum", "his mum"),
        ("what did Putin say about gas", "what did Tom Reed say about his plan", "Putin's plan"),
        ("what did Clapton say about Tom Reed", "what did Anna Lee say about his bowl",
         "Clapton's bowl"),
    ],
)  # fmt: skip
def test_his_is_who_is_asked_for_if_he_was_spoken_of(
    before: str, question: str, topic: str
) -> None:
    assert follow(question, turn(before)).topic == topic


def test_who_did_it_is_still_he_after_a_why() -> None:
    text = "The bowl was made for Eric Clapton by Tom Reed, a potter of Lisle."
    named = Citation(1, Article("a1", text), Span(0, len(text)), 1.0, short=(38, 46))
    who = asked(
        understand("who made the bowl for Eric Clapton"), Answer("", "", "", one_by_one(named))
    )
    why = asked(follow("why?", who), who.answer, who)
    assert why.found == "Tom Reed"
    assert follow("was he paid", why).text.startswith("was Tom Reed paid")
    assert follow("what did he say about gas", why).asked == "Tom Reed"
    # What names somebody else asks on with nothing.
    other = asked(follow("where is Macron", why), who.answer, why)
    assert other.found is None


def test_his_deputy_is_nobodys_deputy_of_another_story() -> None:
    people = [
        ("a3", Person("Eric Clapton")),
        ("a3", Person("Jo Hill", ("the deputy",))),
        ("a1", Person("Sam Ott", ("the treasurer",))),
    ]
    context = {**CONTEXT, "a3": context_words("Clapton made the golden bowl with the deputy.")}
    directory = Directory.gathered([*PEOPLE, *people], context)
    scene = Scene(directory, lambda: EVENT, lambda: frozenset({"a3"}))
    before = turn("what did Tom Reed say about Clapton", "Tom Reed")
    deputy = stand_alone("and his deputy?", lambda: before, scene)
    assert (deputy.asked, deputy.among) == ("Tom Reed's deputy", SCENE.event)
    assert stand_alone("and his treasurer?", lambda: before, scene).asked == "Sam Ott"


def test_his_lawyer_is_of_whom_the_words_were_and_not_of_who_said_them() -> None:
    before = turn("who criticised Tom Reed", "Eric Clapton")
    assert follow("what did his lawyer say", before).asked == "tom reed's lawyer"
    assert follow("what did he say about gas", before).asked == "Eric Clapton"


def nothing(question: str, before: EarlierTurn | None = None) -> EarlierTurn:
    """A question to which the articles have nothing."""
    refused = Answer(question, "", "", (), Refusal("off_topic"))
    return asked(follow(question, before), refused, before)


def test_a_turn_that_was_refused_keeps_the_topic_and_closes_no_article() -> None:
    fire = asked(understand("tell me about the fire at the pier"), nothing("x").answer)
    who = nothing("who did it", fire)
    assert who.read.among is None
    assert who.read.text == "who did it (the fire at the pier)"
    old = nothing("how old was the chief", who)
    assert follow("and Macron?", old).topic == "the fire at the pier"
    assert nothing("when is the trial", nothing("where is the ferry")).topic == "the ferry"
    # What was asked of something else, alone, is what the talk is about from then on.
    assert follow("and Macron?", nothing("what did Putin say about gas", fire)).topic == "gas"


def test_why_somebody_did_it_is_why_it_was_done() -> None:
    assert follow("why?", turn("who painted the bowl")).text == "why was the bowl painted"


def test_what_names_whom_and_what_is_not_on_what_was_asked_before() -> None:
    before = turn("what did Anna Lee say about her mother", "Anna Lee")
    query = follow("how much did she earn", before)
    there = query.in_story
    assert there is not None
    assert query.or_else is not None
    assert (query.text, query.among) == ("how much did Anna Lee earn", None)
    assert (there.text, there.among) == (query.text, SCENE.event)
    assert query.or_else.text == "how much did Anna Lee earn (her mother)"
    assert asked(there, before.answer, before).topic == before.topic


def test_a_side_is_asked_for_its_words_and_else_for_what_is_told_of_it() -> None:
    query = follow("and the opposition?", turn("what did Macron say about the bowl", "Macron"))
    assert (query.asked, query.topic, query.among) == ("the opposition", "the bowl", SCENE.event)
    told = query.or_else
    while told and told.kind == "said":
        told = told.or_else
    assert told is not None
    assert (told.kind, told.text, told.among) == ("fact", "the opposition the bowl", SCENE.event)


def test_what_the_event_has_of_another_topic_comes_before_another_story() -> None:
    query = follow("what about the mayor's pay", turn("who made the golden bowl"))
    there = query.or_else
    assert there is not None
    assert not there.is_eased  # no article of the talk has the pay
    query = follow("what about the bowl paid", turn("who made the golden bowl"))
    there = query.or_else
    assert there is not None
    assert (there.is_eased, there.among) == (True, SCENE.event)
    assert there.or_else is not None
    assert there.or_else.extent == "story"


def test_more_is_all_the_words_after_words_and_the_story_after_a_fact() -> None:
    query = follow("what else", turn("what did Macron say about gas", "Macron"))
    assert (query.kind, query.asked, query.topic, query.extent) == ("said", "Macron", "gas", "all")
    assert follow("what else", turn("who made the golden bowl")).extent == "story"
    everything = turn("everything Macron said about gas", "Macron")
    assert follow("what else", everything).extent == "story"


def test_why_is_asked_of_those_who_were_found() -> None:
    before = turn("who was against the bowl", "Anna Lee")
    assert follow("why?", before).text == "why was Anna Lee against the bowl"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("only women", None),
        ("just in", None),
        ("per dose?", None),
        ("back to school", "Putin"),
        ("only Lowri", "Lowri"),
        ("back to the school", "the school"),
        ("just police", "police"),
    ],
)
def test_a_word_of_a_role_sets_nobody_in_anothers_place(question: str, asked: str | None) -> None:
    people = [
        ("a1", Person("Una Beck", ("women and dose coach",))),
        ("a1", Person("Residents in")),
        ("a1", Person("Marro School District")),
        ("a1", Person("Marro Police")),
        ("a1", Person("Lowri Pugh")),
        ("a2", Person("Vladimir Putin")),
    ]
    scene = Scene(Directory.gathered(people, CONTEXT), lambda: EVENT)
    before = turn(SAID)
    assert stand_alone(question, lambda: before, scene).asked == asked


def _after(question: str, *before: str) -> str:
    """How a question is read at the end of a talk about a firm, two men and a woman."""
    firm = ("a1", Person("Corva", kind="body"))
    people = [firm, ("a1", Person("Tom Reed")), ("a1", Person("Karl Penn"))]
    text = "Corva sacked its coach, Tom Reed. Karl Penn and Anna Lee resigned."
    directory = Directory.gathered([*people, ("a1", Person("Anna Lee"))], {})
    scene = Scene(directory, lambda: Event(("a1",), stems(text), (text,)))
    last: EarlierTurn | None = None
    for each in before:
        query = stand_alone(each, partial(as_is, last), scene)
        cited = Citation(1, Article("a1", text), Span(0, len(text)), 1.0)
        last = asked(query, Answer("", "", "", one_by_one(cited)), last)
    return stand_alone(question, lambda: last, scene).text


def test_a_firm_is_neither_she_nor_he() -> None:
    assert _after("how many members does she have", "what does Anna Lee want from Corva") == (
        "how many members does Anna Lee have"
    )
    assert _after("who's replacing him", "why did Corva sack Reed", "what does Corva say") == (
        "who's replacing reed"
    )


def test_he_is_the_last_who_was_spoken_of_before_a_turn_with_nobody() -> None:
    before = ("who voted against Penn", "why did Reed do that", "and the other two?")
    assert _after("does he want to be leader", *before) == "does reed want to be leader"


def test_he_is_nobody_by_whose_name_a_trial_goes() -> None:
    before = "who was heard at the Penn trial with Reed"
    assert _after("where does he work", before) == "where does reed work"


def test_he_is_whom_the_question_itself_names_before_its_clause() -> None:
    question = "who did Reed play for when he was younger"
    assert _after(question, "how much did Penn cost") == question


UNION = Article(
    "a3",
    "Four libraries would close, said Unison, the public service union. At the "
    "Velm hospital, beds were empty. Opposition councillors were cross.",
    "Libraries",
)
OTHERS_UNION = ("a4", Person("the GMB union", kind="body"))
LIBRARIES = Scene(
    Directory.gathered(
        [("a3", Person("Unison", kind="body")), ("a3", Person("Opposition councillors")),
         OTHERS_UNION],
        {"a3": context_words(UNION.text)},
    ),
    lambda: Event(("a3",), stems(UNION.text), (UNION.text,)),
)  # fmt: skip


def _of_libraries(question: str, scene: Scene = LIBRARIES) -> Query:
    cited = Citation(1, UNION, Span(0, 30), 1.0)
    before = asked(understand("which libraries would close"), Answer("", "", "", one_by_one(cited)))
    return stand_alone(question, lambda: before, scene)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("what did the union say", "Unison"),
        ("and the union?", "Unison"),
        ("and the opposition?", "Opposition councillors"),
        ("what did the opposition say", "Opposition councillors"),
    ],
)
def test_a_kind_of_body_is_whom_the_event_tells_to_be_one(question: str, meant: str) -> None:
    query = _of_libraries(question)
    assert (query.asked, query.among) == (meant, frozenset(("a3",)))


@pytest.mark.parametrize("question", ["what did the union say", "and the union?"])
def test_a_kind_of_body_that_the_event_has_not_is_no_other_storys(question: str) -> None:
    directory = Directory.gathered([OTHERS_UNION], {})
    scene = Scene(directory, lambda: Event(("a3",), stems("a plan"), ("a plan",)))
    query: Query | None = _of_libraries(question, scene)
    tried = []
    while query and query.kind == "said":
        tried.append(query)
        query = query.or_else
    assert {each.among for each in tried} == {frozenset(("a3",))}
    assert tried[-1].is_of_event


def test_what_happened_at_the_hospital_of_the_event_is_no_other_story() -> None:
    query = _of_libraries("what happened at the hospital")
    assert (query.extent, query.among) == ("best", frozenset(("a3",)))


def test_a_new_topic_after_an_aside_is_of_the_event_and_not_of_who_was_heard() -> None:
    aside = turn("what did Anna Lee say", "Anna Lee", before=turn("why was the bowl made"))
    read = replace(aside.read, topic="the bowl made", among=SCENE.event)
    before = asked(read, aside.answer, aside.before)
    query = follow("what about the mayor's money", before)
    assert query.kind == "fact"
    while query.or_else:
        query = query.or_else
    assert query.asked == "Anna Lee"


@pytest.mark.parametrize(
    ("question", "before", "text"),
    [
        ("and Reed?", "what sentence did Anna Lee get", "what sentence did Reed get"),
        ("and Reed?", "how much money did Anna Lee owe", "how much money did Reed owe"),
        ("and her brother?", "what was Anna Lee accused of",
         "what was anna lee's brother accused of"),
    ],
)  # fmt: skip
def test_the_question_before_is_asked_of_another_too(question: str, before: str, text: str) -> None:
    query = follow(question, turn(before))
    assert query.text == text
    assert query.or_else is not None
    assert query.or_else.kind == "said"


def test_the_source_after_a_refusal_is_that_of_the_last_answer() -> None:
    refused = Answer("", "", "", (), Refusal("off_topic"))
    before = asked(understand("how many signed it"), refused, turn(SAID, "Putin"))
    assert follow("where is this from", before).text == understand(SAID).text


def test_a_woman_by_her_first_name_is_she_though_taken_for_a_body() -> None:
    people = [
        ("a1", Person("Anna Penn")),
        *((f"b{n}", Person("Penn", kind="body")) for n in (1, 2)),
    ]
    scene = Scene(Directory.gathered(people, {}), lambda: EVENT)
    assert scene.is_person("Anna Penn")
    assert scene.genders("Anna Penn", frozenset()) == {"f"}


def test_whether_she_wants_the_job_is_asked_of_the_job() -> None:
    query = follow("does she want the job", turn("what did Anna Lee say", "Anna Lee"))
    assert (query.asked, query.topic) == ("Anna Lee", "the job")
