"""Pages: all of an article's text and nothing else, or a line that says why there is none."""

import json

import pytest

from index.reading.formats.pages import read_page
from index.reading.read_results import FoundArticle, Source
from index.reading.records import RecordError

BODY = (
    "The canal will close to barges on the first of May, after the water board voted on Monday.",
    "The vote followed three hours of argument in a hall that was never meant to hold so many.",
    "“We cannot dig the same ditch twice,” said Tilda Marsh, the chair, who leaves in the spring.",
    "Owen Pell, who owns nine barges, said that he would take the board to court within a month.",
    "The lock keepers were not asked for their view, according to their union’s head, Sefa Bright.",
    "Some nine hundred boats pass the top lock in a year, and twice as many did before the war.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)


def page(inside: str, head: str = "") -> bytes:
    nav = "<nav><a href='/'>Home</a> <a href='/canal'>Canal</a></nav>"
    html = f"""<html lang="en"><head><title>Canal to close in May</title>{head}</head><body>
        <header>{nav}</header><main>{inside}</main><footer>© Lisle Courier</footer></body></html>"""
    return html.encode()


def article(inside: str, head: str = "") -> bytes:
    return page(f"<article><h1>Canal to close in May</h1>{inside}</article>", head)


def found(content: bytes) -> FoundArticle:
    return read_page(content, Source("page"))


def lines(content: bytes) -> list[str]:
    return str(found(content).record["body"]).split("\n")


@pytest.mark.parametrize(
    "summary",
    [
        "<p class='standfirst'>{}</p>",
        "<h2 class='article__subtitle'>{}</h2>",
        "<div class='dek'><span>{}</span></div>",
        "<p>{}</p>",
        "<div class='x1'><div class='x2'>{}</div></div>",
        "<div data-part='standfirst'><p>{}</p></div>",
    ],
)
def test_a_standfirst_is_text(summary: str) -> None:
    told = "Chair Tilda Marsh blames ten dry summers and a board that never met"
    head = f'<meta name="description" content="{told}">'
    inside = f"{summary.format(told)}<p class=byline>By Ann Lee</p><div>{PARAGRAPHS}</div>"
    assert lines(article(inside, head)) == [told, *BODY]


@pytest.mark.parametrize(
    "inside",
    [
        f"<div class=body>{''.join(f'<p>{x}</p>' for x in BODY[:3])}</div><div class=ad>Buy!</div>"
        f"<div class=body>{''.join(f'<p>{x}</p>' for x in BODY[3:])}</div>",
        "".join(f"<div class=block><div class=in><p class=e>{x}</p></div></div>" for x in BODY),
        "".join(f"<section><p>{x}</p></section>" for x in BODY),
        f"<p><a href='/x'>{BODY[0]}</a></p>" + "".join(f"<p>{x}</p>" for x in BODY[1:]),
        "<br><br>".join(BODY),
    ],
)
def test_text_is_whole_however_it_is_divided(inside: str) -> None:
    assert lines(article(inside)) == list(BODY)


def test_text_that_only_the_data_of_the_page_has_is_read() -> None:
    record = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(BODY)})
    head = f"<script type='application/ld+json'>{record}</script>"
    assert lines(article("<div id=app></div>", head)) == list(BODY)
    assert lines(article(f"<p>{BODY[0]}</p>", head)) == list(BODY)


@pytest.mark.parametrize(
    "beside",
    [
        "<p><strong>READ MORE: </strong><a href='/y'>Pell admits he sold nine barges.</a></p>",
        "<p><a href='/y'>MARSH SAYS SHE WILL NEVER RESIGN</a></p>",
        "<p>Sign up to our newsletter to get the latest news.</p>",
        "<figure><img src='a'><figcaption>The top lock in a picture of 1950.</figcaption></figure>",
        "<div class='author-bio'><p>Ann Lee has covered the canal for nine long years.</p></div>",
        "<div class='related'><h3>More</h3><ul><li><a href='/a'>How it was dug</a></li></ul></div>",
        "<aside><p>Nine things that you did not know about the canal of Lisle.</p></aside>",
        "<div class='pull-quote pullquote'>We cannot dig the same ditch twice</div>",
        "<div class='comments'><p>First! This board should have gone years ago.</p></div>",
        "<p class='caption'>The chair of the board on her way to the vote on Monday.</p>",
    ],
)
@pytest.mark.parametrize("place", [3, 6])
def test_what_stands_beside_the_text_is_left_out(beside: str, place: int) -> None:
    parts = [f"<p>{line}</p>" for line in BODY]
    parts.insert(place, beside)
    assert lines(article(f"<div class=body>{''.join(parts)}</div>")) == list(BODY)


