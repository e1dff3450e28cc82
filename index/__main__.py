"""The terminal's door to the archive: add, remove and list articles; show who said what."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from index.adding import Adding, tell, working
from index.archive.address import Address
from index.console import (
    ARCHIVE,
    WRONG,
    complain,
    heartbeat,
    run,
    stoppable,
)
from index.printing import json_line, printable
from index.reading.formats.jsonl import parse_object
from index.reading.readers import read, read_places
from index.reading.records import statement_record
from index.schema import Article, Person, Statement, VerbatimError

if TYPE_CHECKING:
    from datetime import timedelta

    from index.archive.archive import Archive
    from index.watching import Watchlist

# The archive, its libraries and the model are imported where they are needed: they cost seconds,
# and neither --help nor `statements` needs them.

_COUNTED = {
    "sentences": ("sentence", "sentences"),
    "people": ("person", "people"),
    "statements": ("statement", "statements"),
    "passages": ("passage", "passages"),
    "versions": ("earlier version", "earlier versions"),
}

_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
# Typed alike: a path would lose one of the slashes of an address.
_PLACES = click.argument("places", nargs=-1, required=True, metavar="PATH|URL...")


@click.group()
def cli() -> None:
    """Manage an archive of news articles.

    Exits with 0 on success. Otherwise exits with 2 and prints one line to standard error for each
    problem; valid input is still processed.
    """


@cli.command()
@ARCHIVE
@click.option(
    "--embedder",
    help="A sentence-transformers model other than the default: a folder or a cached name.",
)
@click.option("--local", is_flag=True, help="Also fetch addresses in your own network.")
@click.option(
    "--report", type=click.File("w", "utf-8"), help="Write what was left out to a file, as JSONL."
)
@click.option(
    "--workers", type=click.IntRange(1), help="Read, analyse and encode in this many processes."
)
@click.option("--cluster", metavar="ADDRESS", help="Read, analyse and encode on a Ray cluster.")
@_PLACES
def add(  # noqa: PLR0913 -- its options
    archive: Address,
    embedder: str | None,
    report: TextIO | None,
    places: tuple[str, ...],
    workers: int | None,
    cluster: str | None,
    *,
    local: bool,
) -> int:
    """Add articles from files, folders and web addresses.

    Reads text, Markdown, HTML, Word, OpenDocument, PDF, RTF, mail, subtitles, tables, JSON, news
    agency formats (ninjs, NITF, NewsML-G2), exports of WordPress and MediaWiki, web pages, feeds,
    and a whole MediaWiki by the address of its api.php. Creates the archive if there is none. Skips
    articles that are already there; a changed article replaces the old one.
    """
    if workers and cluster:
        raise click.UsageError("--workers is for this machine; a cluster has its own.")
    adding = Adding(archive, embedder, places, report)
    try:
        with working(workers, cluster) as helping, stoppable():
            adding.bring_in(read_places(places, local=local, workers=helping), helping)
    except KeyboardInterrupt:
        complain(f"Stopped. {adding.kept} articles are in; run the same command again to continue.")
        raise click.Abort from None
    click.echo(adding.counts())
    return _status(adding.tally)


@cli.command()
@ARCHIVE
@click.option("--versions", is_flag=True, help="Remove only their earlier versions.")
@click.argument("article_ids", nargs=-1, required=True, metavar="ARTICLE_ID...")
def remove(archive: Address, article_ids: tuple[str, ...], *, versions: bool) -> int:
    """Remove articles, their earlier versions and all derived data."""
    unknown = 0
    with _opened(archive) as opened:
        for article_id in dict.fromkeys(article_ids):
            if gone := _gone(opened, article_id, versions=versions):
                click.echo(printable(f"{article_id}: {gone}"))
            else:
                unknown += 1
                complain(f"{article_id}: no such article in {archive}")
        if not opened.tidy():
            complain("Their words are still on the disk; python -m index check wipes them")
    click.echo(f"{len(set(article_ids)) - unknown} removed")
    return WRONG if unknown else 0


def _gone(archive: "Archive", article_id: str, *, versions: bool) -> str | None:
    """What went of an article, in a line; None if there is none of that id."""
    if versions:
        if article_id not in archive.ids():
            return None
        return f"{archive.forget_versions(article_id)} earlier versions removed"
    gone = archive.remove(article_id)
    counts = asdict(gone).items() if gone else ()
    parts = [f"{n} {_COUNTED[name][n != 1]}" for name, n in counts]
    return f"removed with {', '.join(parts)}" if gone else None


@cli.command()
@ARCHIVE
@click.argument("article_id")
def versions(archive: Address, article_id: str) -> None:
    """Show an article's earlier versions, newest change first."""
    from index.versions import history

    with _opened(archive) as opened:
        found = history(opened, article_id)
        for step in found:
            click.echo(printable(f"{step.day}  {step.older.label}"))
            click.echo("\n".join(printable(line) for line in step.lines()) + "\n")
        click.echo(f"{len(found)} earlier versions")


