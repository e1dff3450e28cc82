"""Who is meant by what they are called: kin, bynames, offices beside others, and who only reads."""

import pytest

from tests.whose import whose

_OFFICES = (
    "Mayor Gita Holm opened the bridge on Saturday. Her predecessor, Alf Wintle, watched from the "
    "rain. “I promised it,” said the former mayor. “It is open,” the mayor said."
)
_SCHOOL = (
    "Headteacher Clive Orr was on leave. His deputy, Noor Holm, led the children out. “They "
    "thought it was a drill,” the deputy head said. “I came back to a hole,” the head said."
)
_KIN = (
    "Otis Holm Jr. runs the bakery that Otis Holm Sr. opened. “I sell cake,” says the younger "
    "Holm. “I sold bread,” says the elder Holm."
)
_READ = (
    "The vicar, Rev. Amos Orr, unfolded a paper and read aloud what Corporal Stan Webley had "
    "written in 1943. “The sand gets into the tea.” When he had finished, Orr took off his "
    "glasses. “He was nineteen,” he said."
)
_NESTED = (
    "Marian Lee told the inquest that a colleague, Tobias Reed, had warned her. “He said, ‘Don’t "
    "lean on it, the hinge has gone,’” Lee recalled. “I forgot about it.”"
)


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (_OFFICES, "It is open", "Gita Holm"),
        (_SCHOOL, "I came back to a hole", "Clive Orr"),
        (_KIN, "I sell cake", "Otis Holm Jr."),
        (_KIN, "I sold bread", "Otis Holm Sr."),
        (
            "A commander, known only as Abu Lem, was quoted by the Gazette as saying it was mined.",
            "it was mined",
            "Abu Lem",
        ),
        (_READ, "The sand gets into the tea", "Stan Webley"),
        (_READ, "He was nineteen", "Amos Orr"),
        (_NESTED, "lean on it, the hinge has gone", "Tobias Reed"),
        (_NESTED, "I forgot about it", "Marian Lee"),
        (
            "“We are late,” said Ann Lee. “Thank goodness,” put in Marcel Holm, the brother.",
            "Thank goodness",
            "Marcel Holm",
        ),
        (
            "The detective leading the inquiry, Marcel Holm, said the lock was old.",
            "the lock was old",
            "Marcel Holm",
        ),
        (
            "Ecotoxicologist Helen Marr of Velmbridge University, who had no part in it, doubts "
            "the count. “They saw nine newts,” she says.",
            "They saw nine newts",
            "Helen Marr",
        ),
        (
            "Astrobiologist Otis Reed of Velm College said the rock was dull.",
            "the rock was dull",
            "Otis Reed",
        ),
    ],
)
def test_who_is_meant(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


def test_two_who_are_told_of_are_not_made_one() -> None:
    text = "Ted Holm called Orr his friend. Bo Orr left. “I am glad,” Holm said."
    assert whose(text, "I am glad") == ["Ted Holm"]


def test_what_is_read_out_and_nobody_wrote_is_nobodys() -> None:
    text = "Ann Lee opened the envelope and read it aloud. “The boat is sold.” It was dark."
    assert whose(text, "The boat is sold") == []


def test_whom_he_means_in_somebodys_words_is_nobody_where_two_fit() -> None:
    text = (
        "Thomas Reed and Peter Holm met Marian Lee on Friday. “He said, ‘Leave it alone,’” Lee "
        "recalled."
    )
    assert whose(text, "Leave it alone") == [None]
