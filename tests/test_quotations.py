import pytest

from index.attribution.layout.sentences import split_sentences
from index.language.quotations import find_quotations, quotations_by_sentence


def quoted(text: str) -> list[str]:
    """The quotations of a text, marks included."""
    return [q.span.of(text) for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He said “no” and “yes”.", ["“no”", "“yes”"], id="curly"),
        pytest.param('He said "no" and "yes".', ['"no"', '"yes"'], id="straight"),
        pytest.param("He said 'no' and left.", ["'no'"], id="single straight"),
        pytest.param("He said ‘no’ and left.", ["‘no’"], id="single curly"),
        pytest.param("«Non», „nein“, »nej«, ''no'', ``no''",
                     ["«Non»", "„nein“", "»nej«", "''no''", "``no''"], id="other styles"),
        pytest.param("It's the '90s, rock ’n’ roll, the dogs' home.", [], id="apostrophes"),
        pytest.param("‘The players’ fault,’ he said.", ["‘The players’ fault,’"],
                     id="plural possessive inside"),
        pytest.param("It is ‘good for families’ and it stays. She called it ‘mad’.",
                     ["‘good for families’", "‘mad’"], id="closed behind an s, in a sentence"),
        pytest.param("It ‘cuts costs’. She said so. ‘We will see,’ she said.",
                     ["‘cuts costs’", "‘We will see,’"], id="closed behind an s, at its end"),
        pytest.param("‘My parents’ house was ‘The Elms’ then.’ She left.",
                     ["‘My parents’ house was ‘The Elms’ then.’"],
                     id="plural possessive before a name in marks"),
        pytest.param("'Put 'em all in,' she said. ''Tis late,' he said.",
                     ["'Put 'em all in,'", "''Tis late,'"], id="words cut short inside"),
        pytest.param("“He said ‘no’ to it,” she said.", ["“He said ‘no’ to it,”"], id="nested"),
        pytest.param("“today’s “straw” vote” came", ["“today’s “straw” vote”"],
                     id="nested in the same marks"),
        pytest.param("“I'm 5'10\" tall,” he said.", ["“I'm 5'10\" tall,”"], id="inches"),
        pytest.param("He said “no and left. She stayed.", ["“no and left."],
                     id="unclosed ends with its sentence"),
        pytest.param("“No and no. Never.\nShe stayed.", ["“No and no. Never."],
                     id="unclosed ends with its paragraph"),
        pytest.param("“It tore, Lee said on Monday. “It was old.”", ["“It tore,", "“It was old.”"],
                     id="unclosed ends before who spoke"),
        pytest.param("“I saw him, and I told him no.\n\n“He left,” Lee said.",
                     ["“I saw him, and I told him no.", "“He left,”"],
                     id="unclosed goes on where its speaker tells what they said"),
        pytest.param("no” he said", [], id="a closing mark alone"),
        pytest.param("“", ["“"], id="a mark alone"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_quotation_reaches_from_mark_to_mark(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lee said: 'My kids' hair is fine. It's long.\n\n'I am done.'\n\nHe left.",
            ["'My kids' hair is fine. It's long.", "'I am done.'"],
        ),
        ("‘I came.\n\n‘I saw.\n\n‘I won,’ he said.", ["‘I came.", "‘I saw.", "‘I won,’"]),
        ("The lads' house was cold.\n\n'It is over,' he said.", ["'It is over,'"]),
        ("'Tis late and cold.\n\n'No,' he said.", ["'No,'"]),
    ],
)
def test_single_marks_are_reopened_too(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_reopened_paragraph_continues_the_quotation() -> None:
    found = find_quotations("“One.\n\n“Two.\n“Three.”\n“Four.”")
    assert [(q.closed, q.continues) for q in found] == [
        (False, False),
        (False, True),
        (True, True),
        (True, False),
    ]


def test_each_sentence_knows_the_quotations_in_it() -> None:
    text = "He left. “One. Two,” he said. “Three.”"
    inside = quotations_by_sentence(split_sentences(text), find_quotations(text))
    assert [[number for number, _ in one] for one in inside] == [[], [0], [0], [1]]