@cli.command()
@ARCHIVE
@click.argument("article_id")
@click.option("--title")
@click.option("--author")
@click.option("--source", help="The outlet.")
@click.option("--published", help="A day or time as 2024-05-31 or 2024-05-31T09:00:00+01:00.")
@click.option("--url")
def edit(archive: Address, article_id: str, **details: str | None) -> None:
    """Correct an article's details; "" removes a detail.

    A correction still applies when the article is fetched again. Like other corrections, it is
    listed, can be exported, and can be undone.
    """
    from index.correcting import edit as put_right

    given = {name: value for name, value in details.items() if value is not None}
    with _opened(archive) as opened:
        for name, value in given.items():
            put_right(opened, article_id, name, value)
    click.echo(f"{len(given)} corrected")


@cli.command("list")
@ARCHIVE
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each article.")
def list_articles(archive: Address, *, as_json: bool) -> None:
    """List the articles, newest first."""
    with _opened(archive) as opened:
        for summary in opened.articles():
            if as_json:
                click.echo(json_line(asdict(summary)))
            else:
                about = (summary.published, summary.source, summary.label)
                line = [summary.id, *(part for part in about if part)]
                click.echo("  ".join(map(printable, line)))


@cli.command()
@ARCHIVE
@click.option("--every", default="15m", show_default=True, help="How often, as 15m, 2h or 1d.")
@click.option("--once", is_flag=True, help="Read the feeds that are due, then exit.")
@click.option("--list", "lists", is_flag=True, help="Show when each feed was read and what failed.")
@click.option("--json", "as_json", is_flag=True, help="With --list: one JSON object for each feed.")
@click.option("--forget", is_flag=True, help="Stop watching FEEDS.")
@click.argument("feeds", nargs=-1, metavar="FEED...")
def watch(archive: Address, feeds: tuple[str, ...], *, every: str, **how: bool) -> int:
    """Add new articles from feeds, until Ctrl-C.

    Reads FEEDS and the feeds that were watched before. Reads a feed no more often than its server
    allows, and less often while it fails. Run the command again to continue with all of them.
    """
    from index.watching import Watchlist, read_every

    time_between = read_every(every)
    if isinstance(archive, Path):
        archive.mkdir(parents=True, exist_ok=True)
    else:
        _opened(archive, create=True).close()  # its tables are made with the archive's
    with Watchlist.of(archive) as watchlist:
        if how["forget"]:
            unknown = [feed for feed in feeds if not watchlist.forget(feed)]
            for feed in unknown:
                complain(f"{feed}: not watched")
            return WRONG if unknown else 0
        if how["lists"]:
            for one in watchlist.all():
                click.echo(json_line(one.record()) if how["as_json"] else printable(one.line()))
            return 0
        return _watch(archive, watchlist, feeds, time_between, once=how["once"])


def _watch(
    archive: Address,
    watchlist: "Watchlist",
    feeds: Sequence[str],
    every: "timedelta",
    *,
    once: bool,
) -> int:

    from index.archive.embedding.embedder import Embedder
    from index.ingest import ingest
    from index.watching import LOOK_S, Watcher, came_of

    failed = False
    with _opened(archive, create=True) as opened, stoppable():
        embedder = cache(lambda: Embedder.load(opened.embedder))
        watcher = Watcher(watchlist, lambda found: came_of(ingest(opened, embedder, found)))
        for feed in feeds:
            watcher.add(feed, every)
        with suppress(KeyboardInterrupt):
            while True:
                if asked := watcher.step():
                    failed = failed or bool(asked.problem)
                    click.echo(printable(asked.line()))
                elif once:
                    break
                else:
                    time.sleep(min(watcher.wait_s(), LOOK_S))
    return WRONG if failed and once else 0


@cli.command()
@ARCHIVE
@click.option(
    "--rederive", is_flag=True, help="Attribute every article again by this version's rules."
)
def check(archive: Address, *, rederive: bool) -> int:
    """Verify an archive and repair what can be repaired.

    Exits with 2 if damage remains. An article whose own text is damaged must be added again.
    """
    from index import maintenance
    from index.archive.embedding.embedder import Embedder

    left = done = 0
    with _opened(archive) as opened:
        embedder = cache(lambda: Embedder.load(opened.embedder))
        for finding in maintenance.check(opened, embedder):
            left += not finding.is_mended
            complain(finding.what)
        if rederive and not left:
            total = len(opened.ids())
            with heartbeat(lambda: f"{done} of {total} articles attributed again"):
                for _ in maintenance.rederive(opened, embedder):
                    done += 1
            click.echo(f"{done} articles attributed again")
        opened.tidy(thoroughly=True)
        click.echo(f"{len(opened.ids())} articles, {left} damaged" if left else "No damage found.")
    return WRONG if left else 0


