"""Reads the checker's weights, which ship beside the reader's.

Knows nothing of what they are for.
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.schema import VerbatimError

FOLDER = Path(__file__).parents[2] / "weights"


@contextlib.contextmanager
def reading(path: Path) -> Iterator[dict[str, Any]]:
    """The record in a file; one that cannot be read, or used in the block, is a VerbatimError."""
    try:
        yield json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VerbatimError(
            f"The checker's weights in {path} cannot be used: {error}. Install Verbatim again."
        ) from error
