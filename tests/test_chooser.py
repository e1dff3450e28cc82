"""Which sentences are cited, or none, by their scores and whose words they are."""

from dataclasses import replace

import pytest

from bot.query.grammar.question import understand
from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.choosing.chooser import (
    ANY_TOPIC,
    MAX_SENTENCES,
    SETTING,
    choose,
    choose_offering,
    choose_own,
    is_sure,
    nearest,
    setting_of,
    weigh,
)
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Context
from index.schema import Article, Person, Sentence, Span

LINE = "Somebody says a thing.\n"
DIRECTORY = Directory.gathered(
    [("a", Person("Anna Lee")), ("a", Person("Tom Reed"))], {"a": Context()}
)
(LEE,) = (match.identity for match in DIRECTORY.match("Anna Lee"))
(REED,) = (match.identity for match in DIRECTORY.match("Tom Reed"))


def evidence(*scores: float, by: str | None = None) -> list[Evidence]:
    """Sentences of one article with these scores, best first as the reader gives them."""
    spoken = (Attribution(by, DIRECTORY.identity("a", by), "direct"),) if by else ()
    width = len(LINE)
    sentences = tuple(
        SentenceView(
            Sentence(Span(n * width, n * width + width - 1), n),
            spoken,
        )
        for n in range(len(scores))
    )
    view = ArticleView(Article("a", LINE * len(scores)), sentences)
    found = [Evidence(view, n, score, 0.0, 0.5, None) for n, score in enumerate(scores)]
    return sorted(found, key=lambda item: -item.score)


def chosen(found: list[Evidence], asked: WantedSpeaker | None = None) -> list[int]:
    return [choice.n for choice in choose(asked, found)]


def test_the_best_sentences_are_cited_best_first() -> None:
    assert chosen(evidence(1.8, 2.0, -9.0)) == [1, 0]


def test_nothing_is_cited_if_the_best_is_not_good_enough() -> None:
    below = SETTING.answer - 0.1
    assert chosen(evidence(below)) == []
    assert chosen([]) == []


def test_what_is_far_behind_the_best_is_left_out() -> None:
    assert chosen(evidence(5.0, 5.0 - SETTING.margin, 5.0 - SETTING.margin - 0.1)) == [0, 1]


def test_the_asked_speakers_own_words_may_be_further_behind() -> None:
    asked = WantedSpeaker("lee", (LEE,), frozenset("a"))
    scores = (5.0, 5.0 - SETTING.own, 5.0 - SETTING.own - 0.1)
    assert chosen(evidence(*scores, by="Anna Lee"), asked) == [0, 1]


@pytest.mark.parametrize(("tells", "is_stated"), [(True, True), (None, True), (False, False)])
def test_who_did_it_is_sure_only_of_a_sentence_with_the_deed(
    tells: bool | None, is_stated: bool
) -> None:
    found = [replace(each, tells=tells) for each in evidence(2.0)]
    assert is_sure(choose(None, found)) is is_stated
    assert is_sure(choose(None, [replace(each, score=5.0) for each in found]))


def test_beside_who_did_it_nobody_else_is_cited() -> None:
    doer, other = evidence(5.0, 5.0)
    assert choose(None, [replace(doer, tells=True), replace(other, tells=False)]) == (
        replace(doer, tells=True),
    )


def test_where_it_is_not_sure_who_is_meant_the_best_sentence_decides() -> None:
    asked = WantedSpeaker("the mayor", (LEE, REED), frozenset("a"), sure=False)
    hers, his = evidence(5.0, by="Anna Lee"), evidence(-9.0, 4.9, by="Tom Reed")
    assert chosen([*hers, *his], asked) == [0]
    nobodys = evidence(5.3)
    assert set(chosen([*nobodys, *his], asked)) == {0, 1}


