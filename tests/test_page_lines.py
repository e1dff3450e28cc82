"""Lines on pages that are no text: known by their words, and prose that begins alike is kept."""

import pytest

from index.reading.formats.page_lines import (
    is_bio,
    is_byline,
    is_notice,
    is_paywall,
    leads_away,
)


@pytest.mark.parametrize(
    ("text", "n_linked"),
    [
        ("READ MORE: Lock keeper admits he slept", 29),
        ("Read also: Three barges that never came back", 35),
        ("Related: The canal in pictures", 23),
        ("MAYOR SAYS THE LOCK WILL STAY SHUT.", 35),
        ("How the canal was dug", 21),
        ("More on this story", 18),
        ("Sign up to our newsletter to get the news first.", 0),
        ("Follow us on Facebook and Instagram for more.", 9),
        ("Subscribe to the Morning Barge newsletter", 0),
        ("Get the day’s top stories in your inbox every morning.", 0),
        ("Want more like this? Download our app.", 0),
        ("© 2024 Canal Courier. All rights reserved.", 0),
        ("Last updated: 4 March 2024, 10:15", 0),
        ("Editors' picks", 0),
        ("Source: Canal Courier", 13),
        ("Video", 0),
        ("Advertisement", 0),
    ],
)
def test_a_line_that_leads_away_is_known(text: str, n_linked: int) -> None:
    assert leads_away(text, n_linked)


@pytest.mark.parametrize(
    ("text", "n_linked"),
    [
        ("“I will resign if it shuts,” said lock keeper Tom Ferris.", 56),
        ("The council said more than half of the barges would be sold.", 12),
        ("More than three hundred people signed the petition.", 0),
        ("Related companies will have to pay as well, the court said.", 0),
        ("Watch officers saw the barge at noon and raised the alarm.", 0),
        ("Follow-up talks on the newsletter affair begin on Monday.", 0),
        ("Comments by the minister caused anger in the town.", 0),
        ("“Subscribe to nothing,” he told the newsletter’s readers.", 0),
        ("Like most members of the club, she had never seen the lock.", 0),
        ("Sources close to the board said the chair would leave.", 0),
    ],
)
def test_a_sentence_that_begins_alike_is_kept(text: str, n_linked: int) -> None:
    assert not leads_away(text, n_linked)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("By Mina Oduya, Canal Correspondent, in Lisle", True),
        ("Published: 04/03/2024", True),
        ("5 min read", True),
        ("By Monday the council had changed its mind.", False),
        ("The lock was shut in 2019.", False),
    ],
)
def test_a_byline_is_known(text: str, *, is_one: bool) -> None:
    assert is_byline(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Mina Oduya has covered the canal for the Courier since 2011.", True),
        ("Ada Quill is a senior reporter based in Lisle.", True),
        ("Tom Ferris joined the paper in 2020.", True),
        ("Ada Quill is a teacher on the outer island.", False),
        ("Mina Oduya said: “Ada Quill is a reporter.”", False),
    ],
)
def test_a_line_about_the_author_is_known(text: str, *, is_one: bool) -> None:
    assert is_bio(text, "Tom Ferris") is is_one


@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to continue reading.",
        "Already a subscriber? Log in.",
        "Create a free account to read the full article.",
        "This story is only for our subscribers.",
        "You have one free article left, sign in to keep reading.",
    ],
)
def test_a_paywall_is_known(text: str) -> None:
    assert is_paywall(text)
    assert not is_paywall("The council will pay subscribers of the old scheme back.")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 | Canal Courier", "Nothing here."),
        ("Page not found", ""),
        ("Canal Courier", "The page you are looking for has gone."),
        ("Just a moment...", "Checking your browser before you go on."),
        ("Canal Courier", "Sorry, this story is no longer available."),
        ("Canal Courier", "Please enable JavaScript and cookies to go on."),
    ],
)
def test_a_notice_is_known(title: str, text: str) -> None:
    assert is_notice(title, text)
    assert not is_notice("Lock keeper not guilty, court finds", "He left the court at noon.")
