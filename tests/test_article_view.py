"""An article's sentences with the speakers whose words they carry, and the days that they name."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.date_range import DateRange
from bot.selecting.article_view import ArticleView, Attribution
from bot.selecting.choosing.evidence import is_from
from bot.selecting.finding.finder import Finder
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.archives import put

ViewOf = Callable[[str], ArticleView]


@pytest.fixture
def view_of(tmp_path: Path, embedder: Embedder) -> Iterator[ViewOf]:
    """Reads an article of 3 June 2021 from an archive."""
    with Archive.open(tmp_path, create=True) as archive:
        finder = Finder(archive, embedder.encode)

        def read(text: str) -> ArticleView:
            put(archive, Article("a", text, published="2021-06-03"))
            view = finder.view(archive.generation, "a")
            assert view is not None
            return view

        yield read


@pytest.mark.parametrize(
    ("between", "is_of_may"),
    [("In May, Tom Reed said they could not.", False), ("In May they were shut.", True)],
)
def test_a_day_that_somebody_else_names_beside_it_is_not_the_speakers(
    view_of: ViewOf, between: str, is_of_may: bool
) -> None:
    said = "Health minister Ann Lee said the clinics would open."
    view = view_of(f"{said} {between} “They will open in the autumn,” Lee said.")
    assert is_from(view, 2, DateRange(date(2021, 5, 1), date(2021, 5, 31))) == is_of_may


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ann Lee told the court: “He said, ‘The bank gets it back’.”", {"Victor Dunmore"}),
        ("“Victor says he is ill, and I believe it,” Ann Lee told the court.", {"Ann Lee"}),
    ],
)
def test_words_that_are_only_passed_on_are_those_of_who_said_them(
    view_of: ViewOf, text: str, speakers: set[str]
) -> None:
    view = view_of(f"Victor Dunmore ran the bank. {text}")
    assert {each.name for each in view.sentences[1].attributions} == speakers


def test_who_passes_words_on_is_kept(view_of: ViewOf) -> None:
    view = view_of("Ann Lee ran the bank. Tom Reed quoted Lee as saying the bank gets it back.")
    assert [(each.name, each.via) for each in view.sentences[1].attributions] == [
        ("Ann Lee", "Tom Reed")
    ]


@pytest.mark.parametrize(
    ("said", "is_near"),
    [
        ("Tom Reed, a farmer, said he would fight it.", True),
        ("Tom Reed, a farmer, said nobody wanted this.", True),
        ("Tom Reed, a farmer, said it was late.\n\n“It is no good,” Ida Orr said.", True),
        ("Tom Reed, a farmer, said he was ill this week.", False),
        ("Tom Reed, a farmer, said that he would vote.", False),
    ],
)
def test_what_it_is_was_told_in_the_paragraphs_before(
    view_of: ViewOf, said: str, is_near: bool
) -> None:
    view = view_of(f"The council agreed a plan for a quarry, Ann Lee said.\n\n{said}")
    last = len(view.sentences) - 1
    assert ("quarri" in view.around(last, frozenset())) == is_near


@pytest.mark.parametrize(
    ("name", "is_called"), [("Others", False), ("Many Tarners", True), ("Anna Lee", True)]
)
def test_others_are_nobodys_name(name: str, is_called: bool) -> None:
    assert Attribution(name, None, "direct").is_called is is_called
