"""`python -m bot` as a person runs it, on an archive made from the seeds."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import cli as bot
from index.__main__ import cli as index
from tests.commands import run_command
from tests.hostile_server import HostileServer, hostile_server
from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent
SCORER = ROOT.parent / "shared" / "tools" / "score_newsroom.py"
QUESTIONS = (
    {"id": "q1", "question": "what did Putin say about peacekeepers?", "gold": "ignored"},
    {
        "id": 2,
        "question": "and Macron?",
        "history": [{"question": "what did Putin say on troops?"}],
    },
    {"id": "q3", "question": "what did Xi Jinping say about peacekeepers?"},
)


def run(module: str, *args: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    program = {"bot": bot, "index": index}[module]
    return run_command(program, f"python -m {module}", *args, given=given)


def run_python(*args: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, args)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE, check=False
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "archive"
    done = run("index", "add", "--archive", folder, ROOT / "seeds")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def answers(archive: Path) -> list[dict[str, object]]:
    given = "\n".join(json.dumps(question) for question in QUESTIONS) + "\n\n"
    done = run("bot", "batch", "--archive", archive, given=given)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_batch_answers_every_line_in_order_with_its_id(answers: list[dict[str, object]]) -> None:
    assert [answer["id"] for answer in answers] == ["q1", 2, "q3"]
    assert [answer["status"] for answer in answers] == ["answered", "answered", "refused"]


def test_an_answer_as_json_has_the_fields_that_others_rely_on(
    answers: list[dict[str, object]],
) -> None:
    answered, refused = answers[0], answers[2]
    fields = {"id", "question", "status", "reason", "message", "sentences", "citations"}
    assert fields <= set(answered)
    assert (answered["reason"], refused["reason"]) == (None, "unknown_speaker")
    assert refused["sentences"] == refused["citations"] == []


def test_every_citation_is_cut_from_the_seed_article(answers: list[dict[str, object]]) -> None:
    text = (ROOT / "seeds" / "putin-peacekeepers.txt").read_bytes().decode()
    citations = answers[0]["citations"]
    assert isinstance(citations, list)
    assert citations
    # The best comes first, and the numbers go in reading order.
    assert sorted(citation["number"] for citation in citations) == [*range(1, len(citations) + 1)]
    for citation in citations:
        assert citation["text"] == text[citation["start"] : citation["end"]]
        assert (citation["speaker"], citation["title"]) == ("Vladimir Putin", None)


def test_a_follow_up_is_answered_in_its_conversation(answers: list[dict[str, object]]) -> None:
    citations = answers[1]["citations"]
    assert isinstance(citations, list)
    assert {citation["speaker"] for citation in citations} == {"Emmanuel Macron"}


@pytest.mark.parametrize("last", ["", "Quit"])
def test_chat_answers_until_an_empty_line_or_quit(archive: Path, last: str) -> None:
    given = f"what did Putin say about peacekeepers?\nand Macron?\n{last}\nwhat did he say?\n"
    done = run("bot", "chat", "--archive", archive, given=given)
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("Vladimir Putin") < done.stdout.index("Emmanuel Macron")
    assert "quit" not in done.stdout.lower()


def test_batch_goes_on_after_a_line_that_is_no_question(
    archive: Path, answers: list[dict[str, object]]
) -> None:
    follow_up = {**QUESTIONS[1], "history": ["what did Putin say on troops?"]}
    given = f"not json\n{json.dumps(follow_up)}\n" + '{"question": 3}\n'
    done = run("bot", "batch", "--archive", archive, given=given)
    assert done.returncode == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "standard input:1",
        "standard input:3",
    ]
    assert [json.loads(line) for line in done.stdout.splitlines()] == [answers[1]]


@pytest.mark.parametrize(
    ("args", "given", "says"),
    [
        (("ask", "--archive", "{missing}", "why?"), "", "{missing}"),
        (("batch", "--archive", "{archive}"), "not json\n", "standard input:1"),
        (("batch", "--archive", "{archive}"), "[1]\n", "standard input:1"),
        (("batch", "--archive", "{archive}"), '{"question": 3}\n', "standard input:1"),
        (("batch", "--archive", "{archive}"), '{"question": "a", "history": 1}\n', "history"),
        (("ask", "--archive", "{archive}"), "", "QUESTION"),
        (("eval", "--archive", "{archive}", "{missing}"), "", "{missing}"),
    ],
)
def test_what_the_user_got_wrong_is_one_line_and_exit_2(
    archive: Path, tmp_path: Path, args: tuple[str, ...], given: str, says: str
) -> None:
    places = {"archive": str(archive), "missing": str(tmp_path / "missing")}
    done = run("bot", *(arg.format(**places) for arg in args), given=given)
    assert done.returncode == 2
    assert says.format(**places) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_help_loads_no_model_library() -> None:
    code = (
        "import sys, runpy; sys.argv = ['bot', '--help']\n"
        "try: runpy.run_module('bot', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'gradio', 'llama_index', 'sentence_transformers'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = run_python("-c", code)
    assert done.returncode == 0, done.stderr
    assert "chat" in done.stdout


def gold(question: str, start: int, end: int) -> dict[str, object]:
    wanted = {"article_id": "putin-peacekeepers", "start": start, "end": end, "grade": "must"}
    return {
        "id": question, "question": question, "type": "said", "answerable": True,
        "speaker": "Vladimir Putin", "unanswerable_kind": None, "gold": [wanted],
    }  # fmt: skip


@pytest.fixture(scope="module")
def golds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    refused = gold("what did Xi Jinping say about peacekeepers?", 0, 1) | {
        "id": "q3", "answerable": False, "gold": [], "type": "unanswerable",
        "unanswerable_kind": "absent",
    }  # fmt: skip
    answered = gold("what did Putin say about peacekeepers?", 0, 139) | {"id": "q1"}
    file = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    file.write_text(f"{json.dumps(answered)}\n{json.dumps(refused)}\n")
    return file


@pytest.fixture(scope="module")
def figures(archive: Path, golds: Path) -> dict[str, float]:
    args = ("--json", "--min-f1", "0.1", "--min-refused", "1")
    done = run("bot", "eval", "--archive", archive, *args, golds)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(json.loads(done.stdout))


def test_eval_fails_below_a_bar_and_prints_the_figures_all_the_same(
    archive: Path, golds: Path, figures: dict[str, float]
) -> None:
    done = run("bot", "eval", "--archive", archive, "--min-f1", "1.1", golds)
    assert done.returncode == 1
    assert "below 1.100" in done.stderr
    assert f"{figures['f1']:.3f}" in done.stdout


@pytest.mark.skipif(
    not SCORER.is_file(), reason="the shared scorer does not lie beside the project"
)
def test_eval_agrees_with_the_shared_scorer(
    answers: list[dict[str, object]], golds: Path, figures: dict[str, float], tmp_path: Path
) -> None:
    given = tmp_path / "answers.jsonl"
    given.write_text("".join(json.dumps(answer) + "\n" for answer in answers))
    theirs = json.loads(run_python(SCORER, golds, given, "--json").stdout)
    shared = ("hit1", "recall", "precision", "f1", "answered", "refused", "balanced")
    assert {k: figures[k] for k in shared} == pytest.approx({k: theirs[k] for k in shared})


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with hostile_server() as running:
        yield running


def configured(folder: Path, server: HostileServer, name: str) -> Path:
    file = folder / "verbatim.toml"
    file.write_text(f'[model]\nbase_url = "{server.url}/v1"\nname = "{name}"\n')
    return file


def test_a_configured_model_phrases_the_answers_of_a_conversation(
    archive: Path, tmp_path: Path, server: HostileServer
) -> None:
    config = configured(tmp_path, server, "one-lie")
    given = "what did Putin say about peacekeepers?\nwhat did Xi Jinping say about peacekeepers?\n"
    n_requests = len(server.requests)
    done = run("bot", "chat", "--archive", archive, "--config", config, given=given)
    assert done.returncode == 0, done.stderr
    assert "are sent to 127.0.0.1" in done.stderr
    assert "bomb" not in done.stdout
    assert "1 sentence of its draft did not pass the check" in done.stdout
    # The draft, and its lie once more; a refusal is nobody else's business.
    assert n_requests < len(server.requests) <= n_requests + 2


def test_a_key_is_never_printed_and_a_model_that_fails_costs_no_answer(
    archive: Path, tmp_path: Path, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATIM_MODEL_KEY", "sk-0123456789abcdef-secret")
    monkeypatch.setenv("VERBATIM_CONFIG", str(configured(tmp_path, server, "tells-the-key")))
    given = "".join(json.dumps(question) + "\n" for question in QUESTIONS[:2])
    done = run("bot", "batch", "--archive", archive, given=given)
    assert done.returncode == 0
    for record in map(json.loads, done.stdout.splitlines()):
        assert record["writer"]["problem"].startswith("The language model at 127.0.0.1")
        assert not any(sentence["is_draft"] for sentence in record["sentences"])
    assert "Bearer sk-" in server.requests[-1].headers["authorization"]
    assert "secret" not in done.stdout + done.stderr


def test_who_wants_it_verbatim_asks_no_model(
    archive: Path, tmp_path: Path, server: HostileServer
) -> None:
    config = configured(tmp_path, server, "recites")
    n_requests = len(server.requests)
    options = ("--archive", archive, "--config", config, "--verbatim", "--json")
    done = run("bot", "ask", *options, "what did Putin say about peacekeepers?")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["writer"] is None
    assert len(server.requests) == n_requests
