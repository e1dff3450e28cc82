"""Who is who in an archive's tables is what is gathered of everybody, after each kind of change."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

import pytest

from index.archive.archive import Archive
from index.archive.checksums import with_checksum
from index.archive.embedded.engine import FILE
from index.archive.embedding.embedder import Embedder
from index.archive.errors import ArticleDamaged
from index.archive.opening import open_engine
from index.archive.register_update import TABLES
from index.archive.registering import register_articles, unregister_article
from index.archive.sqlite import SqliteConnection
from index.corrections import (
    Correction,
    Corrections,
    DetailIs,
    NotRole,
    PersonIs,
    StatementIs,
    What,
)
from index.document import analyse
from index.ingest import ingest
from index.maintenance import rederive
from index.schema import Analysis, Article, Kind, Person, Span, Speaker, Statement
from tests.archives import directions, gathered, put, story

FIRST = ["Ann", "John", "Prime", "Police", "Wanda", "Élodie", "Zoë", "the", "President", "Lee"]
MIDDLE = ["", "", "", "R.", "Robert", "Minister", "of", "von", "Lee"]
LAST = ["Lee", "Bolton", "Jr.", "Sr.", "Vázquez", "Garced", "Reed", "officer", "IAEA", "Times"]
BEFORE = ["", "", "President", "Mayor of Lyon", "supporters of", "a tweet by", "K.", "M.", "Club"]
ROLES = ["president", "former mayor of Lyon", "Polish Health Minister", "chief", "ex-wife", "pm"]


def name(rng: Random) -> str:
    """A name, or something like one: with offices, parts of others, in other letters."""
    words = (rng.choice(BEFORE), rng.choice(FIRST), rng.choice(MIDDLE), rng.choice(LAST))
    chosen = words if rng.random() < 0.7 else words[rng.randrange(4) :]
    return " ".join(filter(None, chosen)) or "Ann"


def article(number: int, rng: Random) -> tuple[Article, Analysis]:
    """An article that speaks of made-up people, some of whom say something."""
    text = "Poland and the mayor of Lyon met. “No,” said Élodie’s U.S. police chief. 北京 naïve ½."
    own = Article(
        f"a {number}", text, f"{name(rng)} speaks", published=f"2024-01-{number % 28 + 1:02}"
    )
    kinds: list[Kind] = ["direct", "indirect"]
    people = {
        each: Person(
            each,
            tuple(rng.sample(ROLES, rng.randrange(3))),
            rng.choice(["person", "person", "body"]),
            speaks=rng.random() < 0.5,
        )
        for each in (name(rng) for _ in range(rng.randrange(6)))
    }
    sentences = analyse(own).sentences
    statements = tuple(
        Statement(Speaker(name(rng), Span(0, 6)), None, (Span(36 + k, 38 + k),), rng.choice(kinds))
        for k in range(rng.randrange(3))
    )
    return own, Analysis(sentences, tuple(people.values()), statements, analyse(own).passages)


def add(archive: Archive, number: int, rng: Random) -> None:
    """Put such an article in, in place of the one of its number."""
    own, analysis = article(number, rng)
    archive.add(own, analysis, directions(own, analysis))


def is_as_gathered(archive: Archive) -> bool:
    """Whether all that can be asked of the tables is what is gathered."""
    with archive.snapshot():
        kept, whole = archive.register(), gathered(archive)
        everyone = [*whole.everyone()]
        assert [*kept.everyone()] == everyone
        names = [(id_, p.name) for id_, p in archive.people()]
        assert [kept.identity(*each) for each in names] == [whole.identity(*each) for each in names]
        words = {word for who in everyone for word in (*who.words, who.acronym, *who.role_words)}
        for word in sorted(words | {"mayor", "chief", "premier", "poland", "ex", "北京", "us", ""}):
            for ask in _ASKED:
                assert ask(kept, word) == ask(whole, word), word
        for who in everyone:
            assert kept.spellings(who) == whole.spellings(who)
            assert [*kept.with_initials(who.initials)] == [*whole.with_initials(who.initials)]
            assert all(kept.is_pair(*pair) for pair in zip(who.key, who.key[1:], strict=False))
        some = frozenset(archive.ids()[::3])
        assert kept.people_of(some) == whole.people_of(some)
        return kept.is_empty == whole.is_empty


_ASKED: list[Callable[..., object]] = [
    lambda register, word: tuple(register.called(word)),
    lambda register, word: register.is_called(word),
    lambda register, word: tuple(register.holding({word, "president"})),
    lambda register, word: tuple(register.holding({"president", "chief"}, {word, "poland"})),
    lambda register, word: word and register.having([{word, "poland"}, {"speaks"}]),
    lambda register, word: register.is_role_head(word),
    lambda register, word: register.names_like(word, 3, 0.6),
    lambda register, word: register.count(word),
    lambda register, word: word and register.mentions({word, "poland"}),
    lambda register, word: sorted(register.words_like(word[:1], len(word))),
    lambda register, word: register.is_pair(word, "lee"),
    lambda register, word: register.are_told({word}, {"a 3", "a 4"}),
]


@pytest.mark.parametrize("seed", range(4))
def test_the_tables_follow_what_comes_and_goes(tmp_path: Path, seed: int) -> None:
    """Articles added, replaced and removed, in any order, down to none."""
    rng = Random(seed)  # noqa: S311
    with Archive.open(tmp_path, create=True) as archive:
        for step in range(24):
            add(archive, rng.randrange(12), rng)
            if step % 3 == 2:
                archive.remove(f"a {rng.randrange(12)}")
                assert is_as_gathered(archive)
        for id_ in archive.ids():
            archive.remove(id_)
        assert is_as_gathered(archive)
    connection = sqlite3.connect(tmp_path / FILE)
    left = [connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES]  # noqa: S608
    connection.close()
    assert left == [(0,)] * len(TABLES)


def test_a_name_that_holds_itself_is_one_name_like_any_other(tmp_path: Path) -> None:
    """A caption that ran into its credit: the name stands before the credit, and after it."""
    text = "“No,” said Nicole Hemmer Courtesy Nicole Hemmer. Nicole Hemmer left."
    credited = ["Nicole Hemmer Courtesy Nicole Hemmer", "Ann Lee Ann Lee", "Lee Lee Lee Lee"]
    people = tuple(Person(each, ("author",)) for each in (*credited, "Nicole Hemmer"))
    with Archive.open(tmp_path, create=True) as archive:
        for number in range(3):
            own = Article(f"a {number}", f"{text} Day {number}.")
            analysis = replace(analyse(own), people=people[number:])
            archive.add(own, analysis, directions(own, analysis))
        archive.remove("a 1")
        assert is_as_gathered(archive)


def test_whom_one_article_only_describes_are_not_one_another(tmp_path: Path) -> None:
    text = "A port official said it was late. A spokesman for the board said that it was early."
    with Archive.open(tmp_path, create=True) as archive:
        put(archive, Article("a", text))
        assert is_as_gathered(archive)
        names = [each.name for each in gathered(archive).everyone()]
    assert sorted(names) == ["a port official", "a spokesman for the board"]


def test_a_name_costs_no_more_the_more_have_its_last_word(tmp_path: Path) -> None:
    """Nobody is joined to "Lee" alone where nobody is called so: the Lees are not read."""

    def steps(namesakes: int) -> int:
        """Of the database's machine, to list "Bo Reed Lee" and "Reed" among so many Lees."""
        people = [Person(f"A{n}a Lee", ()) for n in range(namesakes)]
        done = count()
        with Archive.open(tmp_path / f"{namesakes}", create=True) as archive:
            for number, listed in enumerate((people, [Person("Bo Reed Lee", ()), Person("Reed")])):
                own = Article(f"a {number}", "She left.")
                analysis = replace(analyse(own), people=tuple(listed))
                archive.add(own, analysis, directions(own, analysis))
        engine = open_engine(tmp_path / f"{namesakes}", create=False, embedder=None)
        with engine.writing() as connection:
            assert isinstance(connection, SqliteConnection)
            connection.set_progress_handler(lambda: next(done) * 0, 10)
            unregister_article(connection, "a 1")
            register_articles(connection, ["a 1"], Corrections())
        engine.close(wrote=True)
        return next(done)

    assert steps(3000) < 1.2 * steps(30)


