"""What is new on a topic: the newest articles that are on it, and not those that name it."""

from bot.selecting.article_view import ArticleView, SentenceView
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.overviews.news import centrality, news
from index.language.stems import stems
from index.schema import Article, Sentence, Span

TOPIC = dict.fromkeys(stems("the harbour bridge"), 1.0)


def view(day: str, title: str, *lines: str) -> ArticleView:
    sentences, start = [], 0
    for n, line in enumerate(lines):
        sentences.append(SentenceView(Sentence(Span(start, start + len(line)), n), ()))
        start += len(line) + 1
    article = Article(day, "\n".join(lines), title, published=day)
    return ArticleView(article, tuple(sentences))


ON_IT = view("2031-05-02", "Harbour bridge closed", "Cracks closed it.", "Cars wait.", "It rains.")
BEFORE = view("2031-04-01", "A bridge for the harbour", "It opened.", "Crowds came.")
LONG_AGO = view("2029-01-01", "Harbour bridge planned", "It was planned.")
NAMES_IT = view(
    "2031-06-01", "Singer dies", "He died.", "He was old.", "He sang.", "Of the harbour bridge."
)
VIEWS = (NAMES_IT, ON_IT, BEFORE, LONG_AGO)


def read(of: ArticleView, n: int, score: float) -> Evidence:
    return Evidence(of, n, score, 0.0, 0.0, None)


def shown(*evidence: Evidence) -> list[tuple[str, int]]:
    return [c.key for c in news("the harbour bridge", VIEWS, evidence, TOPIC)]


def test_an_article_is_on_what_it_begins_with() -> None:
    scores = [centrality(each, TOPIC) for each in VIEWS]
    assert scores[0] < 0.5 < min(scores[1:])


def test_the_newest_article_on_it_comes_first_by_its_beginning_and_one_older() -> None:
    newest = [("2031-05-02", n) for n in range(3)]
    assert shown() == [*newest, ("2031-04-01", 0)]


def test_what_goes_on_with_the_story_in_other_words_comes_first() -> None:
    found = news("the harbour bridge", (ON_IT, BEFORE), (), TOPIC, (NAMES_IT,))
    assert [c.key[0] for c in found] == [*["2031-06-01"] * 4, "2031-05-02"]


def test_the_sentence_that_reads_best_comes_along() -> None:
    lines = ("Cracks closed it.", "Cars wait.", "It rains.", "Boats wait.", "It may fall.", "Bye.")
    told = view("2031-05-02", "Harbour bridge closed", *lines)

    def numbers(score: float) -> list[int]:
        found = news("the harbour bridge", [told], [read(told, 4, score)], TOPIC)
        return [choice.n for choice in found]

    assert numbers(3.0) == [0, 1, 2, 4]
    assert numbers(-3.0) == [0, 1, 2, 3]


def test_an_article_that_only_names_it_tells_news_of_it_where_it_reads_so() -> None:
    assert shown(read(NAMES_IT, 3, 2.0))[0] == ("2031-06-01", 3)
    assert shown(read(NAMES_IT, 0, 2.0))[0] == ("2031-05-02", 0)


def test_a_round_up_tells_what_it_has_on_the_topic() -> None:
    lines = ("Prices fell.", "A judge quit.", "Rain came.", "Officials closed Tower Bridge.")
    day = view("2031-07-01", "Tower Bridge, prices and a judge", *lines)
    told = news("tower bridge", [day], (), dict.fromkeys(stems("tower bridge"), 1.0))
    assert [c.n for c in told] == [3]


def test_a_greeting_is_no_news() -> None:
    lines = ("Good day, readers!", "Cracks closed the harbour bridge.", "Cars wait.")
    told = view("2031-07-01", "Harbour bridge closed", *lines)
    assert [c.n for c in news("the harbour bridge", [told], (), TOPIC)] == [1, 2]


def test_what_a_paper_notes_of_its_text_is_no_news() -> None:
    lines = ("Correction: The harbour bridge is old.", "It fell on Monday.", "Cars wait.")
    told = view("2031-07-01", "Harbour bridge falls", *lines)
    assert [c.n for c in news("the harbour bridge", [told], (), TOPIC)] == [1, 2]
    only = view("2031-07-01", "Harbour bridge", "Editor’s note: The bridge fell on Monday.")
    assert [c.n for c in news("the harbour bridge", [only], (), TOPIC)] == [0]


def test_of_a_letter_on_the_day_only_what_is_on_the_topic_is_told() -> None:
    lines = ("Good day, readers!", "Courts met.", "Gas rose.", "The harbour bridge fell.", "Bye.")
    told = view("2031-07-01", "Judges, prices and the harbour bridge", *lines)
    assert [c.n for c in news("the harbour bridge", [told], (), TOPIC)] == [3]
