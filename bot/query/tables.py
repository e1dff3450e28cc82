"""Reads the word lists in `bot/query/data`: UTF-8, `#` opens a comment, columns parted by a tab.

The first line that is no comment has the headings.
"""

from importlib.resources import files


def read_table(name: str) -> list[list[str]]:
    """The rows of a table, without its headings."""
    text = files("bot.query").joinpath("data", name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]