def test_quotations_lists_and_headings_are_text_with_their_marks() -> None:
    inside = f"""<ul><li>Chair Tilda Marsh says the lock closes in May</li><li>Pell goes to court
        over nine barges</li></ul>{PARAGRAPHS}<h2>Dry summers</h2>
        <p>The board wrote to all owners of barges on the upper canal:</p>
        <blockquote><p>We are sorry for the delay.</p><p>The water is too low.</p></blockquote>
        <p>A lock keeper called it <q>a ditch with a view</q> when he was asked on Tuesday.</p>"""
    assert lines(article(inside)) == [
        "• Chair Tilda Marsh says the lock closes in May",
        "• Pell goes to court over nine barges",
        *BODY,
        "Dry summers",
        "The board wrote to all owners of barges on the upper canal:",
        "“We are sorry for the delay.",
        "“The water is too low.”",
        "A lock keeper called it “a ditch with a view” when he was asked on Tuesday.",
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (
            article("<p>Subscribe to continue reading. Already a subscriber? Log in.</p>"),
            "subscriber notice",
        ),
        (
            article(f"<p>{BODY[0]}</p><p>Create an account to read the full story.</p>"),
            "subscriber notice",
        ),
        (
            page("<h1>Page not found</h1><p>The page you are looking for has been moved.</p>"),
            "notice",
        ),
        (
            page("<h1>Just a moment...</h1><p>Checking your browser before you can go on.</p>"),
            "notice",
        ),
        (
            page(
                "<h1>Your privacy</h1><p>We and our partners use cookies to process personal data, "
                "and ask for your consent to these cookies.</p><p>Accept all cookies, or choose "
                "what our partners may do with personal data.</p>"
            ),
            "consent|notice",
        ),
        (page("<ul>" + "<li><a href='/a'>Canal to close</a></li>" * 30 + "</ul>"), "no article"),
        (page(""), "no article"),
        (
            page("".join(f"<h2><a href=/a>{x[:40]}</a></h2><p>{x[:60]} …</p>" for x in BODY)),
            "a list of excerpts",
        ),
        (
            page(
                "<h1>Lock</h1>" + "".join(f"<p>… {x[:60]} …</p><i>May {len(x)}</i>" for x in BODY)
            ),
            "a list of excerpts",
        ),
        (
            page(
                "<h1>Vos données</h1><p>Nous et nos partenaires utilisons des cookies et des "
                "données personnelles, avec votre consentement, pour des annonces.</p>"
                "<p>Vous pouvez tout accepter, ou tout refuser : votre vie privée compte.</p>"
            ),
            "consent|notice",
        ),
    ],
)
def test_what_is_no_article_is_refused_in_a_line(content: bytes, why: str) -> None:
    with pytest.raises(RecordError, match=why) as caught:
        found(content)
    assert "\n" not in str(caught.value)


def test_a_text_that_a_paywall_cuts_off_is_kept_with_a_line() -> None:
    content = article(f"{PARAGRAPHS}<div class=wall><p>Subscribe to continue reading.</p></div>")
    reading = found(content)
    assert str(reading.record["body"]).split("\n") == list(BODY)
    assert any("cut off" in note for note in reading.notes)


def test_a_class_that_is_around_all_of_the_text_is_no_sign() -> None:
    inside = f"<div class='share comments related'><form>{PARAGRAPHS}</form></div>"
    assert lines(article(inside)) == list(BODY)


def test_what_stands_over_the_text_tells_by_whom_and_when() -> None:
    """Where nothing on the page is marked as its author and its date."""
    record = found(
        article(f"<p>By Ann Lee and Tom Reed</p><p>4 March 2024, 7:15am</p>{PARAGRAPHS}")
    )
    details = (record.record["author"], record.record["published"])
    assert details == ("Ann Lee; Tom Reed", "2024-03-04")
    assert str(record.record["body"]).split("\n") == list(BODY)


@pytest.mark.parametrize(
    "beside",
    [
        "<div class='quote quote--pull'>We cannot dig the same ditch twice</div>",
        "<p class='sr-only'>Image source of some picture or other, which nobody sees at all.</p>",
        "<p style='display:none'>Words that are here for machines and for no reader at all.</p>",
        "<p>Story continues below</p>",
        "<p>Were you on a boat in the canal? Email us at <a href='#'>desk@courier.example</a></p>",
        "<p>Ground Game: <a href='#'>Sign up</a> for our weekly newsletter on canals.</p>",
        "<amp-ad><div>Ad</div></amp-ad>",
        "<p>https://courier.example/canal-to-close</p>",
    ],
)
def test_what_is_set_between_paragraphs_is_none_of_them(beside: str) -> None:
    """Pull quotes, what is not shown, calls for help and offers."""
    half = PARAGRAPHS.index("<p>Owen")
    assert lines(article(PARAGRAPHS[:half] + beside + PARAGRAPHS[half:])) == list(BODY)


