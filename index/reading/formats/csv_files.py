"""Reads tables of articles (.csv): the first line names the columns, each other is an article.

Columns may be named as fields.py knows them; commas, semicolons, tabs and bars separate. One line
is in memory at a time.
"""

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from index.reading.encodings import ODD, codec_of
from index.reading.formats.fields import article_fields, has_text
from index.reading.read_results import Problem, ReadResult, Source, read_one

_HEAD = 64 * 1024
_MAX_COLUMNS = 1000


def read_rows(file: BinaryIO, source: Source) -> Iterator[ReadResult]:
    """The article of each line."""
    head = file.read(_HEAD)
    file.seek(0)
    codec = codec_of(head, source.charset)
    lines = io.TextIOWrapper(file, encoding=codec, errors=ODD, newline="")
    first = head.decode(codec, ODD).split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    number = 1
    try:
        rows = csv.reader(lines, delimiter=delimiter)
        names = [name.strip() for name in next(rows, [])]
        if not has_text(dict.fromkeys(names[:_MAX_COLUMNS], "x")):
            yield Problem(source.place, "no column named “body” (or “text”) in its first line")
            return
        for number, row in enumerate(rows, 2):
            if any(row):
                record = dict(zip(names[:_MAX_COLUMNS], row, strict=False))
                find = partial(article_fields, record)
                yield from read_one(find, f"{source.place}:{number}", f"row {number}", source.seen)
    except csv.Error as error:
        yield Problem(f"{source.place}:{number + 1}", f"the rest was not read: {error}")
    finally:
        lines.detach()
