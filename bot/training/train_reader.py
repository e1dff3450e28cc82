"""Trains the reader's weights: reading in general, then a newsroom's questions.

    python -m bot.training.train_reader --data ../shared/data --out build/reader --seed 0

Writes OUT/weights, for `Reader.load`. With --held-out it writes OUT/held-out instead, which has
learned nothing of a fifth of the articles: the one to calibrate on. A run that was cut short goes
on from its last checkpoint. Needs scikit-learn and torch, which come with sentence-transformers.
"""

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path

import click
import torch
from tokenizers import Tokenizer
from torch import Tensor, multiprocessing

from bot.network_weights import save_weights
from bot.selecting.reading.reader import FORMAT
from bot.training.news_lessons import Newsroom, Question, read_questions
from bot.training.progress import Progress, is_bfloat16_faster
from bot.training.reader_lessons import (
    SQUAD_HELD_OUT,
    Lesson,
    clapnq_lessons,
    json_lines,
    shift_lessons,
    squad2_lessons,
    squad2_sets,
    squad_records,
    to_article,
)
from bot.training.reader_network import ReaderNetwork, first_weights, loss, make_batch
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.archive.embedding.minilm import read_tokenizer, tensors
from index.ingest import ingest
from index.schema import Article

SAVE_EVERY = 100
TELL_EVERY = 25
_FRESH = ("sentence.", "answer.", "span.")  # the heads
# Of each course; the rate is still high then.
GENERAL_SHARE, NEWS_SHARE = 0.25, 0.586
SEQUENCES = 16  # a step and worker, about
QUESTIONS = (
    "questions/train.jsonl",
    "questions/twins.jsonl",
    "newsroom_train/part-a.jsonl",
    "newsroom_train/part-b.jsonl",
    "newsroom_train/part-c.jsonl",
)
_ROWS, _TWIN_ROWS = 2, 1  # read for a question
_REPEATED = 1200


@dataclass(frozen=True, slots=True)
class ReaderCourse:
    """What to learn, from which weights (None: the embedder's) and where to keep the outcome."""

    lessons: Sequence[Lesson]
    rate: float
    begin: Path | None
    saved: Path
    seed: int
    share: float = 1.0  # of the lessons; the rate falls as if all of them were taken


@dataclass(frozen=True, slots=True)
class Sharing:
    """Averages the workers' gradients through shared memory.

    One worker a core with one thread each: on a busy machine far faster than threads that wait for
    each other in every matrix product.
    """

    rows: Tensor
    barrier: Barrier

    def mean(self, rank: int, gradient: Tensor) -> Tensor:
        """Wait for the others and give the mean of all gradients."""
        self.rows[rank] = gradient
        self.barrier.wait()
        together = self.rows.mean(dim=0)
        self.barrier.wait()
        return together


class Learner:
    """One worker's network and optimiser, at some step of a course."""

    def __init__(self, course: ReaderCourse, steps: int) -> None:
        torch.manual_seed(course.seed)  # the same first heads in every worker
        self.network = _network(course.begin)
        # The word vectors stay the embedder's own, so that they need not ship twice.
        self.network.words.weight.requires_grad_(False)
        self._learned = [p for p in self.network.parameters() if p.requires_grad]
        self.progress = Progress(self.network, course.rate, steps, _FRESH, course.saved)
        self.network.train()

    def step(
        self, lessons: Sequence[Lesson], tokenizer: Tokenizer, sharing: Sharing, rank: int
    ) -> float:
        """Learn from one batch, together with the other workers; give the batch's loss."""
        batch = make_batch(lessons, tokenizer)
        with torch.autocast("cpu", torch.bfloat16, enabled=is_bfloat16_faster()):
            logits = self.network(batch.packed)
        wrong = loss(logits, batch)
        torch.autograd.backward(wrong)
        self._share(sharing, rank)
        self.progress.step()
        return float(wrong.detach())

    def _share(self, sharing: Sharing, rank: int) -> None:
        mine = [p.grad if p.grad is not None else torch.zeros_like(p) for p in self._learned]
        flat = sharing.mean(rank, torch.cat([g.reshape(-1) for g in mine]))
        flat *= min(1.0, 1.0 / (float(flat.norm()) + 1e-6))
        parts = torch.split(flat, [p.numel() for p in self._learned])
        for parameter, part in zip(self._learned, parts, strict=True):
            parameter.grad = part.view_as(parameter)


