"""The page: a conversation on the left, the article that is cited on the right.

Everything that is shown goes through `bot.render`; what belongs to a visitor lives in their
`gr.State`. The only module that knows Gradio.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import gradio as gr
from fastapi import FastAPI

from bot.answer import Answer
from bot.escape import inert
from bot.markup import Shown, pane_html
from bot.question import MAX_LENGTH
from bot.render import by_article, markdown_parts, to_markdown
from bot.service import Service
from index.archive import Archive
from index.schema import Article, VerbatimError
from index.sentences import split_sentences

_HEAD = '<link rel="stylesheet" href="verbatim/page.css"><script src="verbatim/cite.js"></script>'
_MAX_TURNS = 50
# So that a reader, and a screen reader, meets one sentence after another.
_PAUSE_S = 0.12

_TITLE = "# Verbatim\nAnswers in the articles’ own words"
# The script puts example questions into the empty element, and the archive's state into #status.
_WELCOME = """### Who said what?

Ask, and read it in the articles’ own sentences.

<div class="examples"></div>"""
_EMPTY = (
    '<div class="empty"><p>The article opens here, with every cited sentence marked.</p>'
    "<p>A number such as <b>[1]</b> takes you to its sentence.</p></div>"
)
_NOTHING_CITED = '<div class="empty"><p>This answer cites no article.</p></div>'
_OPENING = "Opening the archive. You can ask already: the answer comes as soon as it is open."
_REMOVED = "This article has been removed from the archive since."
_CORRECTED = "This article has been corrected since; this is the version that was cited."


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation and what came of it: an answer, or a problem in words."""

    number: int
    question: str
    answer: Answer | None = None
    problem: str = ""