@cli.command()
@ARCHIVE
@click.argument("file", type=click.Path(path_type=Path))
def backup(archive: Address, file: Path) -> None:
    """Write a backup of an archive to FILE. The archive may be in use."""
    from index.maintenance import backup as write

    with _opened(archive) as opened:
        write(opened, file)
        click.echo(f"{len(opened.ids())} articles in {file}")


@cli.command()
@ARCHIVE
@click.argument("file", type=click.Path(path_type=Path))
def restore(archive: Address, file: Path) -> None:
    """Replace an archive with the backup in FILE. The archive may be in use."""
    from index.maintenance import restore as put_back

    kept = put_back(archive, file)
    if kept:
        complain(f"The old archive is damaged; it is kept as {kept}.")
    with _opened(archive) as opened:
        click.echo(f"{len(opened.ids())} articles restored")


@cli.group()
def corrections() -> None:
    """Export or import corrections that were made by hand."""


@corrections.command("export")
@ARCHIVE
def export_corrections(archive: Address) -> None:
    """Print every correction, one JSON object on each line."""
    from index.correcting import listed, to_line

    with _opened(archive) as opened:
        for one in listed(opened, opened.corrections()):
            click.echo(json_line(to_line(one)))


@corrections.command("import")
@ARCHIVE
@click.argument("file", type=click.Path(path_type=Path))
def import_corrections(archive: Address, file: Path) -> int:
    """Import the corrections in FILE. They apply as soon as their articles are there."""
    from index.correcting import take_in

    tally: Counter[str] = Counter()
    with _opened(archive) as opened, file.open("rb") as lines:
        # The oldest first, as they were made: they are printed the other way round.
        for n, line in reversed([*enumerate(lines, 1)]):
            try:
                take_in(opened, parse_object(line))
                tally["imported"] += 1
            except VerbatimError as error:
                tally["refused"] += 1
                complain(f"{file}:{n}: {error}")
    click.echo(f"{tally['imported']} imported, {tally['refused']} refused")
    return _status(tally)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each article.")
@_PATHS
def statements(paths: tuple[Path, ...], *, as_json: bool) -> int:
    """Show who said what; needs no archive."""
    from index.document import analyse

    tally: Counter[str] = Counter()
    for article in _articles(paths, tally):
        found = analyse(article).statements
        if as_json:
            record = {"article_id": article.id, "statements": [statement_record(s) for s in found]}
            click.echo(json_line(record))
        else:
            lines = (_line(s, article.text) for s in found)
            click.echo("\n".join([printable(article.label), *lines, ""]))
    return _status(tally)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each article.")
@_PATHS
def people(paths: tuple[Path, ...], *, as_json: bool) -> int:
    """Show who is who; needs no archive.

    Lists named people, and organisations that speak.
    """
    from index.document import read_document

    tally: Counter[str] = Counter()
    for article in _articles(paths, tally):
        found = read_document(article.text).people
        if as_json:
            record = {"article_id": article.id, "people": [asdict(person) for person in found]}
            click.echo(json_line(record))
        else:
            click.echo("\n".join([printable(article.label), *map(_person, found), ""]))
    return _status(tally)


def _opened(archive: Address, *, create: bool = False) -> "Archive":
    from index.archive.archive import Archive

    return Archive.open(archive, create=create)


def _articles(paths: Sequence[Path], tally: Counter[str]) -> Iterator[Article]:
    for found in read(*paths):
        if isinstance(found, Article):
            yield found
        else:
            tell(found, tally)


def _status(tally: Counter[str]) -> int:
    return WRONG if tally["refused"] or tally["incomplete"] else 0


def _line(statement: Statement, text: str) -> str:
    name = statement.speaker.name if statement.speaker else "somebody"
    words = " … ".join(piece.of(text) for piece in statement.content)
    marks = [statement.kind, statement.modality, statement.via and f"via {statement.via.name}"]
    told = ", ".join(mark for mark in marks if mark)
    return f"  {printable(name)} ({printable(told)}): {printable(words)}"


def _person(person: Person) -> str:
    said = ", speaks" if person.speaks else ""
    roles = "; ".join(person.roles)
    line = f"  {person.name} ({person.kind}{said})" + (f": {roles}" if roles else "")
    return f"  {printable(line)}"


if __name__ == "__main__":
    run(cli, "python -m index")
