"""The examples in docstrings give what they say."""

import doctest
from importlib import import_module

import pytest

from tests.test_architecture import module, sources

EXAMPLES = [p for p in sources("index", "bot") if ">>> " in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", [module(path) for path in EXAMPLES])
def test_an_example_gives_what_it_says(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
