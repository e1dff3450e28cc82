"""The days that a question asks for, out of its words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.date_range import Calendar, DateRange
from bot.query.grammar.dates import take_dates

# Articles of two years; the newest is long past on the day of the question.
DAYS = ("2020-11-02", "2021-03-14", "2021-06-05", "2021-09-20", "2021-12-28", None, "nonsense")
OLD = Calendar.of(DAYS, date(2024, 5, 1))
LIVE = Calendar.of((*DAYS, "2024-04-24", "2024-04-30"), date(2024, 5, 1))


LAST_WEEK = "20 December 2021 to 26 December 2021"


def days(question: str, calendar: Calendar = OLD) -> tuple[str, str]:
    """What is left of a question, and its days."""
    phrase, rest = take_dates(question)
    return rest, phrase.resolve(calendar).text if phrase else ""


@pytest.mark.parametrize(
    ("question", "rest", "text"),
    [
        ("what did lee say in september", "what did lee say", "September 2021"),
        ("what did lee say on Sept. 20, 2021", "what did lee say", "20 September 2021"),
        ("lee on tax in 5 jun. 2021", "lee on tax", "5 June 2021"),
        ("lee on tax 2020-2021", "lee on tax", "1 January 2020 to 31 December 2021"),
        ("lee on tax prior to june 2021", "lee on tax", "until 31 May 2021"),
        ("lee on tax following june 24, 2021", "lee on tax", "since 25 June 2021"),
        ("lee on tax pre-2021", "lee on tax", "until 31 December 2020"),
        ("lee on tax no earlier than june 1", "lee on tax", "since 1 June 2021"),
        ("lee on tax june 2021 onwards", "lee on tax", "since 1 June 2021"),
        ("lee on tax june 2021 or earlier", "lee on tax", "until 30 June 2021"),
        ("rations ahead of the june 2021 storm", "rations ahead of the june 2021 storm", ""),
        ("lee on tax 24/08/21", "lee on tax", "24 August 2021"),
        ("lee on tax 8/24", "lee on tax", "24 August 2021"),
        ("lee on tax 24.8.2021", "lee on tax", "24 August 2021"),
        ("lee on tax 24-08-2021", "lee on tax", "24 August 2021"),
        ("shops open 24/7", "shops open 24/7", ""),
        ("1/3 of voters", "1/3 of voters", ""),
        ("tributes after 7/7", "tributes after 7/7", ""),
        ("lee on the 0th", "lee on the 0th", ""),
        ("lee after 31/12/9999", "lee after 31/12/9999", ""),
        ("$1.5.20 tax", "$1.5.20 tax", ""),
        ("gas in '98", "gas", "1998"),
        ("lee on gas on 15/7/98", "lee on gas", "15 July 1998"),
        ("lee on gas 24 aug 98", "lee on gas", "24 August 1998"),
        ("what did lee tell the post last week", "what did lee tell the post", LAST_WEEK),
        ("what did lee post in june 2021", "what did lee post", "June 2021"),
        ("whom was lee following in june 2021", "whom was lee following", "June 2021"),
        ("lee on gas before june 2021 and after", "lee on gas and after", "until 31 May 2021"),
        ("the second march for peace", "the second march for peace", ""),
        ("the 3-2-1 rule", "the 3-2-1 rule", ""),
        ("lee on tax 24 aug 20", "lee on tax", "24 August 2020"),
        (
            "what did lee say on 24 aug 22 people died",
            "what did lee say on 24 aug 22 people died",
            "",
        ),
        ("lee on tax on 1-15 july", "lee on tax", "1 July 2021 to 15 July 2021"),
        ("lee on tax wed, 24 aug 2021", "lee on tax", "24 August 2021"),
        ("lee on tax july fourth", "lee on tax", "4 July 2021"),
        ("lee on tax on the fourth of july", "lee on tax", "4 July 2021"),
        ("lee on tax in '20", "lee on tax", "2020"),
        ("tax in h1 2021", "tax", "1 January 2021 to 30 June 2021"),
        ("what did lee say on wed about tax", "what did lee say about tax", "22 December 2021"),
        ("lee on tax last thurs", "lee on tax", "23 December 2021"),
        ("lee on the sun", "lee on the sun", ""),
        ("why he sat", "why he sat", ""),
        ("lee on tax two weeks back", "lee on tax", "13 December 2021 to 19 December 2021"),
        ("lee on tax a fortnight ago", "lee on tax", "13 December 2021 to 19 December 2021"),
        ("lee on tax the other day", "lee on tax", "22 December 2021 to 28 December 2021"),
        ("what did lee say on the 20th", "what did lee say", "20 September 2021"),
        ("lee on tax since the 5th", "lee on tax", "since 5 June 2021"),
        ("what did lee say about the 20th", "what did lee say about the 20th", ""),
        ("lee on the 20th century", "lee on the 20th century", ""),
        ("what did lee say next tuesday", "what did lee say next tuesday", ""),
        (
            "what did lee say july 20, 21 and 22",
            "what did lee say",
            "20 July 2021 to 22 July 2021",
        ),
        ("lee on tax on july 20 and 21, 2020", "lee on tax", "20 July 2020 to 21 July 2020"),
        ("lee on tax on july 20, 2020", "lee on tax", "20 July 2020"),
        ("lee on tax yesterday morning", "lee on tax", "27 December 2021"),
        ("what did lee say tuesday night", "what did lee say", "28 December 2021"),
        ("lee on tax on 5 june in the evening", "lee on tax in the evening", "5 June 2021"),
        ("lee on tax on 5 june evening", "lee on tax", "5 June 2021"),
        ("what happened last night", "what happened", "27 December 2021"),
        (
            "what did lee say over the weekend on tax",
            "what did lee say on tax",
            "25 December 2021 to 26 December 2021",
        ),
        ("weekend tax", "weekend tax", ""),
        (
            "lee on tax in the last 24 hours",
            "lee on tax",
            "27 December 2021 to 28 December 2021",
        ),
        (
            "lee on tax over the past weekend",
            "lee on tax",
            "25 December 2021 to 26 December 2021",
        ),
        ("lee on tax two weekends ago", "lee on tax", "18 December 2021 to 19 December 2021"),
        ("the 2019-2020 budget", "the 2019-2020 budget", ""),
        ("tax 2018–2020 row", "tax 2018–2020 row", ""),
        ("tax last quarter", "tax", "1 July 2021 to 30 September 2021"),
        ("lee on tax earlier this month", "lee on tax", "December 2021"),
        ("what lee said earlier on tax", "what lee said earlier on tax", ""),
        ("yesterday's statement by lee", "statement by lee", "27 December 2021"),
        ("yesterday's vote", "yesterday's vote", ""),
        ("dec. 28 vote", "dec. 28 vote", ""),
        ("what did lee say about 5 june", "what did lee say about 5 june", ""),
        ("what did lee say about sunday", "what did lee say about sunday", ""),
        ("what did lee say about 2020 in 2021", "what did lee say about 2020", "2021"),
        ("lee about last winter", "lee about", "1 December 2021 to 28 February 2022"),
        ("in march what did lee say on tax", "what did lee say on tax", "March 2021"),
        ("what did lee say about tax in march 2019", "what did lee say about tax", "March 2019"),
        ("lee on tax, 2020", "lee on tax", "2020"),
        ("lee on tax since june", "lee on tax", "since 1 June 2021"),
        ("lee on tax before 2021-06-01", "lee on tax", "until 31 May 2021"),
        ("what did lee say after 5 june 2021", "what did lee say", "since 6 June 2021"),
        ("quotes on tax until the 5th of june", "quotes on tax", "until 5 June 2021"),
        ("tax between may and july 2021", "tax", "1 May 2021 to 31 July 2021"),
        ("tax from november to february", "tax", "1 November 2020 to 28 February 2021"),
        ("tax on September 20th, 2021", "tax", "20 September 2021"),
        ("tax in early september", "tax", "1 September 2021 to 10 September 2021"),
        ("tax in the summer of 2021", "tax", "1 June 2021 to 31 August 2021"),
        ("tax last winter", "tax", "1 December 2021 to 28 February 2022"),
        ("tax in the 2010s", "tax", "1 January 2010 to 31 December 2019"),
        ("tax up to december 9 2020", "tax", "until 9 December 2020"),
        ("tax between 1 and 5 september", "tax", "1 September 2021 to 5 September 2021"),
        ("tax in the first week of september", "tax", "1 September 2021 to 7 September 2021"),
        ("tax at the end of march 2021", "tax", "21 March 2021 to 31 March 2021"),
        ("tax in the first half of 2021", "tax", "1 January 2021 to 30 June 2021"),
        ("tax in q4 2021", "tax", "1 October 2021 to 31 December 2021"),
        ("tax towards the end of 2021", "tax", "1 September 2021 to 31 December 2021"),
        ("tax early 2021", "tax", "1 January 2021 to 30 April 2021"),
        ("tax in the last days of june 2021", "tax", "24 June 2021 to 30 June 2021"),
        ("tax in the week of 28 june 2021", "tax", "28 June 2021 to 4 July 2021"),
        ("tax on the weekend of june 5, 2021", "tax", "5 June 2021 to 6 June 2021"),
        ("tax in may and june 2021", "tax", "1 May 2021 to 30 June 2021"),
        ("tax in may or june", "tax", "1 May 2021 to 30 June 2021"),
        ("lee back in 2019 on tax", "lee on tax", "2019"),
        ("lee on tax (june 2021)", "lee on tax", "June 2021"),
        ("june 2021: lee on tax", "lee on tax", "June 2021"),
        ("june 2021 lee on tax", "lee on tax", "June 2021"),
        ("lee on tax, june '21", "lee on tax", "June 2021"),
        ("lee on tax, 15/06/2021", "lee on tax", "15 June 2021"),
        ("lee on tax on 06/15/2021", "lee on tax", "15 June 2021"),
        ("lee on tax as of june 2021", "lee on tax", "until 30 June 2021"),
        ("lee's june statement on tax", "lee's statement on tax", "June 2021"),
        ("what did lee say in his june 8 speech", "what did lee say in his speech", "8 June 2021"),
        ("tax during the summer", "tax", "1 June 2021 to 31 August 2021"),
        ("tax since the spring", "tax", "since 1 March 2021"),
    ],
)
def test_dates_are_taken_out_of_a_question(question: str, rest: str, text: str) -> None:
    assert days(question) == (rest, text)


@pytest.mark.parametrize(
    "question",
    [
        "who spoke at the protest march",
        "the fall of the wall",
        "plans for the summer",
        "the summer olympics",
        "between 1 and 5 people",
        "the march for science",
        "may the owners move their horses",
        "what did may say about the deal",
        "quotes by may on the deal",
        "was lee at mar a lago on the day",
        "who was in mar-a-lago",
        "who won the 2021 election",
        "what does march 30 stand for",
        "the “party of 2020” on tax",
        "how many died in the january 2020 quake",
        "the end of the tax",
        "tax (see june) and gas",
        "the ferry (2025) & co",
        "lee on 5/6/2021",  # which is the month?
        "lee on 45/45/2021",
        "30 people",
        "",
    ],
)
def test_what_is_no_date_by_its_grammar_stays(question: str) -> None:
    assert take_dates(question) == (None, question)


def test_a_month_is_the_latest_that_the_archive_has() -> None:
    assert days("lee in november")[1] == "November 2020"
    assert days("lee in november", LIVE)[1] == "November 2020"
    # There is none of August: the latest before the newest article.
    assert days("lee in august")[1] == "August 2021"
    assert days("lee in april", LIVE)[1] == "April 2024"


@pytest.mark.parametrize(
    ("question", "live", "old"),
    [
        ("lee yesterday", "30 April 2024", "27 December 2021"),
        ("lee last week", "22 April 2024 to 28 April 2024", "20 December 2021 to 26 December 2021"),
        ("lee this month", "December 2021", "December 2021"),
        ("lee last month", "April 2024", "November 2021"),
        (
            "lee in the last three days",
            "29 April 2024 to 1 May 2024",
            "26 December 2021 to 28 December 2021",
        ),
        (
            "lee over the past week",
            "25 April 2024 to 1 May 2024",
            "22 December 2021 to 28 December 2021",
        ),
        ("lee a couple of days ago", "26 December 2021", "26 December 2021"),
        (
            "lee one week ago",
            "22 April 2024 to 28 April 2024",
            "20 December 2021 to 26 December 2021",
        ),
        ("lee on tuesday", "30 April 2024", "28 December 2021"),
    ],
)  # fmt: skip
def test_what_is_relative_counts_from_today_or_else_from_the_newest_article(
    question: str, live: str, old: str
) -> None:
    def seen(calendar: Calendar) -> str:
        # Of the last months alone, so that "this month" has nothing of today's.
        return days(question, calendar)[1]

    assert seen(OLD) == old
    if question != "lee this month":
        assert seen(LIVE) == live or "days ago" in question


def test_the_day_that_it_is_counted_from_is_told_where_it_is_not_today() -> None:
    phrase, _ = take_dates("what happened last week")
    assert phrase is not None
    assert phrase.resolve(OLD).relative_to == date(2021, 12, 28)
    assert phrase.resolve(LIVE).relative_to is None


@pytest.mark.parametrize(
    ("question", "event", "rest"),
    [
        ("anything on tax since the election", "election", "anything on tax"),
        ("what did lee say before the g20 summit", "g20 summit", "what did lee say"),
        ("what did the mayor do after the fire", "fire", "what did the mayor do"),
    ],
)
def test_an_event_is_named_for_an_article_to_date_it(question: str, event: str, rest: str) -> None:
    phrase, left = take_dates(question)
    assert phrase is not None
    assert (phrase.event, left) == (event, rest)
    day = date(2021, 6, 5)
    assert phrase.resolve(OLD, (day, day)).text in (
        "since 5 June 2021",
        "until 4 June 2021",
        "since 6 June 2021",
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what did lee say two days after the vote", "5 June 2021 to 7 June 2021"),
        ("what did lee say a week before the vote", "29 May 2021 to 4 June 2021"),
    ],
)
def test_days_are_counted_from_an_event(question: str, text: str) -> None:
    phrase, left = take_dates(question)
    assert phrase is not None
    day = date(2021, 6, 5)
    assert (left, phrase.resolve(OLD, (day, day)).text) == ("what did lee say", text)


@pytest.mark.parametrize(
    "text",
    ["September 2021", "2021", "5 June 2021", "1 May 2021 to 31 July 2021", "since 3 May 2020"],
)
def test_what_is_shown_is_read_back_as_the_same_days(text: str) -> None:
    led = text if text.startswith("since") else f"from {text}"
    assert days(f"what did lee say {led}")[1] == text


def test_the_nearest_day_with_an_article_is_found_on_either_side() -> None:
    may, ever = DateRange(date(2021, 5, 1), date(2021, 5, 31)), DateRange(date(2022, 1, 5), None)
    assert OLD.nearest(may) == date(2021, 6, 5)
    assert OLD.nearest(ever) == date(2021, 12, 28)
    assert Calendar.of((), date(2024, 5, 1)).nearest(may) is None


@given(st.text(max_size=60))
def test_any_text_is_read(question: str) -> None:
    phrase, _ = take_dates(question)
    if phrase and not phrase.event:
        assert phrase.resolve(OLD).text


_DATE_WORDS = """in may 31 30 february 2019 1999 the last few days ago since to and between winter -
    early of , monday yesterday 0 march week weekend first half at or and ( ) ' 22 q2
    1/1/2019 0/0/2019 40/2/2019""".split()


@given(st.lists(st.sampled_from(_DATE_WORDS), max_size=7))
def test_words_of_dates_in_any_order_are_read(words: list[str]) -> None:
    phrase, _ = take_dates(" ".join(words))
    if phrase and not phrase.event:
        assert phrase.resolve(OLD).text


def test_this_week_in_an_article_is_its_own_week() -> None:
    own = ("today", "this week", "this month", "yesterday", "on monday", "since may")
    assert all(phrase.is_loose for text in own if (phrase := take_dates(f"did she quit {text}")[0]))
    named = (take_dates(f"did she quit {text}")[0] for text in ("last week", "in may 2019"))
    assert [phrase.is_loose for phrase in named if phrase] == [False, False]
