"""The page: a conversation on the left, the article that is cited on the right.

Everything that is shown goes through `bot.rendering.render`; what belongs to a visitor lives in
their `gr.State`. The only module that knows Gradio.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr
from fastapi import FastAPI

from bot.drafting.model import LanguageModel
from bot.query.question import MAX_LENGTH
from bot.rendering.escape import inert
from bot.service import Service
from bot.web.replies import Order, pane_of, read_order, turns_of
from bot.web.turns import Turns, message, messages, next_turn, reply_pieces

_HEAD = (
    '<link rel="stylesheet" href="verbatim/theme.css">'
    '<link rel="stylesheet" href="verbatim/page.css">'
    # Gradio adds these late: what a module needs would be asked for later still.
    '<link rel="modulepreload" href="verbatim/elements.js">'
    '<link rel="modulepreload" href="verbatim/clipboard.js">'
    '<script src="verbatim/cite.js"></script>'
    '<script type="module" src="verbatim/turns.js"></script>'
)
_MAX_TURNS = 50
# So that a reader, and a screen reader, meets one sentence after another.
_PAUSE_S = 0.12

_TITLE = """# Verbatim

Answers in the articles’ own words

<nav title="Pages">
<a href="library">Library</a> <a href="people">People</a> <a href="docs">API</a>
</nav>"""
# The script puts example questions into the empty element, and the archive's state into #status.
_WELCOME = """## Who said what?

Ask, and read it in the articles’ own sentences.

<div class="offers"></div>"""
_EMPTY = (
    '<div class="empty"><p>The article opens here, with every cited sentence marked.</p>'
    "<p>A number such as <b>[1]</b> takes you to its sentence.</p></div>"
)
_STOPPED = "Stopped."
_OPENING = "Opening the archive. You can ask already: the answer comes as soon as it is open."


@dataclass(frozen=True, slots=True)
class _Session:
    """What is kept of a visitor: the conversation, and the last order obeyed, to know a new one."""

    turns: Turns = ()
    obeyed: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read and write."""

    session: gr.State
    chat: gr.Chatbot
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    anew: gr.Button
    wanted: gr.Textbox
    order: gr.Textbox
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
        parts = _lay_out(service.model)
        _wire(parts, service)
    page.queue(max_size=64, api_open=False)
    return page


def _lay_out(model: LanguageModel | None) -> _Parts:
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
                stop = gr.Button("Stop", elem_id="stop", scale=0, min_width=72)
            if model:
                gr.Markdown(_goes_to(model), elem_id="goes-to", latex_delimiters=[])
        with gr.Column(elem_id="reading", min_width=280):
            pane = gr.Markdown(_EMPTY, elem_id="pane", latex_delimiters=[])
    # The script writes here which turn's articles it wants: "2#5", the fifth wish, for turn 2.
    wanted = gr.Textbox(visible="hidden", elem_id="wanted", label="Turn")
    order = gr.Textbox(visible="hidden", elem_id="order", label="Order")
    return _Parts(gr.State(_Session()), chat, box, send, stop, anew, wanted, order, pane)


def _goes_to(model: LanguageModel) -> str:
    return (
        f"Answers are phrased by {inert(model.name)} at {inert(model.host)}: your question and the "
        "sentences found for it go there."
    )


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
    async def ask(typed: str, sent: str, session: _Session) -> AsyncIterator[list[Any]]:
        # Not what was pressed: an event that waited comes with the data of the one it waited for.
        ordered = sent != session.obeyed
        order = read_order(sent) if ordered else Order(question=typed)
        box = gr.skip() if ordered else ""  # what stands there is yet to be asked
        session = replace(session, obeyed=sent)
        if not order.question.strip() or (order.first and session.turns):
            yield [session, gr.skip(), box, gr.skip()]
            return
        async for now, said, pane in _ask(service, order, session):
            yield [now, said, box, pane]
            box = gr.skip()

    async def reopen(wanted: str, session: _Session) -> str | dict[str, Any]:
        turn = next((each for each in session.turns if wanted.startswith(f"{each.number}#")), None)
        return await pane_of(service, turn) if turn else gr.skip()

    shown = [parts.session, parts.chat, parts.box, parts.pane]
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "concurrency_limit": None,  # the service has its own
        "api_visibility": "private",
    }
    # One event, so that two questions never write one conversation at a time. One that comes while
    # another is answered waits for it: "once", the default, forgets it without a word.
    asking = gr.on(
        [parts.box.submit, parts.send.click, parts.order.change],
        ask,
        [parts.box, parts.order, parts.session],
        shown,
        trigger_mode="always_last",
        **quiet,
    )
    now = [parts.order, parts.session]
    parts.stop.click(_stopped, now, shown, cancels=[asking], **quiet)
    parts.wanted.change(reopen, [parts.wanted, parts.session], [parts.pane], **quiet)
    anew = [parts.anew.click, parts.chat.clear]
    gr.on(anew, _started_anew, now, shown, cancels=[asking], **quiet)


def _stopped(sent: str, session: _Session) -> list[Any]:
    """What is shown when a question is given up: the conversation, and that it was."""
    over = tuple(
        turn if turn.is_over else replace(turn, problem=_STOPPED) for turn in session.turns
    )
    said = [each for turn in over for each in messages(turn)]
    return [_Session(over, sent), said, gr.skip(), gr.skip()]


def _started_anew(sent: str, _session: _Session) -> list[Any]:
    return [_Session(obeyed=sent), [], "", _EMPTY]


async def _ask(service: Service, order: Order, session: _Session) -> AsyncIterator[list[Any]]:
    """What the page shows while the question is answered: session, messages, pane."""
    turns, turn = next_turn(order.question, session.turns, before=order.before, alone=order.alone)
    before = [each for earlier in turns for each in messages(earlier)]
    wait = [] if service.state == "ready" else [message("assistant", inert(_OPENING))]
    # Kept before it is answered too, so that it is there if the visitor stops.
    yield [replace(session, turns=(*turns, turn)), [*before, *messages(turn), *wait], gr.skip()]
    pane, n_shown = gr.skip(), 0
    async with aclosing(turns_of(service, turn, order.kept)) as grown:
        async for turn in grown:
            pane, pieces = await pane_of(service, turn), list(reply_pieces(turn))
            asked = message("user", inert(turn.question))
            while n_shown < len(pieces):
                n_shown += 1
                reply = message("assistant", "".join(pieces[:n_shown]))
                yield [gr.skip(), [*before, asked, reply], pane]
                await asyncio.sleep(_PAUSE_S)
    session = replace(session, turns=(*turns, turn)[-_MAX_TURNS:])
    yield [session, [*before, *messages(turn)], pane]