@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote><p>I never saw a drier summer.</p><footer>— Olav Rask</footer></blockquote>",
        "<figure><blockquote><p>I never saw a drier summer.</p></blockquote>"
        "<figcaption>— Olav Rask</figcaption></figure>",
    ],
)
def test_whose_a_block_quote_is_stays_with_it(quotation: str) -> None:
    """Else the words would be nobody's, or another's."""
    text = lines(article(PARAGRAPHS + quotation + f"<p>{BODY[0].replace('canal', 'lock')}</p>"))
    assert text[len(BODY) :][:2] == ["“I never saw a drier summer.”", "— Olav Rask"]


def test_lines_under_the_headlines_of_other_stories_are_theirs() -> None:
    """A list of cards, each a headline that leads away and a line on it."""
    cards = "".join(
        f"<li class='box'><h3><a href='/{n}'>Lock {n} reopens to boats</a></h3>"
        f"<h4 class='sub'>Lock {n} was shut for a year, its keeper said.</h4></li>"
        for n in range(3)
    )
    assert lines(article(f"{PARAGRAPHS}<ul>{cards}</ul>")) == list(BODY)


def test_contacts_under_a_release_are_no_text() -> None:
    """Nor what ends it."""
    end = "<p>Media contact</p><p>Kari Holm, press@lisle.example</p><p>SOURCE Lisle</p>"
    assert lines(article(PARAGRAPHS + end)) == list(BODY)


@pytest.mark.parametrize(
    "about",
    [
        "<h3>About Lisle Water</h3><p>Lisle Water digs canals in nine countries of the north.</p>",
        "<p><b>About Lisle Water</b><br>Lisle Water has 40 diggers. It was founded in 1911.</p>",
    ],
)
def test_what_the_sender_of_a_release_says_of_itself_is_no_text(about: str) -> None:
    assert lines(article(f"{PARAGRAPHS}{about}<p>Forward-looking words may be wrong.</p>")) == [
        *BODY
    ]


def test_a_section_with_a_heading_alike_is_text() -> None:
    """It holds speech, or tells of something else."""
    for about in (
        "<h3>About Owen Pell</h3><p>“Owen Pell is a liar,” said Tilda Marsh on Monday night.</p>",
        "<h3>About Time</h3><p>The lock keepers had waited for this day since the last war.</p>",
    ):
        assert len(lines(article(PARAGRAPHS + about))) == len(BODY) + 2


def test_a_post_that_is_shown_in_an_article_is_whole_with_who_wrote_it() -> None:
    """However the box around it is called, and in however many lines it is."""
    post = (
        "<div class='social-embed'><blockquote class='post'><p>No water, no barges, no work.<br>"
        "So.<br>We go to court on the first of May.</p>— Owen Pell (@pell) March 4, 2024"
        "</blockquote></div>"
    )
    half = PARAGRAPHS.index("<p>The lock keepers")
    text = lines(article(PARAGRAPHS[:half] + post + PARAGRAPHS[half:]))
    assert text[4:8] == [
        "“No water, no barges, no work.",
        "So.",
        "We go to court on the first of May.”",
        "— Owen Pell (@pell) March 4, 2024",
    ]


def test_a_paragraph_may_be_said_again_in_the_same_text_and_not_in_another_place() -> None:
    again = f"<p>{BODY[2]}</p>"
    assert lines(article(PARAGRAPHS + again)) == [*BODY, BODY[2]]
    assert lines(article(f"<div>{PARAGRAPHS}</div><div>{again}</div>")) == list(BODY)


def test_an_old_page_tells_its_headline_and_day_in_its_lines() -> None:
    """The outlet's name stands before the headline, and there is no mark of any of them."""
    inside = f"<td><b>Canal to close in May</b><br>by Ann Lee, 4 March 2004{PARAGRAPHS}</td>"
    head = f"<title>Lisle Courier: Canal to close in May</title><table><tr>{inside}</tr></table>"
    result = found(head.encode())
    details = tuple(result.record[name] for name in ("title", "author", "published"))
    assert details == ("Canal to close in May", "Ann Lee", "2004-03-04")
    assert str(result.record["body"]).split("\n") == list(BODY)


