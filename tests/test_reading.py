"""Questions as they are typed, read with the names of an archive."""

import pytest

from bot.query.people.directory import Directory
from bot.query.reading import in_full, parted, with_apostrophes
from index.attribution.people.identities import context_words
from index.schema import Person

DIRECTORY = Directory.gathered(
    [("a1", Person("Ines Warholm")), ("a1", Person("Bo Adams")), ("a1", Person("Ann Price"))], {}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("warholms winning time", "warholm's winning time"),
        ("what was Warholms time in Doha", "what was Warholm's time in Doha"),
        ("the warholms were there", "the warholms were there"),
        ("warholms and the others", "warholms and the others"),
        ("adams plan", "adams plan"),
        ("how does aunt price see it", "how does aunt price see it"),
        ("oil prices rise", "oil prices rise"),
        ("nobodys business", "nobody's business"),
        ("who is ann prices brother", "who is ann price's brother"),
        ("the familys house and the ferrys crew", "the family's house and the ferry's crew"),
    ],
)
def test_an_apostrophe_that_was_left_out_is_put_in(typed: str, meant: str) -> None:
    assert with_apostrophes(typed, DIRECTORY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ines warholm why did she stop", "ines warholm, why did she stop"),
        ("warholm what is wrong with the track", "warholm: what is wrong with the track"),
        ("bo adams is he hurt", "bo adams, is he hurt"),
        ("warholm how many races are left", "warholm how many races are left"),
        ("the man who did it", "the man who did it"),
        ("track crew why do they take long", "track crew, why do they take long"),
        ("track repairs what do people say", "track repairs what do people say"),
        ("what did warholm say", "what did warholm say"),
    ],
)
def test_a_person_whom_a_question_begins_with_is_parted_from_it(typed: str, meant: str) -> None:
    assert parted(typed, DIRECTORY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("did scomo quit", "did scott morrison quit"),
        ("the greek freak on cali", "the greek freak on california"),
        ("the mayor of kiev", "the mayor of kiev"),  # either spelling is known
        ("scomo's plan", "scomo's plan"),  # of whom "scomo" is known when he is looked up
        ("did jlo sing", "did jlo sing"),
        ("did bill pay", "did bill pay"),
    ],
)
def test_a_nickname_is_written_as_the_articles_have_the_name(typed: str, meant: str) -> None:
    there = {
        "a1": context_words(
            "Scott Morrison was in California, not Kyiv. William Orr sang, and so did JLo."
        )
    }
    people = [("a1", Person("Scott Morrison")), ("a1", Person("William Orr"))]
    assert in_full(typed, Directory.gathered(people, there)) == meant


@pytest.mark.parametrize("question", ["and who would she choose", "so when was it signed"])
def test_what_only_leads_up_to_a_question_is_nobody_named_first(question: str) -> None:
    directory = Directory.gathered([("a1", Person("Ann Lee"))], {})
    assert parted(question, directory) == question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("did the who warn of flu", "did the Wide Harbour Office warn of flu"),
        ("the WHO's view", "the Wide Harbour Office's view"),
        ("the latest from WHO on flu", "the latest from the Wide Harbour Office on flu"),
        ("WHO said the flu is over", "WHO said the flu is over"),
        ("WHO on flu", "the Wide Harbour Office on flu"),
        ("WHO: is it flu", "the Wide Harbour Office: is it flu"),
        ("what did the who boss say on flu", "what did the W.H.O. boss say on flu"),
        ("the head of the WHO on flu", "the head of the W.H.O. on flu"),
        ("who advice on flu", "the Wide Harbour Office advice on flu"),
        ("who chief on flu", "the W.H.O. chief on flu"),
        ("who on the board has flu", "who on the board has flu"),
        ("a list of the who's who of flu", "a list of the who's who of flu"),
        ("the people who said so", "the people who said so"),
        ("WHAT DID LEE SAY WHO KNOWS IT", "WHAT DID LEE SAY WHO KNOWS IT"),
    ],
)
def test_a_body_that_is_called_like_a_question_word_is_written_out(typed: str, meant: str) -> None:
    body = Person("Wide Harbour Office", (), "body")
    assert in_full(typed, Directory.gathered([("a1", body)], {})) == meant
    assert in_full(typed, DIRECTORY) == typed
