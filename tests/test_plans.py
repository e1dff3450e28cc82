"""What is still to come, and what became of it."""

import pytest

from bot.selecting.choosing.plans import becomes_of, events, may_be_of_same, tells_anew

CLOSES = "Halden Ceramics will close its plant at Osterby in September, the company said on Monday."
SENTENCED = "The officer, Philip Garside, 47, has pleaded guilty and will be sentenced later."


@pytest.mark.parametrize(
    ("plan", "told", "is_moved", "is_so"),
    [
        (CLOSES, "The Halden plant will stay open until December.", True, True),
        (CLOSES, "The Halden plant will stay open until December.", False, False),
        (CLOSES, "Halden closed the plant on Friday.", False, True),
        (CLOSES, "Workers will return to the Halden plant on Tuesday.", True, False),
        (CLOSES, "The council closed the library on Friday.", True, False),
        (SENTENCED, "Philip Garside was sentenced to three years.", False, True),
        (SENTENCED, "Dennis Corrigan was sentenced to six years.", False, False),
        ("Ida Voss said that she would not resign.", "Ida Voss resigned.", False, True),
        ("Ida Voss said that she would not resign.", "Olaf Dahl resigned.", False, False),
        ("Philip Garside was sentenced.", "Philip Garside was sentenced to a year.", True, False),
    ],
)
def test_what_became_of_a_plan_is_told_or_not(
    plan: str, told: str, is_moved: bool, is_so: bool
) -> None:
    assert becomes_of(events(plan), events(told), is_moved=is_moved) == is_so


@pytest.mark.parametrize(
    ("other", "may_be"),
    [
        ("People close to the company said that it did not want a rival.", False),
        ("The plant has closed.", True),
        ("It has closed.", True),
    ],
)
def test_a_newer_sentence_may_be_of_the_same_or_is_of_another(other: str, may_be: bool) -> None:
    assert may_be_of_same("The group will close its plant in September.", other) == may_be


@pytest.mark.parametrize(
    ("sentence", "is_so"),
    [
        ("Rescuers found three bodies on Friday, bringing the death toll to five.", True),
        ("The number of injured was revised to 44.", True),
        ("The council cut the fine to 200 dollars.", True),
        ("Five people died.", False),
        ("He drove to 10 Downing Street.", False),
        ("They rose to their feet.", False),
    ],
)
def test_a_number_that_takes_the_place_of_another_is_known(sentence: str, is_so: bool) -> None:
    assert tells_anew(sentence) == is_so
