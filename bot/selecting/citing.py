"""Turns chosen sentences into the extractive answer: each is its own citation, word for word.

Knows nothing of how they were chosen.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer, Citation, CitedSentence
from bot.query.parts import parts_of, understood
from bot.query.question import Query
from bot.selecting.asked import Asked
from bot.selecting.chooser import Choice
from bot.selecting.evidence import Evidence
from bot.selecting.views import Attribution
from index.language.folding import fold

# Of all words of two sentences, the share that both have, for them to be one wire report.
_SAME = 0.8


def cite(question: str, query: Query, asked: Asked | None, choices: Sequence[Choice]) -> Answer:
    """The answer whose sentences are the chosen ones, in their order.

    A sentence that several articles carry is shown once, with a citation of each.
    """
    citations = cited(choices, asked)
    parts = parts_of(query, speakers(asked, [choice.evidence for choice in choices]))
    return Answer(
        question=question,
        message=_message(citations, asked, choices),
        understood=understood(parts),
        parts=parts,
        sentences=tuple(CitedSentence(group[0].text, group) for group in _carried(citations)),
    )


def cited(choices: Sequence[Choice], asked: Asked | None) -> tuple[Citation, ...]:
    """The chosen sentences as citations, numbered in the order in which they are shown."""
    plain = [_citation(choice, asked) for choice in choices]
    shown = [citation for group in _carried(plain) for citation in group]
    return tuple(replace(citation, number=n) for n, citation in enumerate(shown, 1))


def _carried(citations: Sequence[Citation]) -> list[tuple[Citation, ...]]:
    """Citations of (nearly) the same words in different articles, together."""
    groups: list[list[Citation]] = []
    for citation in citations:
        same = next((group for group in groups if _is_copy(group[0], citation)), None)
        if same is None:
            groups.append([citation])
        else:
            same.append(citation)
    return [tuple(group) for group in groups]


def _is_copy(a: Citation, b: Citation) -> bool:
    if a.article.id == b.article.id or a.speaker != b.speaker:
        return False
    first, second = set(fold(a.text)), set(fold(b.text))
    return len(first & second) >= _SAME * len(first | second)


def speakers(asked: Asked | None, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The full names of the asked speaker: of those who speak in the evidence, else of the best."""
    if asked is None:
        return ()
    spoken = (asked.attribution(item.sentence) for item in evidence)
    names = [attribution.full_name for attribution in spoken if attribution]
    return tuple(dict.fromkeys(names or [person.name for person in asked.people[:1]]))


def _citation(choice: Choice, asked: Asked | None) -> Citation:
    item = choice.evidence
    spoken = _spoken(item, asked)
    return Citation(
        number=1,
        article=item.view.article,
        span=item.sentence.sentence.span,
        score=choice.score,
        speaker=None if spoken is None else spoken.full_name,
        kind=None if spoken is None else spoken.kind,
        short=item.short,
    )


def _spoken(item: Evidence, asked: Asked | None) -> Attribution | None:
    """Whose words to show: the asked speaker's, else those that cover most of the sentence."""
    asked_for = asked.attribution(item.sentence) if asked else None
    first = item.sentence.attributions[:1]
    return asked_for or (first[0] if first else None)


def _message(citations: Sequence[Citation], asked: Asked | None, choices: Sequence[Choice]) -> str:
    articles = len({citation.article.id for citation in citations})
    count = f"{_count(len(citations), 'sentence')} from {_count(articles, 'article')}"
    return f"{count}.{_which(asked, choices)}"


def _which(asked: Asked | None, choices: Sequence[Choice]) -> str:
    """Who of several the question was taken to mean: "Johnson: Boris Johnson, not Jo Johnson"."""
    if asked is None or len(asked.people) < 2:
        return ""
    meant = speakers(asked, [choice.evidence for choice in choices])
    others = [person.name for person in asked.people if person.name not in meant][:3]
    if not meant or not others:
        return ""
    return f" {asked.phrase}: {' and '.join(meant)}, not {' or '.join(others)}."


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
