"""Corrections by hand in a real archive: kept, carried over, taken along in a file, taken back."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.__main__ import cli
from index.archive.archive import Archive
from index.archive.correction_rows import CorrectionDamaged
from index.correcting import (
    deny_role,
    edit,
    give_statement,
    join_people,
    listed,
    take_in,
    to_line,
)
from index.corrections import BadCorrection, Correction
from index.maintenance import backup, check, restore
from index.schema import Article, NotFound, Span
from tests.archives import put
from tests.test_corrections import ARTICLE, ROTTEN, TEXT
from tests.test_maintenance import no_model

OTHER = Article("other", "Tom Priddle, an engineer, said that the pier had sunk.\n")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", create=True) as opened:
        put(opened, ARTICLE)
        put(opened, OTHER)
        yield opened


def rotten(archive: Archive) -> tuple[str | None, str | None]:
    """Who calls the pier rotten, and when a person said so."""
    article = archive.article("pier")
    assert article
    (found,) = (s for s in archive.statements("pier") if "rotten" in s.span.of(article.text))
    return found.speaker.name if found.speaker else None, found.corrected


def give(archive: Archive, speaker: str | None = "Tom Priddle") -> Correction:
    return give_statement(archive, "pier", ROTTEN.span, speaker)


def holds(archive: Archive) -> list[bool]:
    return [one.holds for one in listed(archive, archive.corrections())]


def test_what_is_put_right_is_read_at_once_and_taken_back(archive: Archive) -> None:
    before, generation = rotten(archive), archive.generation
    made = give(archive)
    assert rotten(archive) == ("Tom Priddle", made.made_at)
    assert ("pier", "Tom Priddle") in [
        (id_, s.speaker.name) for id_, s in archive.all_statements() if s.speaker and s.corrected
    ]
    assert archive.generation != generation
    assert archive.derived("pier") == tuple(
        replace(s, speaker=d.speaker, corrected=None)
        for s, d in zip(archive.statements("pier"), archive.derived("pier"), strict=True)
    )
    assert archive.take_back(made.id)
    assert rotten(archive) == before
    assert not archive.take_back(made.id)


def test_the_same_put_right_again_replaces_what_was_said_before(archive: Archive) -> None:
    give(archive)
    last = give(archive, None)
    assert archive.corrections() == (last,)
    assert rotten(archive) == (None, last.made_at)


def test_it_survives_a_reopening_and_a_backup(archive: Archive, tmp_path: Path) -> None:
    give(archive)
    archive.close()
    with Archive.open(tmp_path / "archive") as again:
        assert rotten(again)[0] == "Tom Priddle"
        backup(again, tmp_path / "backup")
    restore(tmp_path / "restored", tmp_path / "backup")
    with Archive.open(tmp_path / "restored") as restored:
        assert rotten(restored)[0] == "Tom Priddle"


def test_it_follows_its_words_into_a_corrected_text(archive: Archive) -> None:
    give(archive)
    put(archive, replace(ARTICLE, text=f"CORRECTED: the pier is in Tarrow.\n\n{TEXT}"))
    assert rotten(archive)[0] == "Tom Priddle"
    (one,) = listed(archive, archive.corrections())
    assert one.words == ROTTEN.span.of(TEXT)


@pytest.mark.parametrize(
    "text", [TEXT.replace("rotten", "unsafe"), TEXT + TEXT, "Nothing is said here.\n"]
)
def test_where_the_words_stand_no_more_or_twice_it_applies_no_longer(
    archive: Archive, text: str
) -> None:
    give(archive)
    put(archive, replace(ARTICLE, text=text))
    assert holds(archive) == [False]
    assert not any(s.corrected for s in archive.statements("pier"))
    put(archive, ARTICLE)
    assert holds(archive) == [True]
    assert rotten(archive)[0] == "Tom Priddle"


def test_no_word_of_a_removed_article_is_left(archive: Archive, tmp_path: Path) -> None:
    give(archive)
    archive.remove("pier")
    archive.tidy()
    assert holds(archive) == [False]
    for file in (tmp_path / "archive").iterdir():
        assert b"rotten" not in file.read_bytes()
    put(archive, ARTICLE)
    assert rotten(archive)[0] == "Tom Priddle"


def test_nobody_and_two_who_are_one_are_so_in_all_articles(archive: Archive) -> None:
    made = join_people(archive, ["Tom Priddle"], "Mary Brannock")
    names = [(id_, person.name) for id_, person in archive.people()]
    assert ("other", "Mary Brannock") in names
    assert not any(name == "Tom Priddle" for _, name in names)
    (said,) = archive.statements("other")
    assert said.speaker
    assert said.speaker.name == "Mary Brannock"
    archive.take_back(made.id)
    join_people(archive, ["Tom Priddle"], None)
    (said,) = archive.statements("other")
    assert said.speaker is None
    assert not any(person.name == "Tom Priddle" for _, person in archive.people())


def test_a_role_that_is_wrong_is_gone(archive: Archive) -> None:
    def roles() -> list[str]:
        return [r for id_, p in archive.people() if id_ == "other" for r in p.roles]

    assert roles()
    for role in roles():
        deny_role(archive, ["Tom Priddle"], role)
    assert roles() == []


def test_a_circle_and_what_is_so_already_are_refused(archive: Archive) -> None:
    join_people(archive, ["Tom Priddle"], "Mary Brannock")
    with pytest.raises(BadCorrection, match="take that back first"):
        join_people(archive, ["Mary Brannock"], "Tom Priddle")
    with pytest.raises(BadCorrection, match="has this name already"):
        join_people(archive, ["Mary Brannock"], "mary  brannock")


@pytest.mark.parametrize(
    ("article_id", "span", "version", "why"),
    [
        ("absent", Span(0, 5), "", "no article"),
        ("pier", Span(0, 5), "", "No statement"),
        ("pier", Span(10**6, 10**6 + 1), "", "No statement"),
        ("pier", ROTTEN.span, "0" * 64, "has changed"),
    ],
)
def test_what_cannot_be_put_right_is_said_in_a_line(
    archive: Archive, article_id: str, span: Span, version: str, why: str
) -> None:
    with pytest.raises((BadCorrection, NotFound), match=why):
        give_statement(archive, article_id, span, "Ann Lee", version)
    assert archive.corrections() == ()


def test_a_damaged_correction_is_never_shown_and_can_be_taken_out(
    archive: Archive, tmp_path: Path
) -> None:
    give(archive)
    archive.close()
    path = tmp_path / "archive" / "archive.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE corrections SET what = replace(what, 'Tom', 'Tim')")
    with Archive.open(tmp_path / "archive") as again:
        with pytest.raises(CorrectionDamaged):
            again.statements("pier")
        (finding,) = check(again, no_model)
        assert not finding.is_mended
        assert "corrections were damaged" in finding.what
        assert again.corrections() == ()
        assert list(check(again, no_model)) == []


# --- as a file


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    status = result.return_value if isinstance(result.return_value, int) else 0
    return status, result.output


def test_corrections_are_taken_along_in_a_file(archive: Archive, tmp_path: Path) -> None:
    """Also before the article is there, and into another version of it."""
    give(archive)
    join_people(archive, ["Bo"], "Mary Brannock")
    deny_role(archive, ["Tom Priddle"], "an engineer")
    made = archive.corrections()
    archive.close()
    status, lines = run("corrections", "export", "--archive", str(tmp_path / "archive"))
    assert (status, len(lines.splitlines())) == (0, 3)
    (tmp_path / "file.jsonl").write_text(lines, encoding="utf-8")
    for text in (TEXT, f"Tarrow, Monday.\n{TEXT}"):
        folder = tmp_path / f"new-{len(text)}"
        with Archive.open(folder, create=True) as new:
            if text != TEXT:
                put(new, replace(ARTICLE, text=text))
        for _ in range(2):  # the second time changes nothing
            status, told = run(
                "corrections", "import", "--archive", str(folder), str(tmp_path / "file.jsonl")
            )
            assert (status, told) == (0, "3 imported, 0 refused\n")
        with Archive.open(folder) as new:
            put(new, replace(ARTICLE, text=text))
            assert {c.id for c in new.corrections()} == {c.id for c in made}
            assert [c.made_at for c in new.corrections()] == [c.made_at for c in made]
            assert rotten(new)[0] == "Tom Priddle"


def test_each_line_that_is_none_is_told_and_the_others_are_taken_in(
    archive: Archive, tmp_path: Path
) -> None:
    give(archive)
    (good,) = (to_line(one) for one in listed(archive, archive.corrections()))
    archive.take_back(str(good["id"]))
    bad = [
        "no JSON",
        "[]",
        json.dumps(good | {"id": "../x"}),
        json.dumps(good | {"made_at": "soon"}),
        json.dumps(good | {"speaker": "\u0000"}),
    ]
    file = tmp_path / "file.jsonl"
    file.write_text("\n".join([*bad, json.dumps(good)]), encoding="utf-8")
    archive.close()
    status, told = run("corrections", "import", "--archive", str(tmp_path / "archive"), str(file))
    assert status == 2
    assert told.endswith("1 imported, 5 refused\n")
    assert [line for n in range(1, 6) for line in told.splitlines() if f"file.jsonl:{n}: " in line]


@pytest.mark.parametrize("words", [None, 7, "", "rotten", "no such words"])
def test_hostile_words_of_a_line_place_nothing(archive: Archive, words: object) -> None:
    give(archive)
    (line,) = (to_line(one) for one in listed(archive, archive.corrections()))
    archive.take_back(str(line["id"]))
    take_in(archive, line | {"version": "0" * 64, "words": words})
    assert not any(s.corrected for s in archive.statements("pier"))


def test_details_that_are_put_right_hold_for_what_is_fetched_again(archive: Archive) -> None:
    read_as = archive.as_read("pier")
    made = edit(archive, "pier", "title", " Pier  sinks ")
    edit(archive, "pier", "published", "2019-05-31")
    edit(archive, "other", "published", "2020-05-31")
    assert [(s.id, s.title, s.published) for s in archive.articles()] == [
        ("other", None, "2020-05-31"),
        ("pier", "Pier sinks", "2019-05-31"),
    ]
    put(archive, ARTICLE)
    article = archive.article("pier")
    assert article
    assert (article.title, article.published) == ("Pier sinks", "2019-05-31")
    assert article.text == TEXT
    assert archive.as_read("pier") == read_as
    assert archive.holds(ARTICLE)
    assert archive.take_back(made.id)
    assert next(s.title for s in archive.articles() if s.id == "pier") == ARTICLE.title


def test_a_detail_can_be_taken_away_and_is_taken_along(archive: Archive, tmp_path: Path) -> None:
    edit(archive, "pier", "author", "")
    edit(archive, "pier", "url", "https://post.example/pier")
    lines = [to_line(one) for one in listed(archive, archive.corrections())]
    with Archive.open(tmp_path / "another", create=True) as another:
        for line in reversed(lines):
            take_in(another, line)
        put(another, ARTICLE)
        article = another.article("pier")
        assert article
        assert (article.author, article.url) == (None, "https://post.example/pier")


@pytest.mark.parametrize(
    ("detail", "value", "why"),
    [
        ("published", "31/05/2024", "ISO 8601"),
        ("url", "javascript:alert(1)", "http"),
        ("title", "a\0b", "control"),
        ("body", "x", "one of title"),
        ("author", "x" * 5000, "at most"),
    ],
)
def test_what_is_no_such_detail_is_refused(
    archive: Archive, detail: str, value: str, why: str
) -> None:
    with pytest.raises(BadCorrection, match=why):
        edit(archive, "pier", detail, value)
    with pytest.raises(NotFound):
        edit(archive, "none", "title", "x")


def test_details_are_put_right_in_the_terminal(archive: Archive) -> None:
    arguments = [
        "edit",
        "--archive",
        str(archive.address),
        "pier",
        "--title",
        "New",
        "--author",
        "",
    ]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0
    assert "2 corrected" in result.output
    article = archive.article("pier")
    assert article
    assert (article.title, article.author) == ("New", None)
