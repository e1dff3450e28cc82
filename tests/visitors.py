"""A visitor for tests of routes that have no guard before them."""

from starlette.requests import Request

from bot.web.protection.access import Visitor

READER = Visitor("192.0.2.7", None, frozenset(("ask", "read")))


def let_in(request: Request) -> None:
    """As the guard does it: a dependency of the app."""
    request.state.visitor = READER
