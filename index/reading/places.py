"""What the places hold that somebody types: files and folders, then addresses.

A request is made for an address only.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from index.reading.readers import read
from index.reading.readings import Reading
from index.workers import Workers


def is_address(place: str) -> bool:
    """Whether it is an address of the web, and no path."""
    return place.lower().startswith(("http://", "https://"))


def read_places(
    places: Sequence[str], *, local: bool = False, workers: Workers | None = None
) -> Iterator[Reading]:
    """What the paths hold, then what the addresses do; `workers` read files.

    With `local` machines may be asked that are not public: who types the address vouches for it.
    """
    yield from read(*(Path(place) for place in places if not is_address(place)), workers=workers)
    addresses = [place for place in places if is_address(place)]
    if addresses:
        from index.reading.fetching import Fetcher
        from index.reading.web import read_address

        fetcher = Fetcher(allows=_any, ports=range(1, 2**16)) if local else Fetcher()
        for url in addresses:
            yield from read_address(url, fetcher)


def _any(number: str) -> bool:
    return True
