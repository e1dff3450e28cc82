"""Files and folders: the text is the file, and one bad file never loses the good ones."""

import codecs
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.reading.read_results import Problem
from index.reading.readers import MAX_BYTES, read, read_uploads
from index.schema import Article
from tests.patience import PATIENCE

SEED = Path(__file__).parent.parent / "seeds" / "putin-peacekeepers.txt"
PAGE = """<html><head><title>Harbour stays open | The Paper</title>
<meta property="og:title" content="Harbour stays open">
<meta property="og:site_name" content="The Paper">
<meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2024-05-06T07:08:09Z">
<link rel="canonical" href="https://paper.example/harbour"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Harbour stays open</h1>
<p>The harbour will stay open all winter, the mayor said, &amp; nobody objected.</p>
<p>“We need every ship,” she told the council, after a debate that had lasted for six hours.</p>
</article><footer>All rights reserved by The Paper</footer></body></html>"""


def write(path: Path, content: str | bytes) -> Path:
    """Write the file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def articles(*paths: Path) -> dict[str, Article]:
    """The articles that are read, by their ids."""
    return {reading.id: reading for reading in read(*paths) if isinstance(reading, Article)}


def problems(*paths: Path) -> list[str]:
    """The problem lines that are read."""
    return [str(reading) for reading in read(*paths) if isinstance(reading, Problem)]


def only_article(path: Path) -> Article:
    """The article, where there is nothing else."""
    (reading,) = read(path)
    assert isinstance(reading, Article)
    return reading


def only_problem(path: Path) -> str:
    """The problem line, where there is nothing else."""
    (reading,) = read(path)
    assert isinstance(reading, Problem)
    return str(reading)


def test_text_is_the_seed_byte_for_byte() -> None:
    """The seed has no title or date, so its article has none either."""
    article = only_article(SEED)
    assert article.text.encode() == SEED.read_bytes()
    assert article == Article("putin-peacekeepers", article.text)


@pytest.mark.parametrize("suffix", [".txt", ".TXT"])
def test_line_ends_and_white_space_are_kept(tmp_path: Path, suffix: str) -> None:
    """No line end is translated and nothing is trimmed."""
    text = "\r\n  One.\r\nTwo.\rThree.\n\n\x0cFour.\u2028 \n"
    assert only_article(write(tmp_path / f"a{suffix}", text)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_their_marks(tmp_path: Path, encoding: str) -> None:
    """The byte order mark says how to decode; it is no part of the text."""
    text = "“Да,” said İlker Ünal 🚢.\r\n"
    assert only_article(write(tmp_path / "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("latin.txt", "One.\ncafé".encode("latin-1"), "not UTF-8: byte 9, in line 2"),
        ("half.txt", codecs.BOM_UTF16_LE + b"a", "not UTF-16"),
        ("empty.txt", b"", "empty"),
        ("blank.md", b" \r\n\t\n", "empty"),
        ("mark.txt", codecs.BOM_UTF8, "empty"),
        ("zip.txt", b"PK\x03\x04\x00\x00", "not a document"),
        ("codes.txt", bytes(range(1, 32)) * 9, "binary"),
        ("empty.jsonl", b"\n\n", "empty"),
        ("empty.json", b"[]", "empty"),
        ("empty.html", b"", "no article found"),
        ("bytes.htm", bytes(range(256)) * 20, "binary"),
        ("paper.pdf", b"%PDF-1.7", "not a PDF"),
        ("noending", b"He left.", "not a kind of file that is read here"),
        ("a.meta.json", b"{}", "describes an article"),
    ],
)
def test_a_file_without_an_article_says_why(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    """One line, which begins with the file."""
    path = write(tmp_path / name, content)
    problem = only_problem(path)
    assert problem.startswith(f"{path}: ")
    assert what in problem
    assert "\n" not in problem


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    """No more of it is read."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    limit = f"over {MAX_BYTES:,} bytes, the most that an article's file may have"
    assert only_problem(path) == f"{path}: {limit}"


