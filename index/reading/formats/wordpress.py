r"""What WordPress keeps of a post, as HTML: paragraphs are empty lines there, codes are parts.

Knows nothing of feeds.

>>> written("He left.\n\n[gallery ids='1,2']\n\nSo.")
'<p>He left.</p><p>So.</p>'
"""

import re

_BLOCKS = re.compile(r"<(?:p|div|ul|ol|h[1-6]|blockquote|table|section)\b", re.IGNORECASE)
# Codes with what is in them, then those that stand alone; words in brackets are no codes.
_CODES = (
    re.compile(
        r"\[(caption|wp_caption|embed|audio|video|playlist)\b[^\[\]]{0,1000}\][^\[]{0,3000}\[/\1\]"
    ),
    re.compile(
        r"\[(?:gallery|embed|audio|video|playlist|contact-form[\w-]*|ad|ads|toc)\b[^\[\]]{0,1000}\]"
    ),
    re.compile(
        r"\[[a-z][a-z0-9_-]{1,40}(?:\s+[a-z][\w-]{0,40}=(?:\"[^\"\[]{0,500}\"|'[^'\[]{0,500}'))++\s*/?\]"
    ),
)
_COMMENT = re.compile(r"<!--(?:more|nextpage).{0,200}?-->", re.DOTALL)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")


def written(post: str) -> str:
    """The HTML that a post is shown as."""
    for code in _CODES:
        post = code.sub("", post)
    post = _COMMENT.sub("\n\n", post)
    if _BLOCKS.search(post):
        return post
    parts = (part.strip() for part in _PARAGRAPH.split(post))
    return "".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in parts if part)
