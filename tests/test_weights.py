"""The checker's weights, whole and damaged."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.drafting.checking.support import Support
from bot.drafting.checking.word_order import WordOrder
from index.schema import VerbatimError


@pytest.mark.parametrize("load", [Support.load, WordOrder.load], ids=["support", "word order"])
@pytest.mark.parametrize("text", [None, "", "[1]", "{}", '{"kinds": ["a"], "pairs": [1, 2]}'])
def test_weights_that_cannot_be_used_are_named(
    load: Callable[[Path], object], text: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "weights.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(VerbatimError, match=r"weights\.json cannot be used: .*Install Verbatim"):
        load(file)