def test_what_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """Missing, a file taken for a folder, a circle of links, a NUL, a name too long."""
    good = write(tmp_path / "a.txt", "He left.")
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    bad = [tmp_path / "none.txt", tmp_path / "none", good / "x.txt", loop, Path("a\0.txt")]
    found = list(read(*bad, tmp_path / ("x" * 5000), good))
    assert [type(reading) for reading in found] == [Problem] * 6 + [Article]
    for path, problem in zip(bad[:4], found, strict=False):
        assert str(problem).startswith(f"{path}: ")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that fails to read")
@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl", ".json"])
def test_a_file_that_fails_while_it_is_read_is_a_problem(tmp_path: Path, suffix: str) -> None:
    """The file opens and then cannot be read."""
    path = tmp_path / f"a{suffix}"
    path.symlink_to("/proc/self/mem")
    assert "Input/output error" in only_problem(path)


def test_a_folder_gives_its_good_files_and_names_the_bad_ones(tmp_path: Path) -> None:
    """Ids are paths within the folder, without the ending."""
    write(tmp_path / "a.txt", "One.")
    bad = write(tmp_path / "b.txt", b"\xff\xfe\xff")
    write(tmp_path / "c" / "a.txt", "Two.")
    write(tmp_path / "c" / "d.e.md", "# Three\n\nThree.")
    write(tmp_path / "z.jsonl", '{"id": "j", "body": "Four."}\n{"id": "k"}\n')
    write(tmp_path / "notes.png", "PNG")
    assert {name: article.text for name, article in articles(tmp_path).items()} == {
        "a": "One.",
        "c/a": "Two.",
        "c/d.e": "Three\nThree.",
        "j": "Four.",
    }
    first, other, second = problems(tmp_path)
    assert first.startswith(f"{bad}: not UTF-16")
    assert other.startswith(f"{tmp_path / 'notes.png'}: not a kind of file that is read here")
    assert second.startswith(f"{tmp_path / 'z.jsonl'}:2: no body")


