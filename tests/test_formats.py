"""The formats that newsrooms exchange: each sample as its programs write it, and what is hostile.

An article has its text in paragraphs, its own details, and nothing of what stands around it.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from index.reading.formats.registry import FORMATS, format_of
from index.reading.read_results import Problem
from index.reading.readers import read, read_uploads
from index.schema import Article

BODY = "The harbour stays open, the mayor said.\n“We need every ship,” said Ann Lee."
DAY = "2024-03-05T09:00:00+00:00"

WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Port Lisle Post</title><link>https://post.example</link><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Harbour stays open</title><link>https://post.example/harbour</link>
<pubDate>Tue, 05 Mar 2024 09:00:00 +0000</pubDate><dc:creator><![CDATA[Tom Reed]]></dc:creator>
<guid isPermaLink="false">https://post.example/?p=7</guid>
<content:encoded><![CDATA[<!-- wp:paragraph -->
<p>The harbour stays open, the mayor said.</p>
<p>“We need every ship,” said Ann Lee.</p>]]></content:encoded>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>pier.jpg</title><link>https://post.example/pier</link><wp:status>inherit</wp:status>
<wp:post_type>attachment</wp:post_type></item>
<item><title>Draft</title><content:encoded>No word of it.</content:encoded>
<wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"""

NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-6.dtd"><nitf><head>
<title>Harbour</title><docdata management-status="usable"><doc-id id-string="port-7"/>
<date.issue norm="20240305T090000Z"/></docdata><pubdata name="Port Lisle Post"/></head><body>
<body.head><hedline><hl1>Harbour stays open</hl1></hedline>
<byline>By <person>Tom Reed</person>, Harbour Correspondent</byline></body.head><body.content>
<block><p>The harbour stays open, the mayor said.</p><media media-type="image">
<media-caption>The pier at dawn.</media-caption></media>
<p><q>We need every ship,</q> said <person>Ann Lee</person>.</p></block></body.content>
<body.end><tagline>tr</tagline></body.end></body></nitf>"""

G2 = """<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="port-7"
 version="3" standard="NewsML-G2"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="Port Lisle Post"/><versionCreated>2024-03-05T09:00:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><creator><name>Tom Reed</name></creator>
<headline>Harbour stays open</headline></contentMeta><contentSet>
<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>x</title></head><body><p>The harbour stays open, the mayor said.</p>
<p>“We need every ship,” said Ann Lee.</p></body></html></inlineXML></contentSet></newsItem>"""

NINJS_1 = {
    "uri": "port-7",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2024-03-05T09:00:00+0000",
    "byline": "Tom Reed",
    "headline": "Harbour stays open",
    "copyrightholder": "Port Lisle Post",
    "body_text": "no paragraphs",
    "body_html": f"<p>{BODY.replace(chr(10), '</p><p>')}</p>",
}
NINJS_2 = {
    "uri": "port-7",
    "pubstatus": "usable",
    "versioncreated": "2024-03-05T09:00:00Z",
    "by": "Tom Reed",
    "infosources": [{"name": "Port Lisle Post"}],
    "headlines": [{"role": "slug", "value": "x"}, {"role": "main", "value": "Harbour stays open"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": "no paragraphs"},
        {"role": "main", "contenttype": "text/html", "value": NINJS_1["body_html"]},
    ],
}
NINJS_3 = {
    "uri": "port-7",
    "pubStatus": "usable",
    "versionCreated": "2024-03-05T09:00:00Z",
    "by": "Tom Reed",
    "infoSources": [{"name": "Port Lisle Post"}],
    "headlines": [{"value": "Harbour stays open"}],
    "bodies": [{"contentType": "text/html", "value": NINJS_1["body_html"]}],
}

MAIL = """From: Tom Reed <tom@post.example>
To: desk@paper.example
Subject: =?utf-8?q?Harbour_stays_open?=
Date: Tue, 05 Mar 2024 09:00:00 +0000
Message-ID: <7@post.example>
Organization: Port Lisle Post
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="windows-1252"
Content-Transfer-Encoding: quoted-printable

