"""Which articles are asked: of which days, of which outlet."""

import pytest

from bot.filters import MAX_OUTLET, NO_FILTERS, BadFilter, Filters


@pytest.mark.parametrize(
    ("filters", "published", "source", "is_asked"),
    [
        (NO_FILTERS, None, None, True),
        (Filters("2024-05-01"), "2024-05-01T23:59:00Z", "Post", True),
        (Filters("2024-05-01"), "2024-04-30", "Post", False),
        (Filters("", "2024-05-01"), "2024-05-01T23:59:00Z", "Post", True),
        (Filters("", "2024-05-01"), "2024-05-02", "Post", False),
        (Filters("2024-05-01", "2024-05-31"), None, "Post", False),
        (Filters(outlet="harbour post"), None, "Harbour Post", True),
        (Filters(outlet="Harbour Post"), None, "Post", False),
        (Filters(outlet="Post"), None, None, False),
    ],
)
def test_an_article_is_asked_that_all_filters_let_pass(
    filters: Filters, published: str | None, source: str | None, is_asked: bool
) -> None:
    assert filters.has(published, source) == is_asked


@pytest.mark.parametrize(
    "sent",
    [{"since": "May"}, {"until": "2024-02-30"}, {"since": "\u202e\0"}, {"outlet": 300 * "x"}],
)
def test_a_filter_that_cannot_be_read_is_refused_in_a_line(sent: dict[str, str]) -> None:
    with pytest.raises(BadFilter) as refused:
        Filters.read(**sent)
    assert str(refused.value).isprintable()


def test_filters_are_said_in_words() -> None:
    read = Filters.read(" 2024-05-01 ", "2024-05-31", "  Post ")
    assert read.text == "from 2024-05-01 to 2024-05-31, of Post"
    assert Filters.read(outlet=MAX_OUTLET * "x").text == f"of {MAX_OUTLET * 'x'}"
    assert not Filters.read(" ")