def test_of_two_of_a_name_one_answers() -> None:
    kin = [("a", Person("Anna Lee")), ("a", Person("Tom Lee"))]
    lees = Directory.gathered(kin, {"a": Context()})
    named = tuple(match.identity for match in lees.match("Lee"))
    asked = WantedSpeaker("Lee", named, frozenset("a"))
    found = evidence(1.0, 0.9)
    view = found[0].view
    spoken = [Attribution(n, lees.identity("a", n), "direct") for n in ("Anna Lee", "Tom Lee")]
    both = tuple(replace(s, attributions=(a,)) for s, a in zip(view.sentences, spoken, strict=True))
    view = replace(view, sentences=both)
    assert chosen([replace(item, view=view) for item in found], asked) == [0]


@pytest.mark.parametrize(
    ("score", "topic", "near", "by", "kept"),
    [
        pytest.param(-1.2, 1.0, True, "Anna Lee", [0], id="on the topic"),
        pytest.param(-1.2, 0.0, False, "Anna Lee", [0], id="the article has other words for it"),
        pytest.param(-1.2, 0.5, False, "Anna Lee", [], id="the article has its words elsewhere"),
        pytest.param(-1.8, 0.0, False, "Anna Lee", [], id="not to the reader"),
        pytest.param(-1.2, 1.0, True, "Tom Reed", [], id="not theirs"),
    ],
)
def test_where_nothing_else_answers_the_reader_alone_tells_whether_somebodys_words_do(
    score: float, topic: float, near: bool, by: str, kept: list[int]
) -> None:
    asked = WantedSpeaker("Lee", (LEE,), frozenset("a"))
    (own,) = evidence(score, by=by)
    # What was searched with is far, and so is its passage.
    own = replace(own, topic=topic, near_topic=near, similarity=0.1, answers=-1.5)
    other = replace(evidence(-9.0)[0], n=0, view=replace(own.view, article=Article("b", LINE)))
    assert chosen([own, other], asked) == []
    query = understand("what did lee say about gas")
    found = choose_own(query, asked, [own, other])
    assert [choice.n for choice in found] == kept
    assert not is_sure(found)
    assert choose_own(query, replace(asked, sure=False), [own]) == ()


def test_somebodys_words_near_the_topic_go_before_those_in_articles_that_do_not_name_it() -> None:
    asked = WantedSpeaker("Lee", (LEE,), frozenset("a"))
    elsewhere, near = evidence(-0.2, -1.2, by="Anna Lee")
    elsewhere = replace(elsewhere, topic=0.0, near_topic=False)
    near = replace(near, topic=0.7, near_topic=True)
    found = choose_own(understand("what did lee say about gas"), asked, [elsewhere, near])
    assert [choice.n for choice in found] == [near.n]


def test_a_wanted_amount_goes_before_what_the_reader_finds_a_little_better() -> None:
    setting = setting_of(understand("how many people were hurt"))
    first, second = evidence(1.0, -1.0)
    found = [replace(first, offers=False), replace(second, offers=True)]
    assert [choice.n for choice in choose(None, found, setting)] == [second.n]


def test_no_answer_is_endless() -> None:
    assert len(chosen(evidence(*[3.0] * 20))) == MAX_SENTENCES


def test_another_persons_words_are_never_cited_where_the_asked_speakers_were_found() -> None:
    asked = WantedSpeaker("lee", (LEE,), frozenset("a"))
    (his,), hers = evidence(9.0, by="Tom Reed"), evidence(-9.0, 1.0, by="Anna Lee")
    assert chosen([his, *hers], asked) == [1]
    assert chosen([his, *hers[1:]], asked) == []


def test_another_persons_words_are_never_cited_where_the_asked_speakers_were_not_found() -> None:
    asked = WantedSpeaker("lee", (LEE,), frozenset("a"))
    assert chosen(evidence(20.0, by="Tom Reed"), asked) == []
    unsure = WantedSpeaker("the mayor", (LEE,), frozenset("a"), sure=False)
    assert chosen(evidence(20.0, by="Tom Reed"), unsure) == []


