"""Of an archive of any size only those articles are looked at that may have what is asked for."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.query.grammar.question import Query, understand
from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, view_article
from bot.selecting.overviews.overviews import ArticleSearch, Overview, OverviewSelector
from bot.selecting.wanted_speaker import look_up
from index.archive.archive import Archive
from index.schema import Article
from tests.archives import put

N = 12
DAY = "2024-03-{:02}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Articles in which Ann Reed says something, one of them of a flood; and a newer one."""
    opened = Archive.open(tmp_path_factory.mktemp("archive"), create=True)
    for n in range(N):
        topic = "flooding" if n == 3 else "traffic"
        text = f"“The {topic} of day {n} was bad,” said Ann Reed, the mayor."
        put(opened, Article(f"a{n}", text, f"News {n}", published=DAY.format(n + 1)))
    put(opened, Article("b", "It rained on the last day.", "Rain", published=DAY.format(31)))
    return opened


class Looking:
    """The selector, and the articles that it looked at."""

    def __init__(
        self, archive: Archive, near: Sequence[str] = (), story: Sequence[str] = ()
    ) -> None:
        self.seen: list[str] = []
        directory = Directory(archive.register())

        def view(id_: str) -> ArticleView | None:
            self.seen.append(id_)
            return view_article(archive, directory, id_)

        self.directory = directory
        search = ArticleSearch(lambda *_: near, lambda _: frozenset(story))
        self.selector = OverviewSelector(archive, directory, view, search, lambda _: [])

    def stated(self, query: Query) -> list[str]:
        """Of which articles something is chosen."""
        found = self.selector.stated(query, look_up(query, self.directory))
        return [each.view.article.id for each in found]

    def select(self, query: Query) -> Overview:
        """The overview that a question asks for."""
        return self.selector.select(query)


def test_words_on_a_topic_are_looked_for_where_its_words_stand(archive: Archive) -> None:
    with archive.snapshot():
        looking = Looking(archive)
        assert looking.stated(understand("what did the mayor say about the floods")) == ["a3"]
        assert looking.seen == ["a3"]
        assert looking.stated(understand("what did Reed say about ships")) == []
        assert looking.seen == ["a3"]


def test_what_happened_is_told_by_the_newest_and_the_others_are_counted(archive: Archive) -> None:
    with archive.snapshot():
        looking = Looking(archive)
        told = looking.select(Query("", "fact", None, "", extent="newest"))
        assert (looking.seen[0], told.n_found, told.is_counted) == ("b", N + 1, True)
        assert len(set(looking.seen)) <= N
        ids = frozenset({"a1", "a2"})
        query = Query("", "fact", None, "", extent="newest", within=ids)
        chosen = looking.select(query).choices
        assert [each.view.article.id for each in chosen] == ["a2", "a1"]


def test_of_very_many_articles_the_newest_are_listed_and_the_others_not_counted(
    tmp_path: Path,
) -> None:
    """Somebody who is quoted every day costs what five hundred articles cost."""
    with Archive.open(tmp_path, create=True) as opened, opened.snapshot():
        few = Looking(opened).select(understand("everything Reed said"))
        assert (few.n_found, few.is_counted) == (0, True)
    with Archive.open(tmp_path) as opened:
        for n in range(503):
            day = (date(2020, 1, 1) + timedelta(n)).isoformat()
            put(opened, Article(f"a{n}", f"“Day {n}x was bad,” said Ann Reed.", published=day))
        with opened.snapshot():
            looking = Looking(opened)
            found = looking.select(understand("everything Reed said"))
            assert (found.n_found, found.is_counted, looking.seen[0]) == (500, False, "a502")
            assert len(looking.seen) == 500


def test_of_several_of_a_name_those_who_speak_on_the_topic_are_offered(tmp_path: Path) -> None:
    """With the topic that was asked for; in an article on hotels, not all speak of their rooms."""
    with Archive.open(tmp_path, create=True) as archive:
        for n, (name, said) in enumerate(
            [
                ("Cora Vane", "Hotel rooms are cheap"),
                ("Dirk Vane", "Hotel rooms are dear"),
                ("Enid Vane", "It rained"),
            ]
        ):
            text = f"“{said},” said {name}, the guest. The hotel has rooms."
            put(archive, Article(f"v{n}", text, f"Hotel {n}", published=DAY.format(n + 1)))
        with archive.snapshot():
            options = Looking(archive, ["v0", "v1", "v2"]).select(
                understand("what did Vane say about hotel rooms?")
            )
        assert sorted(option.question for option in options.options) == [
            "What did Cora Vane say about hotel rooms",
            "What did Dirk Vane say about hotel rooms",
        ]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Of a bridge: what happened, and what goes on with it and what does not."""
    opened = Archive.open(tmp_path_factory.mktemp("reports"), create=True)
    told = {
        "old": "The collapse of the Tarn bridge was feared. It was shut.",
        "known": "The Tarn bridge collapse killed two on Monday. It rained.",
        "trial": "Two were blamed for the fall at Tarn. They deny it.",
        "lisle": "The Lisle bridge fell into the river. Nobody died.",
    }
    for n, (id_, text) in enumerate(told.items(), 1):
        put(opened, Article(id_, text, f"Report {n}", published=DAY.format(n)))
    return opened


@pytest.mark.parametrize(
    ("topic", "newest"),
    [
        ("the bridge collapse", "lisle"),  # of whatever bridge: the story decides
        ("the Tarn collapse", "trial"),  # the name stays, whatever is said of what happened
        ("the Tarn bridge", "known"),  # nothing happened that may be told in other words
    ],
)
def test_the_newest_report_of_an_event_is_found_by_its_story(
    reports: Archive, topic: str, newest: str
) -> None:
    with reports.snapshot():
        looking = Looking(reports, ["known", "old"], ["old", "trial", "lisle"])
        found = looking.select(Query(f"latest on {topic}", "fact", None, topic, extent="newest"))
    assert found.choices[0].view.article.id == newest
