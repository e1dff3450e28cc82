"""Earlier versions of articles: kept, shown beside what followed, and gone with the article."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer, Block, Citation, CitedSentence
from bot.library.saved_answer import without_words
from bot.web.api.library import record
from bot.web.chat.turns import show_again
from bot.web.pages.article import rows_of
from index.archive import version_rows
from index.archive.archive import Archive, Gone
from index.archive.version_rows import VersionDamaged
from index.maintenance import backup, check, restore
from index.schema import Article, NotFound, Span
from index.versions import history
from tests.archives import folder_of, put, story
from tests.echo import Citing

OLD = Article("a", "Quokkas fled the fire. Ann Lee said it was out. Nobody was hurt.", "Fire")
MID = replace(OLD, text="Quokkas fled the fire. Ann Lee said it was nearly out. Nobody was hurt.")
NEW = replace(
    OLD, text="Wombats fled the fire. Ann Lee said it was nearly out. It rained.", title="Fire out"
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        put(archive, story(2))
        for article in (OLD, MID, NEW):
            put(archive, article)
        yield archive


def traces(folder: Path) -> bool:
    return any(b"quokka" in p.read_bytes().lower() for p in folder.iterdir() if p.is_file())


def test_what_an_article_takes_the_place_of_is_kept_with_its_days(archive: Archive) -> None:
    earlier = archive.versions("a")
    assert [each.article for each in earlier] == [MID, OLD]
    assert all(each.added_at <= each.replaced_at for each in earlier)
    assert archive.versions("story-2") == ()
    steps = history(archive, "a")
    assert [(step.older, step.newer) for step in steps] == [(MID, NEW), (OLD, MID)]
    assert [[c.what for c in step.changes] for step in steps] == [
        ["altered", "same", "gone", "new"],
        ["same", "altered", "same"],
    ]


def test_details_alone_make_no_version(archive: Archive) -> None:
    put(archive, replace(NEW, published="2024-05-06", source="Post"))
    assert len(archive.versions("a")) == 2


def test_no_earlier_version_is_asked_searched_or_listed(archive: Archive) -> None:
    assert [summary.id for summary in archive.articles()] == ["story-2", "a"]
    assert archive.ids() == ("a", "story-2")
    assert archive.search_words("quokkas", 5) == []
    assert archive.search_articles("quokkas") == []
    assert archive.having("Quokkas fled the fire") == []
    assert "Quokkas" not in str(archive.all_statements()) + str(archive.people())


def test_removing_takes_all_versions_and_leaves_no_byte(archive: Archive) -> None:
    assert traces(folder_of(archive))
    assert archive.remove("a") == Gone(sentences=3, people=1, statements=1, passages=1, versions=2)
    archive.close()
    assert not traces(folder_of(archive))
    with Archive.open(folder_of(archive)) as again:
        assert again.versions("a") == ()
        assert again.lost() == ()


def test_versions_alone_can_be_forgotten(archive: Archive) -> None:
    assert archive.forget_versions("a") == 2
    assert archive.forget_versions("a") == 0
    assert archive.as_read("a") == NEW
    archive.close()
    assert not traces(folder_of(archive))


def test_a_page_that_changes_every_hour_does_not_fill_the_disk(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(version_rows.MAX_VERSIONS + 5):
        put(archive, replace(OLD, text=f"It rained for {n} hours."))
    earlier = archive.versions("a")
    assert len(earlier) == version_rows.MAX_VERSIONS
    assert earlier[0].article.text == f"It rained for {version_rows.MAX_VERSIONS + 3} hours."
    monkeypatch.setattr(version_rows, "MAX_CHARACTERS", 60)
    put(archive, OLD)
    assert len(archive.versions("a")) == 2


def test_a_version_that_a_disk_has_altered_is_refused_and_taken_out(archive: Archive) -> None:
    with closing(sqlite3.connect(folder_of(archive) / "archive.sqlite3")) as connection, connection:
        connection.execute(
            "UPDATE versions SET text = replace(text, 'Quokkas', 'Nobody') WHERE n=1"
        )
    with pytest.raises(VersionDamaged, match="python -m index check"):
        archive.versions("a")
    (finding,) = check(archive, lambda: pytest.fail("nothing is derived anew"))
    assert (finding.what, finding.is_mended) == ("1 earlier versions were damaged: removed", False)
    assert [each.article for each in archive.versions("a")] == [MID]


def test_a_backup_has_them_too(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "backup")
    restore(tmp_path / "other", tmp_path / "backup")
    with Archive.open(tmp_path / "other") as other:
        assert other.versions("a") == archive.versions("a")


def test_the_history_of_nothing_is_not_found(archive: Archive) -> None:
    with pytest.raises(NotFound, match="no article 'b'"):
        history(archive, "b")


def test_a_step_is_shown_side_by_side_with_the_changed_words(archive: Archive) -> None:
    newest, first = rows_of(history(archive, "a"))
    assert newest.titles
    assert newest.titles.after == (("Fire", True), (" out", False))
    assert [(row.what, row.n_same) for row in newest.rows] == [
        ("altered", 0),
        ("same", 1),
        ("gone", 0),
        ("new", 0),
    ]
    assert newest.rows[0].before == (("Quokkas", False), (" fled the fire.", True))
    assert first.titles is None
    assert ("nearly ", False) in first.rows[1].after


def test_a_text_that_takes_long_to_compare_is_shown_by_whole_sentences(archive: Archive) -> None:
    """Two hundred such sentences took a minute and a half."""
    for n in range(2):
        text = " ".join(f"The {('a ', 'a b ')[n] * (190 // (n + 1))}x{i}." for i in range(100))
        put(archive, replace(OLD, id="c", text=text))
    (step,) = rows_of(history(archive, "c"))
    assert len(step.rows) == 100
    assert len(step.rows[0].before) > 1
    assert all(len(row.before) == 1 for row in step.rows[10:])


def test_the_api_has_places_in_each_text(archive: Archive) -> None:
    newest, _ = record("a", history(archive, "a")).versions
    altered, gone, new = newest.changes
    assert altered.before
    assert altered.after
    assert MID.text[altered.before.start : altered.before.end] == altered.before.text
    assert NEW.text[altered.after.start : altered.after.end] == "Wombats fled the fire."
    assert (gone.after, new.before) == (None, None)


def cited(article: Article, words: str) -> Answer:
    start = article.text.index(words)
    citation = Citation(1, article, Span(start, start + len(words)), 0.5)
    return Answer("who?", "1 sentence.", "", (Block(1, (CitedSentence(words, (citation,)),)),))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Quokkas fled the fire.",
         "where “Quokkas fled the fire.” now reads “Wombats fled the fire.”"),
        ("Nobody was hurt.", "and “Nobody was hurt.” no longer stands there"),
        ("Ann Lee said it was nearly out.", "though not what was cited of it"),
    ],
)  # fmt: skip
def test_a_kept_link_says_what_became_of_what_it_cited(
    archive: Archive, words: str, told: str
) -> None:
    answer, note = show_again(without_words(cited(MID, words), (), 0), Citing(archive))
    assert f"“Fire out” has been corrected, {told}: this is today’s answer." in note
    assert answer.message == "Cited."


def test_a_kept_link_to_a_version_that_is_forgotten_says_that_much(archive: Archive) -> None:
    archive.forget_versions("a")
    _, note = show_again(without_words(cited(OLD, "Nobody was hurt."), (), 0), Citing(archive))
    assert "“Fire out” has been corrected: this is" in note
