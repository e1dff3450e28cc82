"""How long a question takes, and adding articles, beside llama-index's defaults: `make speed`.

    python -m tests.speed all ARTICLES.jsonl QUESTIONS.jsonl [--avx2]

Each is measured in a process of its own, its start included when articles are added. `--avx2` hides
what the processor has beyond AVX2 from the libraries. llama-index's defaults are: SentenceSplitter
of 256 tokens, the same MiniLM through sentence-transformers, a flat FAISS index.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

import click

from index.__main__ import cli as index
from index.archive.embedding.minilm import default_folder

_ARTICLES, _QUESTIONS, _TIMES = 60, 40, 3
_US = [sys.executable, "-m", "tests.speed"]
_AVX2 = {"ONEDNN_MAX_CPU_ISA": "AVX2", "DNNL_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}


def _timed(command: Sequence[str], env: dict[str, str]) -> str:
    """Run it; seconds of the clock and of the processor, and the most memory that it held."""
    begin = time.perf_counter()
    process = subprocess.Popen([*_US, *command], stdout=subprocess.DEVNULL, env=env)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise click.ClickException(f"{command[0]} ended with {status}")
    taken, busy = time.perf_counter() - begin, used.ru_utime + used.ru_stime
    return f"{taken:.1f} s, {busy:.1f} s of processor time, {used.ru_maxrss / 1e6:.2f} GB"


def _hide() -> None:
    """Let OpenVINO not tell of bfloat16, which the variables of the environment do not hide."""
    if os.environ.get("ATEN_CPU_CAPABILITY") == "avx2":
        import openvino

        known = openvino.Core.get_property
        openvino.Core.get_property = lambda core, device, name: (
            [each for each in found if each != "BF16"]
            if isinstance(found := known(core, device, name), list)
            else found
        )


def _path(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.argument(name, type=click.Path(path_type=Path))


@click.group()
def cli() -> None:
    """Measure how long things take."""


@cli.command()
@_path("archive")
@_path("articles")
def ours(archive: Path, articles: Path) -> None:
    """Add the articles to a new archive."""
    _hide()
    index(["add", "--archive", str(archive), str(articles)])


@cli.command()
@_path("articles")
def theirs(articles: Path) -> None:
    """Add the articles as somebody would who takes llama-index as it comes."""
    import faiss
    import numpy as np
    from llama_index.core import Document
    from llama_index.core.node_parser import SentenceSplitter
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(default_folder()), device="cpu", local_files_only=True)
    records = map(json.loads, articles.read_text(encoding="utf-8").splitlines())
    documents = [Document(text=r["body"], metadata={"title": r["title"]}) for r in records]
    nodes = SentenceSplitter(chunk_size=256, chunk_overlap=20).get_nodes_from_documents(documents)
    texts = [node.get_content() for node in nodes]
    vectors = model.encode(texts, batch_size=32, normalize_embeddings=True)
    faiss.IndexFlatIP(vectors.shape[1]).add(np.asarray(vectors, dtype=np.float32))


@cli.command()
@_path("archive")
@_path("questions")
def questions(archive: Path, questions: Path) -> None:
    """Ask one after the other, and conversations turn by turn: how long each takes."""
    from bot.answerer import Answerer

    _hide()
    with questions.open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    talks = [[turn["question"] for turn in record.get("turns", [record])] for record in records]
    answerer = Answerer.open(archive)
    answerer.answer(talks[-1][-1])
    took: dict[str, list[tuple[float, float]]] = {"a question": [], "a later turn": []}
    for talk in talks[:_QUESTIONS]:
        for n, text in enumerate(talk):
            begin, begin_busy = time.perf_counter(), time.process_time()
            answerer.answer(text, talk[:n])
            times = time.perf_counter() - begin, time.process_time() - begin_busy
            took["a later turn" if n else "a question"].append(times)
    for name, turns in took.items():
        if len(turns) > 1:
            clock, busy = zip(*turns, strict=True)
            click.echo(f"{name}: {_spread(clock)}, {_spread(busy)} of processor time")


def _spread(seconds: Sequence[float]) -> str:
    return f"{1000 * median(seconds):.0f} ms (90 %: {1000 * quantiles(seconds, n=10)[-1]:.0f} ms)"


@cli.command("all")
@_path("articles")
@_path("questions")
@click.option("--avx2", is_flag=True, help="As on a processor without AVX-512.")
def everything(articles: Path, questions: Path, *, avx2: bool) -> None:
    """Measure with ARTICLES and QUESTIONS (.jsonl)."""
    env = {**os.environ, **(_AVX2 if avx2 else {}), "HF_HUB_OFFLINE": "1"}
    with tempfile.TemporaryDirectory() as name:
        few, archive = Path(name, "few.jsonl"), Path(name, "archive")
        with articles.open(encoding="utf-8") as file:
            few.write_text("".join(islice(file, _ARTICLES)), encoding="utf-8")
        for n in range(_TIMES):
            adding = _timed(["ours", f"{name}/{n}", str(few)], env)
            click.echo(f"{_ARTICLES} articles, ours: {adding}")
            click.echo(f"{_ARTICLES} articles, llama-index: {_timed(['theirs', str(few)], env)}")
        _timed(["ours", str(archive), str(articles)], env)
        command = [*_US, "questions", str(archive), str(questions)]
        subprocess.run(command, check=True, env=env)


if __name__ == "__main__":
    cli()
