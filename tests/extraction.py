"""How much of an article's words is kept of test pages, and how much that is none of them.

`python -m tests.extraction benchmark FOLDER` for https://github.com/scrapinghub/article-extraction-
benchmark, `python -m tests.extraction fundus FOLDER` for the English pages among the tests of
https://github.com/flairNLP/fundus. Prints the figures of ours and of trafilatura alone.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from trafilatura import bare_extraction

from index.reading.formats.pages import read_page
from index.reading.read_results import Source
from index.reading.records import RecordError

_WORD = re.compile(r"\w+")
_Page = tuple[bytes, str]


def main() -> None:
    """Print a line for each way of reading the pages."""
    kind, folder = sys.argv[1:]
    pages = list({"benchmark": benchmark, "fundus": fundus}[kind](Path(folder)))
    for name, read in (("ours", ours), ("trafilatura", alone)):
        shares = [share(read(html), body) for html, body in pages]
        kept, foreign = (sum(column) / len(shares) for column in zip(*shares, strict=True))
        click.echo(f"{name}: {len(shares)} pages, kept {kept:.3f}, foreign {foreign:.3f}")


def benchmark(folder: Path) -> Iterator[_Page]:
    """The pages with the body that people marked in them."""
    for name, truth in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        content = (folder / "html" / f"{name}.html.gz").read_bytes()
        yield gzip.decompress(content), truth["articleBody"]


def fundus(folder: Path) -> Iterator[_Page]:
    """The newest page of each version of a paper's parser, with what it has to give."""
    for country in ("us", "uk"):
        for expected in sorted(
            (folder / "tests/resources/parser/test_data" / country).glob("*.json")
        ):
            versions = sorted(json.loads(expected.read_text("utf-8")).items())
            files = sorted(expected.parent.glob(f"{expected.stem}_[0-9]*.html.gz"))
            newest = min(len(versions), len(files))
            for (_, values), file in zip(versions[-newest:], files[-newest:], strict=True):
                body = values.get("body")
                if body:
                    parts = [(s["headline"], s["paragraphs"]) for s in body["sections"]]
                    lines = [
                        *body["summary"],
                        *(x for pair in parts for part in pair for x in part),
                    ]
                    yield gzip.decompress(file.read_bytes()), "\n".join(lines)


def ours(html: bytes) -> str:
    """What is read of a page here; nothing if it is refused."""
    try:
        return str(read_page(html, Source("page")).record["body"])
    except RecordError:
        return ""


def alone(html: bytes) -> str:
    """What trafilatura reads of it."""
    found = bare_extraction(html, include_comments=False)
    return "" if found is None or isinstance(found, dict) else found.text or ""


def share(found: str, body: str) -> tuple[float, float]:
    """The share of the body's words that were found, and of the found that are none of it."""
    wanted, got = (Counter(_WORD.findall(text.casefold())) for text in (body, found))
    both = (wanted & got).total()
    return both / max(1, wanted.total()), 1 - both / got.total() if got else 0.0


if __name__ == "__main__":
    main()
