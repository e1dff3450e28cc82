"""Lessons from hand-written newsroom questions, and from who said what in the articles.

Each question is read against the passages that a search finds for it. From the hand-written ones
further unanswerable ones are made: another speaker asked, or another topic. Knows nothing of the
network.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.training.newsroom_pool import Page, Pool, Question, Window
from bot.training.training_data import IGNORED, Example, Lesson
from index.schema import Span

OK = 0.8
_ABOUT = re.compile(
    r"^(?P<head>.*?\b(?:say|said|says|think|thinks|thought|tell|told|want|comment)\b.*?|[^?]*?) "
    r"(?P<link>about|on|regarding) (?P<topic>.+)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


def newsroom_lessons(
    pool: Pool,
    questions: Sequence[Question],
    chance: random.Random,
    *,
    passages: int,
    shifted: bool,
) -> list[Lesson]:
    """Every question against the passages nearest to it; `shifted` moves the windows a little."""
    near = pool.near([q.text for q in questions], passages)
    lessons: list[Lesson] = []
    for question, windows in zip(questions, near, strict=True):
        needed = pool.holding((*question.must, *question.ok, *question.near))
        chosen = list(dict.fromkeys((*needed[:4], *windows)))[:passages]
        if shifted:
            chosen = [_shift(pool, w, chance) for w in chosen]
        lessons.append(tuple(_example(pool, question, w) for w in chosen))
    return lessons


def _shift(pool: Pool, window: Window, chance: random.Random) -> Window:
    count = len(pool.pages[window.article_id].sentences)
    first = min(max(window.first + chance.randint(-2, 2), 0), max(count - 5, 0))
    return Window(window.article_id, first, min(first + 5, count))


def _example(pool: Pool, question: Question, window: Window) -> Example:
    must = _numbers(pool, question.must, window)
    okay = _numbers(pool, question.ok, window)
    targets = tuple(
        1.0 if n in must else OK if n in okay else 0.0 for n in range(window.first, window.last)
    )
    short = _short(pool, question, window, must) if question.short else None
    spanless = bool(question.short) and short is None and any(targets)
    return Example(question.text, pool.read(window), targets, short, spanless)


def _numbers(pool: Pool, spans: Sequence[tuple[str, Span]], window: Window) -> set[int]:
    return {
        n
        for article, span in spans
        if article == window.article_id
        for n in pool.numbers(article, span)
    }


def _short(
    pool: Pool, question: Question, window: Window, must: set[int]
) -> tuple[int, int, int] | None:
    pattern = r"\s+".join(re.escape(word) for word in (question.short or "").split())
    for n in sorted(must & set(range(window.first, window.last))):
        found = re.search(pattern, pool.pages[window.article_id].text(n))
        if found:
            return (n - window.first, *found.span())
    return None


def other_speaker_lessons(
    pool: Pool, questions: Sequence[Question], chance: random.Random
) -> list[Lesson]:
    """What one person said, asked of another person of the same article: nothing answers."""
    lessons: list[Lesson] = []
    for question in questions:
        found = _name_in(question)
        if question.kind != "said" or found is None:
            continue
        page = pool.pages[question.must[0][0]]
        for other in _others(page, question.speaker or "", chance)[:2]:
            name = chance.choice((other, other.split()[-1]))
            text = question.text[: found.start()] + name.lower() + question.text[found.end() :]
            windows = list(dict.fromkeys((*pool.holding(question.must), *pool.near([text], 4)[0])))
            lessons.append(tuple(_blank(pool, text, w, other) for w in windows[:4]))
    return lessons


def _name_in(question: Question) -> re.Match[str] | None:
    names = (question.speaker or "").split()
    if not names:
        return None
    first, last = re.escape(names[0]), re.escape(names[-1])
    pattern = rf"\b(?:{first}\s+(?:\S+\s+)?)?{last}\b"
    return re.search(pattern, question.text, re.IGNORECASE)


def _others(page: Page, speaker: str, chance: random.Random) -> list[str]:
    own = set(speaker.lower().split())
    names = {
        name
        for name in page.speakers
        if name
        and name[0].isupper()
        and len(name.split()) in (2, 3)
        and not own & set(name.lower().split())
    }
    return chance.sample(sorted(names), len(names))


def _blank(pool: Pool, text: str, window: Window, asked: str) -> Example:
    """Nothing answers; what the asked person does say there is left open."""
    passage = pool.read(window)
    last = asked.split()[-1].lower()
    targets = tuple(
        IGNORED if last in f"{speaker or ''} {sentence}".lower() else 0.0
        for speaker, sentence in zip(passage.speakers, passage.sentences, strict=True)
    )
    return Example(text, passage, targets)


def other_topic_lessons(
    pool: Pool, questions: Sequence[Question], chance: random.Random
) -> list[Lesson]:
    """What a person said, asked about the topic of another article: nothing answers."""
    said = [(q, m) for q in questions if q.kind == "said" and (m := _ABOUT.match(q.text))]
    lessons: list[Lesson] = []
    for question, match in said:
        other, elsewhere = chance.choice(said)
        name = (question.speaker or "").split()[-1]
        articles = {article for article, _ in (*other.must, *other.ok)}
        if any(name in pool.pages[a].article.text for a in articles):
            continue
        text = f"{match['head']} {match['link']} {elsewhere['topic']}"
        own, near = pool.holding(question.must), pool.near([text], 4)[0]
        windows = list(dict.fromkeys((*own[:1], *pool.holding(other.must)[:1], *near)))
        examples = (Example(text, p, (0.0,) * len(p.sentences)) for p in map(pool.read, windows))
        lessons.append(tuple(examples)[:4])
    return lessons


def statement_lessons(pool: Pool, count: int, chance: random.Random) -> list[Lesson]:
    """Questions made from the articles: what a speaker said about words of their statement."""
    lessons: list[Lesson] = []
    pages = sorted(pool.pages.values(), key=lambda page: page.article.id)
    while len(lessons) < count:
        page = chance.choice(pages)
        named = [n for n, s in enumerate(page.speakers) if s and s[0].isupper() and " " in s]
        if not named:
            pages.remove(page)
            continue
        number = chance.choice(named)
        lessons += _statement_lessons(pool, page, number, chance)
    return lessons[:count]


def _statement_lessons(pool: Pool, page: Page, number: int, chance: random.Random) -> list[Lesson]:
    speaker = page.speakers[number] or ""
    topic = _topic(pool, page, number, chance)
    if not topic:
        return []
    windows = [w for w in pool.windows if w.article_id == page.article.id]
    here = next(w for w in windows if w.first <= number < w.last)
    text = _asked(speaker, topic, chance)
    near = [w for w in pool.near([text], 4)[0] if w != here]
    right = _statement_example(pool, text, here, speaker, topic)
    rest = tuple(replace(_blank(pool, text, w, speaker), question=text) for w in near[:2])
    lessons: list[Lesson] = [(right, *rest)]
    for other in _others(page, speaker, chance)[:1]:
        wrong = _asked(other, topic, chance)
        lessons.append(tuple(_blank(pool, wrong, w, other) for w in (here, *near[:1])))
    return lessons


def _statement_example(pool: Pool, text: str, window: Window, speaker: str, topic: str) -> Example:
    passage = pool.read(window)
    words = set(topic.lower().split())
    targets = []
    for who, sentence in zip(passage.speakers, passage.sentences, strict=True):
        shared = words & {w.lower() for w in _WORD.findall(sentence)}
        mine = who == speaker
        targets.append(1.0 if mine and shared else IGNORED if mine else 0.0)
    return Example(text, passage, tuple(targets))


def _topic(pool: Pool, page: Page, number: int, chance: random.Random) -> str:
    """One to three telling words in a row of the sentence, not the speaker's name."""
    names = {w.lower() for s in page.speakers if s for w in _WORD.findall(s)}
    words = _WORD.findall(page.text(number))
    runs = [
        words[i : i + size]
        for size in (1, 2, 2, 3)
        for i in range(len(words) - size + 1)
        if all(
            not w.endswith(("ed", "ing", "ly")) and w.lower() not in names and pool.rare(w)
            for w in words[i : i + size]
        )
    ]
    return " ".join(chance.choice(runs)) if runs else ""


def _asked(speaker: str, topic: str, chance: random.Random) -> str:
    name = chance.choice((speaker, speaker.split()[-1]))
    form = chance.choice(
        (
            "what did {} say about {}",
            "{} on {}",
            "what does {} think about {}",
            "What did {} say about the {}?",
            "{} on the {}",
        )
    )
    text = form.format(name, topic)
    return text.lower() if chance.random() < 0.6 else text
