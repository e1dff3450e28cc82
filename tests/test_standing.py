"""How the words of a draft are marked for the judge."""

from bot.answer import Citation
from bot.drafting.checking.checker import compare
from bot.drafting.checking.judge_input import Standing, mark_cited
from bot.drafting.checking.sources import Sources, analyse_article, directory_of
from index.schema import Article

TEXT = "Ann Lee said on Friday that 26 ships were lost. Bo Orr agreed."
KNOWN = analyse_article(Article("a1", TEXT, "Ships", published="2019-01-05"))


def marks(draft: str) -> dict[str, Standing]:
    citation = Citation(1, KNOWN.article, KNOWN.document.sentences[0].span, 0.0)
    sources = Sources((citation,), {"a1": KNOWN}, directory_of([KNOWN]))
    return {draft[m.start : m.end]: m.standing for m in compare(draft, sources)[2]}


def test_each_word_stands_in_one_way_and_the_last_mark_holds() -> None:
    found = marks("On 4 January Lee lost about 27 of 40 ships to Orr, wrecks and Quill.")
    assert found["ships"] == Standing.CITED
    assert found["wrecks"] == Standing.NEW
    assert found["Lee"] == Standing.NAME
    assert found["Orr"] == Standing.NAME_ELSEWHERE
    assert found["4 January"] == Standing.FIGURE
    assert found["40"] == Standing.UNKNOWN
    assert found["Quill"] == Standing.UNKNOWN


def test_a_speaker_who_does_not_say_it_is_marked() -> None:
    assert marks("Bo Orr said that 26 ships were lost.")["Bo Orr"] == Standing.UNCLEAR_SPEAKER


def test_the_words_of_the_evidence_that_the_draft_has_are_shared() -> None:
    text = "The ships were lost."
    found = [text[m.start : m.end] for m in mark_cited(text, "A ship sank.")]
    assert found == ["ships", "."]
