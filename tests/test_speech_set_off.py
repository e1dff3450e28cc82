"""Whose words are, where marks, lines and dashes show that somebody speaks."""

import pytest

from index.document import read_document

_CASES: dict[str, tuple[str, list[tuple[str | None, str]]]] = {
    "dashes part what is said from who says it": (
        "Clara Bonet looks into the well. Nothing moves.\n\n"
        "— It has been dry since June — she says —. We drive to the next valley.\n\n"
        "The mayor, Jordi Sala i Puig, shrugs.\n\n"
        "— The pump belongs to the state — answers Sala —, and the state is far away.",
        [
            ("Clara Bonet", "It has been dry since June"),
            ("Clara Bonet", "We drive to the next valley."),
            ("Jordi Sala i Puig", "The pump belongs to the state"),
            ("Jordi Sala i Puig", "and the state is far away."),
        ],
    ),
    "items of a list say nothing": (
        "— Ann Lee — chairwoman of the Velsund bank — left in May.\n\n— Bo Orr — came in June.",
        [(None, "chairwoman of the Velsund bank"), (None, "came in June")],
    ),
    "a verb that no list has, behind guillemets": (
        "« The barrels are full, the tills are not », sums up Odile Marchetti, who grows vines.",
        [("Odile Marchetti", "The barrels are full")],
    ),
    "the closing mark at the end of a paragraph was forgotten": (
        "Ann Lee told the inquiry that the valve had jammed. “No one wrote it down,” she said. "
        "“No one looked at it for a month.\n\nThe inquiry has heard from nine people.\n\n"
        "“I was away,” Bo Orr said.",
        [
            ("Ann Lee", "No one looked at it for a month."),
            (None, "The inquiry has heard"),
            ("Bo Orr", "I was away"),
        ],
    ),
    "who signs below goes on telling somebody": (
        "“We will keep the schools.”\n\n— Minister Ines Falk, telling Radio Velm that the "
        "cuts will fall elsewhere.",
        [("Ines Falk", "We will keep")],
    ),
    "a reporter whose line stands over the text says nothing in it": (
        "Martin Orr\n\nThe Velm Courier\n\nMARLE — Bees live here again.\n\n“They came back,” he "
        "said.",
        [("he", "They came back")],
    ),
    "who is named over the text speaks where the text names them": (
        "Martin Orr\n\nThe Velm Courier\n\nThe poet Orr was born here.\n\n“I came back,” he said.",
        [("Martin Orr", "I came back")],
    ),
    "the last paragraph of what several say is never closed": (
        "“I want to start,” Ann Lee said.\n\n“They told me it may work.\n\n“If not, we will see. I "
        "drive up on Sunday.\n\nThe race is on Monday.",
        [
            ("Ann Lee", "They told me"),
            ("Ann Lee", "I drive up on Sunday."),
            (None, "The race is on Monday."),
        ],
    ),
    "an office in letters is no name": (
        "AG Martin Orr said that he left. The bank Norvik AG said it was early.",
        [("Martin Orr", "he left"), ("Norvik AG", "it was early")],
    ),
    "words are not signed by who was signed before": (
        "“A ferry is a bridge that lost its job.”\n— Ines Falk, poet\n\n"
        "“I was never late, the trains were early.” — Count Aurel von Hohenfels, on his birthday",
        [("Ines Falk", "A ferry is a bridge"), ("Aurel von Hohenfels", "I was never late")],
    ),
    "a court's record": (
        "Day four of the trial, from the transcript.\n\nBY MR. OKORO:\n"
        "Q. Please state your full name for the record.\nA. Wilma Jane Tarrant.\n"
        "Q. Did you see the van?\nA. I did. [Pauses.] It was white.\n"
        "THE COURT: Speak up, please.\nA. It was white.\n"
        "BY MS. DELGADO:\nQ. You wear glasses, Ms. Tarrant?\nA. (Laughs.) I do now.",
        [
            ("MR. OKORO", "Please state your full name"),
            ("Wilma Jane Tarrant", "It was white."),
            (None, "Pauses"),
            ("THE COURT", "Speak up, please."),
            ("MS. DELGADO", "You wear glasses"),
            ("Wilma Jane Tarrant", "I do now."),
            (None, "Laughs"),
        ],
    ),
    "an office with its holder's name once": (
        "The CHAIR (Senator Ann Lee): Order, please. Do you swear, Mr Orr?\n\n"
        "Mr ORR: I do swear.\n\nThe CHAIR: We will go on at two.",
        [("Ann Lee", "Order, please."), ("Ann Lee", "We will go on at two.")],
    ),
    "a text that speaks is its author's": (
        "Goalkeeper Ada Quill announced her farewell on Instagram on Friday. “One club, no "
        "regrets,” the post read.\n\nAt the service Ines Falk read from the diary that Edda Brandt "
        "kept in the war. “Day nine. Soup. No news,” it ran.\n\nThe harbour office sent a "
        "questionnaire. Its answer, from a Mr Otis Yarrow, was short: “We have read it.”",
        [
            ("Ada Quill", "One club, no regrets"),
            ("Edda Brandt", "Day nine. Soup. No news"),
            ("Otis Yarrow", "We have read it."),
        ],
    ),
    "a text of which nobody tells whose it is speaks itself": (
        "Ada Quill found a note on the door. “Gone fishing until June,” the note read.",
        [("the note", "Gone fishing until June")],
    ),
    "the release is a press release spoken of before": (
        "“It held through the winter,” Thandi Moyo is quoted as saying in a press release from "
        "the Lindqvist Institute. The release calls the vaccine “a turning point”.",
        [("Lindqvist Institute", "a turning point")],
    ),
    "a list that is set off is nobody's words": (
        "Ann Lee said there were three plans:\n\n    - Close the pier in May.\n    - Sell it.",
        [(None, "Close the pier in May.")],
    ),
    "words go on being reported behind who says them": (
        "Deputy mayor Ines Coelho said the tram would come by 2029. The line would be single "
        "beyond the canal, she added, and the trees along the road would be replaced.\n\n"
        "Abdi Warsame leads the drivers. The talks had been “a waste of good biscuits,” he said, "
        "and patience in the depots was gone.\n\n"
        "Bo Orr took the bus. The pier was rotten, he wrote in a note, but the hut “should never "
        "have been sold”. The crane would go, he told the paper, and Ann Lee bought it.",
        [
            ("Ines Coelho", "the trees along the road would be replaced"),
            ("Abdi Warsame", "patience in the depots was gone"),
            ("Bo Orr", "should never have been sold"),
            (None, "Ann Lee bought it"),
        ],
    ),
    "what somebody would say only, or was not having": (
        "The envoy, Luis Arrieta, was asked about the truce. He would say only that he had “seen "
        "worse weeks”. Nobody at the camp had said that it was over, he pointed out.\n\n"
        "Groundsman Les Tranter, in his last season, was having none of it: “Nothing is wrong "
        "with that pitch, lad.”\n\nIda Moor liked to tell her pupils that a map was a promise.",
        [
            ("Luis Arrieta", "seen worse weeks"),
            ("Luis Arrieta", "Nobody at the camp had said"),
            ("Les Tranter", "Nothing is wrong with that pitch, lad."),
            ("Ida Moor", "a map was a promise"),
        ],
    ),
    "a few words in marks that somebody was told, or that are somebody's view": (
        "Kofi Mensah had been told by Dave Stubbs to “go and enjoy yourself” when he came on. "
        "Eva Huang, whom Tomas Berg had introduced as “my strictest reader”, said it was late. "
        "For historian Babs Olowu, the cinema was “the last honest house in town”. "
        "Criticised by Mayor Ruth Amsel for coming “five days late”, Bo Orr told them no road was "
        "open.",
        [
            ("Dave Stubbs", "go and enjoy yourself"),
            ("Ruth Amsel", "five days late"),
            (None, "Kofi Mensah"),
        ],
    ),
    "what stands before a comma behind the mark": (
        "Castellan Homes builds flats there. “Progress is noisy”, it tells people on a banner.",
        [("Castellan Homes", "Progress is noisy")],
    ),
    "where, when and how it was said is none of it": (
        "“I took the genius and left the rest,” Shani Clarke said on Sunday, still barefoot, "
        "minutes after winning the race.\n\nAccording to the coast guard on Thursday, nine boats "
        "are missing.\n\nJasper Lowry said later to reporters waiting in the rain that the tenant "
        "had never complained. The trust that runs it said a review was under way.",
        [
            (None, "minutes after winning"),
            (None, "on Thursday"),
            ("Jasper Lowry", "the tenant had never complained"),
            ("the trust", "a review was under way"),
        ],
    ),
    "whose a text is, is told beside it": (
        "The bakery closed on Friday. “We are tired,” says a note on the door signed by the owner, "
        "Paul Wenger.\n\nAsked about his knee, Tomas Reyes laughed. "
        "His answer: “Have you seen it?”\n\nThe letter from Clara Holt is short:\n\n"
        "> The hall will not be sold.\n\nThe council's reply came on Monday: “We have no plans.”",
        [
            ("Paul Wenger", "We are tired"),
            ("the council", "We have no plans."),
        ],
    ),
    "views, and reports inside a verb or behind “but that”": (
        "The village has, in Ade Okoro's phrase, “more dogs than doors”. To Milos Pataki, the "
        "bridge is “an insult in steel”. The way coach Dana Pruitt sees it, the season is over. "
        "Treasurer Ida Bloch said the fund was empty, but that she hoped for a grant. Pavel Rusk "
        "spoke last. He had, he told the jury, “never so much as seen the man”.\n\n"
        "Rusk was asked about the cost. Pressed on it, he would not be drawn. “You will see it.”",
        [
            ("Ade Okoro", "more dogs than doors"),
            ("Ida Bloch", "she hoped for a grant"),
            ("Pavel Rusk", "never so much as seen the man"),
            ("Pavel Rusk", "You will see it."),
        ],
    ),
    "who leads up to a quotation, or speaks behind another": (
        "The coroner, Jean Amory, recorded that the brakes “were not so much worn as absent”. "
        "Kone's verdict on the match? “Awful.”\n\nMinister Anna Sorel, speaking in Lyon: “We shall "
        "not move.”\n\n“Sorry?” “You heard me,” Ilse Brandt said.\n\n"
        "Father Ignatius Moyo said what everyone was thinking: “At last.”",
        [
            ("Jean Amory", "were not so much worn as absent"),
            ("Anna Sorel", "We shall not move."),
            ("Ilse Brandt", "You heard me"),
            ("Ignatius Moyo", "At last."),
        ],
    ),
    "who is asked replies, and who thinks so speaks": (
        "PC Adeel Khan, giving evidence, said that he had seen the van. Mr Justice Crewe asked "
        "whether he had written that down. “On my hand, my Lord,” he replied.\n\n"
        "Manager Lena Frost thought her team deserved better: “Two clear penalties.”\n\n"
        "“He was the first one in and the last one out.” So said fire chief Gus Laing of the man."
        "\n\nAmong those who objected was Hilda Vance, of Mill Lane: “You cannot turn a lorry "
        "here.”\n\nIn a letter dated 9 May, which the Herald has seen, the firm's lawyers say "
        "their client “has nothing to add”.",
        [
            ("Adeel Khan", "On my hand, my Lord"),
            ("Lena Frost", "Two clear penalties."),
            ("Gus Laing", "He was the first one in"),
            ("the firm's lawyers", "has nothing to add"),
        ],
    ),
    "signed with single marks, and on what": (
        "‘Half of my life is in that drawer’ – Piotr Zielinski, 81\n\n"
        "“It will pass.” – Gudrun Olafsdottir on the storm of 1953",
        [("Piotr Zielinski", "Half of my life"), ("Gudrun Olafsdottir", "It will pass.")],
    ),
    "a heading in marks is not whose paper it is": (
        "Under the headline “Time to go”, the Gazette wrote that the mayor had lost her way.",
        [(None, "Time to go"), ("Gazette", "the mayor had lost her way")],
    ),
}


@pytest.mark.parametrize("kind", _CASES)
def test_words_belong_to_whom_the_text_gives_them(kind: str) -> None:
    text, said = _CASES[kind]
    statements = read_document(text).statements
    for speaker, words in said:
        start = text.index(words)
        names = {
            s.speaker.name
            for s in statements
            for piece in s.content
            if s.speaker and piece.start <= start and start + len(words) <= piece.end
        }
        assert names == ({speaker} if speaker else set()), words
