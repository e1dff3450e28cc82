"""Finds the words of one who is compared beside those that another is cited for.

A newspaper sets an answer beside what it answers, in words that may have none of the topic. Knows
nothing of how the others' words were found.
"""

from collections.abc import Iterable, Sequence

from bot.answer import Answer
from bot.query.grammar.question import Query
from bot.selecting.choosing.chooser import MAX_SENTENCES
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.choosing.study import Studied
from bot.selecting.citing.citing import cite

_BESIDE = 2  # sentences away


def with_words_beside(
    found: Sequence[tuple[Query, Answer | Studied]],
) -> list[tuple[Query, Answer | Studied]]:
    """The answers for those who are compared; one that is missing is looked for beside the others.

    It is unsure then.
    """
    answers = [answer for _, answer in found if isinstance(answer, Answer)]
    cited = {(c.article.id, c.span) for answer in answers for c in answer.citations}

    def is_beside(item: Evidence) -> bool:
        around = item.view.sentences[max(0, item.n - _BESIDE) : item.n + _BESIDE + 1]
        return any((item.view.article.id, each.span) in cited for each in around)

    def answered(query: Query, answer: Answer | Studied) -> Answer | Studied:
        if isinstance(answer, Answer):
            return answer
        near = _first(own for own in _own_words(answer) if is_beside(own))
        return cite(query.text, query, answer.wanted, near, is_sure=False) if near else answer

    return [(query, answered(query, answer)) for query, answer in found]


def _own_words(found: Studied) -> Iterable[Evidence]:
    wanted = found.wanted
    return (e for e in found.evidence if wanted and wanted.attribution(e.sentence) is not None)


def _first(words: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(words, key=lambda item: item.key))[:MAX_SENTENCES]
