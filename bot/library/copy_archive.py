"""Copies an archive with what is stored beside it: linked answers, feedback, watched feeds."""

from bot.library.answer_store import AnswerStore
from index.archive.address import Address
from index.archive.archive import Archive
from index.watching import Watchlist, watched


def copy_all(source: Address, target: Address) -> int:
    """Copy from one address to another, which has no archive yet; returns how many articles."""
    with (
        Archive.open(source) as old,
        Archive.open(target, create=True, embedder=old.embedder) as new,
    ):
        count = old.copy_into(new)
    with AnswerStore.of(source) as old_store, AnswerStore.of(target) as store:
        store.take_over(old_store)
    with Watchlist.of(target) as watchlist:
        for feed in watched(source):
            watchlist.put(feed)
    return count
