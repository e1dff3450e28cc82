"""The chat page: a conversation on the left, the cited article on the right.

Everything shown is rendered by `bot.rendering`; a visitor's data live in their `gr.State`. The only
module that knows Gradio.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from bot.drafting.model import LanguageModel
from bot.query.grammar.question import MAX_LENGTH
from bot.rendering.escape import inert
from bot.service import PATIENCE_S, Service
from bot.web.api.request_bodies import Filtered
from bot.web.chat.page_rewriting import PageRewriter
from bot.web.chat.queue_gate import QueueGate
from bot.web.chat.sessions import MAX_SESSIONS, Sessions
from bot.web.chat.turns import (
    Message,
    PageRequest,
    Turns,
    asked_again,
    filtered,
    message,
    next_turn,
    pane_of,
    read_filters,
    read_page_request,
    reply_pieces,
    resumed_turn,
    turns_of,
)
from bot.web.protection.access import Visitor, visitor_of

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
_LOOK_S = 0.02
_END_S = 5.0
# So that a reader, and a screen reader, meets one sentence after another.
_PAUSE_S = 0.12

_TITLE = """# Verbatim

Answers in the articles’ own words

<nav title="Pages">
<a href="library">Library</a> <a href="people">People</a> <a href="docs">API</a>
</nav>"""
# The script puts what there is and example questions into the empty elements, and the archive's
# state into #status.
_WELCOME = """## Who said what?

Ask a question and read the answer in the articles’ own sentences.

<p class="holdings"></p>

<div class="offers"></div>"""
_EMPTY = (
    '<div class="empty"><p>The article opens here, with every cited sentence highlighted.</p>'
    "<p>A number such as <b>[1]</b> takes you to its sentence.</p></div>"
)
_STOPPED = "Stopped."
_BUSY = "Many people are asking. Your turn comes in about {} seconds."
_OPENING = "Opening the archive. You can ask now; the answer appears when the archive is open."


@dataclass(frozen=True, slots=True)
class _VisitorState:
    """A visitor's state: the conversation, and the last request obeyed, to recognise a new one."""

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
    filters: gr.Textbox
    pane: gr.Markdown


def mount_page(app: FastAPI, service: Service) -> FastAPI:
    """Mount the page at `/`, after the app's own routes, behind the queue gate."""
    page = gr.Blocks(title="Verbatim", analytics_enabled=False, fill_width=True)
    sessions = Sessions(lambda name: _forget(page, name))
    _make(page, service, sessions)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
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
    inputs = {
        n: tuple(isinstance(each, gr.Textbox) for each in fn.inputs)
        for n, fn in page.fns.items()
        if fn.fn
    }
    place = next(r for r in reversed(mounted.routes) if isinstance(r, Mount) and r.path == "")
    place.app = PageRewriter(QueueGate(place.app, sessions, inputs))
    return mounted


def _forget(page: gr.Blocks, name: str) -> None:
    """Drop everything that Gradio keeps for an open page."""
    queue, holder = page._queue, page.state_holder
    holder.session_data.pop(name, None)
    holder.time_last_used.pop(name, None)
    queue.pending_messages_per_session.pop(name, None)
    queue.pending_event_ids_session.pop(name, None)
    page.pending_diff_streams.pop(name, None)
    page.app.iterators_to_reset.clear()


