"""Which of two articles are one report that two outlets carry."""

import pytest

from bot.selecting.article_view import ArticleView, SentenceView
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.choosing.near_duplicates import (
    deduplicate,
    deduplicate_articles,
    is_near_duplicate,
    is_same,
)
from index.document import analyse
from index.schema import Article

FERRY = (
    "The last ferry between Marro and Port Lisle will sail on Friday, the harbour board said.\n"
    "The board blamed a shortage of 14 engineers and the price of diesel.\n"
    "“We have asked for help since May, and nobody came,” board chair Ines Castel told reporters.\n"
    "About 400 passengers a day will have to go by road, a detour of 60 kilometres.\n"
    "Shop owners on the quay said that they expected to lose half of their customers.\n"
    "The transport ministry did not answer a request for comment.\n"
)
QUARRY = (
    "A landslide closed the quarry at Hale on Tuesday and buried two empty lorries.\n"
    "Nobody was hurt, the operator Grey Stone said in a statement.\n"
    "Geologist Petra Lund said that rain had soaked the slope for nine days.\n"
    "“A slope like this gives no second warning,” Lund said.\n"
    "The labour inspectorate ordered the quarry to stay shut until the slope is measured.\n"
)
VERDICT = (
    "A court in Arden cleared the former treasurer Theo Brandt of fraud on Wednesday.\n"
    "Judge Lia Moss said that the prosecutors had not proved who signed the cheques.\n"
    "“I have waited six years for this sentence,” Brandt said outside the court.\n"
    "The prosecutors have until the end of the month to appeal.\n"
)
RIVER = (
    "The river Usk reached its highest level since 1979 on Sunday, flooding 30 streets.\n"
    "Firefighters carried residents of a nursing home out in boats.\n"
    "Mayor Gus Hale called it “the worst night that this town remembers”.\n"
    "Forecasters expect the water to fall from Monday evening.\n"
    "Schools will stay shut until Wednesday at least.\n"
)
GALLERY = (
    "The city gallery has bought a painting that hung unnoticed in a school for 80 years.\n"
    "Curator Ruth Aldane said the picture was painted by Clara Voss in 1911.\n"
    "“Children threw paper at it, and it forgave them,” Aldane said.\n"
    "The school will mend its roof with the money.\n"
)
WEATHER = (
    "Rain will spread from the west in the morning, with 8 millimetres by noon.\n"
    "Highs will reach 14 degrees in the north and 17 degrees on the coast.\n"
    "The forecast is issued by the weather office every day at five in the morning.\n"
    "Warnings are published on the website of the weather office and by the harbour masters.\n"
)
MARKETS = (
    "The Marro index closed 1.2 percent higher at 4,310 points on Monday.\n"
    "Shares in Norjet rose 3 percent after the airline raised its forecast.\n"
    "The index measures the 40 largest companies that are traded on the Marro exchange.\n"
    "Trading on the exchange ends at half past five in the evening, local time.\n"
)
SCORE = (
    "Selby beat Oldham 2-1 on Saturday to go third in the northern league.\n"
    "Striker Tom Reed scored both goals for Selby before 3,000 spectators.\n"
    "The northern league has twelve clubs, of which two go up at the end of the season.\n"
    "Tickets for the next match are sold at the town hall and at the gate of the ground.\n"
)
FIRE = (
    "A fire tore through a paper mill in Brenholm early on Thursday, and 40 workers fled.\n"
    "Fire chief Otto Hald said that the blaze began in a dryer on the second floor.\n"
    '"We had it under control by six in the morning," Hald told reporters.\n'
    "Two workers were treated for smoke, and the mill will stay closed for a week.\n"
    "The owner, Nordpulp, said that it would pay wages in full.\n"
)
TRIAL = (
    "A jury in Kessel has found the banker Milo Grant guilty of bribery after nine days of talks.\n"
    "Prosecutor Ida Sorensen said that Grant had paid a minister 3 million crowns for a licence.\n"
    "“He bought a signature, and the country paid,” Sorensen said.\n"
    "Grant’s lawyer said that he would appeal against the verdict.\n"
    "The judge will pass sentence on 4 June.\n"
)
QUAKE = (
    "An earthquake of magnitude 5.1 struck off the coast of Marro on Monday at 04:12 local time.\n"
    "Its centre was 30 kilometres below the sea bed, the survey said.\n"
    "There were no reports of damage, and no warning of a tsunami was given.\n"
    "The survey publishes all earthquakes above magnitude 4 within ten minutes.\n"
)
OBIT = (
    "Harold Finch, 84, of Oldham, died on Monday at his home.\n"
    "He worked as a teacher for forty years and is survived by two daughters.\n"
    "Services will be held at Saint Mark’s church on Friday at ten in the morning.\n"
    "The family asks for donations to the hospice in place of flowers.\n"
)
EARNINGS = (
    "Norjet made a profit of 40 million crowns in the quarter, against 31 million a year before.\n"
    "Sales rose 12 percent to 900 million crowns, the airline said on Tuesday.\n"
    "The figures are audited and were prepared by international standards.\n"
    "The next report will be published in February, and a call is held at nine.\n"
)
TEXTS = {"ferry": FERRY, "quarry": QUARRY, "verdict": VERDICT, "river": RIVER, "gallery": GALLERY}


