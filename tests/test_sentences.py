from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.attribution.layout.sentences import split_sentences
from index.schema import Article, Sentence

# Characters that splitters trip over, so that hypothesis meets them often.
_AWKWARD = st.sampled_from(
    [
        *".!?…:;,'\"“”‘’«»„()[]—–-。！",
        *"\n\r\t \u00a0\u2028\u2029\u200b\ufeff\x00\x0b\x0c\x1c\x85",
        *("Mr.", "U.S.", "No. 1", "p.m.", "He", "said", "İ", "ß", "e\u0301", "🙂", "नमस्ते"),
    ]
)
TEXTS = st.lists(_AWKWARD | st.text(max_size=3), max_size=40).map("".join)


def words(text: str, sentences: tuple[Sentence, ...]) -> list[str]:
    """The sentences' words."""
    return [sentence.span.of(text) for sentence in sentences]


def split(text: str) -> list[str]:
    """The words of the text's sentences."""
    return words(text, split_sentences(text))


@settings(max_examples=500)
@given(TEXTS)
@example("")
@example(" \n\u2028 ")
@example("A.\r\nB.\rC.\u2028D.\u2029E.")
@example("A\x0bb\x0cc\x1cd\x85e")
@example("“One.” “Two,” he said. “Three")
def test_sentences_tile_the_text(text: str) -> None:
    """Every character that is not white space lies in exactly one of them, in order."""
    sentences = split_sentences(text)
    covered = [n for s in sentences for n in range(s.span.start, s.span.end)]
    assert covered == sorted(set(covered))
    left_out = set(range(len(text))) - set(covered)
    assert all(text[n].isspace() for n in left_out)
    assert all(line == line.strip() for line in words(text, sentences))


@settings(max_examples=500)
@given(TEXTS)
@example("A\rb\nc\u2028d\u2029e")
def test_paragraphs_are_counted_in_order(text: str) -> None:
    """From 0, without a gap; an empty line always parts two, and only a line's end does."""
    sentences = split_sentences(text)
    numbers = [sentence.paragraph for sentence in sentences]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))
    for before, after in pairwise(sentences):
        gap = text[before.span.end : after.span.start]
        if after.paragraph != before.paragraph:
            assert any(end in gap for end in "\r\n\u2028\u2029")
        else:
            assert "\n\n" not in gap
    assert not any("\n\n" in line for line in words(text, sentences))


@given(TEXTS, TEXTS)
def test_paragraphs_are_split_each_for_itself(first: str, second: str) -> None:
    """What stands in one paragraph does not move the borders in another."""
    assert split(f"{first}\n\n{second}") == split(first) + split(second)


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Lee left.", "He ran."],
        ["Dr. Ann Lee of St. Mary's spoke.", "Nobody listened."],
        ["The U.S. Senate voted.", "It failed."],
        ["He moved to the U.S.", "The Senate noticed."],
        ["It opened at 9 a.m. on Monday.", "It closed at 5 p.m.", "The owner shrugged."],
        ["J. K. Rowling wrote it.", "It sold."],
        ["He lives at No. 10 now.", "She said no.", "They left."],
        ["It grew 3.5 per cent.", "Prices fell 0.2."],
        ["“Stop!” he cried.", "Nobody stopped."],
        ["“Why?” Ann Lee asked.", "“Because.”", "She left."],
        ["“It is over,” he said.", "“Go home.”"],
        ["He said: “Go.”", "She went."],
        ["“I said: I’m ready, please, come.", "“But if they tell us: ‘no’, we stay.”"],
        ["He called it “a disgrace.”", "Then he left."],
        ["‘He did it,’ she said.", "‘I saw him.’"],
        ["Wait… what?", "Nothing."],
        ["“We will […] win,” he said.", "They lost."],
        ["Visit example.com today.", "Or do not."],
        ["He paid $1.5 million to Acme Inc. for it.", "Acme Inc. was glad."],
        ["«Non», dit-il.", "«Jamais.»"],
        ["Really?!", "Yes."],
        ["(He laughed.)", "She did not."],
        ["它沉了。", "没有人受伤。"],
        ["1. First things first.", "2. Then the rest."],
        ["She met Gov. Kay and Sen. Roe.", "Both smiled."],
        ["Et al. is Latin."],
        ["no capital, no end"],
    ],
    ids=lambda sentences: sentences[0],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """Given on one line, with single spaces between."""
    assert split(" ".join(sentences)) == sentences


def test_the_seed_article_is_split_as_a_person_would(article: Article) -> None:
    """Its subheading and its sign-off stand alone; every other line is prose."""
    sentences = split_sentences(article.text)
    assert len(sentences) == 30
    assert words(article.text, tuple(s for s in sentences if not s.prose)) == [
        "‘No serious security guarantees’",
        "Head of Investigations",
    ]
    invitation = next(s for s in sentences if s.span.of(article.text).startswith("“I said: I’m"))
    assert invitation.span.of(article.text).endswith("a 100 percent guarantee.")
    excessive = sentences[sentences.index(invitation) + 1]
    assert excessive.span.of(article.text).startswith("“But if they tell us: ‘we want to meet")
    assert excessive.span.of(article.text).endswith("excessive requests on us.”")


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("It rained.", True),
        ("“It rained.”", True),
        ("It rained:", True),
        ("Did it rain?", True),
        ("What the minister said", False),
        ("‘A new beginning’", False),
        ("By Ann Lee", False),
        ("Image: Ann Lee, on Monday.", False),
        ("File photo: the ferry.", True),
        ("PHOTO: The ferry.", False),
        ("• The mayor says the ferry stops", True),
        ("- “Nobody asked us,” says the chair", True),
        ("• Oats", False),
        ("A-frame houses of the old town", False),
        (f"“The harbour is {'quite ' * 14}safe,” Ann Lee told the Gazette in an interview", True),
        (f"Ann Lee at the harbour which is {'quite ' * 20}safe", False),
    ],
)
def test_prose_is_told_from_headings_and_captions(line: str, prose: bool) -> None:
    """Headings are shown but never cited."""
    assert [sentence.prose for sentence in split_sentences(line)] == [prose]


@pytest.mark.parametrize(
    "text",
    [
        "GRANITE, Mont. — Rain fell on Monday.",
        "Granite, Mont. – Rain fell on Monday.",
        "PORT ORR, Fla. (AP) — Rain fell on Monday.",
        "ST. OLAF, Colo. -- Rain fell on Monday.",
    ],
)
def test_a_dateline_is_part_of_its_sentence(text: str) -> None:
    assert split(text) == [text]
    assert split(f"It is 5 o'clock. {text}") == ["It is 5 o'clock.", text]


def test_a_place_alone_is_no_sentence_and_a_dash_ends_none() -> None:
    place, line = split_sentences("GRANITE, Mont.\n\nRain fell on Monday.")
    assert (place.prose, line.prose) == (False, True)
    assert split("He left for Granite, Mont. – Rain fell.")[0] == "He left for Granite, Mont."
    assert split("“We stay.” — Ann Lee") == ["“We stay.”", "— Ann Lee"]
