"""Feeds, XML and mail that Hypothesis makes up, whole and broken: `make hostile`.

`python -m tests.hostile_files [N]` reads N of them, each as a file that somebody sends. Fails if
one crashes, takes over five seconds of the processor, or over 200 MB of memory.
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from index.reading.read_results import Problem
from index.reading.readers import read_uploads

SECONDS, MEGABYTES = 5.0, 200.0
_BATCH = 500
_NAMES = """rss channel item title description content:encoded guid link pubDate dc:creator author
    language feed entry id summary content updated published rdf:RDF nitf head docdata body
    body.head hedline hl1 body.content block p newsMessage newsItem itemSet itemMeta pubStatus
    embargoed contentMeta headline contentSet inlineXML html mediawiki siteinfo page ns revision
    text b i q a br div""".split()
_ROOTS = ("rss", "feed", "rdf:RDF", "nitf", "newsMessage", "newsItem", "mediawiki", "html")
_ATTRIBUTES = (
    "type='html'",
    'type="xhtml"',
    'href="http://x.example/"',
    "xml:lang='en'",
    "rel=self",
    'xmlns="http://www.w3.org/2005/Atom"',
    'xmlns="http://iptc.org/std/nar/2006-10-01/"',
    "a=b a=b",
    'qcode="stat:canceled"',
    "isPermaLink='false'",
    "x='&lt;'",
    "src=''",
    'xmlns:a="a" a:b="',
)
_WORDS = (
    "It rained.",
    "“No,” Ann Lee said.",
    "&amp;",
    "&nbsp;",
    "&bomb;",
    "&#0;",
    "&#x110000;",
    "<",
    ">",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?x",
    "?>",
    "{{a|",
    "}}",
    "[[b|c]]",
    "'''",
    "=20=\n",
    "\0",
    "\ufeff",
    "\u202e",
    "Tue, 05 Mar 2024 10:00:00 +0100",
    "2024-02-30",
    "a\u0301" * 40,
    "=?utf-8?q?=C3?=",
    "<b>",
    "</b>",
    "&lt;p&gt;It &lt;b&gt;rained.",
    "https://x.example/" + "a" * 300,
)
_DOCTYPES = (
    "",
    "<?xml version='1.0'?>",
    "<?xml version='1.0' encoding='utf-16'?>",
    "<?xml version='1.1' encoding='no-such'?>",
    "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY bomb '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
    "<!DOCTYPE r [<!ENTITY bomb SYSTEM 'file:///etc/passwd'>]>",
    "<!DOCTYPE r SYSTEM 'http://x.example/r.dtd'>",
)
_HEADERS = """From: Ann Lee <ann@x.example>|To: all@x.example|Subject: =?utf-8?b?w4k=?= stops
Subject:
Date: Tue, 05 Mar 2024 10:00:00 +0100|Date: never|Message-ID: <1@x.example>|MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8|Content-Type: text/html; charset=no-such
Content-Type: multipart/mixed; boundary="b"|Content-Type: multipart/alternative; boundary=b
Content-Type: message/rfc822|Content-Type: application/pdf; name="a.pdf"
Content-Transfer-Encoding: base64|Content-Transfer-Encoding: quoted-printable
Content-Transfer-Encoding: x-uuencode|X: |: :""".replace("\n", "|").split("|")

words = st.one_of(st.sampled_from(_WORDS), st.text(max_size=20))
texts = st.lists(words, max_size=6).map(" ".join)
many = st.sampled_from((1,) * 40 + (2, 30, 300, 20_000))


@st.composite
def element(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """An element, perhaps never closed, or closed as another; what is in it, perhaps many times."""
    name = draw(st.sampled_from(_NAMES))
    attributes = " ".join(draw(st.lists(st.sampled_from(_ATTRIBUTES), max_size=3)))
    held = "".join(draw(st.lists(inner, max_size=3)))
    held *= max(1, min(draw(many), 300_000 // max(1, len(held))))
    end = draw(st.sampled_from((name, name, name, name, "", "item")))
    return f"<{name} {attributes}>{held}" + (f"</{end}>" if end else "")


markup = st.recursive(texts, element, max_leaves=8)


@st.composite
def xml(draw: st.DrawFn) -> bytes:
    """A feed, an agency's item, an export or a page."""
    root, doctype = draw(st.sampled_from(_ROOTS)), draw(st.sampled_from(_DOCTYPES))
    attributes = " ".join(draw(st.lists(st.sampled_from(_ATTRIBUTES), max_size=2)))
    held = "".join(draw(st.lists(markup, max_size=4)))
    text = f"{doctype}<{root} {attributes}>{held}</{root}>"
    return text.encode(draw(st.sampled_from(("utf-8", "utf-8", "utf-16"))), "replace")


