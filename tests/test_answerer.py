"""Whole questions to a real archive of the seed article and a few small ones."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.answerer import Answerer
from bot.query.grammar.question import understand
from bot.query.people.directory import Directory
from bot.selecting.finding.finder import Finder
from bot.selecting.reading.reader import Reader
from bot.selecting.wanted_speaker import look_up
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article
from tests.counting_reader import CountingReader

LOCAL = (
    Article(
        "harbour",
        "The harbour of Port Lisle will close for a year, mayor Anna Lee said on Monday.\n"
        "“We have no money for a second bridge,” Lee told reporters. “The ferry must do.”\n"
        "Tom Reed, the harbour master, called the closure “a gift to our rivals”.\n"
        "The ferry carries 400 passengers a day.\n",
        title="Port Lisle closes its harbour",
        published="2024-03-04",
    ),
    Article(
        "bridge",
        "Work on the bridge in Oldham cost 12 million pounds, engineer Ruth Lee said.\n"
        "“The steel came from Sweden,” she said.\n",
        title="Oldham opens its bridge",
        published="2024-05-06",
    ),
)


MOURNING = Article(
    "mourning",
    "Vladimir Putin, president of Russia, said in a statement: “Many dates in the modern "
    "history of Utopia are tied to the name of Bob Orr. He made a great contribution to the "
    "building of its institutions.”\n",
    title="Longtime leader of Utopia dies",
    published="2019-09-09",
)

PAY_DEAL = Article(
    "pay-deal",
    "HALDEN, March 7 (APA) - Halden's council and the owners of the works on Monday agreed a pay "
    "deal to end a ten-week strike across the valley, council leader Ida Voss said.\n\n"
    "Tom Strand, the head of the farmers' league, said he would campaign against it.\n\n"
    "But harbour chief Ann Dahl hit back, accusing the strikers of ‘holding the valley to "
    "ransom’.\n\n‘There is no more money,’ she said.\n\n"
    "Bo Dale, who speaks for the owners, said: ‘We won't be blackmailed. Nobody wants a strike.’"
    "\n\nLena Holt, who owns a hotel in Halden, said nobody had asked her guests.\n",
    title="Halden goes back to work",
    published="2024-03-07",
)


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, article: Article
) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("archive")
    with Archive.open(folder, create=True) as opened:
        list(ingest(opened, lambda: embedder, [article, *LOCAL, MOURNING, PAY_DEAL]))
        yield opened


@pytest.fixture(scope="module")
def answerer(archive: Archive, embedder: Embedder) -> Answerer:
    return Answerer(archive, embedder, Reader.load())


def texts(answer: Answer) -> str:
    return "\n".join(citation.text for citation in answer.citations)


def test_the_asked_speakers_words_on_something_else_are_left_out(answerer: Answerer) -> None:
    answer = answerer.answer("what did Putin say about peacekeepers?")
    assert {citation.article.id for citation in answer.citations} == {"putin-peacekeepers"}
    answer = answerer.answer("what did Putin say about Bob Orr?")
    assert {citation.article.id for citation in answer.citations} == {"mourning"}


def reason(answer: Answer) -> str | None:
    return answer.refusal.reason if answer.refusal else None


def test_the_asked_speakers_sentences_on_the_topic_are_cited(answerer: Answerer) -> None:
    answer = answerer.answer("what did Putin say about peacekeepers?")
    assert "“legitimate” target" in texts(answer)
    assert "If some troops appear there" in texts(answer)
    assert {citation.speaker for citation in answer.citations} == {"Vladimir Putin"}


def test_another_speaker_gets_other_sentences(answerer: Answerer) -> None:
    answer = answerer.answer("what did Macron say about sanctions?")
    assert "additional sanctions" in texts(answer)
    assert {citation.speaker for citation in answer.citations} == {"Emmanuel Macron"}


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("what did Xi Jinping say about peacekeepers?", "unknown_speaker"),
        ("what did Putin say about climate change?", "speaker_silent"),
        ("who won the 2022 World Cup?", "off_topic"),
        ("", "unclear"),
        ("   ?", "unclear"),
    ],
)
def test_what_the_articles_do_not_say_is_refused_with_the_reason(
    answerer: Answerer, question: str, why: str
) -> None:
    answer = answerer.answer(question)
    assert reason(answer) == why
    assert answer.message


def test_a_refusal_names_others_who_speak_on_it_and_reads_once(
    archive: Archive, embedder: Embedder
) -> None:
    reader = CountingReader.load()
    answer = Answerer(archive, embedder, reader).answer("what did Putin say about the ferry?")
    assert reason(answer) == "speaker_silent"
    assert "Others who speak on it: Anna Lee." in answer.message
    query = understand("what did Putin say about the ferry?")
    wanted = look_up(query, Directory(archive.register()))
    found = Finder(archive, embedder.encode).find(query, wanted, archive.generation)
    assert sum(reader.rows) == len(found.rows)


def test_nobody_speaks_on_what_is_somebodys_own_in_articles_without_them(
    answerer: Answerer,
) -> None:
    answer = answerer.answer("what did Putin say about his ferry?")
    assert reason(answer) == "speaker_silent"
    assert "Others who speak on it" not in answer.message


def test_a_refusal_offers_questions_that_are_answered(answerer: Answerer) -> None:
    refusal = answerer.answer("what did Putin say about climate change?").refusal
    assert refusal is not None
    assert refusal.suggestions
    assert all(answerer.answer(question).sentences for question in refusal.suggestions)


def test_every_citation_is_a_whole_sentence_in_its_exact_place(
    answerer: Answerer, archive: Archive
) -> None:
    answer = answerer.answer("what did Macron say about the troops?")
    assert answer.citations
    for sentence in answer.sentences:
        (citation,) = sentence.citations
        kept = archive.article(citation.article.id)
        assert kept is not None
        assert sentence.text == kept.text[citation.span.start : citation.span.end]
        assert citation.span in {s.span for s in archive.sentences(kept.id)}


def test_an_ambiguous_name_says_who_was_meant(answerer: Answerer) -> None:
    answer = answerer.answer("what did Lee say about the ferry?")
    assert {citation.speaker for citation in answer.citations} == {"Anna Lee"}
    assert "Lee: Anna Lee, not Ruth Lee" in answer.message


def test_a_role_stands_for_the_person(answerer: Answerer) -> None:
    answer = answerer.answer("the harbour master on the closure")
    assert {citation.speaker for citation in answer.citations} == {"Tom Reed"}


def test_a_fact_is_answered_from_anybodys_words_or_the_papers_own(answerer: Answerer) -> None:
    answer = answerer.answer("how many passengers does the ferry carry a day?")
    assert "400 passengers" in answer.citations[0].text


def test_a_follow_up_keeps_the_topic(answerer: Answerer) -> None:
    first = "what did Putin say about troops in Ukraine?"
    answer = answerer.answer("and Macron?", [first])
    assert {citation.speaker for citation in answer.citations} == {"Emmanuel Macron"}


def test_a_follow_up_in_other_words_is_of_the_story_or_of_another_as_it_is_answered(
    answerer: Answerer,
) -> None:
    first = "why will the harbour of Port Lisle close?"
    here = answerer.answer("how many folk does the boat transport daily", [first])
    assert {citation.article.id for citation in here.citations} == {"harbour"}
    there = answerer.answer("how much did the Oldham bridge cost", [first])
    assert {citation.article.id for citation in there.citations} == {"bridge"}
    gone = answerer.answer("different topic, how much did the bridge cost", [first])
    assert {citation.article.id for citation in gone.citations} == {"bridge"}


def test_a_removed_article_is_never_cited_again(
    tmp_path: Path, embedder: Embedder, answerer: Answerer
) -> None:
    question = "how many passengers does the ferry carry a day?"
    with Archive.open(tmp_path, create=True) as archive:
        list(ingest(archive, lambda: embedder, LOCAL))
        asked = Answerer(archive, embedder, Reader.load())
        assert asked.answer(question).sentences
        archive.remove("harbour")
        assert reason(asked.answer(question)) in {"off_topic", "speaker_silent"}


def test_a_corrected_article_is_cited_as_it_now_stands(tmp_path: Path, embedder: Embedder) -> None:
    question = "how many passengers does the ferry carry a day?"
    corrected = Article("harbour", LOCAL[0].text.replace("400", "250"), LOCAL[0].title)
    with Archive.open(tmp_path, create=True) as archive:
        list(ingest(archive, lambda: embedder, LOCAL))
        asked = Answerer(archive, embedder, Reader.load())
        asked.answer(question)
        list(ingest(archive, lambda: embedder, [corrected]))
        assert "250 passengers" in asked.answer(question).citations[0].text


def test_an_empty_archive_says_so(tmp_path: Path, embedder: Embedder) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        answer = Answerer(archive, embedder, Reader.load()).answer("what did Putin say?")
    assert reason(answer) == "empty_archive"


def test_examples_are_questions_that_are_answered(answerer: Answerer) -> None:
    examples = answerer.examples(3)
    assert len(examples) == 3
    answers = [answerer.answer(question) for question in examples]
    assert all(answer.sentences and answer.is_sure for answer in answers)
    assert answerer.examples(3) is examples


@pytest.mark.parametrize(
    "question",
    [
        '"',
        "NEAR(a b)",
        "a OR b*",
        "what did \x00 say",
        "🙂" * 2000,
        "who said ''' on (((",
        "İ" * 50,
    ],
)
def test_a_hostile_question_gets_an_answer_or_a_refusal(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question, [question])
    assert bool(answer.sentences) != bool(answer.refusal)


FERRY = "how many passengers does the ferry carry a day?"


def test_of_the_questions_before_only_what_is_leaned_on_is_read(
    archive: Archive, embedder: Embedder
) -> None:
    reader = CountingReader.load()
    answerer = Answerer(archive, embedder, reader)
    history = [f"how many ships of kind {n} went to the harbour" for n in range(20)]
    answer = answerer.answer("what did Anna Lee say about the second bridge?", history)
    assert answer.sentences
    assert not [text for text in reader.asked if "ships" in text]
    answerer.answer("and why?", history)
    # The six turns that are read again, and the question itself as it leans on them.
    assert len({text for text in reader.asked if "ships" in text}) <= 7


def test_a_follow_up_to_what_was_asked_before_reads_that_no_second_time(
    archive: Archive, embedder: Embedder
) -> None:
    reader = CountingReader.load()
    answerer = Answerer(archive, embedder, reader)
    first = answerer.answer(FERRY)
    assert answerer.cached(FERRY) is first
    assert answerer.cached("why?", [FERRY]) is None
    n_read = len(reader.asked)
    after = answerer.answer("why?", [FERRY])
    assert answerer.cached("why?", [FERRY]) is after
    assert FERRY.rstrip("?") not in reader.asked[n_read:]
    assert answerer.answer(FERRY) is first


@pytest.mark.parametrize(
    "talk",
    [
        ["What did Anna Lee say?", "When?", "Why?", "What did she say about the ferry?"],
        [
            "What did Anna Lee say?",
            "How many ships went to the harbour of Oslo?",
            "How long is the harbour wall of Oslo?",
            "What did she say about the ferry?",
        ],
    ],
    ids=["leaning", "other matters between"],
)
def test_a_talk_is_understood_alike_whether_or_not_it_is_known(
    archive: Archive, embedder: Embedder, talk: list[str]
) -> None:
    stepwise = Answerer(archive, embedder, Reader.load())
    *_, answer = [stepwise.answer(question, talk[:n]) for n, question in enumerate(talk)]
    anew = Answerer(archive, embedder, Reader.load()).answer(talk[-1], talk[:-1])
    assert anew.understood == answer.understood == "Anna Lee · on the ferry"
    assert texts(anew) == texts(answer)


def test_an_answer_is_known_as_long_as_the_archive_and_the_day_are_the_same(
    tmp_path: Path, embedder: Embedder
) -> None:
    days = [date(2024, 3, 5)]
    with Archive.open(tmp_path, create=True) as archive:
        list(ingest(archive, lambda: embedder, LOCAL))
        answerer = Answerer(archive, embedder, Reader.load(), today=lambda: days[-1])
        answerer.answer(FERRY)
        assert answerer.cached(FERRY)
        days.append(date(2024, 3, 6))
        assert answerer.cached(FERRY) is None
        answerer.answer(FERRY)
        archive.remove("bridge")
        assert answerer.cached(FERRY) is None


def test_a_stance_on_what_the_sentence_before_tells_is_on_the_topic(answerer: Answerer) -> None:
    answer = answerer.answer("what did Strand say about the pay deal?")
    assert "said he would campaign against it" in texts(answer)
    assert answerer.answer("what did Holt say about the pay deal?").refusal


@pytest.mark.parametrize(
    ("words", "speaker"),
    [("holding the valley to ransom", "Ann Dahl"), ("no more money", "Ann Dahl")],
)
def test_who_said_something_in_so_many_words_is_answered_by_that_alone(
    answerer: Answerer, words: str, speaker: str
) -> None:
    answer = answerer.answer(f"who said '{words}'?")
    assert {citation.speaker for citation in answer.citations} == {speaker}
    assert words in texts(answer)
