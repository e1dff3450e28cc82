"""What a question wants to know, and who can tell."""

import pytest

from bot.query.grammar.question import understand
from bot.selecting.choosing.answer_types import AnswerType, Expected, expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people died?", "number"),
        ("by how many votes did it fail", "number"),
        ("what percentage voted", "number"),
        ("how often does it meet", "frequency"),
        ("When did she resign?", "time"),
        ("in what year was it built", "time"),
        ("where was he stabbed", "name"),
        ("Who won the prize?", "name"),
        ("by whom was it built", "name"),
        ("what was he accused of", None),
        ("why did it fall", None),
        ("the man who fell", None),
        ("who took over from Lee", "successor"),
        ("who is Lee's successor", "successor"),
        ("who was Lee replaced by", "successor"),
        ("who is to succeed Lee", "successor"),
        ("who took over (lee resign)", "successor"),  # in a talk
        ("who succeeded in it", "name"),
        ("who took over the firm", "name"),
        ("who did Lee replace", "predecessor"),
        ("who was Lee's predecessor", "predecessor"),
        ("", None),
    ],
)
def test_a_question_tells_what_it_wants(question: str, kind: AnswerType | None) -> None:
    assert expected(understand(question)).kind == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "question", "has"),
    [
        ("Phivolcs recorded 611 aftershocks.", "number", "how many aftershocks", True),
        ("There were ten passengers aboard.", "number", "how many were aboard", True),
        ("Nobody knows.", "number", "how many were aboard", False),
        ("It is given twice a year.", "frequency", "how often is it given", True),
        ("They meet every two weeks.", "frequency", "how often do they meet", True),
        ("It begins within a month.", "frequency", "how often is it given", False),
        ("They go 27 miles.", "number", "for how long do they go", False),
        ("They go for 27 months.", "number", "for how long do they go", True),
        ("The pier is 27 metres long.", "number", "how long is the pier", True),
        ("They sold 27 kilns.", "number", "for how much did they sell it", False),
        ("They have 27 tickets.", "number", "how much do tickets cost", False),
        ("They sold it for £27 million.", "number", "for how much did they sell it", True),
        ("It begins soon, says The Times.", "frequency", "how often is it given", False),
        ("It was given three times.", "frequency", "how often was it given", True),
        ("He entered it on 2 October.", "time", "when did he enter", True),
        ("It fell on Friday.", "time", "when did it fall", True),
        ("It fell and rose.", "time", "when did it fall", False),
        ("He was stabbed in Pandeglang.", "name", "where was Wiranto stabbed", True),
        ("The attack on Wiranto failed.", "name", "where was Wiranto stabbed", False),
        ("Nobody saw it.", "name", "who saw it", False),
    ],
)
def test_a_sentence_has_such_an_answer_or_not(
    sentence: str, kind: AnswerType, question: str, has: bool
) -> None:
    assert Expected(question, kind).offered_by(sentence) is has


@pytest.mark.parametrize(
    ("question", "of_it", "of_another"),
    [
        (
            "how much will fuel duty go up",
            "The increase of four pence a litre takes effect on April 1.",
            "It is expected to bring in 2.1 billion pounds a year.",
        ),
        (
            "how much is the government paying",
            "Brannock stays after the government agreed to put £250 million towards a furnace.",
            "Her pay-off is £1.1 million.",
        ),
        (
            "how much is Brannock paying",
            "Brannock will add £170 million of its own.",
            "Brannock stays after the state agreed to put £250 million towards a furnace.",
        ),
        (
            "how many people died in the blast",
            "A boss of the plant where nine people were killed was jailed on Monday.",
            "The company was ordered to pay £40,000.",
        ),
        ("how old is Alan Hurst", "Alan Hurst, 53, pleaded guilty.", "He lost 14 pounds."),
    ],
)
def test_an_amount_is_of_what_is_asked_for(question: str, of_it: str, of_another: str) -> None:
    wanted = expected(understand(question))
    assert [wanted.offered_by(sentence) for sentence in (of_it, of_another)] == [True, False]


def test_somebodys_words_are_of_no_type() -> None:
    assert expected(understand("what did Lee say on how many there are")).kind is None


@pytest.mark.parametrize(
    ("question", "sentence", "has"),
    [
        ("who replaced Lee", "Lee has parted company with Dell.", False),
        ("who replaced Lee", "Tom Oak, his assistant, steps up.", True),
        ("who replaced Lee", "It says that Tom Oak is the new finance minister.", True),
        ("who replaced Lee", "The board appointed Tom Oak as chief.", True),
        ("who replaced Lee", "She is replaced as chief executive by Tom Oak.", True),
        ("who replaced Lee", "Her successor, Tom Oak, has run it since May.", True),
        ("who replaced Lee", "Lee, who succeeded Tom Oak in 2009, left.", False),
        ("who replaced Lee", "Tom Oak had replaced Justice Bo Reed.", False),
        ("who took over", "Tom Oak will take over from Bo Reed.", True),
        ("who replaced Orr", "She is replaced by Tom Oak.", False),
        ("who did Lee replace", "Lee, who succeeded Tom Oak in 2009, left.", True),
        ("who did Lee replace", "Her successor, Tom Oak, has run it since May.", False),
    ],
)
def test_who_comes_after_whom_is_told(question: str, sentence: str, has: bool) -> None:
    assert expected(understand(question)).offered_by(sentence, {"lee", "oak"}) is has
