"""Lines on pages that are no text: known by their words, and prose that begins alike is kept."""

import pytest

from index.reading.formats.page.lines import (
    is_bio,
    is_byline,
    is_contact,
    is_notice,
    is_paywall,
    is_portrait,
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
        ("Our Standards: The Courier’s Code", 17),
        ("This is a breaking story, more to follow", 0),
        ("Is the lock shut in your village? Get in touch at desk@courier.example", 0),
        ("Follow the Courier's full coverage of the canal at https://courier.example", 0),
        ("If you enjoyed this article, join Barge Plus: no paywalls, ever.", 0),
        ('Get all our stories for a penny with the code "LOCK". Subscribe now.', 68),
        ("We use cookies to give you the best canal.", 0),
        ("bo.rask@courier.example", 0),
        ("This copy is for your personal use. To order more, call us.", 0),
        ("UPDATED: Tue., Nov. 19, 2019", 0),
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
        ("Is your lock shut? The board asked every village.", 0),
        ("Updated plans came on Tuesday. The board had 19 of them.", 0),
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
        ("By Mina Oduya on Monday, March 4th, 2024 at 11:04 a.m.", True),
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
        ("Bo Rask's book, “Low Water”, is out now. Follow him on Chirp @borask.", True),
        ("Reach the reporters on Chirp at chirp.example/borask", True),
        ("“Do as you like. Follow him on foot,” Bo Rask said.", False),
        ("Ada Quill is a teacher on the outer island.", False),
        ("Mina Oduya said: “Ada Quill is a reporter.”", False),
    ],
)
def test_a_line_about_the_author_is_known(text: str, *, is_one: bool) -> None:
    assert is_bio(text, "Tom Ferris") is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Lisle Water is a leading provider of canals in nine countries.", True),
        ("Lisle is headquartered in Orr, has nine offices and employs 40 people.", True),
        ("Barge Union is a leading provider of barges.", False),
        ("Lisle is a town that has never had a canal.", False),
    ],
)
def test_what_a_company_writes_of_itself_is_known(text: str, *, is_one: bool) -> None:
    assert is_portrait(text, "Lisle Water buys a barge") is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("(Reporting by Bo Rask and Ada Quill in Lisle; Editing by Tom Ferris)", True),
        ("Additional reporting by Ada Quill", True),
        ("Courier writers Bo Rask, Ada Quill and Tom Ferris contributed to this report.", True),
        ("The dry summer contributed to this report’s gloom, its author said.", False),
        ("Reporting by the paper led to the inquiry. It ends in May.", False),
    ],
)
def test_who_worked_on_an_article_is_none_of_it(text: str, *, is_one: bool) -> None:
    assert is_contact(text) is is_one


@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to continue reading.",
        "Already a subscriber? Log in.",
        "Create a free account to read the full article.",
        "This story is only for our subscribers.",
        "You have one free article left, sign in to keep reading.",
        "La suite de ce texte est réservée aux abonnés.",
        "Sie sind bereits Abonnent?",
        "Para seguir leyendo, suscríbete.",
    ],
)
def test_a_paywall_is_known(text: str) -> None:
    assert is_paywall(text)
    assert not is_paywall("The council will pay subscribers of the old scheme back.")


def test_a_long_paragraph_asks_nobody_to_pay() -> None:
    """Whatever is said in it; and looking through it all takes its time."""
    assert not is_paywall("The council met again. " * 60 + "Sign in to continue, it told them.")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 | Canal Courier", "Nothing here."),
        ("Page not found", ""),
        ("Canal Courier", "The page you are looking for has gone."),
        ("Just a moment...", "Checking your browser before you go on."),
        ("Canal Courier", "Sorry, this story is no longer available."),
        ("Canal Courier", "Please enable JavaScript and cookies to go on."),
        ("503 Service Unavailable", ""),
        ("Search results for “lock”", "Showing 1-10 of 42"),
        ("Suchergebnisse - Kanalbote", ""),
        ("Kanalbote", "Diese Seite existiert nicht mehr."),
        ("Canal Courier", "This content is not available in your region."),
    ],
)
def test_a_notice_is_known(title: str, text: str) -> None:
    assert is_notice(title, text)
    assert not is_notice("Lock keeper not guilty, court finds", "He left the court at noon.")


@pytest.mark.parametrize(
    "text",
    [
        "Updated at 9.05 GMT",
        "3 hours ago",
        "Last updated on Mon 4 Mar 2024 21.07 BST",
        "Mis à jour le 4 mars 2024 à 14h31",
        "Zuletzt aktualisiert: 04.03.2024, 14.31 Uhr",
    ],
)
def test_when_a_page_was_changed_is_none_of_its_text(text: str) -> None:
    assert leads_away(text, 0)
    assert not leads_away("Updated rules came in at 9.05. They hold for all 12 locks.", 0)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("The empty lock. Photo: Eva Lund/Canal Press", True),
        ("Barges at the top gate (Photograph by Eva Lund)", True),
        ("Photo: Eva Lund", True),
        ("“Look at the photo: Eva Lund", False),
        ("She kept the photo by her bed.", False),
    ],
)
def test_who_took_a_picture_is_none_of_the_text(text: str, *, is_one: bool) -> None:
    assert leads_away(text, 0) == is_one