LOCKED = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    sys.exit(3)
"""


def test_hidden_files_and_linked_folders_are_passed_over(tmp_path: Path) -> None:
    """A linked folder may be a circle or lead out of the folder; a linked file is read."""
    write(tmp_path / "outside" / "far.txt", "Far.")
    folder = tmp_path / "folder"
    write(folder / "a.txt", "One.")
    write(folder / ".b.txt", "Hidden.")
    write(folder / ".git" / "c.txt", "Hidden.")
    (folder / "again").symlink_to(folder)
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "linked.txt").symlink_to(tmp_path / "outside" / "far.txt")
    assert articles(folder).keys() == {"a", "linked"}
    assert problems(folder) == []


def test_the_files_of_an_archive_are_never_opened(tmp_path: Path) -> None:
    """SQLite's locks on them end when anybody in the process closes one of them."""
    write(tmp_path / "a.txt", "One.")
    with closing(sqlite3.connect(tmp_path / "archive.sqlite3")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("BEGIN IMMEDIATE")
        assert articles(tmp_path).keys() == {"a"}
        assert all("a database" in each for each in problems(tmp_path) if "sqlite3" in each)
        other = [sys.executable, "-c", LOCKED, str(tmp_path / "archive.sqlite3")]
        assert subprocess.run(other, check=False, timeout=PATIENCE).returncode == 3


def test_a_folder_without_articles_is_a_problem(tmp_path: Path) -> None:
    """An empty result would look like success."""
    write(tmp_path / ".hidden.txt", "No.")
    write(tmp_path / "b.meta.json", "{}")
    assert only_problem(tmp_path).startswith(f"{tmp_path}: no articles in this folder")


def test_two_files_with_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    """The second is refused, and both are named."""
    first = write(tmp_path / "x" / "a.txt", "One.")
    second = write(tmp_path / "y" / "a.txt", "Two.")
    assert [article.text for article in articles(first, second).values()] == ["One."]
    assert problems(first, second) == [
        f"{second}: left out: it has the id, guid or address of {first}"
    ]


def test_a_corrected_file_keeps_its_id(tmp_path: Path) -> None:
    """So it replaces the article that it corrects."""
    path = write(tmp_path / "a.txt", "One.")
    before = only_article(path)
    after = only_article(write(path, "One, corrected."))
    assert before.id == after.id
    assert before.version != after.version


def test_a_name_with_a_line_break_is_told_on_one_line(tmp_path: Path) -> None:
    """A problem is one line whatever the file is called."""
    problem = only_problem(write(tmp_path / "a\nb.txt", "He left."))
    assert "\n" not in problem
    assert "cannot be an id" in problem


def test_a_name_that_is_not_text_is_a_problem(tmp_path: Path) -> None:
    """The line about it can be printed anywhere."""
    path = tmp_path / "a\udcff.txt"
    try:
        path.write_text("He left.")
    except OSError:
        pytest.skip("this file system has no such names")
    only_problem(path).encode()


def test_heading_of_markdown_is_the_title_too(tmp_path: Path) -> None:
    """The heading stays in the text; only one that opens the file counts."""
    text = "\n# The *harbour* stays in C# ##\n\nHe left.\n"
    article = only_article(write(tmp_path / "a.md", text))
    assert (article.title, article.text) == (
        "The harbour stays in C#",
        "The harbour stays in C#\nHe left.",
    )
    assert only_article(write(tmp_path / "b.md", "He left.\n# Later\n")).title is None
    assert only_article(write(tmp_path / "c.txt", text)).title is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Port workers walk out\n\nHe left.", "Port workers walk out"),
        ("\ufeff\r\n  Will Reed resign? \r\n \r\nHe left.\r\n", "Will Reed resign?"),
        ("“We stay”: Reed on the dock\n\nHe left.", None),
        ("He left.\n\nShe stayed.", None),
        ("“He left,” said Ann Lee, “and stayed”\n\nShe stayed.", None),
        ("Port workers walk out\nHe left.\n\nShe stayed.", None),
        ("By Ann Lee\n\nHe left.", None),
        ("LONDON\n\nHe left.", None),
        ("Port workers walk out\n\n \n", None),
        ("The council met, and this is what was said there:\n\nHe left.", None),
        ("a " * 100 + "\n\nHe left.", None),
    ],
)
def test_a_headline_at_the_top_of_a_text_is_its_title_and_stays_where_it_is(
    tmp_path: Path, text: str, title: str | None
) -> None:
    article = only_article(write(tmp_path / "a.txt", text))
    assert (article.title, article.text) == (title, text.removeprefix("\ufeff"))


def test_a_sidecar_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "He left.")
    os.mkfifo(tmp_path / "a.meta.json")
    problem, article = read(path)
    assert "a.meta.json: not a regular file" in str(problem)
    assert isinstance(article, Article)


def test_sidecar_describes_the_article(tmp_path: Path) -> None:
    """Every detail may stand there; the id is still the name of the file."""
    path = write(tmp_path / "a.b.txt", "He left.")
    details = {
        "title": "Left",
        "author": "Ann Lee",
        "source": "The Paper",
        "published": "2024-05-06",
        "url": "https://paper.example/left",
    }
    write(tmp_path / "a.b.meta.json", json.dumps(details))
    assert only_article(path) == Article("a.b", "He left.", **details)


@pytest.mark.parametrize(
    ("content", "what", "title"),
    [
        ('{"title": "Left", "byline": "Ann"}', "unknown 'byline'", "Left"),
        ('{"title": "Left", "id": "other"}', "unknown 'id'", "Left"),
        ('{"title": "Left", "published": "May"}', "without its published", "Left"),
        ('{"title": ', "not JSON", None),
        ("[]", "a list, not a JSON object", None),
        ("", "not JSON", None),
    ],
)
def test_a_bad_sidecar_costs_only_what_is_bad(
    tmp_path: Path, content: str, what: str, title: str | None
) -> None:
    """The article and the good details are kept."""
    path = write(tmp_path / "a.txt", "He left.")
    write(tmp_path / "a.meta.json", content)
    problem, article = read(path)
    assert isinstance(problem, Problem)
    assert problem.kept
    assert what in str(problem)
    assert isinstance(article, Article)
    assert article.title == title