The harbour stays open, the mayor said.
=93We need every ship,=94 said Ann Lee.
--=20
Tom Reed, press office
--b
Content-Type: text/html; charset="utf-8"

<p>Other</p>
--b--
"""
WIKI = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en"><siteinfo>
<sitename>Port Lisle Post</sitename><base>https://post.example/wiki/Main_Page</base></siteinfo>
<page><title>Talk:Harbour</title><ns>1</ns><id>8</id><revision><text>No.</text></revision></page>
<page><title>Harbour stays open</title><ns>0</ns><id>7</id>
<revision><timestamp>2023-01-01T00:00:00Z</timestamp><text>Old.</text></revision>
<revision><timestamp>2024-03-05T09:00:00Z</timestamp><text>{{byline|Tom Reed}}
[[File:Pier.jpg|thumb|The pier at dawn]]
The '''harbour''' stays [[open port|open]], the mayor said.&lt;ref&gt;Post&lt;/ref&gt;

“We need every ship,” said [[Ann Lee]].
{| class="wikitable"
| cell
|}
[[Category:Harbours]]</text></revision></page></mediawiki>"""
SRT = """1
00:00:01,000 --> 00:00:03,500
The harbour stays open,

2
00:00:03,600 --> 00:00:05,000
<i>the mayor said.</i>

3
00:00:09,000 --> 00:00:12,000
“We need every ship,”
said Ann Lee.
"""
VTT = """WEBVTT

NOTE made by hand

00:01.000 --> 00:03.000 align:start
<v Tom Reed>The harbour stays open.

00:03.100 --> 00:05.000
<v Tom Reed>All winter.

00:05.100 --> 00:07.000
<v.loud Ann Lee>We need every ship.</v>
"""
CSV = """headline;byline;date;publication;text
Harbour stays open;Tom Reed;2024-03-05T09:00:00Z;Post;"The harbour stays open, the mayor said.
“We need every ship,” said Ann Lee."
;;;;
Second;;04/03/2024;;He left.
"""
RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title Harbour stays open}}\f0\fs24
The harbour stays {\b open}, the mayor said.\par
\'93We need every ship,\u8221? said Ann Lee.\par}"""
FRONT = """---
title: "Harbour stays open"
author: [Tom Reed]
publication: Port Lisle Post
date: 2024-03-05T09:00:00Z
---

The *harbour* stays **open**, the mayor said.

> “We need every ship,” said [Ann Lee](https://x.example/lee).
"""
CMS = {
    "headline": "Harbour stays open",
    "authors": [{"name": "Tom Reed"}],
    "publication": {"name": "Port Lisle Post"},
    "publishedAt": "2024-03-05T09:00:00Z",
    "content": NINJS_1["body_html"],
}


def docx(paragraphs: str = BODY) -> bytes:
    """A document as Word writes it: a title in its properties, a table, a heading on each page."""
    document = Document()
    document.core_properties.title = "Harbour stays open"
    document.core_properties.author = "Tom Reed"
    document.sections[0].header.paragraphs[0].text = "Port Lisle Post"
    first, *others = paragraphs.split("\n")
    document.add_paragraph(first)
    if others:
        document.add_table(1, 1).cell(0, 0).text = others[0]
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(*pages: list[tuple[int, int, str]]) -> bytes:
    """A PDF of pages, each of lines at places (points, from below left)."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(400, 300)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = (f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines)
        stream.set_data("\n".join(shown).encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "Harbour stays open", "/Author": "Tom Reed"})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def odt() -> bytes:
    """A document as LibreOffice writes it, with a note, a comment, a tracked change and a table."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "meta")
    )
    names += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    note = "<text:note><text:note-body><text:p>Of Lisle.</text:p></text:note-body></text:note>"
    gone = "<text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes>"
    asked = "<office:annotation><text:p>Sure?</text:p></office:annotation>"
    content = f"""<office:document-content {names}><office:body><office:text>{gone}
        <text:p>The harbour{note}<text:s/>stays<text:span>
        open</text:span>, the mayor said.{asked}</text:p><table:table><table:table-cell>
        <text:p>{BODY.partition(chr(10))[2]}</text:p></table:table-cell></table:table>
        </office:text></office:body></office:document-content>"""
    about = f"""<office:document-meta {names}><office:meta>
        <dc:title>Harbour stays open</dc:title><meta:initial-creator>Tom Reed</meta:initial-creator>
        </office:meta></office:document-meta>"""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", content)
        packed.writestr("meta.xml", about)
    return file.getvalue()