def test_a_dateline_tells_the_day_of_a_release() -> None:
    """And its heading stands over it, or is in its title behind the outlet's names."""
    text = PARAGRAPHS.replace("<p>The canal", "<p>LISLE, March 4, 2024 /Wire/ -- The canal", 1)
    inside = f"<h2>Canal “Lisle” to close</h2><p>04.03</p>{text}"
    head = f"<title>Courier - Local - Canal “Lisle” to close</title><main>{inside}</main>"
    record = found(head.encode()).record
    assert (record["title"], record["published"]) == ("Canal “Lisle” to close", "2024-03-04")


def test_short_lines_and_lists_at_the_end_are_text_in_the_same_container() -> None:
    end = "<p>So be it.</p><ul><li>1911: the lock is dug</li><li>2024: it is shut</li></ul>"
    assert lines(article(PARAGRAPHS + end))[len(BODY) :] == [
        "So be it.",
        "• 1911: the lock is dug",
        "• 2024: it is shut",
    ]


def test_the_page_of_a_section_is_no_article() -> None:
    """Its articles are headlines that lead elsewhere."""
    cards = "".join(
        f"<article><h3><a href='/{n}'>{line[:40]}</a></h3><p>{line}</p></article>"
        for n, line in enumerate(BODY)
    )
    with pytest.raises(RecordError, match="a list of excerpts, not an article"):
        read_page(page(cards), Source("page"))


@pytest.mark.parametrize(
    "card",
    [
        "<div class=hit><h3><a href='/{n}'>{head}</a></h3><p>{line}</p></div>",
        "<a class=tile href='/{n}'><h3>{head}</h3><p>{line}</p></a>",
        "<li><a href='/{n}'>{head}</a><p>{line}</p></li>",
    ],
)
def test_the_page_of_a_tag_or_an_author_is_no_article(card: str) -> None:
    """Its stories stand in parts that are no articles to the page."""
    cards = "".join(card.format(n=n, head=line[:30], line=line) for n, line in enumerate(BODY))
    with pytest.raises(RecordError, match="a list of excerpts, not an article"):
        found(page(f"<h1>Owen Pell</h1><ul>{cards}</ul>"))
    stated = page(f"<h1>Five locks</h1>{cards}", "<meta property=og:type content=article>")
    assert len(lines(stated)) >= len(BODY) - 1


def test_an_interview_begins_with_its_first_question() -> None:
    asked = ("Why now?", "Because the water is low, and it will not rise before the autumn.")
    inside = f"<p><b>{asked[0]}</b></p><p>{asked[1]}</p><p><b>And then?</b></p><p>{BODY[0]}</p>"
    assert lines(article(inside)) == [*asked, "And then?", BODY[0]]


def test_another_article_below_is_none_of_the_text() -> None:
    """Whole, as on pages that go on and on; posts of a live page have their times."""
    other = "".join(f"<p>{line.replace('canal', 'lock')}</p>" for line in BODY)
    own = f"<article><h1>Canal to close in May</h1>{PARAGRAPHS}</article>"
    assert lines(page(f"{own}<article><h2>Lock to close</h2>{other}</article>")) == list(BODY)
    post = (
        "<article><time>10:42</time><p>The board’s chair has left the hall in tears.</p></article>"
    )
    assert len(lines(page(own + post))) == len(BODY) + 1


def test_posts_of_a_live_page_are_its_text() -> None:
    """They link to themselves."""
    posts = "".join(
        f"<article id='p{n}'><h2><a href='#p{n}'>At {n} o'clock</a></h2><p>{line}</p></article>"
        for n, line in enumerate(BODY)
    )
    assert set(BODY) <= set(lines(page(f"<h1>Canal to close in May</h1>{posts}")))


def test_what_asks_to_pay_is_cut_off_with_all_that_follows() -> None:
    for asked in ("This article is for subscribers", "You’ve reached your free article limit."):
        offer = f"<p>{asked}</p><p>Start your free trial today. Cancel anytime.</p>"
        result = found(article(PARAGRAPHS + offer))
        assert str(result.record["body"]).split("\n") == list(BODY)
        assert len(result.notes) == 1


def test_a_notice_may_stand_in_the_headline_alone() -> None:
    """Its text then speaks of the archive."""
    inside = (
        "<h1>Sorry, this article is no longer available</h1><p>We keep ninety days of them.</p>"
    )
    with pytest.raises(RecordError, match="a notice, not an article"):
        read_page(page(inside), Source("page"))
