"""How `add` brings in what is read, and tells at the terminal what becomes of it."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import TextIO

import click

from index.archive.address import Address
from index.console import SILENCE_S, complain, heartbeat
from index.printing import json_line
from index.reading.read_results import Problem, ReadResult
from index.reading.readers import is_address, read_places
from index.reading.records import described
from index.schema import Article
from index.workers import Processes, Workers

# The archive, its libraries and the model are imported where they are needed: they cost seconds.

_SILENCE_PIPED_S = 10.0


def tell(problem: Problem, tally: Counter[str], report: TextIO | None = None) -> None:
    """Print a problem, count it, and write it into the report."""
    what = _kind(problem)
    tally[what] += 1
    complain(problem)
    if report:
        record = {"what": what, "place": problem.place, "reason": problem.what}
        click.echo(json_line(record), file=report)


def _kind(problem: Problem) -> str:
    if problem.withdraws:
        return "notice"
    return "passed" if problem.passed else "incomplete" if problem.kept else "refused"


def working(workers: int | None, cluster: str | None) -> AbstractContextManager[Workers | None]:
    """The workers that analyse and encode while the block runs; None where there are none."""
    if cluster:
        from index.cluster import Cluster

        return Cluster(cluster)
    return Processes(workers) if workers else nullcontext()


@dataclass
class Adding:
    """One run of `add`; `tally` counts what became of articles, and is added to as it goes."""

    archive: Address
    embedder: str | None
    places: Sequence[str]
    report: TextIO | None = None
    tally: Counter[str] = field(default_factory=Counter)

    @property
    def kept(self) -> int:
        """How many of the articles are in the archive now."""
        return self.tally["added"] + self.tally["replaced"] + self.tally["unchanged"]

    def counts(self) -> str:
        """What became of all of it, in a line."""
        tally = self.tally
        counts = [f"{tally[what]} {what}" for what in ("added", "replaced", "unchanged", "refused")]
        if tally["withdrawn"]:
            counts.append(f"{tally['withdrawn']} withdrawn")
        if tally["incomplete"]:
            counts.append(f"{tally['incomplete']} details left out")
        if tally["passed"]:
            counts.append(f"{tally['passed']} files in other formats skipped")
        return ", ".join(counts)

    def bring_in(self, readings: Iterator[ReadResult], workers: Workers | None = None) -> None:
        """Ingest, with a line for each problem and for each article that was there before."""
        for reading in readings:
            # Nothing to add, no archive: a mistyped path leaves no empty folder behind.
            if isinstance(reading, Article) or reading.withdraws:
                with heartbeat(self._so_far, SILENCE_S if _is_terminal() else _SILENCE_PIPED_S):
                    self._bring_in(chain([reading], readings), workers)
            else:
                tell(reading, self.tally, self.report)

    def _bring_in(self, readings: Iterator[ReadResult], workers: Workers | None) -> None:
        from index.archive.archive import Archive
        from index.archive.embedding.embedder import Embedder
        from index.ingest import ingest, ingest_by

        @cache
        def embedder() -> Embedder:
            return named or Embedder.load(opened.embedder)

        # Before the archive, which would for ever ask for a model that was mistyped here.
        named = Embedder.load(self.embedder) if self.embedder else None
        name = named.name if named else None
        with (
            Archive.open(self.archive, create=True, embedder=name) as opened,
            click.progressbar(
                ingest_by(workers, opened, readings)
                if workers
                else ingest(opened, embedder, readings),
                length=self._total(),
                label="Adding",
                hidden=not _is_terminal(),
                file=sys.stderr,
            ) as outcomes,
        ):
            for outcome in outcomes:
                if isinstance(outcome, Problem):
                    tell(outcome, self.tally, self.report)
                    continue
                self.tally[outcome.what] += 1
                if outcome.before:
                    done = "withdrew" if outcome.what == "withdrawn" else "replaced"
                    complain(f"{outcome.article_id}: {done} {described(outcome.before)}")

    def _total(self) -> int | None:
        # Reading twice is cheap beside encoding, and a bar without an end tells nothing. But nobody
        # is asked twice for a page.
        if not _is_terminal() or any(map(is_address, self.places)):
            return None
        return sum(1 for _ in read_places(self.places))

    def _so_far(self) -> str:
        if _is_terminal() and not self.kept:
            return "Loading the models; this takes longest the first time after installing"
        # A bar that moves says it itself.
        return f"{self.kept} articles so far" if self.kept and not _is_terminal() else ""


def _is_terminal() -> bool:
    return sys.stderr.isatty()
