"""Lines on pages that are no text of an article, by their words: pointers, offers, rights, bylines.

Each kind is recognised by how such lines begin and what they speak of, never by an outlet's own
wording. What holds speech is kept: a quotation may say anything. Knows nothing of pages.

>>> leads_away("READ MORE: Council to vote", 18), leads_away("He had more to say.", 0)
(True, False)
"""

import re

from index.language.word_lists import abroad
from index.reading.bylines import BY

_ENDED = re.compile(r"[.!?…:;。！？।؟][\"'”’»)\]」』]*\Z")
_SPEECH = re.compile(r"[\"“”«»„]")


def _beginning(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(ways)})", re.IGNORECASE)


_POINTER = _beginning(
    r"(?:read (?:more|also|next|the full)|see also|don['’]t miss|you (?:may|might) also like)\b",
    r"(?:click here|leave a comment|share this|follow us|most read|what to read next)\b",
    r"(?:editors?['’]s? picks?|to view this (?:video|content))\b",
    r"this (?:article|story) (?:was|is|has been)? ?(?:originally|first) (?:published|appeared)\b",
    r"the post .{1,300} (?:first )?appeared (?:first )?on\b",
    r"start (?:your|a) (?:free )?(?:trial|subscription)\b",
    r"(?:story|article) continues (?:below|after)\b",
    r"this is an? (?:breaking|developing)\b.{0,20}\bstory\b",
    r"your browser (?:does not|doesn['’]t) support\b",
    r"(?:\d{1,2}|an?)\s?(?:m|mins?|minutes?|h|hrs?|hours?|d|days?) ago\W*\Z",
    r"(?:(?:https?://|www\.)\S+|[\w.+-]{1,60}@[\w-]+\.[\w.]+|[\w-]+\.(?:com|org|net)/\S+|\d{4}-\d\d-\d\dT[\d:.+Z-]+|ad)\s*\Z",
)
# What may also begin a sentence: it has to be a link too, or end in a colon, or alone.
_MAYBE_POINTER = _beginning(
    r"(?:(?:see )?more|more on this|more from|also|related|recommended|tags?|topics?|filed under|"
    r"watch(?: more| now)?|listen|video|photos|gallery|sources?|trending|comments?|advertisement|"
    r"explore further|up next|most popular|our standards)\b[^:]{0,30}(?P<alone>:|\W*\Z)?"
)
# Lines that speak to the reader of what the outlet offers: how they begin, and what of.
_ASKS = _beginning(
    r"(?:(?:please|to|and|you can|don['’]t forget to) )?"
    r"(?:sign (?:up|in)|subscribe|follow(?![ -]up)|click|log ?in|tell us|"
    r"get (?:the|our|your|all|access|in touch|more|breaking|unlimited)|download (?:the|our)|"
    r"join (?:us|our|the conversation|thousands|[\w ]{2,20} (?:on|for))|register (?:for|now|to)|"
    r"listen (?:to|live|back|again)|"
    r"like (?:us|and)|enter your|become an?|support (?:us|our|independent)|add us|create an?|"
    r"share (?:this|your|on)|send us|email us|contact (?:us|the)|keep (?:up|an eye)|"
    r"stay (?:up|in|tuned|informed)|receive (?:our|the))\b",
    r"(?:thank(?:s| you) for|want (?:more|to)|enjoying|have a|got a|already an?|you['’]ve)\b",
    r"(?:are|did|do|has|have|is|were)\b[^?]{0,60}\byour?\b[^?]{3,120}\?\s+(?:please )?"
    r"(?:e-?mail|contact|tell us|write to|get in touch|share|let us)\b",
    r"(?:write to|reach(?: out to)?|e-?mail) (?-i:[A-Z])[^.]{2,60} at\b",
    r"(?:if you (?:enjoyed|like|buy)|you (?:must|have|can)|our (?:free )?newsletters?)\b",
    r"(?:for (?:more|the latest)|by (?:signing|submitting|clicking)|we use)\b",
    r"this (?:web)?site uses\b",
)
_OFFER = re.compile(
    r"newsletter|subscri|\binbox|\bapp\b|\blog ?in\b|\bsign(?:ing)? (?:up|in)\b|click(?:ing)? here|"
    r"facebook|twitter|instagram|youtube|whatsapp|google news|podcast|e-?mail|\bcomments?\b|@\w|"
    r"commenting|privacy|cookie|\baccount\b|breaking news|alerts?\b|free articles?|\btips?\b|"
    r"your (?:area|thoughts)|we may earn|affiliate|commission|donat|our journalism|membership|"
    r"full coverage|check our|listen (?:back|again|live)|paywall|\bjoin (?-i:[A-Z])",
    re.IGNORECASE,
)
# What is offered in a line with a link, wherever in it.
_OFFERED = re.compile(
    r"\b(?:sign(?:ing)? up|subscribe)\b[^.]{0,100}\b(?:newsletters?|inbox|briefing|bulletin)\b|"
    r"\bclick here (?:for|to)\b",
    re.IGNORECASE,
)
_OFFER_LENGTH = 300
_RIGHTS = _beginning(r"©|copyright\b|\(c\) \d{4}|this copy is for your personal\b")
# Looked for in the end of a line: found behind anything, it would take the square of the time.
_RESERVED = re.compile(r"\ball rights reserved\W*\Z", re.IGNORECASE)
_RESERVED_LENGTH = 40
# Characters. What is longer is a paragraph, and no line that leads away; patterns below may take
# the square of a line's length.
_LONGEST = 1000
_NO_STOP = (
    r"(?:[^.]|(?<=\b[a-z]{3})\.|(?<=\bsept)\.|(?<=\d)\.(?=\d))"  # what does not end a sentence
)
_DONE_ABROAD = abroad("published", "updated")
_DONE = rf"(?:(?:first |last )?(?:published|updated|posted|modified)\b|{_DONE_ABROAD})"
_WHEN = rf"{_DONE}{_NO_STOP}{{0,60}}\d"
_UPDATED = _beginning(rf"{_WHEN}[^.]{{0,30}}(?:[ap]\.?m\.?)?\W*\Z")
_BYLINE = _beginning(
    _WHEN,
    rf"{BY}(?-i:[A-Z])[^.]{{0,80}}(?:[ap]\.m\.)?\Z",
    r"\d{1,2} min(?:ute)?s?\b.{0,10}\Z",
    r".{0,40}\b\d{1,2}[:.]\d\d\b",
)
_NAME = r"(?:[A-Z][\w.'’-]+ ){2,3}"
_BIO = re.compile(
    rf"{_NAME}(?:is (?:an?|the|(?:[\w.&]+ ){{0,4}}[\w.&]+['’]s?) .{{0,60}}"
    r"\b(?:writer|reporter|editor|correspondent|journalist|columnist|author|producer|contributor)|"
    r"(?:has )?cover(?:s|ed)\b|writes (?:about|for|on)\b|reports (?:on|for)\b)"
)
_FOLLOWED = re.compile(
    r"(?:\A|[.!?)]\s+)(?:Follow|Reach) (?:him|her|them|us|me|the (?:reporter|author|writer)s?)\b"
    r"[^.]{0,40}(?:\bon\b|\bat\b|@)"
)
# How those who publish a release write of themselves under it.
_COMPANY = r"(?P<name>[A-Z][\w&.’'-]*(?: [A-Z][\w&.’'-]*| (?:of|and|for|the|&)){0,6})"
_ABOUT = re.compile(rf"\W*About (?:[Tt]he )?{_COMPANY}:?\W*\Z")
_PORTRAIT = re.compile(
    rf"\W*(?:The )?{_COMPANY},?(?: \([^()]{{1,40}}\),?)? "
    r"(?:is (?:an?|the|one of the)\b[^.]{0,40}\b(?:global|leading|premier|foremost|largest|trusted|"
    r"award-winning|innovative|independent)\b[^.]{0,60}\b(?:provider|supplier|developer|maker|"
    r"manufacturer|company|group|firm|operator|organi[sz]ation|distributor|charity|network)\b|"
    r"is headquartered in\b[^.]{0,100}\b(?:employ|subsidiar|office|listed|operat|business))"
)
_CONTACT = re.compile(
    r"\W*(?:(?:(?:media|press|investor|company|relations) ){0,2}(?:contacts?|inquiries|enquiries)\b"
    r"[^.]{0,30}\Z|source:? (?-i:[A-Z])[^.]{1,80}\Z|(?:#\s?){3,}\Z|[-–—\s]*ends?[-–—\s]*\Z|"
    r"(?:additional )?(?:reporting|writing|editing)\b[^.]{0,40} by (?-i:[A-Z])[^.]{2,200}\W*\Z|"
    r"[^.!?]{3,200}\bcontributed (?:reporting|(?:reporting )?to this (?:report|story|article))\b"
    r"(?: from (?-i:[A-Z])[^.!?]{2,60})?\W*\Z)",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"[\w.+-]{1,60}@[\w-]{1,60}\.\w|(?:\+|\b00|\()\d[\d ().-]{6,20}\d|\b\d{3}[-.]\d{3}[-.]\d{4}"
)
_CREDITED = re.compile(
    r"(?:\A|[.!?)\s(\[])(?:(?:file )?(?:photo(?:graph)?s?|pictures?|images?|illustration|"
    r"graphic|foto|bild)(?: credit| courtesy| illustration)?\s?(?::|by\b|courtesy of\b|/|©)|"
    r"credits?:|©)"
    r"\s?(?-i:[A-ZÀ-Þ])[\w .,'’/&-]{2,60}[)\]]?\Z",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:subscri\w+|log ?in|sign (?:in|up)|register\w*|account|membership|trial)\b.{0,60}\b"
    r"(?:to (?:continue|keep|finish|read|unlock|access|view)|full (?:article|story|access))|"
    r"\b(?:to|and) (?:continue|keep) reading|for subscribers only|"
    r"already (?:an?|have an?) (?:subscriber|member|account)|"
    r"(?:only )?available (?:only )?to (?:our )?subscribers|"
    r"(?:article|story|content) is (?:only )?for (?:our )?(?:subscribers|members)|"
    r"subscribers?[- ](?:only|exclusive)|free articles? (?:this|left|remaining)|"
    r"unlock (?:this|the full)|\barticle limit\b|"
    rf"unlimited (?:digital )?access\b.{{0,30}}\b(?:for|from|with)\b|\b{abroad('paywall')}",
    re.IGNORECASE,
)
# Titles and sentences of what stands where an article should.
_NOTICE_TITLE = _beginning(
    r"error\b|(?:error )?4\d\d\b|50\d\b|.{0,20}\bnot found\b|.{0,30}under maintenance",
    r"access (?:to this page )?(?:has been )?denied|forbidden|just a moment|are you a robot",
    r"service (?:temporarily )?unavailable|bad gateway|thank(?:s| you)\W*\Z",
    r"(?:content |page )?(?:un|not )available (?:due to|for) legal reasons",
    r"attention required|security check|something went wrong|oops|before you continue",
    r"search results(?: for\b|\W*\Z)|search\W*\Z|you searched for\b|" + abroad("search"),
    r"sorry\b.{0,30}(?:find|page)|.{0,30}\b(?:cookies?|consent)\b|log ?in\b|sign in\b",
)
_NOTICE = re.compile(
    r"\bpage (?:that )?you(?:['’]re| are| were| have)? (?:looking|request|tr(?:y|ied))|"
    r"\b(?:page|story|article) (?:could not|cannot|can['’]t|couldn['’]t) be found|"
    r"\b(?:page|story|article) (?:no longer exists|does(?: not|n['’]t) exist|may have been moved)|"
    r"\b(?:page|story|article|content) (?:is|was) (?:no longer|not|un) ?available|"
    r"\b(?:site|page|content|video|article) (?:is )?(?:currently )?(?:un|not )available in your\b|"
    r"\benable javascript|verify (?:that )?you are (?:a )?human|unusual traffic|"
    rf"checking your browser|\b{abroad('notice')}",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\bprivacy\b|\bpersonal(?:ised|ized)? data\b|\bpartners\b|accept all|"
    rf"\b{abroad('consent')}",
    re.IGNORECASE,
)
_DOTS = ("…", "...", "[…]", "[...]")
_LINKED = 0.75  # of a line: the rest may be a mark behind the link


