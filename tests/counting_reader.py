"""The reader, counting what it is given."""

from collections.abc import Sequence

from tokenizers import Tokenizer

from bot.selecting.reading.reader import PassageReading, Reader, ReaderModel
from bot.selecting.reading.reader_input import ReadPassage


class CountingReader(Reader):
    """The reader, with the questions that it has read for, how many rows each time, and which."""

    def __init__(self, model: ReaderModel, tokenizer: Tokenizer) -> None:
        super().__init__(model, tokenizer)
        self.asked: list[str] = []
        self.rows: list[int] = []
        self.passages: list[tuple[str, ReadPassage]] = []

    def read(self, question: str, passages: Sequence[ReadPassage]) -> list[PassageReading]:
        """Read, and remember for what, and how much."""
        self.asked.append(question)
        self.rows.append(len(passages))
        self.passages += ((question, each) for each in passages)
        return super().read(question, passages)
