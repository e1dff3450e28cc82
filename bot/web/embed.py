"""What other sites embed: an answer on a page without chrome, and the script that frames it.

The page is whole without scripts, and needs no origin of its own: it is shown in a sandbox.
"""

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from fastapi.templating import Jinja2Templates
from markupsafe import Markup

from bot.answer import Block, Run
from bot.rendering.escape import inert
from bot.rendering.render import article_page, origin_of, said_by, spoken
from bot.service import Service
from bot.settings import Settings
from bot.web.access import visitor_of
from bot.web.bodies import status_of
from index.printing import printable
from index.schema import VerbatimError

_HERE = Path(__file__).parent
_THEMES = ("light", "dark", "auto")
_OPENING = "The archive is being opened. The answer comes by itself as soon as it is open."
_RETRY_S = "2"


@dataclass(frozen=True, slots=True)
class _Voice:
    """One person's words in a block as the template shows them."""

    text: str
    speaker: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as the template shows it: `places` are its marks, each with where it leads."""

    voices: tuple[_Voice, ...]
    origin: str
    places: tuple[tuple[str, str], ...]
    publisher: str | None


def router(service: Service, settings: Settings) -> APIRouter:
    """`frame`, the page to be framed, and `embed.js`, which frames it."""
    routes = APIRouter(include_in_schema=False)
    templates = Jinja2Templates(_HERE / "templates")
    templates.env.filters["inert"] = lambda text: Markup(inert(text))  # noqa: S704 - it escapes
    templates.env.filters["printable"] = printable
    max_length = settings.limits.question

    @routes.get("/frame")
    async def frame(request: Request, q: str = "", theme: str = "light") -> Response:
        question = q.strip()
        status, found = await _look_up(service, question, visitor_of(request).name)
        context = found | {
            "question": question[:max_length],
            "theme": theme if theme in _THEMES else _THEMES[0],
            "origins": " ".join(settings.origins),
            "max_length": max_length,
        }
        headers = {"Cache-Control": "no-store"}
        if status == 503:
            headers |= {"Refresh": _RETRY_S, "Retry-After": _RETRY_S}
        return templates.TemplateResponse(request, "frame.html", context, status, headers)

    @routes.get("/embed.js")
    async def script() -> FileResponse:
        return FileResponse(_HERE / "static" / "embed.js", media_type="text/javascript")

    return routes


async def _look_up(service: Service, question: str, visitor: str) -> tuple[int, dict[str, object]]:
    """The status of the reply, and what the template is to say."""
    if not question:
        return 200, {}
    if service.state == "opening":
        return 503, {"problem": _OPENING}
    try:
        answer = await service.answer(question, visitor=visitor, waits=False)
    except VerbatimError as error:
        return status_of(error), {"problem": str(error)}
    sections = [
        (section, [_block(item) for item in items if isinstance(item, Block)])
        for section, items in answer.groups
    ]
    return 200, {"answer": answer, "sections": sections if answer.body else []}


def _block(block: Block) -> _Block:
    return _Block(
        voices=tuple(
            _Voice(f"{before}{voice.text}{after}", *said_by(voice))
            for voice, before, after in spoken(block)
        ),
        origin=" · ".join(origin_of(block.run.article)),
        places=tuple((run.mark, _place(run)) for run in block.stretches),
        publisher=block.run.address,
    )


def _place(run: Run) -> str:
    """The words on their article's page, from the root of the site."""
    start, end = run.span.start, run.span.end
    return f"{article_page(run.article)}&start={start}&end={end}#s-{start}"
