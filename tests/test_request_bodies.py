import json

import pytest

from bot.web.api.request_bodies import AskBody, BadRequest, parse, takes


def test_a_request_is_read_with_earlier_questions_in_either_form() -> None:
    body = {"question": "q", "history": ["a", {"question": "b", "more": 1}], "id": "7"}
    sent = parse(json.dumps(body).encode(), AskBody)
    assert (sent.question, sent.earlier, sent.id) == ("q", ("a", "b"), "7")
    assert parse(b'{"question": "q", "history": null}', AskBody).earlier == ()


BAD = [
    b"",
    b"who?",
    b"\xff\xfe",
    b"[]",
    b'"who?"',
    b"{}",
    b'{"question": null}',
    b'{"question": 7}',
    b'{"question": ["who?"]}',
    b'{"question": "q", "history": "p"}',
    b'{"question": "q", "history": [7]}',
    b'{"question": "q", "history": [{"question": 7}]}',
    b'{"question": "q", "history": [{}]}',
    b'{"question": "q", "id": 7}',
    b'{"question": "q", "verbatim": "yes"}',
    b'{"question": "q", "hisotry": []}',
    b"[" * 20_000,
]


@pytest.mark.parametrize("body", BAD)
def test_a_request_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest) as caught:
        parse(body, AskBody)
    assert "\n" not in str(caught.value)


def test_a_route_says_all_of_its_body_in_one_piece() -> None:
    schema = json.dumps(takes(AskBody))
    assert "$ref" not in schema
    assert "Earlier" in schema
