"""How much a question asks for, in the many ways in which people ask for it."""

import pytest

from bot.query.forms import Form, read_form

FORMS = [
    ("list all quotes by ann lee on the ferry", Form("all", "ann lee", "the ferry")),
    ("all of lee's quotes on the ferry", Form("all", "lee", "the ferry")),
    ("lee quotes on ferries", Form("all", "lee", "ferries")),
    ("quotes about the ferry", Form("all", "", "the ferry")),
    ("show me every quote from the mayor", Form("all", "the mayor")),
    ("any comment from the palace", Form("all", "the palace")),
    ("everything lee said about the ferry", Form("all", clause="lee said about the ferry")),
    ("all that was said about the ferry", Form("all", "", "the ferry")),
    ("full list of statements about the ferry", Form("all", "", "the ferry")),
    ("what are all the quotes of lee about gas", Form("all", "lee", "gas")),
    ("give me a quote by lee", Form("all", "lee")),
    ("everything on gas by lee", Form("all", "lee", "gas")),
    ("who said what about gas", Form("all", "", "gas")),
    ("all the things lee said about gas", Form("all", clause="lee said about gas")),
    ("most recent statement by lee", Form("newest", "lee")),
    ("latest quotes from lee on gas", Form("newest", "lee", "gas")),
    ("what's lee's latest comment on gas", Form("newest", clause="what's lee's comment on gas")),
    ("the last thing lee said about gas", Form("newest", clause="what lee said about gas")),
    ("has anything changed on gas", Form("newest", "", "gas")),
    ("what has happened since in port lisle", Form("newest", "", "port lisle")),
    ("where do things stand on gas", Form("newest", "", "gas")),
    ("what is the current state of the inquiry", Form("newest", "", "the inquiry")),
    ("the pier, where are we now", Form("newest", "", "the pier")),
    ("pier inquiry: how do things stand", Form("newest", "", "pier inquiry")),
    ("newest ferry story", Form("newest", "", "ferry")),
    ("what's the latest pier inquiry news", Form("newest", "", "pier inquiry")),
    ("what's new on the ferry", Form("newest", "", "the ferry")),
    ("whats new with the ferry", Form("newest", "", "the ferry")),
    ("latest on the ferry", Form("newest", "", "the ferry")),
    ("what is the most recent news about the ferry", Form("newest", "", "the ferry")),
    ("the latest from lee on the ferry", Form("newest", "lee", "the ferry")),
    ("anything new on the ferry", Form("newest", "", "the ferry")),
    ("anything since on the ferry", Form("newest", "", "the ferry")),
    ("any news on the ferry", Form("newest", "", "the ferry")),
    ("updates on the ferry", Form("newest", "", "the ferry")),
    ("bring me up to date on the ferry", Form("newest", "", "the ferry")),
    ("ferry latest", Form("newest", "", "ferry")),
    ("latest news", Form("newest")),
    ("what did lee say recently about gas", Form("newest", clause="what did lee say about gas")),
    ("ferry row whats the newest", Form("newest", "", "ferry row")),
    ("the ferry, what's the latest on that", Form("newest", "", "the ferry")),
    ("ferry inquiry: anything new", Form("newest", "", "ferry inquiry")),
    ("ferry row, any news yet", Form("newest", "", "ferry row")),
    ("all reactions to the ferry's loss", Form("all", "", "the ferry's loss")),
    ("list every tribute to anna lee", Form("all", "", "anna lee")),
    ("tell me about the ferry", Form("story", "", "the ferry")),
    ("tell me everything about the ferry", Form("story", "", "the ferry")),
    ("what do you know about the ferry", Form("story", "", "the ferry")),
    ("give me a short summary of the ferry row", Form("story", "", "the ferry row")),
    ("what do we know about the ferry", Form("story", "", "the ferry")),
    ("what is known about the ferry", Form("story", "", "the ferry")),
    ("i'd like to know more about the ferry", Form("story", "", "the ferry")),
    ("summarise what lee said about gas", Form("story", clause="what lee said about gas")),
    ("summarize the ferry row", Form("story", "", "the ferry row")),
    ("what happened in port lisle", Form("story", "", "port lisle")),
    ("what happened", Form("story")),
    ("what is the ferry row about", Form("story", "", "the ferry row")),
    ("show me articles on the ferry", Form("story", "", "the ferry")),
    ("which article mentions penguins", Form("story", "", "penguins")),
    ("background on the ferry row", Form("story", "", "the ferry row")),
    ("who is ann lee", Form("person", "", "ann lee")),
    ("who's ann lee", Form("person", "", "ann lee")),
    ("who is this ann lee person", Form("person", "", "ann lee")),
    ("tell me who ann lee is", Form("person", "", "ann lee")),
    ("what does ann lee do", Form("person", "", "ann lee")),
]
PLAIN = [
    "what did lee say about the latest poll",
    "who is investigating",
    "who was killed in the fire",
    "who is behind the attack",
    "what happened to the crew",
    "what are the new reactions to the ferry",
    "who broke the news",
    "did lee resign",
    "new york",
    "what new evidence is there",
    "lee on the ferry",
    "",
]


@pytest.mark.parametrize(("question", "form"), FORMS)
def test_the_form_is_taken_off_and_the_rest_kept(question: str, form: Form) -> None:
    assert read_form(question) == form


@pytest.mark.parametrize("question", PLAIN)
def test_a_question_that_wants_its_answer_has_no_other_form(question: str) -> None:
    assert read_form(question) is None
