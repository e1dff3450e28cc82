"""Finds who speaks for a group in an article that introduces it and then quotes one of it.

"Parents were angry. 'They have her face,' said Chloe Bannister." Nothing else tells that she is a
parent. Knows nothing of scores.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.query.people.role_score import is_named_person, is_spokesperson
from bot.selecting.article_view import ArticleView
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.grammar.clauses import SUBJECTS
from index.attribution.people.identities import Identity
from index.language.folding import fold, is_description
from index.language.names import OFFICES
from index.language.offices import role_words
from index.language.syntax import tree_of


def with_members(
    wanted: WantedSpeaker | None, views: Iterable[ArticleView]
) -> WantedSpeaker | None:
    """Whom a question wants, with those whom articles quote for a group that they introduce."""
    group = role_words(wanted.phrase) if wanted and wanted.phrase else []
    if wanted is None or len(group) != 1 or _is_surname(group[0], wanted.people):
        return wanted
    each_once = {view.article.id: view for view in views}
    found = ((id_, who) for id_, view in each_once.items() for who in _members(view, group[0]))
    members = frozenset(found)
    if not members:
        return wanted
    return replace(wanted, members=members, sure=True, is_group=True)


def _is_surname(word: str, people: Iterable[Identity]) -> bool:
    return any(word == who.last and len(who.words) > 1 and is_named_person(who) for who in people)


def _members(view: ArticleView, group: str) -> Iterator[Identity]:
    """Those named for the first time, and quoted, right behind a sentence about a group."""
    for n, sentence in enumerate(view.sentences[:-1]):
        after = view.sentences[n + 1]
        is_free = all(is_description(by.name) for by in sentence.attributions)
        if not (sentence.prose and is_free and after.attributions) or group not in view.words(n):
            continue
        who = after.attributions[0].identity
        if who and _is_about(view, n, group) and _is_new(view, n, who):
            yield who


def _is_about(view: ArticleView, n: int, group: str) -> bool:
    """Whether a sentence's subject is the group, in the plural."""
    tree = tree_of(view.text(n))
    return any(
        word.low == group and tag == "NNS" and role in SUBJECTS
        for word, tag, role in zip(tree.words, tree.tags, tree.roles, strict=True)
    )


def _is_new(view: ArticleView, n: int, who: Identity) -> bool:
    """Whether somebody without an office is not named up to sentence `n`, but in the next."""
    role = who.role_in(view.article.id)
    if not is_named_person(who) or is_spokesperson(role) or not OFFICES.isdisjoint(role):
        return False
    known = any(who.last in view.words(k) for k in range(n + 1))
    return not known and who.last in fold(view.text(n + 1))