def test_what_is_nobodys_words_must_surely_be_what_was_asked_for() -> None:
    asked = WantedSpeaker("lee", (LEE,), frozenset("a"))
    enough = SETTING.sure - SETTING.relation[1]
    assert chosen(evidence(enough - 0.1), asked) == []
    assert chosen(evidence(enough + 0.1), asked) == [0]


def test_words_beside_which_nothing_is_on_the_topic_must_surely_be_what_was_asked_for() -> None:
    asked = WantedSpeaker("lee", (LEE,), frozenset("a"))
    (below,), (above,) = (evidence(SETTING.sure + by, by="Anna Lee") for by in (-0.1, 0.1))
    assert chosen([below], asked) == [0]
    assert chosen([replace(below, near_topic=False)], asked) == []
    assert chosen([replace(above, near_topic=False)], asked) == [0]


def test_of_yes_or_no_two_sentences_decide() -> None:
    deciding = setting_of(understand("did she resign"))
    assert len(choose(None, evidence(*[3.0] * 4), deciding)) == 2


@pytest.mark.parametrize(
    ("question", "narrow"),
    [
        ("what did Lee say about gas", False),
        ("lee on gas", False),
        ("lee's view of gas", False),
        ("why does Lee want gas", True),
        ("did Lee say that gas is safe", True),
        ("which plant does Lee want to close", True),
        ("lee: is gas safe", True),
        ("according to lee, what makes gas safe", True),
        ("what reason does Lee give for gas", True),
    ],
)
def test_whoever_asks_for_one_thing_gets_less_of_what_somebody_says(
    question: str, narrow: bool
) -> None:
    found, asked = evidence(3.0, 3.0 - SETTING.own, by="Anna Lee"), WantedSpeaker("Lee", (LEE,))
    assert len(choose(asked, found, setting_of(understand(question)))) == 2 - narrow


def test_where_one_thing_is_the_answer_what_is_near_the_best_is_left_out() -> None:
    near = evidence(3.0, 3.0 - SETTING.margin)
    assert chosen(near) == [0, 1]
    assert chosen([replace(item, offers=True) for item in near]) == [0]
    assert chosen([replace(item, offers=True) for item in evidence(3.0, 3.0)]) == [0, 1]


def test_beside_what_has_the_kind_of_answer_that_is_wanted_nothing_else_is_cited() -> None:
    best, other = evidence(3.0, 3.0)
    assert chosen([best, other]) == [0, 1]
    assert chosen([replace(best, offers=True), other]) == [0]


def test_who_has_the_kind_of_answer_that_is_wanted_comes_first() -> None:
    first, second = evidence(3.0, 3.0 - SETTING.offers)
    found = [replace(first, offers=False), replace(second, offers=True)]
    assert [choice.n for choice in weigh(None, found)] == [second.n, first.n]


def test_an_amount_of_something_else_is_no_sure_answer() -> None:
    setting = setting_of(understand("how much will bus fares rise"))
    (item,) = evidence(5.0)
    for offers in (True, False):
        choices = choose(None, [replace(item, offers=offers)], setting)
        assert is_sure(choices, setting) is offers


def test_an_article_without_the_words_that_were_asked_about_comes_last() -> None:
    beside, on_topic = evidence(3.0, 2.5)
    choices = weigh(None, [replace(beside, topic=0.0), on_topic])
    assert [choice.n for choice in choices] == [on_topic.n, beside.n]
    alone = choose(None, [replace(beside, topic=0.0)])  # it may say it in other words
    assert [choice.n for choice in alone] == [beside.n]


def test_who_else_leaves_the_speaker_before_out() -> None:
    asked = WantedSpeaker(None, without=(LEE,))
    assert chosen(evidence(5.0, by="Anna Lee"), asked) == []
    assert chosen(evidence(5.0, by="Tom Reed"), asked) == [0]


@pytest.mark.parametrize(("by", "kept"), [("Anna Lee", 2), ("Tom Reed", 0), (None, 0)])
def test_without_a_topic_any_words_of_the_speaker_answer(by: str | None, kept: int) -> None:
    asked = WantedSpeaker("lee", (LEE,), frozenset("a"))
    assert len(choose(asked, evidence(-8.0, -9.0, by=by), setting=ANY_TOPIC)) == kept


