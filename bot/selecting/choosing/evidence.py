"""Scores what was found: every sentence with the reader's score and what else speaks for it.

That is the type of answer that a question expects ("how many" a number, "when" a time), and the
days that it asks for: an article is from then, or names them.

Knows nothing of thresholds or refusals.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.date_range import DateRange
from bot.query.grammar.question import Query
from bot.selecting.article_view import ArticleView, SentenceView
from bot.selecting.choosing.answer_types import expected
from bot.selecting.choosing.sides import Side, takes
from bot.selecting.finding.finder import Found
from bot.selecting.reading.reader import FLOOR, PassageReading, Read
from bot.selecting.reading.reader_rows import Row
from index.language.dates import Moment, find_dates, read_day
from index.language.folding import fold
from index.language.quotations import find_quotations
from index.language.stems import had, stems, stems_of

# "what did Lee say at the summit": any words from an article on it, with the summit named anywhere.
_OCCASION = re.compile(r"(?:in|at|during|outside|inside)\s", re.IGNORECASE)
_AROUND = 2  # sentences before one in which its day may be named
_LED = 2  # sentences before one that may tell on which side it is
# Who asks who said something in so many words wants that sentence, whatever else is like it.
_WORD_FOR_WORD = 10.0
_QUOTED = 2  # words: a single one may be said of anything


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sentence `n` of an article, that may be cited.

    - `score`: higher is better, comparable within one list only: the reader's logit where it was
      read (and more, where it is quoted in the question), what the chooser makes of it where it was
      chosen, 0 where it was chosen for its place.
    - `answers`: the reader's logit that the sentence's passage answers at all.
    - `similarity`: the cosine similarity of the passage's vector and the question's.
    - `short`: the short answer, half-open, in characters of the sentence.
    - `topic`: the share of the topic's words that the article has, in [0, 1].
    - `offers`: whether it has the kind of answer that is wanted; None if any kind will do.
    - `tells`: whether it has who did what is asked for, or is on the side that is; None if neither.
    - `near_topic`: whether it, its neighbours or the title have a word of the topic.
    - `on_topic`: the share of the topic's words that they have, in [0, 1].
    - `only_names`: whether it has a name and nothing else of the topic, and words of theirs follow.
    """

    view: ArticleView
    n: int
    score: float = 0.0
    answers: float = 0.0
    similarity: float = 0.0
    short: tuple[int, int] | None = None
    topic: float = 1.0
    offers: bool | None = None
    tells: bool | None = None
    near_topic: bool = True
    on_topic: float = 1.0
    only_names: bool = False

    @property
    def sentence(self) -> SentenceView:
        """The sentence with its attributions."""
        return self.view.sentences[self.n]

    @property
    def key(self) -> tuple[str, int]:
        """Identifies the sentence across passages."""
        return self.view.article.id, self.n

    @property
    def text(self) -> str:
        """The text of the sentence."""
        return self.view.text(self.n)


def gather(read: Read, query: Query, found: Found) -> list[Evidence]:
    """Read what was found: every sentence of prose once, with its best score, best first."""
    question, topic = query.text, stems(query.topic or query.text)
    asked = stems(question)
    wants = expected(query)
    names = found.wanted.name_words if found.wanted else frozenset()
    apart = topic - found.wanted.own_words(query.topic) if found.wanted else topic
    is_occasion = _OCCASION.match(query.topic) is not None
    quoted = _quoted(question) if query.kind == "who_said" else []
    readings = _readings(read, query, found)
    gathered: list[Evidence] = []
    for row, reading in zip(found.rows, readings, strict=True):
        seen = row.view
        title = stems_of(seen.title_words, names)
        share = len(had(topic, seen.stems)) / len(topic) if topic else 1.0
        for place, n in enumerate(row.numbers):
            short = reading.short
            inside = short[1:] if short and short[0] == place else None
            score, similarity = reading.scores[place], row.similarity[place]
            if any(_runs_through(words, seen.words(n)) for words in quoted):
                score += _WORD_FOR_WORD
            fits = wants.offered_by(seen.text(n), seen.stems)
            around = seen.around(n, names) | title
            on = len(had(apart, around)) / len(apart) if apart else 1.0
            near = bool(on) or (is_occasion and share == 1.0)
            named = fits is None and _only_names(seen, n, asked)
            tells = _takes_side(seen, n, wants.side) if wants.side else wants.told_by(seen.text(n))
            rated = (share, fits, tells, near, on, named)
            gathered.append(Evidence(seen, n, score, reading.answers, similarity, inside, *rated))
    return ranked(item for item in gathered if item.sentence.prose)