Turns = tuple[Turn, ...]
_Message = dict[str, Any]  # as Gradio wants it


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read and write."""

    turns: gr.State
    chat: gr.Chatbot
    box: gr.Textbox
    send: gr.Button
    anew: gr.Button
    wanted: gr.Textbox
    pane: gr.Markdown


def mount_page(app: FastAPI, service: Service) -> FastAPI:
    """Put the page at `/`, behind the routes that the app already has."""
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        make_page(service),
        path="/",
        head=_HEAD,
        theme=_theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        pwa=False,
        ssr_mode=False,
    )
    return mounted


def _theme() -> gr.themes.Base:
    # Of the fonts that come with Gradio, few are whole: Source Sans 3 and Lora lack most letters.
    sans = gr.themes.LocalFont("Source Sans Pro", weights=(400, 700))
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=(sans, "system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    )


def make_page(service: Service) -> gr.Blocks:
    """The page as a Gradio app, not yet mounted."""
    page = gr.Blocks(title="Verbatim", analytics_enabled=False, fill_width=True)
    with page:
        parts = _lay_out()
        _wire(parts, service)
    page.queue(max_size=64, api_open=False)
    return page


def _lay_out() -> _Parts:
    with gr.Row(elem_id="masthead"):
        gr.Markdown(_TITLE, elem_id="title", latex_delimiters=[])
        anew = gr.Button("New conversation", elem_id="anew", size="sm", scale=0)
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="conversation", min_width=280):
            chat = _chat()
            gr.Markdown('<p role="status"></p>', elem_id="status", latex_delimiters=[])
            with gr.Row(elem_id="asking"):
                box = _box()
                send = gr.Button("Ask", variant="primary", elem_id="ask", scale=0, min_width=72)
        with gr.Column(elem_id="reading", min_width=280):
            pane = gr.Markdown(_EMPTY, elem_id="pane", latex_delimiters=[])
    # The script writes here which turn's articles it wants: "2#5", the fifth wish, for turn 2.
    wanted = gr.Textbox(visible="hidden", elem_id="wanted", label="Turn")
    return _Parts(gr.State(()), chat, box, send, anew, wanted, pane)


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        label="Conversation",
        show_label=False,
        container=False,
        height=None,
        layout="panel",
        placeholder=_WELCOME,
        latex_delimiters=[],
        buttons=[],
        feedback_options=None,
        autoscroll=False,  # to the last line; ours is to the question
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="Question",
        show_label=False,
        container=False,
        placeholder="Ask a question",
        max_length=MAX_LENGTH,
        lines=1,
        max_lines=4,
        autofocus=True,
    )


def _wire(parts: _Parts, service: Service) -> None:
    # No event of the page's own making, such as one at load: Gradio 6.31 loses an event that is
    # sent while the stream of another one ends. What the page wants to know, it asks the API.
    async def ask(question: str, turns: Turns) -> AsyncIterator[list[Any]]:
        async for step in _ask(service, question, turns):
            yield step

    async def pick(turns: Turns, picked: gr.SelectData) -> AsyncIterator[list[Any]]:
        async for step in _ask(service, str(picked.value), turns):
            yield step

    async def reopen(wanted: str, turns: Turns) -> str | dict[str, Any]:
        turn = next((each for each in turns if wanted.startswith(f"{each.number}#")), None)
        return await _pane(service, turn) if turn else gr.skip()

    shown = [parts.turns, parts.chat, parts.box, parts.pane]
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "concurrency_limit": None,  # the service has its own
        "api_visibility": "private",
    }
    gr.on([parts.box.submit, parts.send.click], ask, [parts.box, parts.turns], shown, **quiet)
    parts.chat.option_select(pick, [parts.turns], shown, **quiet)
    parts.wanted.change(reopen, [parts.wanted, parts.turns], [parts.pane], **quiet)
    gr.on([parts.anew.click, parts.chat.clear], lambda: [(), [], "", _EMPTY], None, shown, **quiet)


async def _ask(service: Service, question: str, turns: Turns) -> AsyncIterator[list[Any]]:
    """What the page shows while the question is answered: state, messages, box, pane."""
    if not question.strip():
        yield [gr.skip()] * 4
        return
    # One who goes round the page may send anything: no more is kept than shows it is too long.
    turn = Turn(turns[-1].number + 1 if turns else 1, question.strip()[: MAX_LENGTH + 1])
    before = [message for each in turns for message in _messages(each)]
    wait = [] if service.state == "ready" else [_message("assistant", inert(_OPENING))]
    yield [turns, [*before, _message("user", inert(turn.question)), *wait], "", gr.skip()]
    turn = await _answered(service, turn, turns)
    pane = await _pane(service, turn)
    asked, *reply = _messages(turn)
    for text in _growing(turn):
        yield [turns, [*before, asked, _message("assistant", text)], gr.skip(), pane]
        await asyncio.sleep(_PAUSE_S)
    yield [(*turns, turn)[-_MAX_TURNS:], [*before, asked, *reply], gr.skip(), pane]


async def _answered(service: Service, turn: Turn, turns: Turns) -> Turn:
    earlier = [each.question for each in turns if each.answer]
    try:
        return replace(turn, answer=await service.answer(turn.question, earlier))
    except VerbatimError as error:
        return replace(turn, problem=str(error))


def _growing(turn: Turn) -> Iterator[str]:
    """The reply with one more sentence each time."""
    if turn.answer and turn.answer.shown:
        yield from accumulate(markdown_parts(turn.answer, turn.number))


def _messages(turn: Turn) -> list[_Message]:
    answer = turn.answer
    text = to_markdown(answer, turn.number) if answer else inert(turn.problem)
    reply = _message("assistant", text)
    if answer and answer.refusal:
        reply["options"] = [{"value": question} for question in answer.refusal.suggestions]
    return [_message("user", inert(turn.question)), reply]


def _message(role: str, content: str) -> _Message:
    return {"role": role, "content": content}


async def _pane(service: Service, turn: Turn) -> str:
    """The articles that the answer cites, as they were when it was made."""
    answer = turn.answer
    if answer is None or not answer.shown:
        return _NOTHING_CITED
    shown = await service.do(lambda answerer: _shown(answer, answerer.archive))
    return pane_html(answer, shown, turn=turn.number)


def _shown(answer: Answer, archive: Archive) -> dict[str, Shown]:
    cited = [citations[0].article for citations in by_article(answer)]
    with archive.snapshot():
        return {article.id: _as_cited(article, archive) for article in cited}


def _as_cited(article: Article, archive: Archive) -> Shown:
    """The article as it was cited; who said what is known only of the version of today."""
    now = archive.article(article.id)
    if now is None:
        return Shown(article, split_sentences(article.text), (), _REMOVED)
    if now.version != article.version:
        return Shown(article, split_sentences(article.text), (), _CORRECTED)
    return Shown(article, archive.sentences(article.id), archive.statements(article.id))