PAGES = (
    [
        (20, 290, "Port Lisle Post, page 1"),
        (20, 250, "The harbour stays open,"),
        (20, 238, "the mayor"),
        (200, 250, "said."),
        (200, 226, "“We need every"),
        (20, 10, "1"),
    ],
    [(20, 290, "Port Lisle Post, page 2"), (20, 250, "ship,” said Ann Lee."), (20, 10, "2")],
)

FULL = ("Harbour stays open", "Tom Reed", "Port Lisle Post", DAY)
SAMPLES: dict[str, tuple[str | bytes, tuple[str | None, ...]]] = {
    "export.xml": (WORDPRESS, FULL),
    "a.nitf": (NITF, FULL),
    "a.xml": (G2, FULL),
    "one.json": (json.dumps(NINJS_1), FULL),
    "two.json": (json.dumps([NINJS_2]), FULL),
    "three.jsonl": (json.dumps(NINJS_3), FULL),
    "cms.json": (json.dumps(CMS), FULL),
    "a.eml": (MAIL, FULL),
    "a.mbox": (f"From tom Tue Mar  5 09:00:00 2024\n{MAIL}\n", FULL),
    "wiki.xml": (WIKI, ("Harbour stays open", None, "Port Lisle Post", DAY)),
    "a.csv": (CSV, ("Harbour stays open", "Tom Reed", "Post", DAY)),
    "a.rtf": (RTF, ("Harbour stays open", None, None, None)),
    "a.srt": (SRT, (None, None, None, None)),
    "front.md": (FRONT, FULL),
    "a.docx": (docx(), ("Harbour stays open", "Tom Reed", None, None)),
    "a.odt": (odt(), ("Harbour stays open", "Tom Reed", None, None)),
    "a.pdf": (pdf(*PAGES), ("Harbour stays open", "Tom Reed", None, None)),
    "windows.txt": (BODY.encode("cp1252"), (None, None, None, None)),
}


def read_sample(name: str, content: str | bytes) -> tuple[list[Article], list[str]]:
    """The articles and the problem lines of a file."""
    readings = list(
        read_uploads([(name, content if isinstance(content, bytes) else content.encode())])
    )
    return (
        [reading for reading in readings if isinstance(reading, Article)],
        [str(reading) for reading in readings if isinstance(reading, Problem)],
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_with_its_own_details(name: str) -> None:
    content, details = SAMPLES[name]
    (article, *_), _ = read_sample(name, content)
    assert article.text == BODY
    assert (article.title, article.author, article.source, article.published) == details


@pytest.mark.parametrize(
    "name", sorted(set(SAMPLES) - {"a.csv", "a.srt", "front.md", "windows.txt"})
)
def test_what_a_file_is_counts_more_than_its_ending(name: str) -> None:
    content, _ = SAMPLES[name]
    ending = ".json" if name.endswith((".json", ".jsonl")) else ".txt"
    (article, *_), _ = read_sample(f"story{ending}", content)
    assert article.text == BODY


def test_what_is_left_out_is_said() -> None:
    _, (picture, draft) = read_sample("export.xml", WORDPRESS)
    assert picture == "export.xml: entry 2: left out: not an article but of the type 'attachment'"
    assert draft == "export.xml: entry 3: left out: not published, 'draft'"
    assert read_sample("w.xml", WIKI)[1] == [
        "w.xml: page 1: left out: not an article page of the wiki"
    ]
    (unsure,) = read_sample("a.csv", CSV)[1]
    assert unsure.startswith("a.csv:4: article kept without its published: '04/03/2024' is not")
    assert read_sample("a.csv", "a,b\n1,2\n")[1] == [
        "a.csv: no column named “body” (or “text”) in its first line"
    ]
    assert read_sample("windows.txt", BODY.encode("cp1252"))[1] == [
        "windows.txt: read as windows-1252; save the file as UTF-8 to be sure"
    ]


def test_an_encoding_that_may_be_another_is_not_guessed() -> None:
    articles, (line,) = read_sample("mac.txt", "Zoë said “no” and José left.".encode("mac-roman"))
    assert articles == []
    assert line.startswith("mac.txt: not UTF-8: byte 3, in line 1")


def test_who_speaks_in_a_recording_is_a_label() -> None:
    ((article,), _) = read_sample("a.vtt", VTT)
    assert article.text == (
        "Tom Reed: The harbour stays open. All winter.\nAnn Lee: We need every ship."
    )


LATER = "2199-01-01T00:00:00+00:00"  # the same to every process that collects the tests


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps(NINJS_1 | {"embargoed": LATER})),
        ("a.json", json.dumps(NINJS_3 | {"embargoed": "next week"})),
        ("a.json", json.dumps(NINJS_1 | {"pubstatus": "canceled"})),
        ("a.json", json.dumps(NINJS_2 | {"pubstatus": "withheld"})),
        ("a.xml", G2.replace("stat:usable", "stat:canceled")),
        ("a.xml", G2.replace("<pubStatus", f"<embargoed>{LATER}</embargoed><pubStatus")),
        ("a.nitf", NITF.replace('"usable"', '"canceled"')),
        ("a.nitf", NITF.replace('"usable"', '"embargoed"')),
        ("a.json", json.dumps(NINJS_1 | {"type": "picture"})),
    ],
)
def test_what_may_not_be_shown_is_not_taken(name: str, content: str) -> None:
    articles, (line,) = read_sample(name, content)
    assert articles == []
    assert "harbour" not in line.lower()