def _takes_side(view: ArticleView, n: int, side: Side) -> bool:
    """Whether a sentence, or one that its paragraph has just before it, takes a side.

    As the words of whom the sentences before them call opponents do.
    """
    near = range(max(0, n - _LED), n + 1)
    paragraph = view.sentences[n].paragraph
    return any(takes(view.text(k), side) for k in near if view.sentences[k].paragraph == paragraph)


def _only_names(view: ArticleView, n: int, question: frozenset[str]) -> bool:
    """Whether a sentence only leads up to words: of what is asked it has a name and no more.

    As before them in "Lee is on his feet. 'I will stay,' he says."
    """
    one, after = view.sentences[n], view.sentences[n + 1 : n + 2]
    follow = (each for each in after if each.paragraph == one.paragraph and not one.attributions)
    if not any(spoken.kind == "direct" for each in follow for spoken in each.attributions):
        return False
    names = stems(" ".join(word for word in view.text(n).split() if word[0].isupper()))
    shared = had(question, stems_of(view.words(n), frozenset()))
    return bool(shared) and shared <= names and shared < question


def _readings(read: Read, query: Query, found: Found) -> list[PassageReading]:
    """What is read of each row: no more than its nearness where it can have no answer.

    Somebody's words, whatever they are on, are answered by nothing else (`ANY_TOPIC`).
    """
    rows = [(row, row.as_read(found.wanted)) for row in found.rows]
    worth = [passage for _, passage in rows if passage.own or not query.is_about_anything]
    known = dict(zip(worth, read(query.text, worth), strict=True))
    return [known.get(passage) or _unread(row) for row, passage in rows]


def _unread(row: Row) -> PassageReading:
    return PassageReading(tuple(FLOOR + near for near in row.similarity), FLOOR, None)


def _quoted(question: str) -> list[tuple[str, ...]]:
    """The folded words of each quotation in a question: of "who said 'we will stay'"."""
    quotations = (tuple(fold(q.span.of(question))) for q in find_quotations(question))
    return [words for words in quotations if len(words) >= _QUOTED]


def _runs_through(words: tuple[str, ...], text: tuple[str, ...]) -> bool:
    """Whether words stand side by side in a text."""
    length = len(words)
    return any(text[k : k + length] == words for k in range(len(text) - length + 1))


def ranked(read: Iterable[Evidence]) -> list[Evidence]:
    """Every sentence once, with its best score, best first."""
    best: dict[tuple[str, int], Evidence] = {}
    for item in read:
        if item.key not in best or best[item.key].score < item.score:
            best[item.key] = item
    return sorted(best.values(), key=lambda e: (-e.score, e.key))


def from_days(evidence: Sequence[Evidence], days: DateRange | None) -> list[Evidence]:
    """The sentences from the days asked for; all if none are."""
    return [e for e in evidence if days is None or is_from(e.view, e.n, days)]


def is_from(view: ArticleView, n: int, days: DateRange) -> bool:
    """Whether sentence `n` of an article was published on one of the days, or names one."""
    published = read_day(view.article.published)
    if published and days.has(published):
        return True
    # If the day of publication is unknown, or the days are what the question is about, any day that
    # the article names counts.
    is_near = published and not days.is_subject
    first = max(0, n - _AROUND) if is_near else 0
    last = n + 1 if is_near else len(view.sentences)
    beside = (k for k in range(first, last) if not is_near or not _is_anothers(view, k, n))
    return any(_names(view.text(k), published, days) for k in beside)


def _is_anothers(view: ArticleView, one: int, other: int) -> bool:
    """Whether two sentences are words of different speakers: neither's days are the other's."""
    a, b = ({each.name for each in view.sentences[n].attributions} for n in (one, other))
    return bool(a and b) and a.isdisjoint(b)


def was_published(view: ArticleView, days: DateRange | None) -> bool:
    """Whether an article was published on one of the days; True if no days are asked for."""
    if days is None:
        return True
    published = read_day(view.article.published)
    return published is not None and days.has(published)


def _names(text: str, published: date | None, days: DateRange) -> bool:
    return any(_is_within(moment, published, days) for moment in find_dates(text, published))


def _is_within(moment: Moment, published: date | None, days: DateRange) -> bool:
    """Whether everything a date may mean lies in the days; if one reading is past, only that."""
    spans = [
        (date(year, month or 1, day or 1), date(year, month or 12, day or 28))
        for year, month, day in moment.whens
        if year
    ]
    past = [span for span in spans if published is None or span[0] <= published]
    return bool(spans) and all(days.has(a) and days.has(b) for a, b in past or spans)
