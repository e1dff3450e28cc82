"""Talk is no question for the articles."""

import pytest

from bot.query.typed.talk import TalkDetector, leans
from index.archive.embedding.embedder import Embedder


@pytest.fixture(scope="module")
def detector(embedder: Embedder) -> TalkDetector:
    return TalkDetector(embedder.encode)


@pytest.mark.parametrize(
    "text",
    ["hello", "Hi there!", "good morning", "thanks", "Thank you very much.", "ok, thanks", "help",
     "what can you do?", "What can I ask you?", "who are you", "how does this work?", "bye :)",
     "hey, how are you?", "are you a robot?", "great, thank you!!",
     "which articles do you have?", "what is in the archive", "give me an example",
     "hey!! wat can u do", "ok, that's all for today", "thx ur great", "im done, bye",
     "cheers, nothing else", "have a good one", "how can u help me", "pls help",
     "that was really helpful, cheers", "youre so very helpful",
     "thx that was quick", "thanks, that helps", "lol useless",
     "tell me a joke", "what topics do you cover", "you are wrong", "lol",
     "r u human", "ok great stuff", "where do your answers come from",
     "morning!", "what sort of things may I ask", "that made no sense at all"],
)  # fmt: skip
def test_talk_is_told(detector: TalkDetector, text: str) -> None:
    assert detector.is_talk(text)


@pytest.mark.parametrize(
    "text",
    ["what can the mayor do", "hello kitty sales", "who are the mayors", "thanksgiving",
     "help for the victims", "how does the ferry work", "hi, what did Lee say?", "?", "",
     "good morning america ratings", "what did you say about gas", "which topics did Lee cover",
     "ok that bill", "great barrier", "lol who was it", "wow, lee resigned",
     "is the story true", "what did u say about gas", "who is done with the pier",
     "enough ferries", "was the storm really great", "let's start a war"],
)  # fmt: skip
def test_a_question_is_none(detector: TalkDetector, text: str) -> None:
    assert not detector.is_talk(text)


@pytest.mark.parametrize(
    ("text", "leaning"),
    [("how does it work?", True), ("what does This mean", True), ("thanks, that helps", False)],
)
def test_what_leans_on_an_answer_may_be_a_question(text: str, leaning: bool) -> None:
    assert leans(text) == leaning
