"""The library of a real archive: what is listed, found, added and removed, and by many at once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answerer import Answerer
from bot.filters import BadFilter
from bot.library.library import Library, StatementQuery
from bot.selecting.reading.reader import Reader
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import Outcome
from index.reading.formats.jsonl import read_records
from index.reading.read_results import Problem
from index.reading.readers import read_uploads
from index.schema import Article
from tests.archives import folder_of
from tests.test_answerer import LOCAL
from tests.websites import page, website

MORE = (
    Article(
        "opening",
        "Mayor Anna Lee opened the harbour again on Friday. “The bridge can wait,” she said.\n"
        "Officials said that the café would stay closed.\n",
        title="Port Lisle’s harbour is open",
        source="The Évening Post",
        published="2025-03-07T09:00:00+01:00",
    ),
    Article("undated", "Anna Lee said that nobody had asked her about ferries.\n", source="Wire"),
    Article(
        "council",
        "Councillor Joan Pike said that the library would close.\n"
        + "It rained all day in Quarrel. " * 5
        + "\n“We shall hire teachers,” Pike said. “They are badly needed.”\n",
        title="Quarrel's council meets",
        published="2023-01-01",
    ),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, reader: Reader, article: Article
) -> Iterator[Library]:
    """Of six articles; no test changes it."""
    folder = tmp_path_factory.mktemp("library")
    with Archive.open(folder, create=True) as archive:
        opened = Answerer(archive, embedder, reader).library
        list(opened.add([article, *LOCAL, *MORE]))
        yield opened


@pytest.fixture
def answerer(tmp_path: Path, embedder: Embedder, reader: Reader) -> Iterator[Answerer]:
    """Of an archive of its own, for tests that change it."""
    with Archive.open(tmp_path / "archive", create=True) as archive:
        yield Answerer(archive, embedder, reader)


def ids(library: Library, query: str = "") -> list[str]:
    return [summary.id for summary in library.articles(query).items]


def said(
    library: Library,
    speaker: str | None = None,
    topic: str | None = None,
    since: str | None = None,
    until: str | None = None,
    *,
    oldest_first: bool = False,
) -> list[str]:
    """The articles of the statements that are found, in their order."""
    listing = library.statements(StatementQuery(speaker, topic, since, until, oldest_first))
    assert listing.total == len(listing.items)
    return [item.article.id for item in listing.items]


# --- articles


def test_articles_are_listed_newest_first_and_in_parts(library: Library) -> None:
    assert ids(library) == [
        "opening",
        "bridge",
        "harbour",
        "council",
        "putin-peacekeepers",
        "undated",
    ]
    part = library.articles(offset=1, limit=2)
    assert (part.total, [summary.id for summary in part.items]) == (6, ["bridge", "harbour"])
    assert library.articles(offset=9).items == ()
    assert library.articles(offset=-3, limit=-1).items == ()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harbour", {"harbour", "opening"}),
        ("Peacekeepers", {"putin-peacekeepers"}),  # the text says "peacekeeping"
        ("CAFE", {"opening"}),
        ("evening", {"opening"}),  # the outlet's name
        ("EVENING harbour", {"opening"}),
        ("evening bridge sweden", set()),
        ("harbour -lee", {"harbour", "opening"}),
        ('") OR 1', set()),
        ("...", set()),
        ("  ", {"harbour", "opening", "bridge", "undated", "council", "putin-peacekeepers"}),
    ],
)
def test_articles_are_found_by_all_words_of_title_outlet_and_text(
    library: Library, query: str, found: set[str]
) -> None:
    assert set(ids(library, query)) == found


# --- people


def test_people_are_who_is_quoted_by_name_the_most_quoted_first(library: Library) -> None:
    people = library.people().items
    names = [card.name for card in people]
    counts = [card.n_statements for card in people]
    assert counts == sorted(counts, reverse=True)
    assert {"Vladimir Putin", "Emmanuel Macron", "Anna Lee", "Ruth Lee", "Tom Reed"} <= set(names)
    assert not {name for name in names if name.islower() or name in ("Officials", "He")}


def test_a_persons_card_joins_all_articles(library: Library) -> None:
    (card,) = (c for c in library.people("lee").items if c.name == "Anna Lee")
    assert (card.n_statements, card.n_articles) == (4, 3)
    assert (card.first, card.last) == ("2024-03-04", "2025-03-07T09:00:00+01:00")
    assert [role.lower() for role in card.roles] == ["mayor"]
    assert "harbour" in card.topics
    assert len(said(library, "Anna Lee")) == card.n_statements


@pytest.mark.parametrize(
    ("query", "names"),
    [("the mayor", ["Anna Lee"]), ("REE", ["Tom Reed"]), ("macr", ["Emmanuel Macron"]),
     ("nobody", []), ("lee tom", [])],
)  # fmt: skip
def test_people_are_found_by_name_and_role(library: Library, query: str, names: list[str]) -> None:
    listing = library.people(query)
    assert [card.name for card in listing.items] == names
    assert listing.total == len(names)


# --- statements


def test_a_statement_comes_with_its_whole_sentences_and_their_place(library: Library) -> None:
    bridge = library.statements(StatementQuery("Anna Lee", until="2024-12-31")).items[1]
    assert bridge.speaker == "Anna Lee"
    assert bridge.text.startswith("“We have no money for a second bridge,” Lee told reporters.")
    assert bridge.text.endswith("“The ferry must do.”")
    assert bridge.article.id == "harbour"
    (harbour,) = (article for article in LOCAL if article.id == "harbour")
    assert bridge.span.of(harbour.text) == bridge.text
    assert all(bridge.span.start <= p.start < p.end <= bridge.span.end
               for p in bridge.statement.content)  # fmt: skip


def test_statements_are_of_whom_a_question_would_mean(library: Library) -> None:
    """By name, part of it, role; a name as it is listed means that one alone."""
    assert set(library.who("Lee")) == {"Anna Lee", "Ruth Lee"}
    assert library.who("the mayor of Port Lisle") == ("Anna Lee",)
    assert said(library, "Lee") == ["opening", "bridge", "bridge", *["harbour"] * 2, "undated"]
    assert said(library, "Anna Lee") == ["opening", *["harbour"] * 2, "undated"]
    assert said(library, "the mayor of Port Lisle") == said(library, "Anna Lee")


def test_nobody_of_a_name_is_told_from_somebody_who_is_silent(library: Library) -> None:
    assert said(library, "Xi Jinping") == []
    assert library.who("Xi Jinping") == ()
    assert said(library, "Tom Reed", "bridge sweden") == []
    assert library.who("Tom Reed") == ("Tom Reed",)


@pytest.mark.parametrize(
    ("topic", "kinds"),
    [
        ("library", ["indirect"]),
        ("the Libraries", ["indirect"]),
        ("closing the library", ["indirect"]),
        ("a teacher", ["direct"]),
        ("teachers needed", ["direct"]),
        ("Quarrel's teachers", ["direct"]),
        ("library teachers", []),
        ("the of", []),
    ],
)
def test_a_topic_wants_all_its_words_around_the_statement(
    library: Library, topic: str, kinds: list[str]
) -> None:
    found = library.statements(StatementQuery(topic=topic)).items
    assert [item.statement.kind for item in found] == kinds
    assert {item.speaker for item in found} <= {"Joan Pike"}


def test_the_title_alone_makes_no_topic(library: Library) -> None:
    """It helps with some of the words, where others stand around the statement."""
    assert said(library, "Ruth Lee", "oldham steel") == ["bridge", "bridge"]
    assert said(library, "Ruth Lee", "opens") == []


def test_statements_of_a_time_have_both_days_in_it(library: Library) -> None:
    assert (
        said(library, "Lee", None, "2024-03-04", "2024-05-06") == ["bridge"] * 2 + ["harbour"] * 2
    )
    assert said(library, "Lee", "", " 2025-03-07 ", "2025-03-07") == ["opening"]
    assert said(library, "Lee", None, "2025-03-08") == []


def test_oldest_first_leaves_those_without_a_date_last(library: Library) -> None:
    assert said(library, "Anna Lee", oldest_first=True) == [*["harbour"] * 2, "opening", "undated"]


@pytest.mark.parametrize("day", ["yesterday", "2024-02-30", "2024", "24-1-1", "2024-01-01T00:00"])
def test_a_day_that_cannot_be_read_is_said_in_a_line(library: Library, day: str) -> None:
    with pytest.raises(BadFilter, match="write a day as 2024-05-31") as raised:
        library.statements(StatementQuery(until=day))
    assert "“to” is" in str(raised.value)


# --- adding and removing


def test_what_is_good_goes_in_and_each_problem_has_its_line(answerer: Answerer) -> None:
    library = answerer.library
    sent = [
        {"id": "a", "title": "First", "body": "Ann Ray said that it would rain."},
        {"id": "b", "body": ""},
        {"id": "c", "body": "Tom Ray said that it would not.", "published": "soon"},
    ]
    outcomes = list(library.add(read_records(sent)))
    done = [each for each in outcomes if isinstance(each, Outcome)]
    assert done == [
        Outcome("a", "First", "added"),
        Outcome("c", "Tom Ray said that it would not.", "added"),
    ]
    lost = {each.place: each.what for each in outcomes if isinstance(each, Problem)}
    assert list(lost) == ["article 2", "article 3"]
    assert lost["article 2"] == "empty: no text in it"
    corrected = {**sent[0], "body": "Ann Ray said that it would snow."}
    again = library.add(read_records([corrected, sent[2] | {"published": None}]))
    known = [(each.what, each.article_id) for each in again if isinstance(each, Outcome)]
    assert known == [("unchanged", "c"), ("replaced", "a")]
    assert [item.text for item in library.statements(StatementQuery("Ann Ray")).items] == [
        "Ann Ray said that it would snow."
    ]


def test_uploads_and_addresses_are_added_alike(
    tmp_path: Path, embedder: Embedder, reader: Reader
) -> None:
    with website() as site, Archive.open(tmp_path / "a", create=True) as archive:
        site.paths["/a"] = page("Ann Ray said the ferry was late.", "text/plain")
        library = Answerer(archive, embedder, reader, site.fetcher()).library
        files = [("../x.txt", b"Tom Ray said it was early."), ("y.pdf", b"%PDF")]
        outcomes = [
            *library.add(read_uploads(files)),
            *library.add(library.read_address(site.url("/a"))),
            *library.add(library.read_address("file:///etc/passwd")),
        ]
        assert [isinstance(each, Problem) for each in outcomes] == [True, False, False, True]
        assert outcomes[1] == Outcome("x", "Tom Ray said it was early.", "added")
        assert isinstance(outcomes[2], Outcome)
        assert archive.article(outcomes[2].article_id) is not None
        assert {card.name for card in library.people().items} == {"Ann Ray", "Tom Ray"}


def test_a_removed_article_is_gone_from_every_list_and_from_the_disk(answerer: Answerer) -> None:
    library = answerer.library
    words = "Zyxwvut" * 3
    list(library.add([Article("a", f"Ann Ray said that {words} was open."), *LOCAL]))
    assert library.people("ray").total == 1
    assert library.remove("a")
    assert not library.remove("a")
    assert library.people("ray").total == 0
    assert library.who("Ann Ray") == ()
    assert library.statements(StatementQuery("Ann Ray")).total == 0
    assert library.articles(words).total == 0
    files = list(folder_of(answerer.archive).iterdir())
    assert files
    assert not [file for file in files if words.encode() in file.read_bytes()]


def test_visitors_ask_while_articles_come_and_go(answerer: Answerer) -> None:
    """Each list is of one moment: what it counts is what it shows."""
    library = answerer.library
    list(library.add(LOCAL))
    done = threading.Event()
    wrong: list[str] = []
    rounds = [0, 0]

    def look(which: int) -> None:
        while not done.is_set():
            rounds[which] += 1
            for listing in (
                library.articles("harbour"),
                library.people(),
                library.statements(StatementQuery("Lee")),
            ):
                if listing.total != len(listing.items):
                    wrong.append(repr(listing))
            if any(item.text == "" for item in library.statements(StatementQuery()).items):
                wrong.append("a statement without its words")
            answerer.answer("what did Lee say about the ferry?")

    threads = [threading.Thread(target=look, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    try:
        for n in range(5):
            text = f"Ann Ray{n} said that the harbour was open. Lee said the ferry was late."
            (outcome,) = library.add([Article("new", text)])
            assert outcome.what == ("added" if n % 2 == 0 else "replaced")
            if n % 2:
                assert library.remove("new")
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert min(rounds) > 0
    assert library.statements(StatementQuery("Ann Ray4")).total == 1
