from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answerer import Answerer
from bot.library.library import Library
from bot.selecting.reading.reader import Reader
from bot.web.pages.person import PersonPage, look_up, short
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.language.dates import read_day
from index.schema import Article, NotFound


def story(id: str, published: str | None, n: int = 1) -> Article:
    """An article in which Ann Lee speaks `n` times."""
    lines = (f"“The bridge {k} is safe,” said Ann Lee. The ferry was late." for k in range(n))
    return Article(id, "\n".join(lines), f"Title {id}", published=published)


STORIES = (
    story("old", "2020-05-31"),
    story("new", "2024-02-29T23:00:00Z", 14),
    story("unknown", None),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("sayings")
    with Archive.open(folder, create=True) as archive:
        opened = Answerer(archive, embedder, Reader.load()).library
        list(opened.add(STORIES))
        yield opened


@pytest.fixture(scope="module")
def sayings(library: Library) -> PersonPage:
    return look_up(library, "Ann Lee", "")


def test_statements_stand_by_article_newest_first_and_those_without_a_date_apart(
    sayings: PersonPage,
) -> None:
    assert [group.article.id for group in sayings.dated] == ["new", "old"]
    assert [group.article.id for group in sayings.undated] == ["unknown"]
    assert sayings.total == sayings.n_shown == 16
    assert sayings.card
    assert sayings.card.n_articles == 3


def test_the_timeline_goes_from_the_first_to_the_last_and_leads_to_sentences(
    sayings: PersonPage,
) -> None:
    timeline = sayings.timeline
    assert timeline
    assert (timeline.first, timeline.last) == ("31 May 2020", "29 Feb 2024")
    assert timeline.dots[0].article_id == "old"
    assert timeline.dots[0].label.startswith("31 May 2020, quoted: “The bridge 0 is safe,”")
    assert timeline.dots[0].span.of(STORIES[0].text).startswith("“The bridge 0")


def test_what_has_no_room_leads_to_its_article_in_the_list(sayings: PersonPage) -> None:
    assert sayings.timeline
    [(point, anchor)] = sayings.timeline.more
    assert point.more == 4
    assert [group.article.id for group in sayings.dated if group.anchor == anchor] == ["new"]


def test_the_pieces_of_a_statement_are_its_sentences(sayings: PersonPage) -> None:
    saying = sayings.dated[1].sayings[0]
    assert "".join(words for words, _ in saying.pieces) == "“The bridge 0 is safe,” said Ann Lee."
    assert [words for words, is_content in saying.pieces if is_content] == [
        "“The bridge 0 is safe,”"
    ]
    assert saying.kind == "quoted"


def test_statements_that_follow_one_another_are_one_in_the_articles_order(
    library: Library,
) -> None:
    text = "“The dam holds,” said Bo Orr. He said that it was new. “Come and see,” said Bo Orr."
    list(library.add([Article("dam", f"{text} It rained. “Again,” said Bo Orr.", "The dam")]))
    (group,) = look_up(library, "Bo Orr", "").undated
    shown = ["".join(words for words, _ in saying.pieces) for saying in group.sayings]
    assert shown == [text, "“Again,” said Bo Orr."]
    assert [saying.kind for saying in group.sayings] == ["partly quoted", "quoted"]
    assert library.remove("dam")


def test_a_topic_that_nobody_spoke_on_leaves_nothing(library: Library) -> None:
    found = look_up(library, "Ann Lee", "volcanoes")
    assert (found.total, found.timeline, found.dated, found.undated) == (0, None, (), ())


@pytest.mark.parametrize("name", ["", " ", "Bob Ray", "<b>", "\u202eeeL nnA"])
def test_nobody_is_not_found(library: Library, name: str) -> None:
    with pytest.raises(NotFound, match="Nobody called"):
        look_up(library, name, "")


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-02-29T23:00:00+01:00", date(2024, 2, 29)),
        ("2024", None),
        ("yesterday", None),
        ("2024-02-30", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_one_of_the_calendar(published: str | None, day: date | None) -> None:
    assert read_day(published) == day


def test_a_day_on_the_axis_is_short() -> None:
    assert short(date(2025, 9, 5)) == "5 Sep 2025"
