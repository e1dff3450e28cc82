"""Whose words an office or a group stands for: who holds it now, then, and everybody of it."""

from collections.abc import Iterator

import pytest

from bot.answerer import Answerer
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_OLD = (
    "Fijian President Una Orr opened the harbour on Monday.\n“The harbour is ours,” Orr said. "
    "“No foreign ship will land here,” the president said.\n"
)
_NEW = (
    "President Piet Vale of Fiji resigned on Friday.\n“I am tired,” Vale said. “I want to fish,” "
    "he said.\n"
)
_TOLL = (
    "The toll bill failed on Monday after a long day in the hall.\nSenator Bo Lind, a Democrat, "
    "said that the toll bill was needed.\nThe Democrats voted for the toll bill and lost.\n"
)
_TOLL_TOO = (
    "Ferry owners met in Oldham over the toll bill.\nSenator Ida Marr, a Democrat, called the toll "
    "bill “a tax on nurses”.\nSenator Otto Kerr, a Republican, said that the toll bill was dead.\n"
)
_MAYOR = "The mayor of Tarn, Olga Penn, opened a bath.\n“It is warm,” Olga Penn said.\n"
_ONCE = "The mayor of Selby, Ada Holm, opened a bath.\n“It is cold,” Ada Holm said.\n"
_LATER = "Painter Ada Holm showed picture {n}.\n“Picture {n} is blue,” Ada Holm said.\n"
_FLU = (
    "WHO Director-General Ada Nwosu spoke on Monday.\n"
    "“The flu has reached two ports,” Nwosu said.\n"
)
ARTICLES = (
    Article("flu", _FLU, title="WHO meets on flu"),
    Article("mayor", _MAYOR, title="Bath in Tarn"),
    Article("once", _ONCE, title="Bath in Selby"),
    *(Article(f"later-{n}", _LATER.format(n=n), title=f"Picture {n}") for n in range(3)),
    Article("old", _OLD, title="Fijian president opens harbour", published="2009-03-02"),
    Article("new", _NEW, title="Fiji's President Vale resigns", published="2019-05-03"),
    Article("toll", _TOLL, title="Toll bill fails", published="2019-02-01"),
    Article("toll-too", _TOLL_TOO, title="Owners on toll bill", published="2019-02-02"),
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("holders"), embedder, ARTICLES) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("what did the Fijian president say", "Piet Vale"),
        ("what did the Fijian president say in 2009", "Una Orr"),
        ("what did the WHO chief say about flu", "Ada Nwosu"),
        ("who chief on flu", "Ada Nwosu"),
        ("fijian presidant on the harbour", "Una Orr"),
        ("what did piet veal say", "Piet Vale"),
        ("what did Otta Kerrr say about the toll bill", "Otto Kerr"),
        ("has the flu come? ada nwosu", "Ada Nwosu"),
    ],
)
def test_an_office_is_whoever_has_it(answerer: Answerer, question: str, speaker: str) -> None:
    answer = answerer.answer(question)
    assert {citation.speaker for citation in answer.citations} == {speaker}


def test_who_had_the_office_is_told_apart(answerer: Answerer) -> None:
    message = answerer.answer("what did the Fijian president say").message
    assert "Piet Vale, not Una Orr." in message


def test_a_group_is_everybody_of_it(answerer: Answerer) -> None:
    answer = answerer.answer("democrats on the toll bill")
    speaking = {citation.speaker for citation in answer.citations}
    assert {"Bo Lind", "Ida Marr"} <= speaking
    assert "Otto Kerr" not in speaking


def test_who_is_well_known_is_not_so_for_a_role_of_one_article(answerer: Answerer) -> None:
    options = {option.label for option in answerer.answer("what did the mayor say").options}
    assert options == {"Olga Penn", "Ada Holm"}
