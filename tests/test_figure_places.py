"""Figures of a draft in each other's place."""

import pytest

from bot.drafting.checking.figure_places import moved_figures

CITED = "The fire killed four sailors and injured nine others, and 27 of the 54 boats sank."


@pytest.mark.parametrize(
    ("draft", "moved"),
    [
        ("Four sailors were killed and nine others injured.", ()),
        ("The fire killed 4 sailors and injured 9 others.", ()),
        ("27 of the 54 boats sank.", ()),
        ("Nine sailors died and four others were injured.", ("Nine", "four")),
        ("The fire injured four others and killed nine sailors.", ("nine",)),
        ("The fire killed four sailors and injured four others.", ("four",)),
        ("A hundred sailors left.", ()),  # not there at all: not for this check
    ],
)
def test_a_figure_in_another_ones_place_is_told(draft: str, moved: tuple[str, ...]) -> None:
    assert set(moved_figures(draft, CITED, None)) == set(moved)


@pytest.mark.parametrize(
    "draft",
    ["Two boats sank, one with oil and one with grain.", "Two boats sank; one of them had oil."],
)
def test_one_of_several_counts_nothing(draft: str) -> None:
    assert moved_figures(draft, "Two boats sank, one full of oil, the other of grain.", None) == ()
