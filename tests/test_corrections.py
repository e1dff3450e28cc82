"""What was put right by hand, laid over what was derived: nothing stored, nothing read."""

from dataclasses import replace
from itertools import count

import pytest

from index.corrections import (
    BadCorrection,
    Correction,
    Corrections,
    NotRole,
    PersonIs,
    StatementIs,
    What,
    from_record,
    name_key,
    standing_once,
    statement_at,
    to_record,
)
from index.document import analyse
from index.schema import Article, Person, Span

TEXT = (
    "Mayor Mary Brannock met Tom Priddle. “The pier is sound,” Priddle said on Monday.\n"
    "“It is rotten,” Brannock said. He said that it would close.\n"
)
ARTICLE = Article("pier", TEXT)
STATEMENTS = analyse(ARTICLE).statements
ROTTEN = next(s for s in STATEMENTS if "rotten" in s.span.of(TEXT))
WHEN = "2026-01-31T12:00:00+00:00"


def put_right(*made: What) -> Corrections:
    numbers = count()
    return Corrections(Correction(str(next(numbers)), WHEN, what) for what in made)


def speakers(corrections: Corrections) -> list[str | None]:
    found = corrections.statements(STATEMENTS, ARTICLE)
    return [s.speaker.name if s.speaker else None for s in found]


def give(speaker: str | None, span: Span = ROTTEN.span) -> StatementIs:
    return StatementIs("pier", ARTICLE.version, span, speaker)


def test_nothing_put_right_changes_nothing() -> None:
    people = (("pier", Person("Ann Lee")), ("pier", Person("Ann Lee", ("Mayor",))))
    assert Corrections().statements(STATEMENTS, ARTICLE) == STATEMENTS
    assert Corrections().people(people) == people


@pytest.mark.parametrize(("speaker", "mention"), [("Tom Priddle", "Priddle"), (None, None)])
def test_a_statement_is_whose_it_is_said_to_be(speaker: str | None, mention: str | None) -> None:
    found = put_right(give(speaker)).statements(STATEMENTS, ARTICLE)
    (changed,) = (s for s in found if s not in STATEMENTS)
    assert changed.corrected == WHEN
    assert changed == replace(ROTTEN, speaker=changed.speaker, corrected=WHEN)
    assert (changed.speaker.name if changed.speaker else None) == speaker
    assert (changed.speaker.mention.of(TEXT) if changed.speaker else None) == mention
    assert len(found) == len(STATEMENTS)


def test_whom_the_article_does_not_name_the_words_stand_for_that_did_before() -> None:
    (changed,) = (
        s for s in put_right(give("Zoe Quill")).statements(STATEMENTS, ARTICLE) if s.corrected
    )
    assert changed.speaker
    assert ROTTEN.speaker
    assert (changed.speaker.name, changed.speaker.mention) == ("Zoe Quill", ROTTEN.speaker.mention)


def test_what_was_taken_for_denied_is_somebodys_if_a_person_says_so() -> None:
    denied = tuple(replace(s, modality="denied") for s in STATEMENTS)
    found = put_right(give("Tom Priddle")).statements(denied, ARTICLE)
    assert [s.is_own for s in found] == [s == ROTTEN for s in STATEMENTS]


def test_a_statement_is_found_though_its_ends_are_read_otherwise() -> None:
    span = ROTTEN.span
    assert statement_at(Span(span.start + 1, span.end - 1), STATEMENTS) == STATEMENTS.index(ROTTEN)
    assert statement_at(Span(span.start, span.start + 3), STATEMENTS) is None
    assert statement_at(Span(0, 5), STATEMENTS) is None
    assert statement_at(Span(0, 5), ()) is None


def test_of_two_on_one_statement_the_newer_holds() -> None:
    assert speakers(put_right(give("Tom Priddle"), give(None))) == speakers(put_right(give(None)))


def test_two_names_are_one_person_with_the_roles_of_both() -> None:
    both = put_right(PersonIs(("the  BO  Lee", "Lee"), "Ann Lee"))
    people = [
        ("a", Person("Bo Lee", ("Mayor",))),
        ("a", Person("Ann Lee", ("a doctor", "Mayor"))),
        ("b", Person("Lee")),
        ("b", Person("Tom Lee")),
    ]
    assert dict(both.people(people[:2])) == {"a": Person("Ann Lee", ("Mayor", "a doctor"))}
    assert [p.name for _, p in both.people(people)] == ["Ann Lee", "Ann Lee", "Tom Lee"]


