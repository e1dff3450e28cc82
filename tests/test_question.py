"""Questions as journalists type them: whose words are asked for, on what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.query.grammar.question import MAX_LENGTH, Query, understand

SAID = [
    ("what did Putin say about peacekeepers?", "Putin", "peacekeepers"),
    ("What did Putin say about peacekeepers", "Putin", "peacekeepers"),
    ("and what did Putin say about peacekeepers?", "Putin", "peacekeepers"),
    ("Ok, so what did Putin say about peacekeepers?", "Putin", "peacekeepers"),
    ("putin on peacekeepers", "putin", "peacekeepers"),
    ("and lee about the farmers?", "lee", "the farmers"),
    ("but also lee on gas", "lee", "gas"),
    ("what about lee on gas", "lee", "gas"),
    ("or lee: why close it", "lee", "why close it"),
    ("what has boris johnson said about the bill", "boris johnson", "the bill"),
    ("why does the french president think it works", "the french president", "it works"),
    ("did mcconnell deny the report?", "mcconnell", "the report"),
    ("how did the finance minister react to the vote", "the finance minister", "the vote"),
    ("chirac's account of the war", "chirac", "the war"),
    ("kremlin spokesman statement on the talks", "kremlin spokesman", "the talks"),
    ("how big was the fire, according to the mayor", "the mayor", "how big was the fire"),
    ("according to the mayor, how big was the fire?", "the mayor", "how big was the fire"),
    ("was the road safe, says anna lee", "anna lee", "was the road safe"),
    ("judge lee on smith's claim of immunity", "judge lee", "smith's claim of immunity"),
    ("who does the army blame for the blast", "the army", "the blast"),
    ("what's macron's view on nato", "macron", "nato"),
    ("what did o'rourke say", "o'rourke", ""),
    ("did lee say anything about gas", "lee", "gas"),
    ("did lee say anything?", "lee", ""),
    ("lee's statement", "lee", ""),
    ("what did lee himself say", "lee", ""),
    ("what did both coaches say about gas", "coaches", "gas"),
    ("compare the two coaches on gas", "coaches", "gas"),
    ("compare the two coaches after game 2", "coaches", "after game 2"),
    ("lee, anything on gas", "lee", "gas"),
    ("can you tell me what lee said about gas, please", "lee", "gas"),
    ("which senators backed the deal", "senators", "the deal"),
    ("reactions among farmers to the levy", "farmers", "the levy"),
    ("what is the position of the union on gas", "the union", "gas"),
    ("any reaction from the palace to the vote", "the palace", "the vote"),
    ("was there any comment from lee", "lee", ""),
    ("summary of lee's comments on gas", "lee", "gas"),
    ("how do republicans see the deal", "republicans", "the deal"),
    ("where does lee stand on gas", "lee", "gas"),
    ("lee said what about gas", "lee", "gas"),
    ("quote lee on gas", "lee", "gas"),
    ("in lee's words, why was it sold", "lee", "why was it sold"),
    ("according to lee why was it sold", "lee", "why was it sold"),
    ("what does lee want the board to do", "lee", "the board to do"),
    ("what does the mayor need drivers to do", "the mayor", "drivers to do"),
    ("what does lee hope to do", "lee", "do"),
    ("what did the claim handlers want", "the claim handlers", ""),
    ("what did the state department say on gas", "the state department", "gas"),
    ("what did the ohio state coach say about gas", "the ohio state coach", "gas"),
    ("what did the anna lee judge say", "the anna lee judge", ""),
    ("what did the port report say about gas", "the port report", "gas"),
    ("what did the port judge rule on lee", "the port judge", "lee"),
    ("gas strike what did lee say", "lee", "gas strike"),
    ("climate report what does the mayor say", "the mayor", "climate report"),
    ("gas, lee said what", "lee", "gas"),
    ("exact words of lee about gas", "lee", "gas"),
    ("quote me lee on gas", "lee", "gas"),
    ("quotes: lee on gas", "lee", "gas"),
    ("why did lee speak up about gas", "lee", "gas"),
    ("did lee point out the leak", "lee", "the leak"),
    ("why did the union push back on the rota", "the union", "the rota"),
    ("what did lee call for in her speech", "lee", "in her speech"),
    ("what did lee said about gas", "lee", "gas"),
    ("was the road safe, said anna lee", "anna lee", "was the road safe"),
    ("what will lee raise, says the union", "the union", "what will lee raise"),
    ("how did lee take it", "lee", "it"),
    ("did lee even want the post", "lee", "the post"),
    ("how did lee take her early defeat", "lee", "her early defeat"),
    ("how has the mayor taken being sued", "the mayor", "being sued"),
    ("how is lee feeling about the strike", "lee", "the strike"),
    ("where does lee stand now on gas", "lee", "gas"),
    ("gas: what did lee say", "lee", "gas"),
    ("the old pier: what did the mayor say about repairs", "the mayor", "repairs the old pier"),
    ("regarding the old pier: what does lee think", "lee", "the old pier"),
    ("on gas, what did lee say", "lee", "gas"),
    ("when it comes to gas, did lee comment", "lee", "gas"),
    ("the old pier, what did lee say", "lee", "the old pier"),
    ("when asked about gas, what did lee say", "lee", "gas"),
    ("what did will tanner say about gas", "will tanner", "gas"),
    ("did will say anything about gas", "will", "gas"),
    ("what will may say", "may", ""),
    ("has may said anything on gas", "may", "gas"),
    ("may on gas", "may", "gas"),
    ("what was may's position on gas", "may", "gas"),
    ("will's statement on gas", "will", "gas"),
    ("why did the who recommend masks", "the who", "masks"),
    ("how safe are masks, according to the who", "the who", "how safe are masks"),
    ("what did lee first say about gas", "lee", "gas"),
    ("what did lee initially say about gas", "lee", "gas"),
    ("what has lee already said about gas", "lee", "gas"),
    ("what lee later said about gas", "lee", "gas"),
    ("what did lee say first", "lee", ""),
    ("what did lee say publicly about gas", "lee", "gas"),
    ("what did she publicly say about gas", "she", "gas"),
    ("what did huey long say", "huey long", ""),
    ("what did tom kelly say on italy", "tom kelly", "italy"),
    ("what did lee say about january 6", "lee", "january 6"),
    ("lee about 2024", "lee", "2024"),
    ("first statement by the palace", "the palace", ""),
    ("the first official statement from the palace on gas", "the palace", "gas"),
    ("what did lee tell reporters about gas", "lee", "gas"),
    ("what did lee say in an interview with the lisle post about gas", "lee", "gas"),
    ("what did lee say about reporters on the pier", "lee", "reporters on the pier"),
    ("what did lee tell tanner about gas", "lee", "tanner about gas"),
    ("right wing groups on gas", "right wing groups", "gas"),
    ("right, what did lee say", "lee", ""),
    ("sorry lee on gas", "lee", "gas"),
    ("actually, what did lee say about gas", "lee", "gas"),
    ("if possible, what did lee say", "lee", ""),
    ("well what did lee say", "lee", ""),
]
WHO = [
    ("who said the deal is dead?", "the deal is dead"),
    ("who called trump a bully", "trump a bully"),
    ("which minister says the road is safe", "the road is safe"),
    ("according to whom was the flat empty", "was the flat empty"),
    ("who spoke about the flat?", "the flat"),
    ("what was said about the flat", "the flat"),
    ("what have people said about the flat", "the flat"),
    ("how did people react to the fire", "the fire"),
    ("what were the reactions to the fire", "the fire"),
    ("what was the reaction in oldham to the fire", "the fire in oldham"),
    ("everyone who spoke about the flat", "the flat"),
    ("who is against the deal", "the deal"),
    ("who agrees with lee", "lee"),
    ("should lee resign", "should lee resign"),
    ("did anyone comment on the deal", "the deal"),
    ("has anyone criticised the deal", "the deal"),
    ("list all people who spoke about the deal", "the deal"),
    ("who has spoken about the deal", "the deal"),
]
FACT = [
    "the man who asked what did lee say",
    "how many people died in the fire",
    "who won the 2022 World Cup?",
    "when did the mayor announce the curfew",
    "where was the ship headed",
    "why did the plane turn back to the airport",
    "what was the ship called before it was renamed?",
    "turnout in the district elections",
    "can the company appeal the decision",
    "who is accused of the murder",
    "what happened to the crew",
    "what does prorogue mean",
    "did she come back",
    "has the mayor apologised yet",
    "who spoke at the rally",
    "why did lee call off the strike",
    "did the union call the strike off",
    "who called off the strike",
    "has lee called in the army",
    "did lee claim her deposit back",
    "why did the board push the date back",
    "why did the union back down",
    "why did the ferry come back at Easter",
    "the latest on where the boards will meet",
    "why did the plan fail",
    "did the report writer resign",
    "why did the call centre close",
    "how did lee take power",
    "how did lee take the oath",
    "what did lee get the board to do",
    "list the victims",
    "who did lee call",
    "whom did the mayor thank in May",
    "why did lee plead guilty",
    "will the mayor resign",
    "may the board appeal",
    "on gas, who is right",
    "what does every tweet do",
    "what was the reaction in china",
    "what new details of the plan did the board publish",
    "when did lee last say so",
    "what did the man who just said gas is bad want",
    "will on his own climate fund pay",
    "why did may resign",
    "",
]


@pytest.mark.parametrize(("question", "asked", "topic"), SAID)
def test_a_question_for_somebodys_words_gives_speaker_and_topic(
    question: str, asked: str, topic: str
) -> None:
    query = understand(question)
    assert (query.kind, query.asked, query.topic) == ("said", asked, topic)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("lee vs reed: what was the verdict", "fact"),
        ("oldham v reedham: who won", "fact"),
        ("lee vs reed: who is right", "compare"),
        ("lee vs reed, what sank the ferry", "compare"),
        ("lee vs reed: gas", "compare"),
    ],
)
def test_what_happened_between_two_compares_no_words(question: str, kind: str) -> None:
    query = understand(question)
    compared = query if kind == "compare" else query.or_else
    assert query.kind == kind
    assert compared is not None
    assert len(compared.pieces) == 2


@pytest.mark.parametrize(
    ("question", "topic", "dates"),
    [
        ("oldham protests since october", "oldham protests", "since october"),
        ("gas since november", "gas", "since november"),
        ("did anything happen on 3 october 2019", "", "on 3 october 2019"),
        ("anything on 3 october 2019", "", "on 3 october 2019"),
        ("what did the articles say about gas in may", "gas", "in may"),
    ],
)
def test_what_is_told_of_a_topic_or_of_days_is_no_question_for_words(
    question: str, topic: str, dates: str
) -> None:
    query = understand(question)
    assert (query.kind, query.asked) == ("fact", None)
    assert query.topic == topic
    assert query.dates is not None
    assert query.dates.text == dates


@pytest.mark.parametrize(
    "question",
    [
        "exactly what did lee say",
        "yes what did lee say",
        "other than gas what did lee say",
        "in court what did lee say",
        "which languages are spoken in Oldham",
        "who has spoken out",
        "who clashed with police",
        "was there anything in the water",
        "who led the second march",
        "may first lady speech",
    ],
)
def test_what_only_looks_like_a_form_is_a_question_for_a_fact(question: str) -> None:
    query = understand(question)
    assert (query.kind, query.extent, query.text) == ("fact", "best", question)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("who said everyone except Lee was guilty", "everyone except Lee was guilty"),
        ("who said it came from something other than gas", "it came from something other than gas"),
        ("who supported the bill", "the bill"),
    ],
)
def test_nobody_is_left_out_by_what_was_said(question: str, topic: str) -> None:
    query = understand(question)
    assert (query.kind, query.topic, query.without) == ("who_said", topic, None)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("protest quotes", "protest"),
        ("did the story explain why it burned", "the story"),
        ("what did asap rocky say", "asap rocky"),
        ("strongest quotes from lee on gas", "lee"),
    ],
)
def test_words_of_a_form_are_not_looked_for_within_others(question: str, asked: str) -> None:
    assert understand(question).asked == asked


@pytest.mark.parametrize("question", ["on gas, what did lee say", "gas: what did lee say"])
def test_a_topic_before_its_question_is_read_behind_it(question: str) -> None:
    assert understand(question).text == "what did lee say about gas"


@pytest.mark.parametrize(
    ("question", "readings"),
    [
        (
            "lee: what did reed say",
            [("reed", "lee"), ("lee", "what did reed say"), ("reed", "lee")],
        ),
        (
            "lee: what did reed want",
            [("lee", "what did reed want"), ("reed", "lee"), (None, "what did reed want lee")],
        ),
        ("the spokesman: what did reed say", [("the spokesman", "what did reed say")]),
        ("lee: what did he say", [("lee", "what did he say"), (None, "what did he say lee")]),
    ],
)
def test_before_a_colon_stands_a_topic_or_who_says_it(
    question: str, readings: list[tuple[str | None, str]]
) -> None:
    query: Query | None = understand(question)
    found = []
    while query:
        found.append((query.asked, query.topic))
        query = query.or_else
    assert found == readings


@pytest.mark.parametrize(
    "question", ["what did lee say about it all", "lee on everything", "lee on what happened"]
)
def test_a_topic_that_names_nothing_is_none(question: str) -> None:
    query = understand(question)
    assert (query.kind, query.asked, query.topic) == ("said", "lee", "")


def test_everything_said_on_two_things_compares_nobody() -> None:
    query = understand("everything lee said on gas vs coal")
    assert (query.kind, query.extent, query.topic) == ("said", "all", "gas vs coal")


def test_to_compare_is_nobodys_name() -> None:
    query = understand("compare lee and orr on gas")
    assert (query.kind, query.or_else) == ("compare", None)


@pytest.mark.parametrize(("question", "topic"), WHO)
def test_a_question_for_the_speaker_names_nobody(question: str, topic: str) -> None:
    query = understand(question)
    assert (query.kind, query.asked, query.topic) == ("who_said", None, topic)


@pytest.mark.parametrize(
    ("question", "text", "without"),
    [
        ("who besides ann lee spoke on gas", "who spoke on gas", "ann lee"),
        ("who else spoke on gas apart from lee", "who else spoke on gas", "lee"),
        ("other than lee and reed, who spoke on gas", "who spoke on gas", "lee and reed"),
        ("which senators except lee backed it", "which senators backed it", "lee"),
        ("what did anyone but lee say about gas", "what did anyone but lee say about gas", None),
        ("who disagreed with lee", "who disagreed with lee", "lee"),
        ("who contradicted the mayor", "who contradicted the mayor", "the mayor"),
        ("who said that lee praised reed", "who said that lee praised reed", None),
        ("what did lee say apart from that", "what did lee say apart from that", None),
    ],
)
def test_who_is_left_out_is_not_asked(question: str, text: str, without: str | None) -> None:
    query = understand(question)
    assert (query.text, query.without) == (text, without)


@pytest.mark.parametrize(
    ("question", "asked", "topic"),
    [
        ("how many gulls a day does lee reckon there are", "lee", "how many gulls a day there are"),
        ("how long does the mayor think it will take", "the mayor", "how long it will take"),
        ("lee reckons how many new gulls", "lee", "how many new gulls"),
        ("when does lee expect rain", "lee", "when rain"),
    ],
)
def test_somebodys_figure_is_theirs_or_any_if_they_are_nobody(
    question: str, asked: str, topic: str
) -> None:
    query = understand(question)
    assert (query.kind, query.asked, query.topic) == ("said", asked, topic)
    assert query.is_guess
    assert query.or_else == Query(question, "fact", None, question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("was lee right that no more would shut", "fact"),
        ("was lee wrong to say it was safe", "fact"),
        ("was lee right to resign", "who_said"),
        ("when did lee say so", "fact"),
    ],
)
def test_whether_somebody_was_right_that_something_would_be_is_no_opinion(
    question: str, kind: str
) -> None:
    assert understand(question).kind == kind


@pytest.mark.parametrize("question", FACT)
def test_a_question_about_a_fact_asks_for_nobodys_words(question: str) -> None:
    query = understand(question)
    assert (query.kind, query.asked) == ("fact", None)


def test_words_in_quotation_marks_do_not_shape_the_question() -> None:
    query = understand('who said "what did he say about us on monday"')
    assert query.kind == "who_said"


def test_a_long_question_is_cut_and_still_read_fast() -> None:
    query = understand("what did putin say about " + "very " * 100_000)
    assert len(query.text) <= MAX_LENGTH


@given(st.text(max_size=200))
def test_any_text_is_read(question: str) -> None:
    assert isinstance(understand(question), Query)


@pytest.mark.parametrize(
    "question", ["which union demands did the judge reject", "which claims were dropped"]
)
def test_what_is_demanded_is_nobody_who_demands(question: str) -> None:
    assert understand(question).kind == "fact"


@pytest.mark.parametrize(
    ("question", "asked", "otherwise"),
    [
        ("why did the ohio state coach quit", "the ohio", None),
        ("how did the swiss think tank find the money", "the swiss", None),
        ("what did the ohio state coaches say about gas", "the ohio state coaches", "the ohio"),
        ("what did lee think fans say", "lee think fans", "lee"),
    ],
)
def test_what_may_be_a_noun_is_a_verb_only_behind_somebody(
    question: str, asked: str, otherwise: str | None
) -> None:
    query = understand(question)
    assert (query.asked, query.is_guess) == (asked, True)
    assert query.or_else is not None
    assert query.or_else.asked == otherwise


def test_dates_belong_to_both_readings() -> None:
    query = understand("what did the ohio state coaches say about gas in 2019")
    assert query.or_else is not None
    assert query.dates == query.or_else.dates is not None


def test_an_article_of_the_days_need_not_name_them() -> None:
    query = understand("how hot did Lisle get in 2015")
    assert query.or_else is not None
    assert (query.text, query.or_else.text) == (
        "how hot did Lisle get in 2015",
        "how hot did Lisle get",
    )
    assert query.dates == query.or_else.dates is not None


def test_who_wrote_a_bill_is_its_author_and_not_who_wrote_about_it() -> None:
    assert understand("who wrote the gas bill").kind == "fact"
    assert understand("who wrote that the bill is dead").kind == "who_said"
    assert understand("who wrote about the bill").kind == "who_said"


@pytest.mark.parametrize(
    ("question", "asked", "topic"),
    [
        ("Lee on the report", "Lee", "the report"),
        ("lee on the news", "lee", "the news"),
        ("Lee on who buried the report", "Lee", "who buried the report"),
        ("lee on fake news", "lee", "fake news"),
    ],
)
def test_who_is_named_before_the_news_speaks_on_it(question: str, asked: str, topic: str) -> None:
    query = understand(question)
    assert (query.kind, query.asked, query.topic) == ("said", asked, topic)
    assert query.or_else is not None
    assert query.or_else.extent == "newest"  # of "strike on kyiv news", where nobody is called so


@pytest.mark.parametrize(
    "question", ["news on lee", "update on the report", "any news on the report", "ferry, the news"]
)
def test_news_that_stands_before_its_topic_is_asked_for(question: str) -> None:
    query = understand(question)
    assert (query.kind, query.extent) == ("fact", "newest")
