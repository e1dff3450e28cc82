"""Turns chosen sentences into the extractive answer: blocks of numbered, verbatim citations.

The only place where sentences become blocks and get their numbers, those of several answers joined
to one as well; the words of one who is compared are looked for beside those that the others are
cited for. Knows nothing of how sentences were chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answer import Answer, Block, Citation, CitedSentence, Refusal, Section
from bot.query.grammar.question import Query
from bot.query.parts import parts_of, understood
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.choosing.chooser import MAX_SENTENCES
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.choosing.near_duplicates import is_same
from bot.selecting.choosing.study import Studied
from bot.selecting.sentence_groups import SentenceGroup, merge_groups
from bot.selecting.wanted_speaker import WantedSpeaker
from index.language.folding import fold, is_description
from index.schema import Span

_PERHAPS = "Perhaps, but it may not be what was asked:"
_BESIDE = 2  # sentences away


def cite(
    question: str,
    query: Query,
    wanted: WantedSpeaker | None,
    choices: Sequence[Evidence],
    *,
    is_sure: bool = True,
) -> Answer:
    """The answer with the chosen sentences, the best block first.

    Unless `is_sure`, the message says that it may not be what was asked for.
    """
    blocks = cited(choices, wanted)
    parts = parts_of(query, speakers(wanted, choices))
    found = _message(blocks, wanted, choices)
    return Answer(
        question=question,
        message=found if is_sure else f"{_PERHAPS} {found}",
        understood=understood(parts),
        parts=parts,
        body=blocks,
        is_sure=is_sure,
    )


def cited(choices: Sequence[Evidence], wanted: WantedSpeaker | None) -> tuple[Block, ...]:
    """The chosen sentences, best first, as blocks, with what their quotations need to be whole.

    A block whose sentences a better one has from another article is cited along with that.
    """
    plans: list[_Plan] = []
    for stretch in _stretches(choices):
        plan = _plan(stretch, wanted)
        chosen = [citation for (citation,) in plan.sentences if citation.rank]
        copied = [_carrying(citation, plans) for citation in chosen]
        if all(copied):
            for citation, sentence in zip(chosen, copied, strict=True):
                sentence.append(citation)
        else:
            plans.append(plan)
    return tuple(_numbered(plans, len(choices)))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Sentences of an article that are shown together; `chosen` by number, with their rank."""

    view: ArticleView
    group: SentenceGroup
    chosen: Mapping[int, tuple[int, Evidence]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A block without numbers: for each sentence its citation, then those of its copies."""

    group: SentenceGroup
    sentences: tuple[list[Citation], ...]


def _stretches(choices: Sequence[Evidence]) -> list[_Stretch]:
    """The chosen sentences of each article, grouped, the best group first."""
    by_article: dict[str, dict[int, tuple[int, Evidence]]] = defaultdict(dict)
    for rank, choice in enumerate(choices, 1):
        article_id, n = choice.key
        by_article[article_id][n] = rank, choice
    found = []
    for chosen in by_article.values():
        view = next(choice.view for _, choice in chosen.values())
        for group in merge_groups(view.groups[n] for n in chosen):
            inside = {n: each for n, each in chosen.items() if group.first <= n <= group.last}
            found.append(_Stretch(view, group, inside))
    return sorted(found, key=lambda stretch: min(rank for rank, _ in stretch.chosen.values()))


def _plan(stretch: _Stretch, wanted: WantedSpeaker | None) -> _Plan:
    # Sentences that only complete a quotation have no score of their own.
    least = min(choice.score for _, choice in stretch.chosen.values())
    sentences = []
    for n in range(stretch.group.first, stretch.group.last + 1):
        sentence = stretch.view.sentences[n]
        if not sentence.prose:
            continue
        rank, choice = stretch.chosen.get(n, (0, None))
        spoken = _spoken(sentence, wanted)
        citation = Citation(
            number=0,
            article=stretch.view.article,
            span=sentence.span,
            score=choice.score if choice else least,
            speaker=None if spoken is None else spoken.full_name,
            kind=None if spoken is None else spoken.kind,
            short=choice.short if choice else None,
            rank=rank,
            corrected=None if spoken is None else spoken.corrected,
            via=None if spoken is None else spoken.via,
        )
        sentences.append([citation])
    return _Plan(stretch.group, tuple(sentences))


def _carrying(citation: Citation, plans: Sequence[_Plan]) -> list[Citation]:
    """The planned sentence with the same words from another article; empty if none has them."""
    sentences = (sentence for plan in plans for sentence in plan.sentences)
    return next((sentence for sentence in sentences if _is_copy(sentence[0], citation)), [])


def _is_copy(a: Citation, b: Citation) -> bool:
    if a.article.id == b.article.id or a.speaker != b.speaker:
        return False
    return is_same(a.text, b.text)


def _numbered(plans: Sequence[_Plan], n_chosen: int) -> Iterator[Block]:
    """The blocks; a block's own citations are numbered first, then its copies'."""
    number = 0
    for n, plan in enumerate(plans, 1):
        own = [sentence[0] for sentence in plan.sentences]
        copies = [citation for sentence in plan.sentences for citation in sentence[1:]]
        numbers = {}
        for citation in (*own, *sorted(copies, key=lambda c: (c.article.id, c.span))):
            number += 1
            numbers[citation.article.id, citation.span] = number
        sentences = []
        for sentence in plan.sentences:
            pairs = [(c, numbers[c.article.id, c.span]) for c in sentence]
            citations = [replace(c, number=i, rank=c.rank or n_chosen + i) for c, i in pairs]
            sentences.append(CitedSentence(citations[0].text, tuple(citations)))
        yield Block(n, tuple(sentences), plan.group.begins_inside, plan.group.ends_inside)


def speakers(wanted: WantedSpeaker | None, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The full names of the wanted speaker: those who speak in the evidence, else the best.

    None of a group's, of several bodies' ("the police", if no force speaks) or of a bare role's,
    nor of who is not surely meant.
    """
    if wanted is None:
        return ()
    spoken = (wanted.attribution(item.sentence) for item in evidence)
    names = [attribution.full_name for attribution in spoken if attribution]
    is_any = wanted.is_group or wanted.is_bare or (wanted.is_body and len(wanted.people) > 1)
    if (is_any or not wanted.sure) and not names:
        return ()
    return tuple(dict.fromkeys(names or [person.name for person in wanted.people[:1]]))


def _spoken(sentence: SentenceView, wanted: WantedSpeaker | None) -> Attribution | None:
    """The attribution to show: to the wanted speaker, else the one that covers most of it."""
    theirs = wanted.attribution(sentence) if wanted else None
    first = sentence.attributions[:1]
    return theirs or (first[0] if first else None)


def _message(
    blocks: Sequence[Block], wanted: WantedSpeaker | None, choices: Sequence[Evidence]
) -> str:
    citations = [citation for block in blocks for citation in block.citations]
    articles = len({citation.article.id for citation in citations})
    count = f"{_count(len(citations), 'sentence')} from {_count(articles, 'article')}"
    return f"{count}.{_which(wanted, choices)}{_about_them(wanted, citations)}"


def _about_them(wanted: WantedSpeaker | None, citations: Sequence[Citation]) -> str:
    """A note that nobody speaks in the sentences, so they are not the wanted speaker's words."""
    if wanted is None or wanted.phrase is None or any(c.speaker for c in citations):
        return ""
    names = speakers(wanted, ()) or (wanted.phrase,)
    return f" They tell of {' or '.join(names)}, whose words on this were not found."


def _which(wanted: WantedSpeaker | None, choices: Sequence[Evidence]) -> str:
    """Who was taken to be meant, of several: "Johnson: Boris Johnson, not Jo Johnson"."""
    people = (*wanted.people, *wanted.not_meant) if wanted else ()
    if wanted is None or wanted.is_group or len(people) < 2:
        return ""
    meant = speakers(wanted, choices)
    named = dict.fromkeys(who.name for who in people if not is_description(who.name))
    others = [name for name in named if name not in meant][:3]
    phrase = wanted.phrase or ""
    is_told = fold(phrase.lower().removeprefix("the ")) in [fold(name) for name in meant]
    if not meant or not others or is_told:  # "the police" are called so themselves
        return ""
    return f" {phrase[:1].upper()}{phrase[1:]}: {' and '.join(meant)}, not {' or '.join(others)}."


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def join(question: str, query: Query, answers: Sequence[tuple[str, Answer]]) -> Answer:
    """One answer from several, each with its heading; a refusal, as the first, if all refuse."""
    blocks: list[Block] = []
    answers = _each_once(answers)
    for _, answer in answers:
        blocks += [_counted_on(block, blocks) for block in answer.blocks]
    sections = tuple(_section(heading, answer) for heading, answer in answers)
    parts = parts_of(query)
    reason = next((each.reason for each in sections if each.reason), None)
    return Answer(
        question=question,
        message=_message_of_all(sections),
        understood=understood(parts),
        body=tuple(blocks),
        refusal=Refusal(reason) if reason and not blocks else None,
        parts=parts,
        options=tuple(option for _, answer in answers for option in answer.options),
        sections=sections,
        is_sure=all(answer.is_sure for _, answer in answers),
    )


def _each_once(answers: Sequence[tuple[str, Answer]]) -> list[tuple[str, Answer]]:
    """The answers without the blocks that an earlier one has shown, unless nothing is left."""
    shown: set[tuple[str, Span]] = set()
    fresh = []
    for heading, answer in answers:
        places = {b.number: {(c.article.id, c.span) for c in b.citations} for b in answer.blocks}
        left = tuple(block for block in answer.blocks if not places[block.number] <= shown)
        fresh.append((heading, replace(answer, body=left) if left else answer))
        shown = shown.union(*places.values())
    return fresh


def _section(heading: str, answer: Answer) -> Section:
    return Section(
        heading,
        answer.question,
        answer.understood,
        answer.message,
        answer.refusal.reason if answer.refusal else None,
        len(answer.blocks),
    )


def _message_of_all(sections: Sequence[Section]) -> str:
    silent = [each.heading for each in sections if each.reason]
    if len(silent) == len(sections):
        return "The articles do not say, to any of these."
    return f"{len(sections)} answers." if not silent else f"No answer: {', '.join(silent)}."


def _counted_on(block: Block, before: Sequence[Block]) -> Block:
    """The block, renumbered to follow those before it."""
    n = sum(len(each.citations) for each in before)
    counted = block.changed(lambda c: replace(c, number=c.number + n, rank=c.rank + n))
    return replace(counted, number=len(before) + 1)


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