@st.composite
def mail(draw: st.DrawFn) -> bytes:
    """A message, or a box of some."""
    messages = []
    for _ in range(draw(st.integers(1, 3))):
        headers = draw(st.lists(st.sampled_from(_HEADERS), max_size=8))
        headers = headers * draw(st.sampled_from((1,) * 20 + (300,)))
        parts = draw(st.lists(markup, max_size=3))
        parts *= draw(st.sampled_from((1,) * 20 + (500,))) if len("".join(parts)) < 1_000 else 1
        boundary = draw(
            st.sampled_from(("\n--b\n\n", "\n--b\nContent-Type: text/html\n\n", "\n\n"))
        )
        messages.append(
            "From x\n" + "\n".join(headers) + "\n\n" + boundary.join(parts) + "\n--b--\n"
        )
    start = draw(st.sampled_from((0, 7)))
    return "\n".join(messages)[start:].encode("utf-8", "replace")


@st.composite
def broken(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """The same with bytes cut out, put in another place, or changed."""
    content = draw(whole)
    for _ in range(draw(st.integers(0, 3))):
        a, b = sorted(draw(st.integers(0, len(content))) for _ in range(2))
        put = draw(st.one_of(st.just(b""), st.binary(max_size=8), st.just(content[a:b][:5_000])))
        content = content[:a] + put + content[draw(st.sampled_from((a, b))) :]
    return content


@dataclass(frozen=True)
class HostileFile:
    """What somebody sends; told by its size and its beginning."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"{self.name} of {len(self.content):,} bytes: {self.content[:200]!r}"


FILES = st.one_of(
    st.builds(HostileFile, st.sampled_from(("a.xml", "a.rss", "a.html", "a.nitf")), broken(xml())),
    st.builds(HostileFile, st.sampled_from(("a.eml", "a.mbox")), broken(mail())),
)


@dataclass
class Tally:
    """What became of the files; the slowest, the largest, the one that needed most memory."""

    n: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: int = 0
    most: float = 0.0  # MB

    def __str__(self) -> str:
        counts = ", ".join(f"{count:,} {what}" for what, count in self.n.items())
        return (
            f"{counts}; the largest of {self.largest:,} bytes; the slowest took "
            f"{self.slowest:.2f} s, the greediest {self.most:.0f} MB"
        )

    def read(self, file: HostileFile) -> None:
        """Read one."""
        # Linux forgets the most that the process ever had.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        held, start = _memory("VmRSS"), time.process_time()
        for reading in read_uploads([(file.name, file.content)]):
            self.n["problems" if isinstance(reading, Problem) else "articles"] += 1
        took, needed = time.process_time() - start, _memory("VmHWM") - held
        self.n["files"] += 1
        self.slowest, self.most = max(self.slowest, took), max(self.most, needed)
        self.largest = max(self.largest, len(file.content))
        if took > SECONDS or needed > MEGABYTES:
            raise TimeoutError(f"{took:.1f} s and {needed:.0f} MB for {file}")


def _memory(name: str) -> float:
    """What the process holds now, or held at most, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def run(n: int, tally: Tally | None = None, number: int = 0) -> Tally:
    """Read so many; raises what a reader raises, or TimeoutError."""
    tally = tally or Tally()

    @seed(number)
    @settings(
        max_examples=n,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(FILES)
    def read(file: HostileFile) -> None:
        tally.read(file)

    read()
    return tally


def main(n: str = "20000") -> int:
    """Read so many, and print the figures."""
    tally = Tally()
    # Hypothesis keeps what it made: not of all of them at once.
    for number in range(0, int(n), _BATCH):
        run(min(_BATCH, int(n) - number), tally, number)
        sys.stderr.write(f"{tally}\n")
    sys.stdout.write(f"{tally}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