def _theme() -> gr.themes.Base:
    # Of the fonts that come with Gradio, few are whole: Source Sans 3 and Lora lack most letters.
    sans = gr.themes.LocalFont("Source Sans Pro", weights=(400, 700))
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=(sans, "system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    )


def _make(page: gr.Blocks, service: Service, sessions: Sessions) -> None:
    """Lay out the page and wire its events."""
    with page:
        parts = _lay_out(service.model)

        async def end_asking(request: gr.Request) -> None:
            await _end_asking(page, sessions, str(request.session_hash))

        _wire(parts, service, sessions, end_asking)
    page.state_session_capacity = 2 * MAX_SESSIONS  # the sessions have their own bounds
    page.queue(max_size=4 * MAX_SESSIONS, api_open=False)
    # By itself it looks for work a thousand times a second, and keeps ten thousand events' figures.
    page._queue.sleep_when_free = _LOOK_S
    page._queue.progress_update_sleep_when_free = 10 * _LOOK_S
    page._queue.ANALYTICS_MAX_EVENTS = 100


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
    filters = gr.Textbox(visible="hidden", elem_id="filtering", label="Filters")
    return _Parts(
        gr.State(_VisitorState()), chat, box, send, stop, anew, wanted, order, filters, pane
    )


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


def _asking(service: Service, sessions: Sessions) -> Callable[..., AsyncIterator[list[Any]]]:
    """The handler for every way of asking on the page."""

    async def ask(
        typed: str, sent: str, filtering: str, session: _VisitorState, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        # Not what was pressed: an event that waited comes with the data of the one it waited for.
        ordered = sent != session.obeyed
        order = read_page_request(sent) if ordered else PageRequest(question=typed)
        box = gr.skip() if ordered else ""  # its text has yet to be asked
        session = replace(session, obeyed=sent)
        name = str(request.session_hash)
        try:
            is_empty = not order.question.strip() and not order.turns
            if is_empty or (order.first and session.turns):
                yield [session, gr.skip(), box, gr.skip()]
                return
            visitor = _visitor(request)
            if order.turns:
                steps = _go_on(service, order, session, visitor)
            else:
                steps = _ask(service, order, session, visitor, read_filters(filtering))
            async for now, said, pane in sessions.while_heard(name, steps):
                yield [now, said, box, pane]
                box = gr.skip()
                if isinstance(now, _VisitorState):
                    sessions.weigh(name, _weight(now))
        finally:
            sessions.done(name)

    return ask


async def _end_asking(page: gr.Blocks, sessions: Sessions, name: str) -> None:
    """Cancel what is being answered on a page; return when the page has been told.

    Gradio's own `cancels` leaves open whether the cancelled event still overwrites what follows it.
    """
    sessions.interrupt(name)
    waiting = page._queue.pending_event_ids_session
    end = time.monotonic() + _END_S
    while len(waiting.get(name, ())) > 1 and time.monotonic() < end:  # one is this very event
        await asyncio.sleep(_LOOK_S)
    sessions.done(name)


def _wire(
    parts: _Parts,
    service: Service,
    sessions: Sessions,
    end_asking: Callable[[gr.Request], Awaitable[None]],
) -> None:
    async def reopen(
        wanted: str, session: _VisitorState, request: gr.Request
    ) -> str | dict[str, Any]:
        sessions.done(str(request.session_hash))
        turn = next((each for each in session.turns if wanted.startswith(f"{each.number}#")), None)
        return await pane_of(service, turn, _visitor(request)) if turn else gr.skip()

    async def stop(sent: str, session: _VisitorState, request: gr.Request) -> list[Any]:
        await end_asking(request)
        return _stopped(sent, session)

    async def start_anew(sent: str, _session: _VisitorState, request: gr.Request) -> list[Any]:
        await end_asking(request)
        return [_VisitorState(obeyed=sent), [], "", _EMPTY]

    shown = [parts.session, parts.chat, parts.box, parts.pane]
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "concurrency_limit": None,  # the service has its own
        "api_visibility": "private",
    }
    # One event, so that two questions never write one conversation at a time. One that comes while
    # another is answered waits for it: "once", the default, forgets it without a word.
    gr.on(
        [parts.box.submit, parts.send.click, parts.order.change],
        _asking(service, sessions),
        [parts.box, parts.order, parts.filters, parts.session],
        shown,
        trigger_mode="always_last",
        **quiet,
    )
    now = [parts.order, parts.session]
    parts.stop.click(stop, now, shown, **quiet)
    parts.wanted.change(reopen, [parts.wanted, parts.session], [parts.pane], **quiet)
    anew = [parts.anew.click, parts.chat.clear]
    gr.on(anew, start_anew, now, shown, **quiet)


def _stopped(sent: str, session: _VisitorState) -> list[Any]:
    """The page after a question was cancelled: the conversation, which says so."""
    over = tuple(
        turn if turn.is_over else replace(turn, problem=_STOPPED) for turn in session.turns
    )
    return [_VisitorState(over, sent), _said(over), gr.skip(), gr.skip()]


def _visitor(request: gr.Request) -> Visitor:
    """The sender of an event, from the request that Gradio keeps with it."""
    sent = request.request
    if sent is None:
        raise LookupError("an event without a request")
    return visitor_of(sent)


def _weight(session: _VisitorState) -> int:
    """The number of characters of articles that a conversation holds."""
    answers = (turn.answer for turn in session.turns if turn.answer)
    cited = (citation.article for answer in answers for citation in answer.citations)
    return sum(len(article.text) for article in {id(a): a for a in cited}.values())


async def _ask(
    service: Service,
    order: PageRequest,
    session: _VisitorState,
    visitor: Visitor,
    filters: Filtered,
) -> AsyncGenerator[list[Any]]:
    """The states of the page while a question is answered: session, messages, pane."""
    turns, turn = next_turn(order.question, session.turns, before=order.before, alone=order.alone)
    turn = filtered(turn, filters)
    before = _said(turns)
    wait = _notice(service, visitor)
    # Kept before it is answered too, so that it is there if the visitor stops.
    yield [replace(session, turns=(*turns, turn)), [*before, *turn.messages, *wait], gr.skip()]
    pane, shown, n_shown = gr.skip(), None, 0
    async with aclosing(turns_of(service, turn, order.kept, visitor)) as grown:
        async for turn in grown:
            if turn.cited != shown:
                pane, shown = await pane_of(service, turn, visitor), turn.cited
            pieces = list(reply_pieces(turn))
            asked = message("user", inert(turn.question))
            while n_shown < len(pieces):
                n_shown += 1
                reply = message("assistant", "".join(pieces[:n_shown]))
                yield [gr.skip(), [*before, asked, reply], pane]
                await asyncio.sleep(_PAUSE_S)
    session = replace(session, turns=(*turns, turn)[-_MAX_TURNS:])
    yield [session, [*before, *turn.messages], pane]


async def _go_on(
    service: Service, order: PageRequest, session: _VisitorState, visitor: Visitor
) -> AsyncGenerator[list[Any]]:
    """The same while an earlier conversation is resumed in place of this one."""
    turns: Turns = ()
    pane: Any = _EMPTY  # of the conversation that goes
    for asked in order.turns:
        turn = resumed_turn(asked.question, turns, asked.history)
        turn = filtered(turn, asked)
        said = [*_said(turns), *turn.messages, *_notice(service, visitor)]
        yield [replace(session, turns=(*turns, turn)), said, pane]
        pane = gr.skip()
        turns = (*turns, await asked_again(service, turn, asked.kept, visitor))
    pane = await pane_of(service, turns[-1], visitor)
    yield [replace(session, turns=turns), _said(turns), pane]


def _said(turns: Turns) -> list[Message]:
    return [each for turn in turns for each in turn.messages]


def _notice(service: Service, visitor: Visitor) -> list[Message]:
    """A message that says why the answer will take long, if it will."""
    if service.state != "ready":
        return [message("assistant", inert(_OPENING))]
    wait_s = service.wait_s(visitor.name)
    is_long = wait_s > PATIENCE_S
    return [message("assistant", inert(_BUSY.format(round(wait_s))))] if is_long else []
