"""Questions of every kind that reporters ask, put to a real archive of made-up articles."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.answer import Answer
from bot.answerer import Answerer
from bot.query.reading import ArchiveKnowledge
from bot.selecting.reading.reader import Reader
from index.archive.embedding.embedder import Embedder
from tests.stories import open_stories

TODAY = date(2024, 2, 1)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    archive = open_stories(tmp_path_factory.mktemp("stories"), embedder)
    with archive:
        yield Answerer(archive, embedder, Reader.load(), today=lambda: TODAY)


def cited(answer: Answer) -> list[str]:
    """The ids of the cited articles in reading order, each once."""
    shown = sorted(answer.citations, key=lambda c: c.number)
    return list(dict.fromkeys(citation.article.id for citation in shown))


def reason(answer: Answer) -> str | None:
    return answer.refusal.reason if answer.refusal else None


def speakers(answer: Answer) -> set[str | None]:
    return {citation.speaker for citation in answer.citations}


# --- dates


def test_a_month_is_a_range_of_days_and_no_topic(answerer: Answerer) -> None:
    answer = answerer.answer("what did Castel say about the harbour tax in november")
    assert cited(answer) == ["harbour-tax"]
    assert answer.days is not None
    assert answer.days.text == "November 2023"
    assert "November 2023" in answer.understood


@pytest.mark.parametrize(
    ("asked", "topic", "days"),
    [
        ("castel", "the harbour tax", ["2020-06-30", "2023-09-05", "2023-09-08", "2023-11-02"]),
        (None, "what happened to lund", ["2023-05-09"]),
        (None, "harbour tax", ["2020-06-30", "2023-11-02"]),
        (None, "a zebra", []),
    ],
)
def test_the_days_of_articles_on_a_question_are_those_of_whom_and_what_it_names(
    answerer: Answerer, asked: str | None, topic: str, days: list[str]
) -> None:
    known = ArchiveKnowledge(answerer.archive, answerer.directory(), TODAY)
    found = [day.isoformat() for day in known.days_on(asked, topic)]
    assert set(days) <= set(found)
    assert bool(found) == bool(days)


@pytest.mark.parametrize("question", ["what did Orton say", "list all quotes by Orton"])
def test_who_has_no_words_on_the_topic_of_the_talk_is_asked_for_his_own(
    answerer: Answerer, question: str
) -> None:
    answer = answerer.answer(question, ["what did Castel say about the harbour tax"])
    assert speakers(answer) == {"Dale Orton"}


def test_a_year_leaves_out_what_was_said_in_another(answerer: Answerer) -> None:
    assert cited(answerer.answer("castel on the harbour tax in 2020")) == ["old-tax"]
    assert cited(answerer.answer("castel on the harbour tax since 2021")) == ["harbour-tax"]


def test_nothing_from_those_days_is_said_so_with_the_nearest_day(answerer: Answerer) -> None:
    answer = answerer.answer("what did Castel say about the harbour tax in may 2022")
    assert reason(answer) == "not_then"
    assert "May 2022" in answer.message
    assert "2 November 2023" in answer.message


def test_figures_of_a_time_may_be_published_soon_after_it(answerer: Answerer) -> None:
    many = "how many crew members survived the cargo plane crash"
    answer = answerer.answer(f"{many} between 1 march and 30 april 2023")
    assert cited(answer) == ["crash-selby"]
    assert answer.message.endswith("Published soon after 1 March 2023 to 30 April 2023.")


def test_what_happened_in_a_month_is_what_its_articles_begin_with(answerer: Answerer) -> None:
    answer = answerer.answer("what happened in september")
    assert cited(answer) == ["zelda-two", "zelda-one"]
    assert answer.days is not None
    assert answer.days.text == "September 2023"


def test_last_month_counts_from_the_newest_article_and_says_so(answerer: Answerer) -> None:
    answer = answerer.answer("what happened last month")
    assert answer.days is not None
    assert answer.days.relative_to == date(2023, 11, 2)
    assert "2 November 2023" in answer.understood


def test_an_event_is_dated_by_the_article_that_tells_of_it(answerer: Answerer) -> None:
    answer = answerer.answer("what did Castel say since the hurricane zelda")
    assert answer.days is None or answer.days.since is not None
    since = answerer.answer("quotes by castel since the selby cargo plane crash")
    assert since.days is not None
    assert since.days.text == "since 8 May 2023"


def test_an_event_that_nobody_dates_is_said_to_be_undated(answerer: Answerer) -> None:
    answer = answerer.answer("what did Castel say since the royal wedding")
    assert answer.days is None
    assert "royal wedding" in answer.message


# --- how much, and in which order


def test_the_newest_comes_first(answerer: Answerer) -> None:
    assert cited(answerer.answer("latest on the harbour tax")) == ["harbour-tax", "old-tax"]
    assert cited(answerer.answer("what's new on hurricane zelda"))[0] == "zelda-two"
    assert cited(answerer.answer("the latest from castel on the harbour tax"))[0] == "harbour-tax"


def test_a_story_is_told_in_its_articles_order(answerer: Answerer) -> None:
    answer = answerer.answer("tell me about the plane crash in selby")
    assert answer.kind == "story"
    assert cited(answer) == ["crash-selby"]
    starts = [citation.span.start for citation in answer.citations]
    assert starts == sorted(starts)
    assert starts[0] == 0


def test_a_persons_story_is_no_namesakes(answerer: Answerer) -> None:
    assert not cited(answerer.answer("tell me about zelda marlow"))


def test_where_several_stories_fit_it_asks_which(answerer: Answerer) -> None:
    answer = answerer.answer("tell me about the plane crash")
    assert reason(answer) == "which_one"
    assert len(answer.options) == 2
    for option in answer.options:
        assert option.published
        assert answerer.answer(option.question).sentences


def test_a_bare_topic_that_nothing_answers_is_told_as_a_story(answerer: Answerer) -> None:
    assert cited(answerer.answer("selby cargo plane")) == ["crash-selby"]
    assert reason(answerer.answer("plane crash")) in (None, "which_one")


def test_articles_that_go_on_with_one_story_are_one(answerer: Answerer) -> None:
    answer = answerer.answer("tell me about hurricane zelda")
    assert set(cited(answer)) == {"zelda-one", "zelda-two"}


def test_a_story_of_which_an_article_has_nothing_but_a_name_is_refused(answerer: Answerer) -> None:
    assert reason(answerer.answer("tell me about ines castels childhood")) == "off_topic"


def test_a_story_in_other_words_is_that_of_the_article_that_answers_best(
    answerer: Answerer,
) -> None:
    answer = answerer.answer("tell me about the cargo jet accident in the storehouse")
    assert cited(answer) == ["crash-selby"]
    assert len(answer.citations) > 1
    assert not answer.is_sure


def test_a_person_is_introduced_by_what_the_articles_call_them(answerer: Answerer) -> None:
    answer = answerer.answer("who is Ines Castel")
    assert answer.kind == "person"
    assert "governor" in answer.citations[0].text
    assert answer.person == "Ines Castel"


def test_all_that_somebody_said_is_listed_and_nobody_elses(answerer: Answerer) -> None:
    answer = answerer.answer("list all quotes by Castel")
    assert cited(answer) == ["harbour-tax", "zelda-two", "zelda-one", "old-tax"]
    assert speakers(answer) == {"Ines Castel"}
    assert answer.person == "Ines Castel"


def test_all_quotes_on_a_topic_are_of_everybody(answerer: Answerer) -> None:
    answer = answerer.answer("all quotes about the harbour tax")
    assert {"Ines Castel", "Theo Brandt", "Lia Moss"} <= speakers(answer)


def test_where_something_was_said_is_not_what_it_was_about(answerer: Answerer) -> None:
    answer = answerer.answer("what did Lund say inside the warehouse")
    assert speakers(answer) == {"Petra Lund"}
    assert not answer.is_sure
    elsewhere = answerer.answer("what did Lund say inside parliament")
    assert not elsewhere.is_sure  # her only words, which may be those that are meant


# --- several, and side by side


def test_those_who_are_compared_have_a_section_each(answerer: Answerer) -> None:
    answer = answerer.answer("compare what Castel and Brandt said about the harbour tax")
    assert [section.heading for section in answer.sections] == ["Ines Castel", "Theo Brandt"]
    for section, blocks in answer.groups:
        assert section is not None
        assert {c.speaker for block in blocks for c in block.citations} == {section.heading}
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))


def test_who_is_silent_is_refused_beside_the_other(answerer: Answerer) -> None:
    answer = answerer.answer("do Castel and Orton agree on the harbour tax")
    castel, orton = answer.sections
    assert castel.n_blocks
    assert (orton.n_blocks, orton.reason) == (0, "speaker_silent")
    assert answer.refusal is None


def test_two_questions_are_both_answered_the_second_after_the_first(answerer: Answerer) -> None:
    answer = answerer.answer("how many people died on marro? what did the governor say")
    (_, first), (_, second) = answer.groups
    assert "31 people dead" in first[0].citations[0].text
    assert "Ines Castel" in {c.speaker for block in second for c in block.citations}


# --- who


def test_nobody_is_answered_with_the_words_of_the_one_who_was_criticised(
    answerer: Answerer,
) -> None:
    answer = answerer.answer("who criticised Castel?")
    assert "Ines Castel" not in speakers(answer)


def test_a_group_is_everybody_with_such_a_role(answerer: Answerer) -> None:
    answer = answerer.answer("republicans on the harbour tax")
    assert speakers(answer) <= {"Lia Moss", "Gus Hale"}
    assert answer.sentences


def test_a_person_whom_the_archive_lacks_is_never_answered_with_another(
    answerer: Answerer,
) -> None:
    for question in (
        "what did Olga Castel say about the harbour tax",
        "what did Bernie Sanders say about the harbour tax",
        "what did the president of France say about the harbour tax",
    ):
        answer = answerer.answer(question)
        assert reason(answer) == "unknown_speaker", question
    assert [o.label for o in answerer.answer("what did Olga Castel say").options] == ["Ines Castel"]


def test_a_name_with_one_letter_wrong_is_taken_and_said_so(answerer: Answerer) -> None:
    for question in ("what did castell say about the harbour tax", "theo brant on the harbour tax"):
        answer = answerer.answer(question)
        assert answer.sentences
        assert answer.corrections


# --- no question for the articles


def test_typing_errors_are_put_right_and_can_be_taken_back(answerer: Answerer) -> None:
    answer = answerer.answer("waht is new on huricane zelda")
    assert [c.meant for c in answer.corrections] == ["what", "hurricane"]
    assert cited(answer)[0] == "zelda-two"
    back = answer.parts[-1]
    assert back.role == "spelling"
    assert back.without is not None
    assert "“huricane”" in back.without


def test_another_language_is_answered_in_it(answerer: Answerer) -> None:
    answer = answerer.answer("¿qué dijo Castel sobre el huracán?")
    assert reason(answer) == "other_language"
    assert "inglés" in answer.message


def test_talk_is_answered_with_what_can_be_asked(answerer: Answerer) -> None:
    answer = answerer.answer("hello, what can you do?")
    assert reason(answer) == "talk"
    assert answer.refusal is not None
    assert answer.refusal.suggestions
    assert all(answerer.answer(each).sentences for each in answer.refusal.suggestions)


def test_what_is_like_talk_asks_on_after_an_answer(answerer: Answerer) -> None:
    assert reason(answerer.answer("anyone else?")) == "talk"
    after = ["what did Castel say about the harbour tax"]
    assert reason(answerer.answer("anyone else?", after)) != "talk"
    assert reason(answerer.answer("thanks, that helps", after)) == "talk"


# --- in a conversation


def test_a_follow_up_stays_with_the_event_that_was_chosen(answerer: Answerer) -> None:
    history = ["tell me about the plane crash"]
    one = answerer.answer("the one in Arden", history)
    assert cited(one) == ["crash-arden"]
    history.append("the one in Arden")
    assert cited(answerer.answer("who is investigating?", history)) == ["crash-arden"]
    assert speakers(answerer.answer("what did the sheriff say?", history)) == {"Dale Orton"}
    cause = answerer.answer("what did the investigators blame?", history)
    assert "crash-selby" not in cited(cause)


def test_a_question_with_its_own_person_and_topic_takes_nothing(answerer: Answerer) -> None:
    history = ["tell me about the plane crash in selby"]
    question = "what did Brandt say about the harbour tax"
    assert cited(answerer.answer(question, history)) == cited(answerer.answer(question))


def test_nobody_is_named_by_a_pronoun_that_stands_for_nobody(answerer: Answerer) -> None:
    for question in ("what did she say about the harbour tax", "what did his mother say"):
        answer = answerer.answer(question)
        assert reason(answer) == "unclear"


def test_they_are_compared_whom_the_turns_before_were_about(answerer: Answerer) -> None:
    history = ["what did Castel say about the harbour tax", "and Brandt?"]
    answer = answerer.answer("do they agree?", history)
    assert [section.heading for section in answer.sections] == ["Ines Castel", "Theo Brandt"]
