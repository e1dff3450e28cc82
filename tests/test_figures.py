"""How the numbers and dates of a draft stand to what is cited."""

from datetime import date

import pytest

from bot.comparing.figures import read_figures

DAY = date(2019, 1, 5)


def standings(draft: str, cited: str) -> list[str]:
    return [figure.standing for figure in read_figures(draft, cited, DAY)]


@pytest.mark.parametrize(
    ("draft", "cited"),
    [
        ("Twenty-six were hurt.", "26 people were hurt."),
        ("It cost 3.5 million dollars.", "It cost $3.5 million."),
        ("It fell on 4 January.", "It fell on Friday."),
        ("One in five failed.", "One in five of them failed."),
        ("Both men left.", "The two men left."),
        ("Two sank, one with oil and one with grain.", "Two sank, one full of oil."),
        ("Four died and four were hurt.", "Four of the crew died, four were hurt."),
        ("It opened in the 1960s.", "It opened in the late '60s."),
        ("It opened at noon.", "It opened at mid-day."),
        ("Thirty of every hundred failed.", "Of them 30% failed."),
    ],
)
def test_the_same_in_another_form_is_the_same(draft: str, cited: str) -> None:
    assert set(standings(draft, cited)) <= {"same"}


@pytest.mark.parametrize(
    ("draft", "cited"),
    [
        ("Nearly fifty horses are ill.", "The number of horses that are ill is 47."),
        ("More than half of the 171 died.", "It infected 171 people and killed 93."),
        ("The bill passed by five votes.", "The bill passed with 220 votes to 215."),
        ("He was in five countries.", "He was in Peru, Chile, Cuba, Haiti and Brazil."),
        ("Thousands of jobs will go.", "The company plans to cut 4,000 jobs."),
        ("It fell on 20 July 1969.", "It set out on 16 July 1969 and fell on July 20."),
        ("It is dated 5 January 2019.", "The call took place this week."),
        ("Nearly 300 more came than last year.", "This year 1,287 came, last year 995."),
        ("More than 80 of them work there.", "Over half of the firm's 160 people work there."),
        ("Four towns were flooded.", "In May Elm, Ash, Oak and Fir were flooded."),
        ("She saw three towns.", "She saw Elm, Kent; Ash, Devon; and Oak, Essex."),
        ("He led it for twelve years.", "He led it from 2006 until this week."),
        ("It opens eight months later.", "It opens in September 2019."),
    ],
)
def test_what_may_follow_from_others_is_derived(draft: str, cited: str) -> None:
    assert "derived" in standings(draft, cited)
    assert "unknown" not in standings(draft, cited)


@pytest.mark.parametrize(
    ("draft", "cited"),
    [
        ("38 were hurt.", "26 people were hurt."),
        ("It cost $35 million.", "It cost $3.5 million."),
        ("It cost €3.5 million.", "It cost $3.5 million."),
        ("It fell on 3 January.", "It fell on Friday."),
        ("About 70 horses are ill.", "The number of horses that are ill is 47."),
        ("It happened in 2017.", "It happened in 2016."),
        ("Four died and four were hurt.", "Four of the crew died, nine were hurt."),
        ("He led it for 25 years.", "He led it from 2006 until this week."),
        ("It opens five months later.", "It opens in September 2019."),
        ("Nearly 400 more came than last year.", "This year 1,287 came, last year 995."),
    ],
)
def test_what_is_not_there_is_unknown(draft: str, cited: str) -> None:
    assert "unknown" in standings(draft, cited)


def test_figures_come_in_order_with_their_places() -> None:
    draft = "On Friday 26 of 54 fell."
    figures = read_figures(draft, "26 of the 54 fell on Friday.", DAY)
    assert [draft[f.start : f.end] for f in figures] == ["Friday", "26", "54"]
