"""Copies an archive with all that is kept beside it: linked answers, feedback, watched feeds."""

from bot.library.keeper import Keeper
from index.archive.address import Address
from index.archive.archive import Archive
from index.watchlist import Watchlist, watched


def copy_all(source: Address, target: Address) -> int:
    """Copy from one place to another, where there is no archive yet; how many articles."""
    with (
        Archive.open(source) as old,
        Archive.open(target, create=True, embedder=old.embedder) as new,
    ):
        count = old.copy_into(new)
    with Keeper.of(source) as kept, Keeper.of(target) as keeper:
        keeper.take_over(kept)
    with Watchlist.of(target) as watchlist:
        for feed in watched(source):
            watchlist.put(feed)
    return count