def test_several_fair_sentences_are_together_as_good_as_a_better_one() -> None:
    below = SETTING.answer - 0.5
    assert chosen(evidence(below)) == []
    assert chosen(evidence(below, below, below))


def test_what_may_not_be_an_answer_is_one_sentence() -> None:
    assert len(chosen(evidence(*[SETTING.sure - 2.0] * 3))) == 1
    assert len(chosen(evidence(*[SETTING.sure] * 3))) == 3


@pytest.mark.parametrize(("above", "sure"), [(-0.1, False), (0.1, True)])
def test_an_answer_is_sure_from_a_score_on(above: float, sure: bool) -> None:
    assert is_sure(choose(None, evidence(SETTING.sure + above))) == sure


def test_what_comes_nearest_is_the_asked_speakers_own() -> None:
    asked = WantedSpeaker("lee", (LEE,), frozenset("a"))
    assert [c.n for c in nearest(asked, evidence(-2.0, -9.0, by="Anna Lee"))] == [0, 1]
    assert nearest(asked, evidence(-2.0, by="Tom Reed")) == ()


def test_what_comes_nearest_to_a_fact_is_not_far_below_an_answer() -> None:
    assert [choice.n for choice in nearest(None, evidence(-2.0, -9.0))] == [0]


def test_of_all_that_was_said_several_guesses_are_shown() -> None:
    near, anybody = evidence(-1.0, -1.0, by="Anna Lee"), WantedSpeaker(None)
    every = setting_of(understand("list all quotes about gas"))
    assert [len(choose(anybody, near, each)) for each in (SETTING, every)] == [1, 2]


def test_of_who_is_compared_less_will_do() -> None:
    lee = WantedSpeaker("lee", (LEE,))
    far = [replace(each, near_topic=False) for each in evidence(-4.0, by="Anna Lee")]
    assert choose(lee, far) == ()
    compared = replace(understand("what did lee say about gas"), is_eased=True)
    assert len(choose(lee, far, setting_of(compared))) == 1


def test_who_is_compared_is_answered_by_nobody_elses_words() -> None:
    lee, compared = WantedSpeaker("lee", (LEE,)), understand("what did lee say about gas")
    setting = setting_of(replace(compared, is_eased=True))
    assert choose(lee, evidence(-4.0), setting) == ()
    assert choose(lee, evidence(-6.8, -6.8, by="Anna Lee"), setting) == ()


def test_of_who_is_compared_only_what_is_on_the_topic_is_cited() -> None:
    lee = WantedSpeaker("lee", (LEE,))
    shares = (1.0, 0.6, 0.25)
    near = [
        replace(each, on_topic=share)
        for each, share in zip(evidence(2.0, 1.5, 1.4, by="Anna Lee"), shares, strict=True)
    ]
    asking = understand("what did lee say about the ferry to the island")
    compared = setting_of(replace(asking, is_compared=True))
    assert [each.n for each in choose(lee, near, setting_of(asking))] == [0, 1, 2]
    assert [each.n for each in choose(lee, near, compared)] == [0, 1]


def test_what_an_article_itself_asks_answers_nothing() -> None:
    text = "Is it safe?"
    asking = ArticleView(Article("b", text), (SentenceView(Sentence(Span(0, len(text)), 0), ()),))
    assert choose(None, [Evidence(asking, 0, 3.0, 0.0, 0.5, None)]) == ()
    said = (Attribution("Anna Lee", LEE, "direct"),)
    asked = replace(asking, sentences=(replace(asking.sentences[0], attributions=said),))
    found = [Evidence(asked, 0, 3.0, 0.0, 0.5, None)]
    for question, kept in (("who asked if it is safe", 1), ("is the ferry safe", 0)):
        assert len(choose(None, found, setting_of(understand(question)))) == kept, question


