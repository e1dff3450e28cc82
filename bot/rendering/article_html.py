"""Renders the articles that an answer cites as HTML, for the pane beside the conversation.

Every sentence is an element of its own; the cited ones are marked, and so are the speaker, the cue
and the content of each statement. Knows nothing of how an answer was found, nor of web servers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from zlib import crc32

from bot.answer import Answer, Run
from bot.rendering.escape import inert, inert_line, quoted, web_address
from bot.rendering.labels import article_page, by_article, origin_of
from bot.rendering.segments import Segment, paragraphs
from index.schema import Article, Sentence, Span, Statement

# The script puts the switch into the empty element.
_LEGEND = (
    '<div class="legend"><span class="switch"></span><span class="key"><span class="said-speaker">'
    'Speaker</span>, <span class="said-cue">verb of saying</span>, <span class="said-content">what '
    "was said</span>, and then the speaker’s full name.</span></div>"
)


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article to be shown: its sentences, its statements, and a line for the reader.

    `sentences` and `statements` are of this version of the text; `note` is a warning such as
    "corrected since".
    """

    article: Article
    sentences: Sequence[Sentence]
    statements: Sequence[Statement] = ()
    note: str = ""


def pane_html(answer: Answer, shown: Mapping[str, ShownArticle], *, turn: int = 1) -> str:
    """All articles that the answer cites, the first one open, with a tab each; `shown` by id."""
    tabs, articles = "", ""
    cited = by_article(answer)
    for place, runs in enumerate(cited):
        tabs += _tab(runs, turn, is_open=place == 0)
        html = article_html(shown[runs[0].article.id], runs, turn=turn)
        articles += f'<div class="cited-article{"" if place == 0 else " shut"}">{html}</div>'
    back = '<a class="back" href="#back">Back to the answer</a>'
    navigation = f'<nav class="tabs">{tabs if len(cited) > 1 else ""}{back}</nav>'
    return f'<div class="cited-articles">{navigation}{articles}</div>'


def _tab(runs: Sequence[Run], turn: int, *, is_open: bool) -> str:
    first = runs[0].citations[0].number
    return (
        f'<a class="tab{" current" if is_open else ""}" href="#cite-{turn}-{first}">'
        f'<span class="tab-title">{inert_line(runs[0].article.label)}</span> '
        f'<span class="tab-numbers">{"".join(run.mark for run in runs)}</span></a>'
    )


def article_html(shown: ShownArticle, runs: Sequence[Run] = (), *, turn: int = 1) -> str:
    """The whole article, every sentence an element of its own, the cited ones marked.

    A run has one mark, at its first sentence.

    HTML without an empty line, so Markdown leaves it alone too. The `textContent` of `.body` is
    the article's text.
    """
    body = "".join(_body(shown, _marks(runs), turn))
    warning = f'<p class="note">{inert(shown.note)}</p>' if shown.note else ""
    return (
        f'<article class="article"><h2>{inert_line(shown.article.label)}</h2>'
        f"{_byline(shown.article)}{warning}{_LEGEND if shown.statements else ''}"
        f'<div class="body">{body}</div></article>'
    )


_Marks = Mapping[Span, tuple[int, str]]  # the number of a cited sentence, and the mark it bears


def _marks(runs: Sequence[Run]) -> _Marks:
    return {
        citation.span: (citation.number, run.mark.strip("[]") if place == 0 else "")
        for run in runs
        for place, citation in enumerate(run.citations)
    }


def _byline(article: Article) -> str:
    parts = [inert_line(part) for part in (article.author, *origin_of(article)) if part]
    address = web_address(article.url)
    if address:
        parts.append(f'<a href="{address}" rel="noopener noreferrer">Published article</a>')
    parts.append(f'<a href="{article_page(article)}">In the library</a>')
    return f'<p class="byline">{" · ".join(parts)}</p>'


def _pieces(sentences: Sequence[Sentence], cited: _Marks) -> list[Sentence]:
    """The sentences in order; a cited span that is none of them replaces those it cuts."""
    spans = {sentence.span for sentence in sentences}
    strays = [span for span in cited if span not in spans]
    kept = [s for s in sentences if not any(s.span.overlaps(span) for span in strays)]
    placed = [
        Sentence(span, min((s.paragraph for s in sentences if s.span.overlaps(span)), default=0))
        for span in strays
    ]
    return sorted([*kept, *placed], key=attrgetter("span"))


def _body(shown: ShownArticle, cited: _Marks, turn: int) -> Iterator[str]:
    text, end = shown.article.text, 0
    pieces = _pieces(shown.sentences, cited)
    for paragraph in paragraphs(shown.article, pieces, shown.statements):
        yield inert(paragraph.before)
        yield "<p>" if paragraph.prose else '<p class="aside">'
        for line in paragraph.lines:
            yield inert(line.before)
            words = "".join(_segment_html(text, segment) for segment in line.segments)
            yield _sentence_html(shown.article, line.span, words, cited.get(line.span), turn)
            end = line.span.end
        yield "</p>"
    yield inert(text[end:])


def _segment_html(text: str, segment: Segment) -> str:
    words = inert(segment.span.of(text))
    if not segment.roles:
        return words
    classes = " ".join(f"said-{role}" for role in segment.roles)
    # Shown after the words, also for readers who see no colours.
    whose = f' title="{quoted(", ".join(segment.speakers))}"' if segment.speakers else ""
    return f'<span class="{classes}"{whose}>{words}</span>'


def _sentence_html(
    article: Article, span: Span, words: str, cited: tuple[int, str] | None, turn: int
) -> str:
    if cited:
        number, mark = cited
        name = f'id="cite-{turn}-{number}"' + (f' title="{mark}"' if mark else "")
        return f'<mark class="sent cited" {name} tabindex="-1">{words}</mark>'
    # Two copies of one agency report may stand side by side: the text would make no key.
    key = f"{turn}-{crc32(article.id.encode())}-{span.start}"
    return f'<span class="sent" id="s-{key}" tabindex="-1">{words}</span>'
