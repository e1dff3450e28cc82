"""The words that every rendering of an answer has in common: for speakers, outlets, days, sources.

Plain text, not escaped for any notation. Knows nothing of how an answer was found.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from bot.answer import Answer, Block, Draft, Option, Run
from bot.date_range import in_words
from bot.rendering.text_fragments import sentence_address
from index.language.dates import read_day
from index.reading.urls import host_of
from index.schema import Article, Kind, Span

KINDS: Mapping[Kind | None, str] = {
    "direct": "quoted",
    "indirect": "reported",
    "mixed": "partly quoted",
    None: "",
}
NEAREST = "What comes nearest:"
PHRASED = "Phrased"  # stands for the speaker of a sentence that a language model wrote
# Where a quotation is cut because it is too long; no words of an article.
CUT = "[…]"
# Names no outlet: the sentence may report somebody whom the rules did not identify.
_NO_SPEAKER = "The article"
_BY_HAND = "corrected by hand"  # an editor said whose words they are


def by_article(answer: Answer) -> list[list[Run]]:
    """The runs that a reader sees, grouped by article."""
    articles: dict[str, list[Run]] = {}
    for block in answer.blocks or answer.nearest:
        for run in block.stretches:
            articles.setdefault(run.article.id, []).append(run)
    return list(articles.values())


def spoken(block: Block) -> Iterator[tuple[Run, str, str]]:
    """Each voice of a block, with the marks before and after it that show where it is cut."""
    voices = block.run.voices
    for n, voice in enumerate(voices, 1):
        before = f"{CUT} " if block.begins_inside and n == 1 else ""
        after = f" {CUT}" if block.ends_inside and n == len(voices) else ""
        yield voice, before, after


def said_by(voice: Run) -> tuple[str, str]:
    """The speaker, and how the words are given: ("Ann Lee", "quoted, according to Tom Reed")."""
    via = next((f"according to {each.via}" for each in voice.citations if each.via), "")
    by_hand = _BY_HAND if any(citation.corrected for citation in voice.citations) else ""
    return voice.speaker or _NO_SPEAKER, ", ".join(filter(None, (KINDS[voice.kind], via, by_hand)))


def writing_lines(answer: Answer) -> list[str]:
    """How a language model took part, and why each sentence of its draft is missing."""
    writing = answer.writing
    if writing is None:
        return []
    whose = f"the language model {writing.model} at {writing.host}"
    if not writing.is_over:
        return [f"Being phrased by {whose}."]
    lines = [f"{writing.problem} The articles’ own sentences are shown instead."] * bool(
        writing.problem
    )
    if has_draft(answer):
        lines.append(f"“{PHRASED}”: written by {whose}, and checked against the cited sentences.")
    elif not writing.problem:
        lines.append(f"Chosen by {whose}; every sentence is an article’s own.")
    if writing.removed:
        n = len(writing.removed)
        lines.append(f"{n} sentence{'s' * (n > 1)} of its draft did not pass the check:")
        lines += [f"{reason} ({times})" for reason, times in Counter(writing.removed).items()]
    return lines


def has_draft(answer: Answer) -> bool:
    """Whether a language model phrased any sentence of the answer."""
    return any(isinstance(item, Draft) for item in answer.body)


def option_line(option: Option) -> str:
    """One of several options, with its day and the question that chooses it."""
    what = ", ".join(part for part in (option.label, day_of(option.published)) if part)
    return f"{what}: ask “{option.question}”"


def block_origin(block: Block) -> str:
    """A block's outlet, its day, and the other outlets of the report."""
    return " · ".join(filter(None, (*origin_of(block.run.article), also_in([block.run]))))


def also_in(runs: Sequence[Run]) -> str:
    """The other outlets of the report: "also in The Post, Harbour Daily"; "" for none."""
    names = dict.fromkeys(carrier_name(c.article) for run in runs for c in run.also)
    return f"also in {', '.join(names)}" if names else ""


def carrier_name(article: Article) -> str:
    """An article's name among its near-duplicates: its outlet, else its host, else its title."""
    return article.source or host_of(article.url or "") or article.label


def origin_of(article: Article) -> list[str]:
    """The outlet and the day, as far as they are known."""
    return [part for part in (article.source, day_of(article.published)) if part]


def day_of(published: str | None) -> str:
    """The day of an ISO date in words; any other text unchanged, "" for None."""
    day = read_day(published)
    return in_words(day) if day else published or ""


def article_page(article: Article) -> str:
    """The address of the article's own page, from the root of the site; safe in an attribute."""
    return f"article?id={quote(article.id, safe='', errors='replace')}"


def words_page(article: Article, span: Span) -> str:
    """The address of the words on their article's page, from the root of the site."""
    return f"{article_page(article)}&start={span.start}&end={span.end}#s-{span.start}"


def published_address(article: Article, span: Span) -> str | None:
    """The publisher's page, opened at the cited words; None without a web address."""
    return sentence_address(article.url, article.text, span, article.title)
