"""Mail as press offices send it and newsrooms pass it on: the release, and nothing around it."""

from email.message import EmailMessage

import pytest

from index.reading.formats.mail import forwarded_in, read_message, without_frame
from index.reading.read_results import FoundArticle, Source

BODY = "The mill closes in May, its owner said.\n\n“Flour has had its day,” said Gus Ode."
DAY = "2024-05-03T06:00:00+00:00"


def _mail(
    body: str = BODY, subject: str = "Mill closes", sender: str = "Mill Press"
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = f"{sender} <press@mill.example>", subject
    mail["Date"] = "Fri, 03 May 2024 06:00:00 +0000"
    mail.set_content(body)
    return mail


def _read(mail: EmailMessage, end: bytes = b"\n") -> FoundArticle:
    return read_message(mail.as_bytes().replace(b"\n", end), Source("x.eml"))


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_signature_is_no_text_however_lines_end(end: bytes) -> None:
    """Mail ends its lines with two characters, exports often with one."""
    found = _read(_mail(f"{BODY}\n-- \nIda Tal\n+47 555 01 234\n"), end)
    assert found.record["body"] == BODY


def test_an_attached_message_is_the_release() -> None:
    """The note over it is the editor's."""
    outer = _mail("See below.", "FW: Mill closes", "Desk")
    outer.add_attachment(_mail())
    record = _read(outer).record
    assert (record["title"], record["author"], record["body"]) == (
        "Mill closes",
        "Mill Press",
        BODY,
    )


def test_what_says_more_than_what_is_attached_is_the_release() -> None:
    """Then the attached message only goes with it."""
    outer = _mail(BODY * 3, "Mill reopens")
    outer.add_attachment(_mail("No."))
    assert _read(outer).record["title"] == "Mill reopens"


@pytest.mark.parametrize(
    "head",
    [
        "FYI\n\n---------- Forwarded message ---------\nFrom: Mill Press <press@mill.example>\n"
        "Date: Fri, 3 May 2024 06:00:00 +0000\nSubject: Mill closes\nTo: <desk@post.example>\n\n\n",
        "Begin forwarded message:\n\nFrom: Mill Press <press@mill.example>\n"
        "Subject: Mill closes\nDate: Fri, 3 May 2024 06:00:00 +0000\nTo: desk@post.example\n\n",
        "From: Mill Press <press@mill.example>\nSent: Fri, 3 May 2024 06:00:00 +0000\n"
        "To: Desk\nSubject: Mill closes\n\n",
    ],
    ids="webmail apple outlook".split(),
)
def test_a_message_passed_on_in_the_text_is_read_with_its_own_head(head: str) -> None:
    """As mail programs write it."""
    record = _read(_mail(head + BODY, "Fwd: Mill closes", "Desk")).record
    details = tuple(record[name] for name in ("title", "author", "published", "body"))
    assert details == ("Mill closes", "Mill Press", DAY, BODY)


def test_in_an_answer_the_older_message_is_left_where_it_stands() -> None:
    """It is not what was sent."""
    text = "It is.\n\n-----Original Message-----\nFrom: Desk\nSubject: Is it true?\n\nIs it?"
    assert forwarded_in(text, "Re: Is it true?") is None


def test_an_attached_file_is_told() -> None:
    """Nothing is left out without a line; pictures within the text are no files."""
    mail = _mail()
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="mill.pdf")
    found = _read(mail)
    assert found.record["body"] == BODY
    assert found.notes == ("without its attachment 'mill.pdf'; add that by itself",)


@pytest.mark.parametrize(
    "line",
    [
        "Having trouble viewing this email? View it in your browser",
        "You are receiving this email because you are on our media list.",
        "Unsubscribe | Update preferences",
        "To unsubscribe, click here.",
        "This email and any attachments are confidential.",
        "Sent from my iPhone",
        "[EXTERNAL] This email comes from outside of the Post.",
    ],
)
def test_the_frame_of_mailing_programs_is_no_text(line: str) -> None:
    """Above and below what was sent."""
    assert without_frame(f"{line}\nThe mill closes.\n{line}") == "The mill closes."


@pytest.mark.parametrize(
    "line",
    [
        "This message is for every voter, she said.",
        "“Unsubscribe from fear,” he said.",
        "You are getting the mill that you paid for.",
        "Problems reading and writing begin at home.",
        "Image: the mill at dusk.",
    ],
)
def test_what_only_sounds_like_it_is_kept(line: str) -> None:
    """Above all what somebody says."""
    assert without_frame(line) == line


def test_a_text_that_stands_in_for_the_page_is_not_read() -> None:
    """Programs that send to many put one there."""
    mail = _mail("Please use a program that shows HTML.")
    mail.add_alternative(f"<p>{BODY * 3}</p>", subtype="html")
    assert "Flour has had its day" in str(_read(mail).record["body"])
    mail = _mail()
    mail.add_alternative("<p>The mill closes.</p>", subtype="html")
    assert _read(mail).record["body"] == BODY


@pytest.mark.parametrize(
    "subject",
    ["Press release: Mill closes", "[EXTERNAL] PR - Mill closes", "MEDIA STATEMENT | Mill closes"],
)
def test_what_stands_before_a_headline_in_a_subject_is_none_of_it(subject: str) -> None:
    head = f"From: Mill <m@mill.example>\nSubject: {subject}\n\nHe left.".encode()
    assert read_message(head, Source("x.eml")).record["title"] == "Mill closes"


def test_of_a_mail_in_html_is_read_what_its_reader_sees_of_the_release() -> None:
    """No line for the list of messages, and no signature."""
    mail = _mail("")
    preview = "<div style='display:none'>A mill closes</div>"
    sign = "<p>--<br>Mill press office<br>555 0150</p>"
    mail.add_alternative(f"{preview}<p>The mill closes.</p>{sign}", subtype="html")
    assert _read(mail).record["body"] == "The mill closes."


def test_marks_of_windows_in_a_header_are_read() -> None:
    """Whatever encoding it says it has."""
    head = b"From: Mill <m@mill.example>\nSubject: =?iso-8859-1?Q?Ode=92s_mill?=\n\nHe left."
    assert read_message(head, Source("x.eml")).record["title"] == "Ode’s mill"


@pytest.mark.parametrize(
    ("over", "under"),
    [
        ("Dear editor,\n\n", "\n\nKind regards,\nIda Tal\nPress officer\n+47 555 01 234\n"),
        ("PRESS RELEASE\n\nFOR IMMEDIATE RELEASE: 3 May 2024\n\n", "\n\n- ENDS -\n"),
        ("", "\n\nENDS\n\nNotes to editors:\nThe mill has ground since 1911.\n"),
        ("NEWS RELEASE\nContact: Ida Tal, ida@mill.example\n\n", "\n\n###\n"),
        ("", "\n\n© 2024 Mill Press, Quay 1\n"),
    ],
)
def test_what_press_offices_write_around_a_release_is_none_of_it(over: str, under: str) -> None:
    assert _read(_mail(f"{over}{BODY}{under}")).record["body"] == BODY
