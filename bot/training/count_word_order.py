"""Counts which kinds of words follow one another.

    python -m bot.training.count_word_order --data DATA

In DATA's Wikinews articles, but for the benchmark's, and in its Wikipedia passages.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from bot.comparing.tokens import words_of
from bot.drafting.checking.word_order import FILE, WordOrder
from bot.training.reader_lessons import json_lines
from bot.training.tampering import load
from index.attribution.sentences import split_sentences


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="The data sets.")
def main(data: Path) -> None:
    """Count, and write what was counted."""
    order = WordOrder.count([words_of(line) for text in _texts(data) for line in _lines(text)])
    FILE.write_text(json.dumps(order.record()) + "\n", encoding="utf-8")
    click.echo(f"written to {FILE}")


def _texts(data: Path) -> Iterator[str]:
    """Articles and passages in which words stand as English has them."""
    own = {found[0].article.url for found in load().evidence.values()}
    for row in json_lines(data / "wikinews/articles.jsonl"):
        if row["url"] not in own:
            yield row["body"]
    passages = json_lines(data / "reader_training/new_wiki.jsonl.gz")
    yield from dict.fromkeys(row["context"] for row in passages)


def _lines(text: str) -> Iterator[str]:
    return (sentence.span.of(text) for sentence in split_sentences(text))


if __name__ == "__main__":
    main()