@pytest.mark.parametrize(
    ("name", "usable", "withdrawn"),
    [
        ("a.json", json.dumps(NINJS_1), json.dumps(NINJS_1 | {"pubstatus": "canceled"})),
        ("a.json", json.dumps(NINJS_3), json.dumps({**NINJS_3, "pubStatus": "withheld"})),
        ("a.xml", G2, G2.replace("stat:usable", "stat:canceled")),
        ("a.nitf", NITF, NITF.replace('"usable"', '"canceled"')),
    ],
)
def test_a_kill_notice_names_the_article_that_has_to_go(
    name: str, usable: str, withdrawn: str
) -> None:
    (article,) = read_uploads([(name, usable.encode())])
    (notice,) = read_uploads([(name, withdrawn.encode())])
    assert isinstance(article, Article)
    assert isinstance(notice, Problem)
    assert notice.withdraws == article.id == "port-7"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps({"body": "He left.", "embargo": LATER})),
        ("a.json", json.dumps({"body": "He left.", "embargoUntil": LATER[:10]})),
        ("a.jsonl", '{"body": "He left.", "embargoed": true}'),
        ("a.csv", f"body,embargo until\nHe left.,{LATER}\n"),
        ("a.md", f"---\nembargo: {LATER}\n---\nHe left.\n"),
    ],
)
def test_an_embargo_holds_in_every_format_that_can_state_one(name: str, content: str) -> None:
    articles, (line,) = read_sample(name, content)
    assert articles == []
    assert "under an embargo" in line
    gone = content.replace(LATER[:10], "2024-03-05").replace("true", '"2024-03-05"')
    (article,), lines = read_sample(name, gone)
    assert article.text.strip() == "He left."
    assert not lines


def test_an_embargo_that_is_over_holds_nothing_back() -> None:
    ((article,), _) = read_sample(
        "a.json", json.dumps(NINJS_1 | {"embargoed": "2024-03-05T08:00:00Z"})
    )
    assert article.text == BODY


def test_the_guid_of_an_item_is_its_id_and_a_file_has_its_name() -> None:
    assert read_sample("x.xml", G2)[0][0].id == "port-7"
    assert read_sample("x.json", json.dumps(NINJS_1))[0][0].id == "port-7"
    assert read_sample("x.eml", MAIL)[0][0].id == "x"