def test_page_gives_its_article_and_what_it_states(tmp_path: Path) -> None:
    """Menus and footers are no part of it; the id is the name of the file."""
    article = only_article(write(tmp_path / "a.html", PAGE))
    assert article.id == "a"
    assert "said, & nobody objected." in article.text
    assert "“We need every ship,” she told the council" in article.text
    assert "Sport" not in article.text
    assert "rights reserved" not in article.text
    assert article.title == "Harbour stays open"
    assert article.author == "Ann Lee"
    assert article.source == "The Paper"
    assert article.published == "2024-05-06"
    assert article.url == "https://paper.example/harbour"


def test_date_of_a_page_is_not_guessed_from_its_words(tmp_path: Path) -> None:
    """A date in a sentence is not the day of publication."""
    said = "The harbour opened on 3 March 2019, the mayor said, and it will stay open. "
    page = f"<html><body><article><p>{said * 5}</p></article></body></html>"
    assert only_article(write(tmp_path / "a.html", page)).published is None


def test_a_long_page_is_read_to_its_end(tmp_path: Path) -> None:
    """Extraction has no limit of its own that cuts the text."""
    lines = [f"On day {n} the mayor said that the harbour would stay open." for n in range(1500)]
    page = f"<html><body><article>{''.join(f'<p>{s}</p>' for s in lines)}</article></body></html>"
    article = only_article(write(tmp_path / "a.html", page))
    assert len(article.text) > 80_000
    assert article.text.endswith(lines[-1])


def test_uploads_are_read_as_files_are() -> None:
    """Of every kind; the name gives the kind and the id."""
    files = [
        ("story.txt", SEED.read_bytes()),
        ("page.HTML", PAGE.encode()),
        ("two.jsonl", b'{"id": "x", "body": "He left."}\nno'),
        ("list.json", b'[{"id": "y", "body": "She left."}]'),
    ]
    readings = list(read_uploads(files))
    assert [r.id for r in readings if isinstance(r, Article)] == ["story", "page", "x", "y"]
    assert [str(r) for r in readings if isinstance(r, Problem)] == [
        "two.jsonl:2: not JSON: Expecting value at column 1"
    ]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("../../etc/story.txt", "story"),
        ("C:\\news\\story.txt", "story"),
        ("/etc/passwd", "not a kind of file"),
        ("story.txt/..", "not a kind of file"),
        ("", "not a kind of file"),
        (".txt", "not a kind of file"),
        ("a\0b.txt", "cannot be an id"),
        ("a\nb.txt", "cannot be an id"),
        ("x" * 600 + ".md", "cannot be an id"),
        ("a.meta.json", "describes an article"),
        ("<img src=x>.txt", "<img src=x>"),
        ("..\\..txt", "."),
    ],
)
def test_the_name_of_an_upload_is_only_a_name(name: str, outcome: str) -> None:
    """Whatever it holds, it leads nowhere, and a problem with it is one line."""
    (reading,) = read_uploads([(name, b"He left.")])
    if isinstance(reading, Article):
        assert reading == Article(outcome, "He left.")
    else:
        assert outcome in reading.what
        assert len(str(reading).splitlines()) == 1


def test_uploads_of_one_name_or_too_large_are_problems() -> None:
    """The first of two stays; nobody waits for a file that is refused."""
    first, second, large = read_uploads(
        [("a/story.txt", b"One."), ("b/story.txt", b"Two."), ("c.txt", b"x" * (MAX_BYTES + 1))]
    )
    assert first == Article("story", "One.")
    assert str(second) == "story.txt: left out: it has the id, guid or address of story.txt"
    assert str(large).startswith("c.txt: over 20,971,520 bytes")
