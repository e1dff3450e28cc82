"""The terminal's door: one question, a batch of them, or a conversation."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.archive.address import Address
from index.console import ARCHIVE, ARCHIVE_HELP, WRONG, ArchiveAddress, complain, run
from index.printing import json_line, printable
from index.schema import VerbatimError

if TYPE_CHECKING:
    from bot.answer import Answer
    from bot.answerer import Answerer
    from bot.training.tampering import TamperingFigures

    Ask = Callable[[str, Sequence[str]], Answer]

_CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="A TOML file (docs/configuration.md).  [default: the file in VERBATIM_CONFIG]",
)
_VERBATIM = click.option(
    "--verbatim", is_flag=True, help="Do not use a language model, even if one is configured."
)


_QUIT = ("quit", "exit", "bye")


@click.group()
def cli() -> None:
    """Ask questions. Answers quote the articles, each sentence with its speaker and position."""


@cli.command()
@ARCHIVE
@_CONFIG
@_VERBATIM
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.argument("question")
def ask(
    archive: Address, config: Path | None, question: str, *, verbatim: bool, as_json: bool
) -> None:
    """Answer one QUESTION."""
    from bot.running_server import ask_running

    if verbatim or not _names_model(config):
        # Whoever has the archive open has the models loaded already.
        media = "application/json" if as_json else "text/plain"
        if known := ask_running(archive, question, accept=media):
            click.echo(json_line(json.loads(known)) if as_json else known)
            return
    from bot.rendering.answer_json import to_json  # seconds: the models' libraries
    from bot.rendering.answer_text import to_text

    answer = _asking(archive, config, verbatim=verbatim)(question, ())
    click.echo(json_line(to_json(answer)) if as_json else to_text(answer))


@cli.command()
@ARCHIVE
@_CONFIG
@_VERBATIM
def batch(archive: Address, config: Path | None, *, verbatim: bool) -> int:
    """Answer the questions in a JSONL file on standard input.

    Prints one line of JSON for each. Invalid lines are reported on standard error and skipped; the
    exit status is then 2.
    """
    from bot.rendering.answer_json import to_json

    ask: Ask | None = None
    n_bad = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            record = _record(number, line)
        except VerbatimError as error:
            complain(error)
            n_bad += 1
            continue
        # A bad first line costs no models.
        ask = ask or _asking(archive, config, verbatim=verbatim)
        answer = ask(record["question"], record["history"])
        click.echo(json_line(to_json(answer) | {"id": record["id"]}))
    return WRONG if n_bad else 0


@cli.command()
@ARCHIVE
@_CONFIG
@_VERBATIM
def chat(archive: Address, config: Path | None, *, verbatim: bool) -> None:
    """Hold a conversation. An empty line or "quit" ends it."""
    from bot.rendering.answer_text import to_text

    ask = _asking(archive, config, verbatim=verbatim)
    history: list[str] = []
    while (question := _prompt()) and question.casefold() not in _QUIT:
        click.echo(to_text(ask(question, history)))
        history.append(question)


@cli.command("eval")
@click.option("--archive", type=ArchiveAddress(), help=ARCHIVE_HELP)
@click.option("--tamper", is_flag=True, help="Measure the checker of drafts; needs no archive.")
@click.option(
    "--data", type=click.Path(path_type=Path), help="A folder of data sets with drafts to check."
)
@click.option("--every", type=click.IntRange(1), default=1, help="Check only every n-th draft.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--min-hit1", type=float, default=0.0, help="Fail below this hit1.")
@click.option("--min-f1", type=float, default=0.0, help="Fail below this f1.")
@click.option("--min-refused", type=float, default=0.0, help="Fail below this share refused.")
@click.option("--min-balanced", type=float, default=0.0, help="Fail below this balanced score.")
@click.option("--min-caught", type=float, default=0.0, help="Fail if less is caught of any kind.")
@click.option(
    "--max-removed", type=float, default=1.0, help="Fail if a larger share of true drafts fails."
)
@click.argument("questions", type=click.Path(path_type=Path), required=False)
def evaluate(  # noqa: PLR0913 -- as many as there are options
    archive: Address | None,
    questions: Path | None,
    *,
    tamper: bool,
    data: Path | None,
    every: int,
    as_json: bool,
    max_removed: float,
    min_caught: float,
    **least: float,
) -> None:
    """Score the answers to your own gold QUESTIONS (.jsonl).

    Exits with 1 if a threshold is missed. Conversations (docs/evaluation.md) are judged turn by
    turn.
    """
    if tamper:
        from bot.training.tampering import table as tampering_table

        shares = _tamper(data, every)
        click.echo(json_line(asdict(shares)) if as_json else tampering_table(shares))
        _missed(shares.below(caught=min_caught, removed=max_removed))
        return
    if archive is None or questions is None:
        raise click.UsageError("Give --archive and QUESTIONS, or --tamper.")
    from bot.evaluation import ask_all, is_conversation, read_golds, read_lines, report, table

    if any(is_conversation(record) for _, record in read_lines(questions)):
        _judge(archive, questions, as_json=as_json)
        return
    golds = read_golds(questions)
    figures = report(ask_all(_open(archive).answer, golds))
    click.echo(json_line(asdict(figures)) if as_json else table(figures))
    bars = ((key.removeprefix("min_"), bar) for key, bar in least.items())
    _missed(
        [
            f"{name} is {getattr(figures, name):.3f}, below {bar:.3f}"
            for name, bar in bars
            if getattr(figures, name) < bar
        ]
    )


def _judge(archive: Address, conversations: Path, *, as_json: bool) -> None:
    """Hold conversations and judge the answers, by kind of question."""
    from bot.evaluation import judge_all, read_conversation, read_lines, table_of_verdicts, tally

    golds = [read_conversation(place, gold) for place, gold in read_lines(conversations)]
    tallies = tally(list(judge_all(_open(archive).answer, golds)))
    records = {kind: asdict(each) for kind, each in tallies.items()}
    click.echo(json_line(records) if as_json else table_of_verdicts(tallies))


def _tamper(data: Path | None, every: int) -> "TamperingFigures":
    from bot.drafting.checking.checker import Checker
    from bot.training.tampering import load, load_annotated, report, run

    check = Checker.load().check
    benchmarks = [load_annotated(data)] if data else []
    benchmarks += [load().half(calibrating=False)]
    return report(each for b in benchmarks for each in run(check, b.each(every)))


def _missed(bars: Sequence[str]) -> None:
    """End with 1 if a bar was missed."""
    if bars:
        click.echo("; ".join(bars), err=True)
        raise SystemExit(1)


@cli.command()
@ARCHIVE
@click.option("--forget", is_flag=True, help="Delete the feedback that was printed.")
def feedback(archive: Address, *, forget: bool) -> None:
    """Print visitors' feedback as gold questions (JSONL)."""
    from bot.library.answer_store import AnswerStore
    from bot.library.feedback import gold_questions
    from index.archive.archive import Archive

    with Archive.open(archive) as opened, AnswerStore.of(archive) as store:
        given = store.feedback()
        golds, problems = gold_questions(given, opened)
        for gold in golds:
            click.echo(json_line(gold))
        for problem in problems:
            click.echo(f"no gold: {printable(problem)}", err=True)
        if forget:
            store.forget_feedback(len(given))


