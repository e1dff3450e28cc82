r"""Reads the texts of recordings: SubRip (.srt) and WebVTT (.vtt).

The cues are joined to one text; a line begins where somebody else speaks, or after a silence.
WebVTT tells who speaks (`<v Ann Lee>`), which becomes a label, as in transcripts. https://www.w3.org/TR/webvtt1/
"""

import re
from collections.abc import Iterator

from index.reading import markup
from index.reading.formats.plain import decoded_text
from index.reading.read_results import FoundArticle, Source
from index.reading.records import RecordError

_TIME = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{3})"
_CUE = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]+([^<>]{1,200})>")
_STAMP = re.compile(r"<\d{1,3}:\d\d(?::\d\d)?[.,]\d{3}>")
_AGAIN, _ROLLED = 3, 30  # words that a cue may have in common with the one before, to be its own
_NAME = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+"
_DASH = r"(?:[-–—]|>{2,3})\s*"  # captions write two arrows for one who speaks next
_TURNS = re.compile(
    rf"(?:\A|(?<![A-ZÀ-Þ])\s)(?:{_DASH})?(?={_NAME}(?: {_NAME}){{0,3}}:\s)|"
    rf"(?:\A|(?<=[.!?…])\s){_DASH}(?=\S)"
)
_SOUND = re.compile(
    r"♪[^♪]{0,200}♪|♪|\[(?:[a-z][^\[\]]{0,60}|(?i:music|applause|laughter|laughs|cheer|silence|noise|"
    r"sound|inaudible|crosstalk|foreign)[^\[\]]{0,40})\]|\([A-Z ]{3,40}\)"
)
_SILENCE = 2.0  # seconds without words after which something new begins


def is_vtt(head: bytes) -> bool:
    """Whether a file that begins so is WebVTT."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def read_subtitles(content: bytes, source: Source) -> FoundArticle:
    """What is said in a recording; raises RecordError where there are no cues."""
    text, notes = decoded_text(content, source)
    lines: list[str] = []
    last, speaker = None, ""
    for begin, end, words in _cues(text):
        voice = _VOICE.search(words)
        who = " ".join(voice[1].split()) if voice else ""
        for is_turn, part in _parts(markup.line_of(_VOICE.sub("", words))):
            said = _anew(part, lines[-1]) if lines else part
            if not said:
                continue
            if last is None or begin - last > _SILENCE or who != speaker or is_turn:
                lines.append(f"{who}: {said}" if who and who != speaker else said)
            else:
                lines[-1] += f" {said}"
            last, speaker = end, who
    if not lines:
        raise RecordError("no subtitles in it: times with text")
    return FoundArticle({"body": "\n".join(lines)}, notes)


def _parts(said: str) -> Iterator[tuple[bool, str]]:
    """A cue without its sounds, parted where a label or a dash tells that somebody else speaks."""
    for number, part in enumerate(_TURNS.split(_SOUND.sub(" ", said))):
        if part.strip():
            yield number > 0, " ".join(part.split())


def _cues(text: str) -> Iterator[tuple[float, float, str]]:
    """Begin and end in seconds, and the words, of each cue."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        for number, line in enumerate(lines[:2]):
            if cue := _CUE.match(line):
                times = cue.groups()
                words = _STAMP.sub("", " ".join(lines[number + 1 :]))
                yield _seconds(*times[:4]), _seconds(*times[4:]), words
                break


def _anew(said: str, before: str) -> str:
    """What a cue says that does not stand there already: captions that roll say each line again."""
    words = said.split(" ")
    tail = before.split(" ")[-len(words) :]
    if tail == words:
        return ""
    most = min(len(words) - 1, len(tail), _ROLLED)
    again = (n for n in range(most, _AGAIN - 1, -1) if tail[-n:] == words[:n])
    return " ".join(words[next(again, 0) :])


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
