"""Tokenizes a question and passages for the reader's network.

One row a passage: [CLS] question [SEP] title [SEP] lead [SEP] sentences [SEP], each sentence with
its speaker in front where it carries a statement. Knows nothing of weights or scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from tokenizers import Encoding, Tokenizer

from index.language.stems import in_the_words_of

CLS, SEP = 101, 102
QUESTION_TOKENS = 64
TITLE_TOKENS = 32
LEAD_TOKENS = 48
TOKENS = 512
TYPES = 3  # of tokens: the question's, a passage's, those of the wanted speaker's own words
_ASKED, _READ, _OWN = range(TYPES)


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage as the reader sees it.

    `speakers` has each sentence's speaker or None. `lead` is the article's first sentence, unless
    the passage has it; `own` has the numbers of the sentences that carry the wanted speaker's
    words. Raises ValueError if there are not as many speakers as sentences.
    """

    title: str | None
    sentences: tuple[str, ...]
    speakers: tuple[str | None, ...]
    lead: str | None = None
    own: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.sentences) != len(self.speakers):
            raise ValueError(f"{len(self.sentences)} sentences, {len(self.speakers)} speakers")


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a token stands: characters of a sentence of its passage."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One passage in tokens.

    `sentences` numbers each token's sentence (-1: none), of `count` that the passage has; `places`
    is None for tokens that are not a sentence's own words.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    sentences: tuple[int, ...]
    places: tuple[TokenPlace | None, ...]
    count: int


def tokenize(
    tokenizer: Tokenizer, question: str, passages: Sequence[ReadPassage]
) -> list[TokenRow]:
    """Tokenize the question with every passage; tokens beyond the limits are left out.

    In each row the question's words take the form that the passage uses ("walked" for "walks"): a
    small network takes two forms for two words.
    """
    texts: list[str] = []
    for passage in passages:
        asked = in_the_words_of(question, passage.sentences)
        texts += (asked, passage.title or "", passage.lead or "")
        texts += map(_tagged, passage.speakers, passage.sentences)
    encodings = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
    return [_row(list(islice(encodings, 3 + len(p.sentences))), p) for p in passages]


def _tagged(speaker: str | None, sentence: str) -> str:
    return f"{speaker}: {sentence}" if speaker else sentence


def _row(parts: Sequence[Encoding], passage: ReadPassage) -> TokenRow:
    question, title, lead, *texts = parts
    asked = [CLS, *question.ids[:QUESTION_TOKENS], SEP]
    ids = [*asked, *title.ids[:TITLE_TOKENS], SEP]
    if passage.lead:
        ids += [*lead.ids[:LEAD_TOKENS], SEP]
    types = [_ASKED] * len(asked) + [_READ] * (len(ids) - len(asked))
    sentences: list[int] = [-1] * len(ids)
    places: list[TokenPlace | None] = [None] * len(ids)
    for number, encoding in enumerate(texts):
        speaker = passage.speakers[number]
        shift = len(speaker) + 2 if speaker else 0
        ids += encoding.ids
        types += [_OWN if number in passage.own else _READ] * len(encoding.ids)
        sentences += [number] * len(encoding.ids)
        places += [
            TokenPlace(number, start - shift, end - shift) if start >= shift else None
            for start, end in encoding.offsets
        ]
    kept = TOKENS - 1
    return TokenRow(
        (*ids[:kept], SEP),
        (*types[:kept], _READ),
        (*sentences[:kept], -1),
        (*places[:kept], None),
        len(texts),
    )