def first(text: str, n: int) -> str:
    return "".join(text.splitlines(keepends=True)[:n])


def view(article_id: str, text: str, title: str = "", published: str = "2024-03-01") -> ArticleView:
    article = Article(article_id, text, title or None, published=published)
    analysis = analyse(article)
    return ArticleView(article, tuple(SentenceView(s, ()) for s in analysis.sentences))


COPIES = [
    *((text, text) for text in TEXTS.values()),
    *((text, first(text, 3)) for text in TEXTS.values()),
    # A house's own sentence at the end, its spelling, its way with days and names.
    (FERRY, FERRY + "The Harbour Post first reported the end of the ferry.\n"),
    (QUARRY, QUARRY.replace("labour", "labor").replace("said in a statement", "said in statement")),
    (VERDICT, VERDICT.replace("on Wednesday", "Wednesday")),
    (RIVER, RIVER.replace("Mayor Gus Hale", "Gus Hale, the mayor,")),
    (GALLERY, GALLERY.replace("the picture", "it")),
    (FERRY, FERRY.replace("did not answer a request for comment", "did not reply")),
    (FERRY, "PORT LISLE — " + FERRY),
    # Written after the rules, in other words.
    (TRIAL, TRIAL.replace(
        first(TRIAL, 1), "Banker Milo Grant was convicted of bribery by a Kessel jury on Friday.\n"
    )),
    (TRIAL, TRIAL.translate(str.maketrans("“”’", "\"\"'"))),
    (FIRE, FIRE.replace("early on", "early").replace("said that it would", "said it would")),
    (FIRE, FIRE.replace("Two", "Read more: how mills burn\nTwo") + "Sign up for our newsletter.\n"),
    (QUAKE, "Two readers felt it in Selby. " + QUAKE),
]  # fmt: skip
OTHERS = [
    # A report and its correction.
    (FERRY, FERRY.replace("14 engineers", "11 engineers")),
    (FERRY, FERRY.replace("400 passengers", "4,000 passengers")),
    (QUARRY, QUARRY.replace("Nobody was hurt", "Two drivers were hurt")),
    (QUARRY, QUARRY.replace("Petra Lund", "Paula Lunt")),
    (VERDICT, VERDICT.replace("had not proved", "had proved")),
    (VERDICT, VERDICT.replace("cleared", "convicted")),
    (RIVER, RIVER.replace("on Sunday", "on Saturday")),
    (RIVER, RIVER + "Correction: an earlier version of this article gave another name.\n"),
    (GALLERY, GALLERY.replace("Clara Voss", "Carla Foss")),
    # Two notices of one pattern.
    (WEATHER, WEATHER.replace("west", "south").replace("14", "9").replace("17", "12")),
    (WEATHER, WEATHER.replace("Rain", "Snow")),
    (MARKETS, MARKETS.replace("1.2", "0.4").replace("4,310", "4,327").replace("Monday", "Tuesday")),
    (MARKETS, MARKETS.replace("rose", "fell").replace("raised", "lowered")),
    (SCORE, SCORE.replace("2-1", "3-1").replace("both goals", "three goals")),
    (SCORE, SCORE.replace("Oldham", "Hale").replace("Tom Reed", "Bo Orr")),
    # Written after the rules, in other words.
    (TRIAL, TRIAL.replace("Ida Sorensen", "Ilse Sandberg").replace("Sorensen", "Sandberg")),
    (TRIAL, TRIAL.replace("4 June", "4 July")),
    (TRIAL, TRIAL.replace("found the banker Milo Grant guilty of", "cleared Milo Grant of")),
    (FIRE, FIRE.replace("would pay", "would not pay")),
    (FIRE, FIRE.replace("will stay closed", "has reopened")),
    (QUAKE, QUAKE.replace("5.1", "4.7").replace("04:12", "17:40").replace("30", "12")),
    (QUAKE, QUAKE.replace("Marro", "Selby")),
    (OBIT, OBIT.replace("Harold Finch, 84, of Oldham", "Edna Poole, 91, of Hale")
        .replace("He worked as a teacher", "She worked as a nurse").replace("his", "her")),
    (EARNINGS, EARNINGS.replace("40 million", "38 million").replace("12 percent", "3 percent")),
    (EARNINGS, EARNINGS.replace("Norjet", "Seabird")),
    # Two stories, and one with nothing but a line of the other.
    (FERRY, QUARRY),
    (VERDICT, first(VERDICT, 1) + RIVER),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), COPIES)