def fit(course: ReaderCourse, workers: int) -> None:
    """Go through the lessons once; resumes from `saved` where it was cut short."""
    size = sum(
        p.numel() for name, p in ReaderNetwork().named_parameters() if name != "words.weight"
    )
    context = multiprocessing.get_context("spawn")
    sharing = Sharing(torch.zeros(workers, size), context.Barrier(workers))
    processes = [
        context.Process(target=_learn, args=(rank, course, sharing, workers))
        for rank in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise click.ClickException("a worker failed; see above")


def _learn(rank: int, course: ReaderCourse, sharing: Sharing, workers: int) -> None:
    torch.set_num_threads(1)
    groups = _groups(course.lessons)
    steps = len(groups) // workers
    learner = Learner(course, steps)
    progress = learner.progress
    steps = int(steps * course.share)
    torch.manual_seed(course.seed + 1 + rank)  # other units dropped in every worker
    tokenizer = read_tokenizer()
    began, first, gone = time.monotonic(), progress.done, [0.0]
    while progress.done < steps:
        group = groups[progress.done * workers + rank]
        gone = [*gone[-99:], learner.step(group, tokenizer, sharing, rank)]
        if rank:
            continue
        if progress.done % TELL_EVERY == 0:
            speed = (progress.done - first) / (time.monotonic() - began)
            left = (steps - progress.done) / speed / 60
            mean = sum(gone) / len(gone)
            click.echo(f"{progress.done}/{steps} loss {mean:.3f}, {left:.1f} minutes left")
        if progress.done % SAVE_EVERY == 0 or progress.done == steps:
            progress.save()


def _groups(lessons: Sequence[Lesson]) -> list[list[Lesson]]:
    groups: list[list[Lesson]] = []
    held: list[Lesson] = []
    for lesson in lessons:
        held.append(lesson)
        if sum(map(len, held)) >= SEQUENCES:
            groups.append(held)
            held = []
    return groups


def _network(begin: Path | None) -> ReaderNetwork:
    network = ReaderNetwork(dropout=0.1)
    if begin:
        network.load_state_dict(torch.load(begin)["network"])
    else:
        network.load_state_dict(first_weights(tensors()), strict=False)  # the heads at random
    return network


def write_weights(folder: Path, course: ReaderCourse) -> None:
    """Write the weights that a course has learned, in the reader's format."""
    learned = torch.load(course.saved)["network"]
    save_weights("reader", FORMAT, folder, {name: w.half().numpy() for name, w in learned.items()})


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes, one core each.")
@click.option("--held-out", is_flag=True, help="Learn nothing of a fifth of the articles.")
def main(data: Path, out: Path, seed: int, workers: int, *, held_out: bool) -> None:
    """Train the reader on the shared data sets; a run that was cut short goes on."""
    out.mkdir(parents=True, exist_ok=True)
    lessons = general_course(data, seed)
    general = ReaderCourse(lessons, 1.2e-4, None, out / "general.pt", seed, GENERAL_SHARE)
    fit(general, workers)
    rest = lessons[int(len(lessons) * GENERAL_SHARE) :]
    embedder, questions = Embedder.load(), all_questions(data)
    with Archive.open(out / "archive", create=True) as archive:
        list(ingest(archive, lambda: embedder, _articles(data)))
        held: frozenset[str] = frozenset()
        if held_out:
            held = fifth(article.id for article in archive.articles())
            questions, _ = apart(questions, held)
        news = news_course(Newsroom(archive, embedder, held), questions, rest, seed)
    folder = out / ("held-out" if held_out else "weights")
    course = ReaderCourse(news, 1e-4, general.saved, folder.with_suffix(".pt"), seed, NEWS_SHARE)
    fit(course, workers)
    write_weights(folder, course)


def _articles(data: Path) -> Iterator[Article]:
    """The articles to learn from: none that questions are kept back on."""
    for name in ("questions", "newsroom"):
        for row in json_lines(data / f"{name}/articles.jsonl"):
            if row.get("part") != "dev":
                yield to_article(row)


def general_course(data: Path, seed: int) -> list[Lesson]:
    """Reading in general: SQuAD-shifts, four titles of SQuAD 2.0, CLAP NQ; shuffled."""
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    folder = data / "reader_training"
    lessons: list[Lesson] = []
    for name, count, titled, false_share in (
        ("new_wiki", 8000, True, 0.5),
        ("reddit", 9800, False, 0.15),
        ("amazon", 5000, False, 0.15),
    ):
        records = squad_records(folder / f"{name}.jsonl.gz", titled)
        lessons += shift_lessons(records, count, chance, false_share)
    learned, _ = squad2_sets(data, SQUAD_HELD_OUT)
    lessons += squad2_lessons(learned, chance)
    lessons += clapnq_lessons(data / "clapnq_sentences/questions.jsonl", chance)
    chance.shuffle(lessons)
    return lessons


def news_course(
    newsroom: Newsroom, questions: Sequence[Question], general: Sequence[Lesson], seed: int
) -> list[Lesson]:
    """A newsroom's questions, shuffled, among some general lessons on titled texts."""
    chance = random.Random(seed + 1)  # noqa: S311 (not a secret)
    order = chance.sample(questions, len(questions))
    lessons = [
        newsroom.lesson(question, chance, count=_ROWS if question.id == question.of else _TWIN_ROWS)
        for question in order
    ]
    titled = [lesson for lesson in general if lesson[0].passage.title]
    lessons += chance.sample(titled, min(_REPEATED, len(titled)))
    chance.shuffle(lessons)
    return [lesson for lesson in lessons if lesson]


def all_questions(data: Path) -> list[Question]:
    """Every question that may be learned from."""
    return [question for name in QUESTIONS for question in read_questions(data / name)]


def fifth(articles: Iterable[str]) -> frozenset[str]:
    """A fifth of the articles, always the same one: held out, to calibrate on."""
    ids = sorted(articles)
    return frozenset(random.Random(5).sample(ids, len(ids) // 5))  # noqa: S311


def apart(
    questions: Iterable[Question], held: frozenset[str]
) -> tuple[list[Question], list[Question]]:
    """The questions unrelated to the held-out articles, and those about these alone."""
    outside: list[Question] = []
    inside: list[Question] = []
    for question in questions:
        articles = question.articles
        if not articles:  # about nothing in any article: a fifth of these, too
            chance = random.Random(question.of).random()  # noqa: S311
            (inside if chance < 1 / 5 else outside).append(question)
        elif articles <= held:
            inside.append(question)
        elif articles.isdisjoint(held):
            outside.append(question)
    return outside, inside


if __name__ == "__main__":
    main()