@pytest.mark.parametrize(("label", "kept"), [("Q: ", 0), ("Moira Tait: ", 0), ("", 1)])
def test_what_an_interviewer_says_before_asking_answers_nothing(label: str, kept: int) -> None:
    first, last = f"{label}You turned it down in 2016.", "Why?"
    spans = Span(0, len(first)), Span(len(first) + 1, len(first) + 1 + len(last))
    turn = tuple(SentenceView(Sentence(span, 0), ()) for span in spans)
    view = ArticleView(Article("b", f"{first} {last}"), turn)
    assert len(choose(None, [Evidence(view, 0, 3.0, 0.0, 0.5, None)])) == kept


@pytest.mark.parametrize(("score", "kept"), [(-4.0, 1), (-8.0, 0)])
def test_words_of_somebody_of_the_story_answer_if_they_are_anything_like_it(
    score: float, kept: int
) -> None:
    query = replace(understand("what did Lee say"), topic="the ferry", among=frozenset({"a"}))
    asked, found = WantedSpeaker("Lee", (LEE,)), evidence(score, by="Anna Lee")
    assert len(choose(asked, found, setting_of(query))) == kept
    assert len(choose(asked, found, setting_of(replace(query, topic="")))) == 1


def test_what_a_story_has_of_another_topic_answers_with_less_if_it_has_its_words() -> None:
    query = understand("schools")
    far, near = evidence(-2.5, -3.0)
    far = replace(far, on_topic=0.5)
    assert choose(None, [far, near], setting_of(query)) == ()
    eased = choose(None, [far, near], setting_of(replace(query, is_eased=True)))
    assert [each.key for each in eased] == [near.key]


def test_what_has_the_kind_of_fact_that_is_wanted_needs_less_where_nothing_else_answers() -> None:
    near = replace(evidence(SETTING.answer - 1.0)[0], offers=True)
    query = understand("how many died in Tarn")
    assert not choose(None, [near])
    assert choose_offering(query, [near])
    # "who won": "Lee beat them", with "Perhaps".
    assert choose_offering(query, [replace(near, tells=False)])
    assert not choose_offering(query, [replace(near, offers=False)])
    assert not choose_offering(query, [replace(near, score=-6.0)])
    assert not choose_offering(understand("what did Lee say about Tarn"), [near])


def test_what_only_leads_up_to_words_is_no_sure_answer() -> None:
    before, words = evidence(9.0, 2.0)
    before = replace(before, only_names=True)
    assert not is_sure(weigh(None, [before]))
    assert [each.n for each in weigh(None, [before, words])] == [words.n, before.n]


def test_what_others_pass_on_tells_not_whether_somebody_admits_something() -> None:
    (own,) = evidence(-1.2, by="Anna Lee")
    (by,) = own.sentence.attributions
    sentence = replace(own.sentence, attributions=(replace(by, via="Tom Reed"),))
    passed_on = replace(own, view=replace(own.view, sentences=(sentence,)))
    asked = WantedSpeaker("Lee", (LEE,), frozenset("a"))
    admits, says = understand("did Lee admit the fraud"), understand("Lee on the fraud")
    assert choose_own(admits, asked, [own])
    assert not choose_own(admits, asked, [passed_on])
    assert choose_own(says, asked, [passed_on])


def test_what_the_police_say_is_not_what_their_chief_says_if_they_speak() -> None:
    force = replace(REED, name="Tarn Police", is_body=True)
    asked = WantedSpeaker("police", (force, LEE), frozenset("a"), is_body=True)
    (chief,) = evidence(3.0, by="Anna Lee")
    (by,) = chief.sentence.attributions
    sentence = replace(chief.sentence, attributions=(replace(by, name=force.name, identity=force),))
    own = replace(chief, view=replace(chief.view, sentences=(sentence,)), score=2.5)
    assert choose(asked, [chief])
    (chosen_one,) = choose(asked, [chief, own])
    assert chosen_one.view is own.view
