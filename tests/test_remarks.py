"""Remarks on an answer, and what is taken back: "source?", "about what?", "no, the other Lee"."""

from dataclasses import replace

import pytest

from bot.answer import Answer, Citation
from bot.query.dialogue.conversation import goes_on, stand_alone
from bot.query.dialogue.earlier import EarlierTurn, Settled
from bot.query.dialogue.remarks import taken_back
from bot.query.dialogue.scene import Event, Scene
from bot.query.grammar.question import Query
from bot.query.parts import dated
from bot.query.people.directory import Directory
from index.attribution.people.identities import context_words
from index.language.stems import stems
from index.schema import Article, Person, Span
from tests.fragments import one_by_one

ARTICLE = Article("a1", "Una Lee was stabbed in Tarn. She spoke of the toll.", "Stabbing in Tarn")
PEOPLE = [
    ("a1", Person("Una Lee", ("potter",))),
    ("a1", Person("Piet Orr", ("baker",))),
    ("a2", Person("Bo Lee")),
]
DIRECTORY = Directory.gathered(
    PEOPLE, {"a1": context_words(ARTICLE.text), "a2": context_words("A day in Samoa")}
)
SCENE = Scene(DIRECTORY, lambda: Event(("a1",), stems(ARTICLE.text)))
SAID = "what did lee say about the toll"


def turn(
    question: str, speaker: str | None = None, before: EarlierTurn | None = None
) -> EarlierTurn:
    query = stand_alone(question, lambda: before, SCENE)
    citation = Citation(1, ARTICLE, Span(0, 28), 1.0, speaker=speaker)
    answer = Answer(question, "1 sentence", "", one_by_one(citation))
    return EarlierTurn(query, lambda: Settled(query, answer), lambda: before)


def follow(question: str, before: EarlierTurn) -> Query:
    return stand_alone(question, lambda: before, SCENE)


@pytest.mark.parametrize(
    "remark",
    ["source?", "what's the source", "which article is that from", "where is that from?", "link?",
     "when was that published", "which paper was it in"],
)  # fmt: skip
def test_the_source_is_in_the_answer_before(remark: str) -> None:
    before = turn(SAID, "Una Lee")
    assert follow(remark, before) == before.query


@pytest.mark.parametrize("remark", ["when was that?", "when did she say that"])
def test_when_it_was_said_is_told_with_the_answer_before(remark: str) -> None:
    before = turn(SAID, "Una Lee")
    query = follow(remark, before)
    assert query == replace(before.query, asks_day=True)
    article = replace(ARTICLE, published="2026-05-18T09:30:00Z")
    citations = (Citation(n, article, Span(0, 28), 1.0) for n in (1, 2))
    told = Answer(remark, "2 sentences", "", one_by_one(*citations))
    assert (dated(query, told), dated(before.query, told)) == (" Published on 18 May 2026.", "")


@pytest.mark.parametrize("question", ["which article is on gas", "what is the date of the trial"])
def test_a_question_of_its_own_is_no_remark(question: str) -> None:
    assert follow(question, turn(SAID, "Una Lee")).asked is None


@pytest.mark.parametrize("remark", ["about what?", "what is that about", "what's the context?"])
def test_what_it_is_about_is_the_story(remark: str) -> None:
    query = follow(remark, turn(SAID, "Una Lee"))
    assert (query.extent, query.topic) == ("story", ARTICLE.title)


@pytest.mark.parametrize("remark", ["no, the other Lee", "the other lee?", "i meant the other Lee"])
def test_the_other_of_a_name_is_not_who_was_found(remark: str) -> None:
    query = follow(remark, turn(SAID, "Una Lee"))
    assert (query.kind, query.topic, query.without) == ("said", "the toll", "Una Lee")


@pytest.mark.parametrize("remark", ["no, i meant orr", "sorry i mean Orr", "not him, orr"])
def test_somebody_else_is_asked_on_the_same(remark: str) -> None:
    query = follow(remark, turn(SAID, "Una Lee"))
    assert (query.kind, (query.asked or "").lower(), query.topic) == ("said", "orr", "the toll")


def test_another_topic_is_asked_of_the_same() -> None:
    query = follow("no, i meant on gas", turn(SAID, "Una Lee"))
    assert (query.asked, query.topic) == ("lee", "gas")


@pytest.mark.parametrize("text", ["no smoking in pubs", "actually it rained", "not him"])
def test_what_takes_nothing_back_stays(text: str) -> None:
    assert taken_back(text) == text


def test_a_fact_is_asked_of_somebody_else() -> None:
    assert follow("and Orr?", turn("did Una Lee quit")).text == "did Orr quit"
    assert follow("no, i meant Orr", turn("when did Una Lee quit")).text == "when did Orr quit"


def test_who_did_it_is_not_who_suffered_it() -> None:
    before = turn("who was stabbed in Tarn")
    where = turn("where did that happen", before=before)
    assert where.read.text == "where was somebody stabbed in Tarn"
    for each in (before, where):
        assert follow("who did it?", each).text == "who stabbed somebody in Tarn"


def test_a_remark_is_no_talk() -> None:
    assert goes_on("source?")


def test_another_topic_is_added_to_what_the_talk_is_about() -> None:
    before = turn("who was stabbed in Tarn")
    after = turn("and the schools?", before=before)
    assert (after.read.text, after.topic) == ("the schools stabbed in Tarn", "stabbed in Tarn")


def test_days_are_kept_for_another_speaker_and_another_topic() -> None:
    before = turn("what did Una Lee say about the toll in May 2020", "Una Lee")
    for other in ("and about gas?", "and Orr?"):
        query = follow(other, before)
        assert (query.kind, query.dates and query.dates.text) == ("said", "in May 2020")