def test_the_tables_follow_what_is_put_right(tmp_path: Path) -> None:
    """Who is who, who is nobody, a role, a title, whose words: made and taken back."""
    rng = Random(7)  # noqa: S311
    with Archive.open(tmp_path, create=True) as archive:
        for number in range(10):
            add(archive, number, rng)
        names = [person.name for _, person in archive.people()]
        (id_, said), *_ = archive.all_statements()
        version = next(a.version for a in archive.articles() if a.id == id_)
        made: list[What] = [
            PersonIs((names[0], names[1]), names[2]),
            PersonIs((names[2],), "Quincy Zork"),
            PersonIs((names[4],), None),
            NotRole((names[3], "Quincy Zork"), "president"),
            DetailIs("a 2", "title", "Mayor of Quux resigns"),
            StatementIs(id_, version, said.span, "Xenia Quill"),
        ]
        for number, what in enumerate(made):
            archive.correct(Correction(f"c{number}", "2026-01-01", what))
            assert is_as_gathered(archive)
        add(archive, 3, rng)
        assert is_as_gathered(archive)
        for number in (1, 0, 4, 3, 5, 2):
            archive.take_back(f"c{number}")
            assert is_as_gathered(archive)


def test_an_archive_of_the_format_before_gets_its_tables(tmp_path: Path) -> None:
    """When it is opened; it is asked, and goes on, as any other."""
    with Archive.open(tmp_path, create=True) as archive:
        for n in range(12):
            put(archive, story(n))
    connection = sqlite3.connect(tmp_path / FILE)
    for table in (*TABLES, "context_vocabulary", "context_words"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX articles_by_date")
    value, sum_ = with_checksum("format", "10")[1:]
    connection.execute("UPDATE meta SET value = ?, seal = ? WHERE name = 'format'", (value, sum_))
    connection.commit()
    connection.close()
    with Archive.open(tmp_path) as archive:
        assert is_as_gathered(archive)
        put(archive, story(20))
        assert is_as_gathered(archive)


def test_who_is_who_is_listed_by_other_rules_once_all_is_derived_again(
    tmp_path: Path, embedder: Embedder
) -> None:
    text = "A port official said it was late. A spokesman for the board said that it was early."
    with Archive.open(tmp_path, create=True, embedder=embedder.name) as archive:
        list(ingest(archive, lambda: embedder, [Article("a", text)]))
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("UPDATE keys SET apart = 0, joined = (SELECT min(words) FROM keys)")
    connection.execute("DELETE FROM identities WHERE key != (SELECT min(words) FROM keys)")
    connection.commit()
    connection.close()
    with Archive.open(tmp_path) as archive:
        assert list(rederive(archive, lambda: embedder)) == ["a"]
        assert is_as_gathered(archive)


def test_a_damaged_list_is_refused_and_made_again(tmp_path: Path) -> None:
    """No name that a disk has altered is shown as an article's."""
    with Archive.open(tmp_path, create=True) as archive:
        for n in range(5):
            put(archive, story(n))
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("UPDATE bearers SET bare = 'Ann Lie4' WHERE name = 'Ann Lee4'")
    connection.commit()
    connection.close()
    with Archive.open(tmp_path) as archive:
        with archive.snapshot(), pytest.raises(ArticleDamaged):
            archive.register().called("lee4")
        assert any("who is who" in line for line in archive.mend_indexes())
        assert is_as_gathered(archive)
        assert archive.mend_indexes() == []


def test_who_is_who_is_asked_in_its_own_state_only(tmp_path: Path) -> None:
    """What is kept of one state is never mixed with another."""
    with Archive.open(tmp_path, create=True) as archive:
        put(archive, story(1))
        register = archive.register()
        put(archive, story(2))
        with pytest.raises(RuntimeError):
            register.called("lee2")
