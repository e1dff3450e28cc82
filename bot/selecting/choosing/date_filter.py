"""Tells whether a sentence or an article is from the days that a question asks for.

The article was published then, or the sentence names such a day. Knows nothing of questions.
"""

from datetime import date

from bot.date_range import DateRange
from bot.selecting.article_view import ArticleView
from index.language.dates import Moment, find_dates, read_day

_AROUND = 2  # sentences before one in which its day may be named


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
