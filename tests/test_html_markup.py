"""HTML as it comes: its text is what a reader would see, and no page is too broken to be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index.reading.markup import TooMuch, charset_of, line_of, normalised, text_of


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One <b>and</b> <i>a half</i>.</p><p>Two.</p>", "One and a half.\nTwo."),
        ("<p>One.<p>Two.<br>Three.", "One.\nTwo.\nThree."),
        ("One\n  line.<script>x</script><style>y</style><!-- z --> More.", "One line. More."),
        ("<script>if (a < b) '</p>'</script>x", "x"),
        ("<!-- <p>a</p> -->x<!-- never closed", "x"),
        ("&ldquo;No&rdquo; &amp; &#8220;&#147;&#x93; &copy 1 &nosuch;", "“No” & “““ © 1 &nosuch;"),
        ("2 < 3 and 4 > 3 <3", "2 < 3 and 4 > 3 <3"),
        ('<a href="x>y" title=\'"\' z>link</a>', "link"),
        ('<a href=x">quoted</a> after', "quoted after"),
        ("<p class=\"a\" onclick='b'>x</p", "x"),
        ("a<x:y>b</x:y><é>c", "ab<é>c"),
        ("a\0b\x07c\x85d", "abc d"),
        ("<ul><li>One<li>Two <b>b</b></ul>", "• One\n• Two b"),
        ("<ul><li><p>One.</p><p>Two.</p></li></ul>", "One.\nTwo."),
        ("<p>He called it <q>a <i>ditch</i></q>.", "He called it “a ditch”."),
        ("<q>“No.”</q>", "“No.”"),
        ("<p>The lift holds <del>6</del> <ins>16</ins> people.", "The lift holds 16 people."),
        (
            "<p>It is <s>shut</s><span style='text-decoration: line-through'>, he said</span>.",
            "It is .",
        ),
        (
            "<p>Some 10<sup>4</sup> in May 4<sup>th</sup>, 10<sup>-3</sup>.",
            "Some 10⁴ in May 4th, 10⁻³.",
        ),
        ("<p>The har&shy;bour com\u200bpany\ufeff left.", "The harbour company left."),
        ("<blockquote><p>One.</p><p>Two.</p></blockquote>", "“One.\n“Two.”"),
        ("<blockquote>One. <cite>Lee</cite></blockquote>", "“One.” — Lee"),
        ("<blockquote><p>One.</p><cite>Lee</cite></blockquote>", "“One.”\n— Lee"),
        ("<figure><img><figcaption>A mill.</figcaption></figure><p>So.", "So."),
        ("<div class=wp-caption><img><p class=wp-caption-text>A mill.</p></div><p>So.", "So."),
        (
            "<figure><blockquote>One.</blockquote><figcaption>Lee</figcaption></figure>",
            "“One.”\n— Lee",
        ),
        ("<blockquote><p>One.</p><p>— Lee</p></blockquote>", "“One.”\n— Lee"),
        ("<blockquote>“One,” he said.</blockquote>", "“One,” he said."),
        ("<div style='display:none'>Seen by no one.</div><p>So.", "So."),
        ("<table><tr><td>1<td>2</table>", "1\n2"),
        ("<title>t</title><main><p>So.</main>", "So."),
        ("", ""),
    ],
)
def test_the_text_of_a_page(page: str, text: str) -> None:
    assert text_of(page) == text


def test_a_title_is_one_line() -> None:
    assert line_of("<p>Harbour<br>stays  &amp; opens") == "Harbour stays & opens"


def test_the_data_of_a_page_stays_as_it_is() -> None:
    data = '{"a": "<p>&amp;"}'
    page = f"<script>no</script><SCRIPT type = 'application/ld+json' id=x>{data}</SCRIPT>x"
    assert normalised(page) == f' <script type="application/ld+json">{data}</script>x'


def test_a_tag_has_so_many_attributes_at_most() -> None:
    """The parser takes the square of their number."""
    many = " ".join(f"a{n}='{n}'" for n in range(10_000))
    page = normalised(f"<p class=lead {many}>x</p>")
    (element,) = html.fragments_fromstring(page)
    assert element.get("class") == "lead"
    assert len(element.attrib) < 100


def test_too_many_tags_are_refused() -> None:
    assert text_of("<br>" * 100, most=200) == ""
    with pytest.raises(TooMuch, match="over 50 tags"):
        text_of("<br>" * 100, most=50)


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="koi8-r">', "koi8-r"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", "Shift_JIS"),
        (b"<meta name=charset><p>charset=x", None),
        (b" " * 5000 + b"<meta charset=utf-8>", None),
    ],
)
def test_a_page_says_its_encoding_in_its_head(head: bytes, charset: str | None) -> None:
    assert charset_of(head) == charset


@given(st.text(alphabet=st.sampled_from("<>/!?-=\"'& ab;#x1[]\0\n“é\ud800")))
def test_any_text_is_read_and_its_normal_form_stays(page: str) -> None:
    once = normalised(page)
    assert normalised(once) == once
    text_of(page).encode()


@given(st.text(st.sampled_from("ab \t\n\0\x07&;#1x<>/'\"é\u200b\ufeff\u2028\ud800😀"), max_size=30))
def test_a_line_without_markup_is_read_as_one_with_it(text: str) -> None:
    """Without a tree, hundreds of times as fast: a recording has one for each of its cues."""
    assert line_of(text) == " ".join(text_of(text).split())