def is_ended(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return bool(_ENDED.search(text))


def is_spoken(text: str) -> bool:
    """Whether there is a quotation mark in it."""
    return bool(_SPEECH.search(text))


def is_byline(text: str) -> bool:
    """Whether it says by whom, when, or how long to read."""
    return bool(_BYLINE.match(text))


def is_bio(text: str, authors: str) -> bool:
    """Whether it says who the author is; `authors` are separated by semicolons."""
    named = any(name and text.startswith(name) for name in authors.split("; "))
    is_one = named or _BIO.match(text)
    is_followed = _FOLLOWED.search(_SPEECH.split(text)[-1])
    return bool(is_followed or (is_one and not is_spoken(text)))


def company_in(text: str) -> str | None:
    """Whom a heading introduces as the publisher of a release: "About Halden Rail"."""
    heading = _ABOUT.match(text) if len(text) < _OFFER_LENGTH // 2 else None
    return heading["name"] if heading else None


def is_portrait(text: str, publisher: str) -> bool:
    """Whether a company praises itself in it; `publisher` begins with the company's name."""
    praise = _PORTRAIT.match(text)
    return praise is not None and publisher.startswith(praise["name"].split(" ")[0])


def is_contact(text: str) -> bool:
    """Whether it says whom to ask, as under a press release."""
    if len(text) > _LONGEST:
        return False
    is_reached = len(text) < _OFFER_LENGTH // 2 and _REACHED.search(text)
    return bool(is_reached or _CONTACT.match(text)) and not is_spoken(text)


def is_paywall(text: str) -> bool:
    """Whether it asks to pay or register for the rest."""
    return len(text) <= _LONGEST and bool(_PAYWALL.search(text))


def is_notice(title: str, text: str) -> bool:
    """Whether a page of this title and short text says that there is none, or asks who is there."""
    return bool(_NOTICE_TITLE.match(title) or _NOTICE.search(f"{title} {text}"))


def is_teaser(text: str) -> bool:
    """Whether it breaks off, or begins so, as parts of other stories do in a list of them."""
    return text.rstrip().endswith(_DOTS) or text.lstrip().startswith(_DOTS)


def n_consents(text: str) -> int:
    """How often it speaks of cookies, partners and consent."""
    return len(_CONSENT.findall(text))


def is_credit(text: str) -> bool:
    """Whether it ends with who took a picture, and so tells what that shows."""
    return len(text) < _OFFER_LENGTH and bool(_CREDITED.search(text)) and not is_spoken(text)


def leads_away(text: str, n_linked: int) -> bool:
    """Whether a line leads to something else: another story, what the outlet offers, its rights.

    `n_linked` says how many of its characters are links.
    """
    if len(text) > _LONGEST:
        return n_linked >= _LINKED * len(text) and not is_ended(text[-_LONGEST:])
    spoken, ended = is_spoken(text), is_ended(text)
    is_link = n_linked >= _LINKED * len(text)
    if (is_link and (text.isupper() or not (ended or spoken))) or is_credit(text):
        return True
    if _RIGHTS.match(text) or _RESERVED.search(text[-_RESERVED_LENGTH:]):
        return True
    if _UPDATED.match(text) or (_POINTER.match(text) and not spoken):
        return True
    maybe = _MAYBE_POINTER.match(text)
    is_alone = maybe is not None and maybe["alone"] is not None and not ended
    if maybe and (n_linked > len(text) // 2 or is_alone):
        return True
    is_offer = n_linked > 0 and len(text) < _OFFER_LENGTH and _OFFERED.search(text)
    is_offer = is_offer or (_ASKS.match(text) and _OFFER.search(text))
    return bool(is_offer) and (not spoken or is_link)
