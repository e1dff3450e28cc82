"""Who is quoted, across articles: whom the people view names, and what it says of them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.library.ledger import Ledger, digest
from bot.query.people.directory import Directory
from index.archive.archive import Archive
from index.attribution.people.identities import context_words
from index.schema import Article
from tests.archives import everybody, put

ARTICLES = (
    Article(
        "old",
        "Prime Minister Ann Ray said that the fish market would close. The fish market is old.\n"
        "Officials said that the fish market was dirty.\n"
        "Some of the fishermen whom Ann Ray met said that it was clean.\n"
        "Police said that it was not.\n",
        "The fish market",
        published="2023-01-01",
    ),
    Article(
        "new",
        "Ray said that the election was free. The election was in May.\n"
        "“A free election,” said Colonel Moammar al-Eryani.\n",
        "The election",
        published="2024-01-01",
    ),
    Article("none", "“No,” said Ann Ray.\n"),
)
# Who speaks in these is not as plain.
DOUBTFUL = (
    Article(
        "doubt",
        "The Tarrow 90 said that it was new. Scholars said that it was not.\n"
        "Vosk said that it was grey. Mayor Zorn said that it was blue.\n"
        "NASA said that it was flying. The Harbour Commission said that it had sunk.\n"
        "“It rained,” said Brill.\n",
    ),
    Article("more", "“It snowed,” said Brill.\n"),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return make_ledger(tmp_path_factory.mktemp("ledger"), ARTICLES)


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return make_ledger(tmp_path_factory.mktemp("doubtful"), DOUBTFUL)


def make_ledger(folder: Path, articles: Sequence[Article]) -> Ledger:
    with Archive.open(folder, create=True) as archive:
        for article in articles:
            put(archive, article)
        people = everybody(archive)
        directory = Directory.gathered(people, {a.id: context_words(a.text) for a in articles})
        summaries = archive.articles()
        digests = {summary.id: digest(archive, summary) for summary in summaries}
        return Ledger(summaries, digests, directory, archive.people(), archive.all_statements())


def names(ledger: Ledger, query: str = "") -> list[str]:
    return [identity.name for identity, _ in ledger.speakers(query)]


def test_statements_stand_in_both_orders_with_the_undated_last(ledger: Ledger) -> None:
    newest = [entry.article.id for entry in ledger.newest_first]
    oldest = [entry.article.id for entry in ledger.oldest_first]
    assert list(dict.fromkeys(newest)) == ["new", "old", "none"]
    assert list(dict.fromkeys(oldest)) == ["old", "new", "none"]
    in_text = [
        entry.reported.span.start for entry in ledger.newest_first if entry.article.id == "old"
    ]
    assert in_text == sorted(in_text)


def test_only_who_has_a_name_is_quoted_by_name(ledger: Ledger) -> None:
    """Neither "Officials" nor "Some of the fishermen"; a particle makes no description."""
    assert names(ledger) == ["Ann Ray", "Moammar al-Eryani"]


def test_only_whom_the_articles_leave_in_no_doubt_is_listed(doubtful: Ledger) -> None:
    """By a full name, a role, or more than one article, of what is called a person or a body."""
    listed = set(names(doubtful))
    assert {"Zorn", "NASA", "Brill"} <= {name.split()[-1] for name in listed}
    assert any("Harbour Commission" in name for name in listed)
    assert not {name for name in listed if "Tarrow" in name or name in ("Scholars", "Vosk")}


def test_who_is_in_doubt_has_a_card_all_the_same(doubtful: Ledger) -> None:
    (vosk,) = {
        entry.identity
        for entry in doubtful.newest_first
        if entry.identity and entry.identity.name == "Vosk"
    }
    card = doubtful.card_of(vosk)
    assert card is not None
    assert (card.name, card.n_statements) == ("Vosk", 1)
    assert not doubtful.is_sure(vosk)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("RAY", ["Ann Ray"]),
        ("ra", ["Ann Ray"]),
        ("the prime minister", ["Ann Ray"]),
        ("prime minister ann", ["Ann Ray"]),
        ("eryani", ["Moammar al-Eryani"]),
        ("ray eryani", []),
        ("nobody", []),
    ],
)
def test_speakers_are_found_by_beginnings_of_name_and_role(
    ledger: Ledger, query: str, found: list[str]
) -> None:
    assert names(ledger, query) == found


def test_a_card_says_how_often_when_and_on_what(ledger: Ledger) -> None:
    (ray,) = ledger.speakers("ray")
    card = ledger.card(*ray)
    assert (card.name, card.roles) == ("Ann Ray", ("Prime Minister",))
    assert (card.n_statements, card.n_articles) == (3, 3)
    assert (card.first, card.last) == ("2023-01-01", "2024-01-01")
    assert set(card.topics) == {"fish market", "election"}


def test_a_topic_needs_a_word_beside_the_title(ledger: Ledger) -> None:
    (market, *_) = (e for e in ledger.newest_first if e.article.id == "old")
    assert market.is_about({"fish", "market"})
    assert market.is_about({"close"})
    assert not market.is_about({"elect"})
    assert not market.is_about(set())
