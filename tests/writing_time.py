"""How much the writer adds to the first shown sentence: `python -m tests.writing_time`.

The model behind it takes no time at all: all that is measured is connection, cutting and checking.
"""

import asyncio
import sys
import time
from statistics import median, quantiles

from bot.drafting.checking.checker import Checker
from bot.drafting.model import LanguageModel
from bot.drafting.writer import Writer
from bot.settings import Model
from index.schema import Article
from tests.conftest import SEED
from tests.hostile_server import hostile_server
from tests.test_writer import answer_from

_TIMES = 50


def main() -> None:
    """Print the median and the 95th percentile, in milliseconds of the clock."""
    answer = answer_from(Article("putin-peacekeepers", SEED.read_text(encoding="utf-8")))
    with hostile_server() as server:
        model = LanguageModel(Model(f"{server.url}/v1", "quotes"))
        model.prepare()
        writer = Writer(model, Checker.load())

        async def first() -> float:
            begin = time.perf_counter()
            async for step in writer.write(answer):
                if step.body:
                    return 1000 * (time.perf_counter() - begin)
            raise AssertionError("nothing was shown")

        first_of_all = asyncio.run(first())
        taken = [asyncio.run(first()) for _ in range(_TIMES)]
    sys.stdout.write(
        f"first shown sentence: the very first {first_of_all:.0f} ms, then "
        f"p50 {median(taken):.0f} ms, p95 {quantiles(taken, n=20)[-1]:.0f} ms\n"
    )


if __name__ == "__main__":
    main()