def bomb() -> bytes:
    """A small .docx of a hundred megabytes."""
    file = io.BytesIO(docx())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/x.xml", b" " * 100_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.docx", bomb(), "when unpacked"),
        ("a.docx", b"PK\x03\x04" + b"x" * 100, "not a document"),
        ("a.pdf", b"%PDF-1.7 nothing", "not a PDF"),
        ("a.pdf", pdf([]), "no text in this PDF"),
        ("a.rtf", b"{\\rtf1", "empty"),
        ("a.srt", b"He left.", "no subtitles"),
        ("a.eml", b"He left.", "not a message"),
        ("a.mbox", b"From x\n\n", "not a message"),
        ("a.xml", b"<svg/>", "not a kind of file"),
        ("a.png", b"\x89PNG", "not a kind of file"),
    ],
)
def test_what_cannot_be_read_is_one_line(name: str, content: bytes, what: str) -> None:
    articles, (line,) = read_sample(name, content)
    assert articles == []
    assert what in line


def test_a_folder_tells_of_each_file_that_it_has_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", "b.png", "c.zip", ".hidden", "a.meta.json"):
        (tmp_path / name).write_text("He left." if name != "a.meta.json" else "{}")
    (tmp_path / "d.docx").write_bytes(docx())
    readings = list(read(tmp_path))
    assert [r.id for r in readings if isinstance(r, Article)] == ["a", "d"]
    assert [(Path(r.place).name, r.passed) for r in readings if isinstance(r, Problem)] == [
        ("b.png", True),
        ("c.zip", True),
    ]


def mangled() -> Iterator[st.SearchStrategy[bytes]]:
    """Each sample with a piece of it cut out, doubled or written over."""
    for content, _ in SAMPLES.values():
        whole = content if isinstance(content, bytes) else content.encode()
        place = st.integers(0, len(whole))
        yield st.builds(
            lambda a, b, new, w=whole: w[: min(a, b)] + new + w[max(a, b) :],
            place,
            place,
            st.sampled_from([b"", b"<", b"\xff\x00", whole[:50], b"\n\n", b"{}", b"&x;"]),
        )


@settings(max_examples=300, deadline=None)
@given(st.one_of(*mangled()))
def test_nothing_broken_is_more_than_a_line(content: bytes) -> None:
    for name in ("a.txt", "a.md", "a.html", "a.json", "a.csv", "a.srt", "a.eml"):
        for reading in read_uploads([(name, content)]):
            assert isinstance(reading, Article | Problem)


def test_every_ending_has_one_format() -> None:
    endings = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(endings) == len(set(endings))
    assert all(bool(each.one) != bool(each.many) for each in FORMATS)
    assert format_of(b"", ".png") is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.json",
            '{"headline": {"main": "Depot sold"}, "byline": {"original": "By Tom Reed"},'
            ' "pub_date": "2024-05-02", "content": [{"type": "p", "text": "Holm said no."}]}',
        ),
        (
            "a.json",
            '{"title": {"rendered": "Depot sold"}, "content": {"rendered": "<p>Holm said no.</p>"},'
            ' "date": "2 May 2024", "author": "Tom Reed", "id": 7, "link": "https://a.example/d"}',
        ),
        (
            "a.json",
            '{"articles": [{"title": "Depot sold", "by": "by Tom Reed", "body": ["Holm said no."],'
            ' "publishedDate": "May 2, 2024"}], "total": 1}',
        ),
        (
            "a.md",
            "+++\ntitle = 'Depot sold'\nauthor = 'Tom Reed'\ndate = 2024-05-02\n+++\nHolm said no.",
        ),
        (
            "a.md",
            "---\ntitle: Depot sold\nauthor: [Tom Reed]\ndate: 2 May 2024\n---\nHolm said no.",
        ),
    ],
)
def test_details_are_read_however_a_content_system_nests_them(name: str, content: str) -> None:
    (article,), lines = read_sample(name, content)
    assert not lines
    assert (article.title, article.author) == ("Depot sold", "Tom Reed")
    assert (article.published, article.text) == ("2024-05-02", "Holm said no.")


