"""Other languages, told from English by few words."""

import pytest

from bot.query.typed.talk import other_language

FOREIGN = [
    ("¿qué dijo la alcaldesa sobre el puente?", "es"),
    ("cuantos murieron en el incendio", "es"),
    ("que dijo la ministra", "es"),
    ("qu'est-ce que le maire a dit sur le pont ?", "fr"),
    ("qui est le maire de lyon", "fr"),
    ("was hat der bürgermeister über die brücke gesagt", "de"),
    ("wie viele starben beim brand", "de"),
    ("cosa ha detto il sindaco sul ponte", "it"),
    ("quem é o prefeito", "pt"),
    ("quantas pessoas morreram no incêndio", "pt"),
    ("wat zei de burgemeester over de brug", "nl"),
    ("co powiedział burmistrz o moście", "pl"),
    ("belediye başkanı ne dedi", "tr"),
    ("vad sa borgmästaren om bron", "sv"),
    ("что сказал мэр о мосте?", "ru"),
    ("що сказав міський голова?", "uk"),
    ("ماذا قال رئيس البلدية عن الجسر؟", "ar"),
    ("市长说了什么", "zh"),
    ("市長は橋について何と言いましたか", "ja"),
    ("시장이 무슨 말을 했나요", "ko"),
    ("gracias", "es"),
]
ENGLISH = [
    "what did De Blasio say about El Paso",
    "la times on los angeles",
    "who is Ursula von der Leyen",
    "von der leyen on the bridge",
    "van der bellen on de gaulle",
    "was the man in the van hurt",
    "el niño",
    "le monde on macron",
    "die hard",
    "what does Łukasz Szumowski say",
    "bon jovi",
    "hi",
    "",
    "1234 !!",
]


@pytest.mark.parametrize(("question", "code"), FOREIGN)
def test_a_question_in_another_language_is_told(question: str, code: str) -> None:
    tongue = other_language(question)
    assert tongue is not None
    assert tongue.code == code
    assert tongue.reply


@pytest.mark.parametrize("question", ENGLISH)
def test_english_with_foreign_names_is_english(question: str) -> None:
    assert other_language(question) is None