def test_the_same_report_cut_or_put_by_another_house_is_a_copy(one: str, other: str) -> None:
    assert is_near_duplicate(view("a", one), view("b", other))
    assert is_near_duplicate(view("b", other), view("a", one))


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_a_correction_or_another_notice_of_one_pattern_is_none(one: str, other: str) -> None:
    assert not is_near_duplicate(view("a", one), view("b", other))
    assert not is_near_duplicate(view("b", other), view("a", one))


def test_the_same_words_weeks_apart_are_two_reports() -> None:
    assert not is_near_duplicate(view("a", WEATHER), view("b", WEATHER, published="2024-04-01"))


def test_an_article_is_no_copy_of_itself() -> None:
    assert not is_near_duplicate(view("a", FERRY), view("a", FERRY))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Shares rose 2.1 percent on the exchange in Marro on Monday, the bank said.",
         "Shares rose 2.2 percent on the exchange in Marro on Monday, the bank said.", False),
        ("The town will not pay for the new bridge over the river, the mayor said.",
         "The town will pay for the new bridge over the river, the mayor said.", False),
        ("The harbour of Port Lisle will close for a whole year, Anna Lee said on Monday.",
         "The harbor of Port Lisle will close for a year, Anna Lee said Monday.", True),
    ],
)  # fmt: skip
def test_sentences_are_the_same_but_for_a_houses_way(one: str, other: str, same: bool) -> None:
    assert is_same(one, other) is same


def item(seen: ArticleView, n: int, score: float) -> Evidence:
    return Evidence(seen, n, score, 0.0, 0.0, None)


def test_each_sentence_is_there_once_of_the_fullest_with_the_best_score() -> None:
    short, full, other = view("a", first(FERRY, 3)), view("b", FERRY), view("c", QUARRY)
    found = deduplicate(
        [item(short, 1, 3.0), item(other, 1, 2.0), item(full, 1, 1.0), item(full, 4, 0.5)]
    )
    assert [(e.view.article.id, e.n, e.score) for e in found] == [
        ("b", 1, 3.0),
        ("c", 1, 2.0),
        ("b", 4, 0.5),
    ]


def test_of_each_report_the_fullest_stands_where_the_first_stood() -> None:
    views = [view("a", first(FERRY, 3)), view("b", QUARRY), view("c", FERRY), view("d", QUARRY)]
    assert [each.article.id for each in deduplicate_articles(views)] == ["c", "b"]


def test_many_sentences_of_no_other_do_not_take_long() -> None:
    """A share of the text is the same, and nothing else: the rest is not compared without end."""
    one = FERRY * 3 + "".join(f"Word{n} of the one report, and no other.\n" for n in range(2000))
    other = FERRY * 3 + "".join(f"Thing{n} of another report, and no other.\n" for n in range(2000))
    assert not is_near_duplicate(view("a", one), view("b", other))
