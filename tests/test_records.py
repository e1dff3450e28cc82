"""A record becomes an article with its text untouched, or says why not."""

import pytest

from index.reading.records import (
    MAX_FIELD,
    MAX_PIECES,
    MAX_SENTENCES,
    MAX_TEXT,
    RecordError,
    make_article,
)


def test_text_is_body_untouched() -> None:
    """Neither a mark inside the string nor white space nor line ends are changed."""
    body = "\ufeff  “No,”\r\nsaid\tAnn İ\u2028Lee.\u00a0 \n\n"
    article, lost = make_article({"id": "a", "body": body})
    assert article.text == body
    assert lost == ()


def test_text_stands_in_for_an_absent_body() -> None:
    """The body is preferred where both are given."""
    assert make_article({"id": "a", "body": None, "text": "He left."})[0].text == "He left."
    assert make_article({"id": "a", "body": "This.", "text": "That."})[0].text == "This."


def test_only_what_ends_a_sentence_counts_as_one() -> None:
    """Neither abbreviations nor the lines of a text that was wrapped make a text too long."""
    wrapped = (
        "Mr. Orr and Mrs. Lee went on over the hills and\nthe moors to Dr. Marlow's mill " * 400
    )
    body = "Mr. " * MAX_SENTENCES + "Orr ran. " + wrapped + "He ran. " * (MAX_SENTENCES - 2)
    assert make_article({"body": body})[0].text == body


def test_id_comes_from_the_url_and_does_not_change_with_the_text() -> None:
    """A corrected article under the same address replaces the old one."""
    ids = {
        make_article({"url": "https://paper.example/a" + anchor, "body": body})[0].id
        for anchor in ("", "#comments")
        for body in ("First.", "First, corrected.")
    }
    assert len(ids) == 1
    assert make_article({"url": "https://paper.example/b", "body": "First."})[0].id not in ids


def test_id_comes_from_the_text_where_nothing_else_is_given() -> None:
    """The same text again is the same article."""
    assert make_article({"body": "One."})[0].id == make_article({"text": "One.", "id": ""})[0].id
    assert make_article({"body": "One."})[0].id != make_article({"body": "Two."})[0].id


@pytest.mark.parametrize(
    ("record", "what"),
    [
        ({}, "no body"),
        ({"body": None}, "no body"),
        ({"body": ""}, "empty"),
        ({"body": " \n\t\u00a0"}, "empty"),
        ({"body": 5}, "the body is a number"),
        ({"body": ["He left."]}, "the body is a list"),
        ({"body": True}, "the body is true or false"),
        ({"body": "He\0left."}, "binary"),
        ({"body": "\x01\x02\x03 He left."}, "binary"),
        ({"body": "He \ud83d left."}, "surrogate"),
        ({"body": "x" * (MAX_TEXT + 1)}, "5,000,001 characters"),
        ({"body": "He ran. " * (MAX_SENTENCES + 1)}, "over 20,000 sentences"),
        ({"body": "Orr\n" * (MAX_SENTENCES + 1)}, "over 20,000 sentences"),
        ({"body": "“" * (MAX_PIECES + 1)}, "250,001 lines, ends of sentences and quotation marks"),
        ({"id": 17, "body": "He left."}, "the id is a number"),
        ({"id": "  ", "body": "He left."}, "cannot be an id"),
        ({"id": "a\nb", "body": "He left."}, "cannot be an id"),
        ({"id": "a\ud800", "body": "He left."}, "cannot be an id"),
        ({"id": "x" * 501, "body": "He left."}, "cannot be an id"),
    ],
)
def test_record_without_a_usable_article_says_why(record: dict[str, object], what: str) -> None:
    """One printable line of bounded length."""
    with pytest.raises(RecordError, match=what) as raised:
        make_article(record)
    message = str(raised.value)
    assert "\n" not in message
    assert len(message.encode("utf-8")) < 300


def test_a_stray_control_character_is_kept_as_it_stands() -> None:
    """Real news texts hold some, and the text is never altered."""
    body = "The band\x1b played on. " + "Nobody was sent home, the mayor said. " * 3
    assert make_article({"body": body})[0].text == body


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", 5),
        ("title", "x" * (MAX_FIELD + 1)),
        ("title", "ab\x1b[31mc"),
        ("author", ["Ann Lee", "Bo Ek"]),
        ("source", {"name": "The Paper"}),
        ("author", "Ann \ud83d"),
        ("url", "javascript:alert(1)"),
        ("url", "paper.example/a"),
        ("published", "yesterday"),
        ("published", "2024-02-30"),
        ("published", "05/06/2024"),
        ("published", 1717000000),
    ],
)
def test_an_unfit_detail_costs_that_detail_only(key: str, value: object) -> None:
    """The article is kept without it, and the loss is told."""
    article, lost = make_article({"id": "a", "body": "He left.", "source": "B", key: value})
    assert article.text == "He left."
    assert getattr(article, key) is None
    assert len(lost) == 1
    assert lost[0].startswith(f"article kept without its {key}: ")
    lost[0].encode("utf-8")


def test_who_may_enter_an_address_is_kept_nowhere() -> None:
    record = {"body": "He left.", "url": "https://ann:secret@paper.example/a"}
    article, lost = make_article(record)
    assert article.url == "https://paper.example/a"
    assert article.id == make_article(record | {"url": article.url})[0].id
    (told,) = lost
    assert "secret" not in told


def test_details_are_evened_out_and_blank_ones_are_unknown() -> None:
    """Exports write an empty string for what they do not know."""
    record = {"body": "x", "title": " A\n  title ", "author": "", "source": " ", "url": None}
    article, lost = make_article(record)
    assert (article.title, article.author, article.source, article.url) == (
        "A title",
        None,
        None,
        None,
    )
    assert lost == ()


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-05-06", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09+00:00"),
        (" 2024-05-06 07:08+02:00 ", "2024-05-06T07:08:00+02:00"),
    ],
)
def test_dates_are_written_one_way(value: str, iso: str) -> None:
    """ISO 8601, a date or a time, as given."""
    assert make_article({"body": "x", "published": value})[0].published == iso
