"""Reads the invented news stories that the reader learns from, and the questions on them.

`data/README.md` tells the format. Knows nothing of lessons or archives.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.training.news_lessons import Places, Question
from index.schema import Article, Span

STORIES = Path(__file__).parent / "data" / "stories.txt"

_TITLE, _PARAGRAPH = "## ", "\n\n"
_DETAIL = re.compile(r"(SOURCE|DATE|BY): ?(.*)")
_SENTENCE = re.compile(r"(\d+)\| (.+)")
_QUESTION = re.compile(r"[QAT]: (.+)")
_SUFFIXES = {"Q": "", "A": "-again", "T": "-twin"}
_KINDS = frozenset(("wrong_speaker", "wrong_topic", "false_premise", "absent"))


@dataclass(frozen=True, slots=True)
class Story:
    """An invented article and what is asked of it."""

    article: Article
    questions: tuple[Question, ...]


@dataclass
class _Draft:
    """A story as far as it was read: its sentences in their order, and which begin a paragraph."""

    title: str
    details: dict[str, str] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    begins: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def text(self) -> tuple[str, list[Span]]:
        """The article's text, and where in it each sentence stands."""
        text, spans = "", []
        for n, sentence in enumerate(self.sentences):
            text += "" if not n else _PARAGRAPH if n in self.begins else " "
            spans.append(Span(len(text), len(text) + len(sentence)))
            text += sentence
        return text, spans


def read_stories(path: Path = STORIES) -> Iterator[Story]:
    """The stories of a file, numbered in their order.

    Raises ValueError, which names the line, for what has not the form of the file.
    """
    with path.open(encoding="utf-8") as lines:
        for number, draft in enumerate(_drafts(lines), 1):
            yield _story(f"story-{number:04}", draft)


def _drafts(lines: Iterable[str]) -> Iterator[_Draft]:
    draft: _Draft | None = None
    for number, line in enumerate(map(str.strip, lines), 1):
        if line.startswith(_TITLE):
            if draft:
                yield draft
            draft = _Draft(line.removeprefix(_TITLE))
        elif draft is None or not _takes(draft, line):
            raise ValueError(f"line {number} of the stories is not understood: {line[:80]}")
    if draft:
        yield draft


def _takes(draft: _Draft, line: str) -> bool:
    """Whether the line fits there; it is added to the draft."""
    if not line:
        draft.begins.add(len(draft.sentences))
    elif detail := _DETAIL.fullmatch(line):
        draft.details[detail[1]] = detail[2]
    elif sentence := _SENTENCE.fullmatch(line):
        draft.sentences.append(sentence[2])
        return int(sentence[1]) == len(draft.sentences)
    elif _QUESTION.fullmatch(line):
        draft.asked.append(line)
    else:
        return False
    return True


def _story(id_: str, draft: _Draft) -> Story:
    text, spans = draft.text()
    details = (draft.details.get(key) or None for key in ("BY", "SOURCE", "DATE"))
    article = Article(id_, text, draft.title, *details)
    of, questions = 0, []
    for line in draft.asked:
        of += line.startswith("Q")
        questions.append(_question(f"{id_}-{of}", line, id_, spans))
    return Story(article, tuple(questions))


def _question(of: str, line: str, article_id: str, spans: Sequence[Span]) -> Question:
    """A question from "Q: how many? | must 3,4 | short nine"."""
    text, *parts = line[3:].split(" | ")
    told = dict(part.strip().partition(" ")[::2] for part in parts)

    def places(key: str) -> Places:
        return tuple((article_id, spans[int(n) - 1]) for n in re.findall(r"\d+", told.get(key, "")))

    answered = "said" if "speaker" in told else "fact"
    kind = next(iter(_KINDS & told.keys()), answered)
    short = told.get("short") if kind == answered else None
    own = of + _SUFFIXES[line[0]]
    return Question(
        own, of, text.strip(), kind, short, places("must"), places("ok"), places("near")
    )
