"""Where the names of a draft stand in the articles."""

import pytest

from bot.answer import Citation
from bot.drafting.checking.judge_input import Standing
from bot.drafting.checking.names import read_names
from bot.drafting.checking.sources import Sources, analyse_article, directory_of
from index.schema import Article

TEXT = """The World Health Organization praised Mayor Ann Lee of Utopia on Friday.
She said the Utopian harbour would reopen.
Bo Orr, a fisherman, was glad.
The mayor left for Paris.
The DPRK and the District of Columbia sent her a telegram.
"""
_PLACES = {
    Standing.NAME: "cited",
    Standing.NAME_ELSEWHERE: "article",
    Standing.UNKNOWN: "nowhere",
}
KNOWN = analyse_article(Article("a1", TEXT, "Utopia reopens its harbour", source="The Lighthouse"))


def places(draft: str, *numbers: int) -> dict[str, str]:
    citations = tuple(
        Citation(n, KNOWN.article, KNOWN.document.sentences[n].span, 0.0) for n in numbers
    )
    sources = Sources(citations, {"a1": KNOWN}, directory_of([KNOWN]))
    found = read_names(draft, sources)
    return {draft[name.start : name.end]: _PLACES[name.standing] for name in found}


@pytest.mark.parametrize(
    ("draft", "number", "name"),
    [
        ("Yesterday Ann Lee was praised.", 0, "Lee"),
        ("It was said by Lee.", 1, "Lee"),  # for "she"
        ("It was Lee who left.", 3, "Lee"),  # for "the mayor"
        ("Praise came from the WHO.", 0, "WHO"),
        ("One came from North Korea.", 4, "North"),
        ("One came from D.C. by post.", 4, "D.C."),
        ("One came from faraway Pyongyang.", 4, "Pyongyang"),
    ],
)
def test_what_is_cited_or_stands_for_it_is_cited(draft: str, number: int, name: str) -> None:
    assert places(draft, number)[name] == "cited"


def test_a_name_from_elsewhere_in_the_article_is_told_from_one_of_nowhere() -> None:
    found = places("Then Orr went to Paris with Quill, says The Lighthouse.", 0)
    assert found == {"Orr": "article", "Paris": "article", "Quill": "nowhere",
                     "Lighthouse": "article"}  # fmt: skip


def test_dates_quotations_and_titles_are_no_names() -> None:
    assert places("On Friday the President said “Hello World”.", 0) == {}