@pytest.mark.parametrize("name", ["From", "Subject", "Content-Type: text/plain; charset"])
def test_a_mails_header_is_read_up_to_a_length(name: str) -> None:
    """Python takes the square of it: 28 seconds for 300 kB."""
    header = f"{name}: {'said.“No,” a ' * 1_000}\nDate: Tue, 05 Mar 2024 10:00:00 +0100\n"
    (article,), _ = read_sample("a.eml", f"{header}\nHe left.\n")
    assert article.text == "He left."
    assert len(article.title or "") <= 1_000
    assert len(article.author or "") <= 1_000
    assert (name == "Subject") == (article.title is not None)


def test_a_word_that_a_line_of_a_pdf_parts_is_whole_again() -> None:
    """Where English has it, and seldom as two words: a compound keeps its hyphen."""
    lines = [
        "It has be-",
        "come the reser-",
        "voir, said the well-",
        "known mayor this eve-",
        "ning in his hall.",
    ]
    page = [(20, 250 - 12 * n, line) for n, line in enumerate(lines)]
    (article,), _ = read_sample("a.pdf", pdf(page))
    assert article.text == (
        "It has become the reservoir, said the well-known mayor this evening in his hall."
    )


def test_a_title_of_a_pdf_that_is_no_text_is_none() -> None:
    damaged = pdf([(20, 250, "It rained.")]).replace(
        b"(Harbour stays open)", b"<< /Type /Page >>   "
    )
    (article,), _ = read_sample("a.pdf", damaged)
    assert (article.text, article.title, article.author) == ("It rained.", None, "Tom Reed")


def test_a_picture_of_an_agency_is_told_as_one() -> None:
    """Packages and messages have them beside the texts."""
    picture = G2.replace("ninat:text", "ninat:picture")
    assert read_sample("a.xml", picture) == (
        [],
        ["a.xml: item 1: left out: an item of the class picture, not a text"],
    )


def test_who_speaks_in_subtitles_begins_a_line() -> None:
    """By a label, a dash or arrows; sounds are no words."""
    cues = (
        "[music] TOM REED: Who\npays? ANN LEE: The town.",
        "&gt;&gt; And when?",
        "- In May.\n- Never! [Applause]",
    )
    times = "00:00:0{}.000 --> 00:00:0{}.900"
    text = "".join(f"{n}\n{times.format(n, n)}\n{cue}\n\n" for n, cue in enumerate(cues))
    (article,), _ = read_sample("a.srt", text)
    assert article.text.split("\n") == [
        "TOM REED: Who pays?",
        "ANN LEE: The town.",
        "And when?",
        "In May.",
        "Never!",
    ]


def test_a_page_of_a_paper_tells_title_author_and_day() -> None:
    """By its type, its byline and its running heads."""
    lines = [(20, 216 - 12 * n, f"Line {n} of the text, the mayor said.") for n in range(6)]
    head = (20, 290, "Port Lisle Post, 5 March 2024")
    content = pdf([head, (20, 260, "Harbour stays open"), (20, 246, "By Tom Reed"), *lines], [head])
    content = content.replace(b"/F1 10 Tf 20 260", b"/F1 18 Tf 20 260")
    content = content.replace(
        b"(Harbour stays open)\n/Author (Tom Reed)", b"()\n/Author (Prepress)"
    )
    (article,), _ = read_sample("a.pdf", content)
    assert (article.title, article.author, article.published) == (
        "Harbour stays open",
        "Tom Reed",
        "2024-03-05",
    )


def test_captions_that_roll_are_read_once() -> None:
    """Made by machines: each cue says the line before again, and times its words."""
    rolling = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\nwe will<00:00:00.800><c> not</c>\n\n"
        "00:02.000 --> 00:04.000\nwe will not\ngamble<00:00:02.400><c> with homes</c>\n\n"
        "00:04.000 --> 00:05.000\ngamble with homes\n"
    )
    (article,), _ = read_sample("a.vtt", rolling)
    assert article.text == "we will not gamble with homes"


def test_of_several_headlines_the_main_one_is_the_title() -> None:
    """Agencies send a short one, too."""
    short = '<headline role="hld:short">Harbour</headline>'
    several = G2.replace("<headline>", f'{short}<headline role="hld:main">')
    (article,), _ = read_sample("a.xml", several)
    assert article.title == "Harbour stays open"