def test_who_is_nobody_says_nothing_and_is_not_there() -> None:
    nobody = put_right(PersonIs(("Tom Priddle", "Priddle"), None))
    assert "Tom Priddle" not in speakers(nobody)
    assert None in speakers(nobody)
    assert nobody.people([("a", Person("Priddle")), ("b", Person("Ann"))]) == (
        ("b", Person("Ann")),
    )


def test_a_chain_of_names_is_followed_and_a_circle_ends() -> None:
    chain = put_right(PersonIs(("A",), "B"), PersonIs(("B",), "C"))
    assert chain.name_of("A") == "C"
    assert put_right(PersonIs(("A",), "B"), PersonIs(("B",), None)).name_of("A") is None
    circle = put_right(PersonIs(("A",), "B"), PersonIs(("B",), "A"))
    assert circle.name_of("A") in ("A", "B")


def test_other_names_of_somebody_are_known_to_be_theirs() -> None:
    made = put_right(PersonIs(("BoJo", "The Bo"), "Bo"), PersonIs(("Bo",), "Ann"))
    assert made.aliases == {"bojo": "Ann", "bo": "Ann"}
    assert put_right(PersonIs(("Bo",), None)).aliases == {}


def test_who_is_named_by_hand_may_be_put_together_with_somebody() -> None:
    assert "Mary Brannock" in speakers(
        put_right(give("Tam Priddle"), PersonIs(("Tam Priddle",), "Mary Brannock"))
    )


def test_a_wrong_role_is_gone_whatever_its_case() -> None:
    made = put_right(NotRole(("Ann Lee",), "The Mayor"))
    people = [("a", Person("Ann Lee", ("mayor", "a doctor"))), ("a", Person("Bo", ("mayor",)))]
    assert [p.roles for _, p in made.people(people)] == [("a doctor",), ("mayor",)]


def test_whoever_was_named_by_hand_is_a_person_of_the_article() -> None:
    assert ("pier", Person("Zoe Quill", speaks=True)) in put_right(give("Zoe Quill")).people([])


@pytest.mark.parametrize(
    ("words", "place"),
    [("rotten", 92), ("Priddle", None), ("absent", None), ("", None), ("aa", None)],
)
def test_words_are_found_where_they_stand_just_once(words: str, place: int | None) -> None:
    found = standing_once(words, "aaa" if words == "aa" else TEXT)
    assert (found.of(TEXT) if found else None) == (words if place else None)


@pytest.mark.parametrize(
    "what",
    [
        give("Zoë O’Neil"),
        give(None),
        PersonIs(("Bo Lee", "Lee"), "Ann Lee"),
        PersonIs(("Volvo XC90",), None),
        NotRole(("Ann Lee",), "the queen"),
    ],
)
def test_a_record_says_all(what: What) -> None:
    assert from_record(to_record(what)) == what


GOOD = to_record(give("Ann Lee"))
ONE = {"what": "person", "names": ["Ann"], "name": "Bo"}


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"what": "article"},
        {"what": ["statement"]},
        GOOD | {"article_id": ""},
        GOOD | {"article_id": "x" * 501},
        GOOD | {"version": "v1"},
        GOOD | {"start": -1},
        GOOD | {"start": True},
        GOOD | {"start": "0"},
        GOOD | {"end": 0},
        GOOD | {"end": 10**9},
        GOOD | {"speaker": ""},
        GOOD | {"speaker": "…"},
        GOOD | {"speaker": 7},
        GOOD | {"speaker": "x" * 201},
        GOOD | {"speaker": "Ann\x00Lee"},
        GOOD | {"speaker": "Ann\ud800"},
        ONE | {"names": []},
        ONE | {"names": "Ann"},
        ONE | {"names": ["Ann"] * 51},
        ONE | {"names": [None]},
        ONE | {"name": "\n"},
        {"what": "role", "names": ["Ann"], "role": None},
    ],
)
def test_what_is_no_correction_is_refused_in_a_line(record: dict[str, object]) -> None:
    with pytest.raises(BadCorrection) as raised:
        from_record(record)
    assert len(str(raised.value).splitlines()) == 1


def test_names_are_compared_without_case_accents_and_article() -> None:
    assert name_key("The  ZOË Quill") == name_key("zoe quill")
    assert name_key("…") == ""