@cli.command()
@click.argument("source", metavar="FROM", type=ArchiveAddress())
@click.argument("target", metavar="TO", type=ArchiveAddress())
def copy(source: Address, target: Address) -> None:
    """Copy the archive FROM to TO, where there must be none.

    Copies everything that is stored with the archive. FROM and TO are each a folder or the address
    of a database. If an article is damaged, nothing is copied and the exit status is 2.
    """
    click.echo(f"{copy_all(source, target)} articles copied to {target}")


@cli.command()
@ARCHIVE
def mcp(archive: Address) -> None:
    """Serve a Model Context Protocol client on stdin and stdout."""
    from bot.mcp import serve

    serve(archive)


def copy_all(source: Address, target: Address) -> int:
    """Copy from one address to another, which has no archive yet; returns how many articles."""
    from bot.library.answer_store import AnswerStore
    from index.archive.archive import Archive
    from index.watching import Watchlist, watched

    with (
        Archive.open(source) as old,
        Archive.open(target, create=True, embedder=old.embedder) as new,
    ):
        count = old.copy_into(new)
    with AnswerStore.of(source) as old_store, AnswerStore.of(target) as store:
        store.take_over(old_store)
    with Watchlist.of(target) as watchlist:
        for feed in watched(source):
            watchlist.put(feed)
    return count


def _prompt() -> str:
    try:
        return str(click.prompt("You", default="", show_default=False, prompt_suffix=" > ")).strip()
    except click.Abort:  # Ctrl-D or Ctrl-C: the person is done
        click.echo()
        return ""


def _names_model(config: Path | None) -> bool:
    """Whether a language model is configured; what is wrong with the file is said at once."""
    from bot.settings import load_settings

    return load_settings(config, os.environ).model is not None


def _open(archive: Address) -> "Answerer":
    if sys.stderr.isatty():
        click.echo("Loading the models ...", err=True)
    from bot.answerer import Answerer  # seconds: torch, sentence-transformers, llama-index

    return Answerer.open(archive)


def _asking(archive: Address, config: Path | None, *, verbatim: bool) -> "Ask":
    """What answers a question: the archive, and the language model where one is configured."""
    from bot.drafting.model import LanguageModel
    from bot.drafting.writer import Writer
    from bot.settings import load_settings

    settings = load_settings(config, os.environ)  # to report errors before the wait
    model = None if verbatim else LanguageModel.of(settings)
    answerer = _open(archive)
    if model is None:
        return answerer.answer
    click.echo(f"The question and the sentences found for it are sent to {model.host}.", err=True)
    writer = Writer(model, answerer.checker)
    return lambda question, history: asyncio.run(writer.finish(answerer.answer(question, history)))


def _record(number: int, line: bytes) -> dict[str, Any]:
    """The question of a line of JSON; raises VerbatimError naming the line that is not one."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise VerbatimError(f"standard input:{number}: not JSON: {error}") from error
    if not isinstance(record, dict) or not isinstance(record.get("question"), str):
        raise VerbatimError(f'standard input:{number}: expected {{"id", "question", "history"?}}')
    turns = record.get("history") or []
    turns = turns if isinstance(turns, list) else [None]
    earlier = [turn.get("question") if isinstance(turn, dict) else turn for turn in turns]
    if not all(isinstance(each, str) for each in earlier):
        raise VerbatimError(f'standard input:{number}: "history" must be a list of questions')
    return {"id": record.get("id"), "question": record["question"], "history": earlier}


if __name__ == "__main__":
    run(cli, "python -m bot")
