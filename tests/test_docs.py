"""What the pages claim and a machine can check."""

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.__main__ import cli as bot_cli
from bot.answer import Reason
from bot.rendering.records import AnswerRecord, BlockRecord, CitationRecord
from index.__main__ import cli as index_cli

ROOT = Path(__file__).parent.parent
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
}


def test_every_room_has_its_line_in_the_table_of_rooms() -> None:
    """A room is a folder of modules, or a module that stands in `bot/` or `index/` itself."""
    rows = re.findall(r"^\| (`.*?) \|", PAGES["ARCHITECTURE.md"], re.MULTILINE)
    rooms = {name for row in rows for name in re.findall(r"`((?:bot|index)/[\w/]*(?:\.py)?)`", row)}
    folders = {
        f"{path.parent.relative_to(ROOT)}/"
        for package in ("bot", "index")
        for path in (ROOT / package).rglob("__init__.py")
    } - {"bot/", "index/"}
    modules = {
        str(path.relative_to(ROOT))
        for package in ("bot", "index")
        for path in (ROOT / package).glob("*.py")
        if path.name != "__init__.py"
    }
    assert rooms == folders | modules


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", PAGES[page])
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_every_command_is_in_the_page_on_the_terminal() -> None:
    for module, cli in (("bot", bot_cli), ("index", index_cli)):
        for command in cli.commands:
            assert f"-m {module} {command}" in PAGES["docs/terminal.md"]


def test_every_reason_of_a_refusal_is_in_the_page_on_asking() -> None:
    for reason in get_args(Reason):
        assert f"`{reason}`" in PAGES["docs/asking.md"]


def test_the_readme_is_read_in_five_minutes() -> None:
    assert PAGES["README.md"].count("\n") < 100


def test_every_field_of_an_answer_is_explained() -> None:
    for record in (AnswerRecord, CitationRecord, BlockRecord):
        for name, field in record.model_fields.items():
            assert f"`{field.alias or name}`" in PAGES["docs/answers.md"]


def test_the_readmes_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"^ {4}make (\w+)", PAGES[page], re.MULTILINE)) <= targets


def test_every_dependency_has_its_reason() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text()
    block = pyproject.split("dependencies = [")[1].split("]")[0]
    names = re.findall(r'"([\w-]+)', block)
    reasons = PAGES["ARCHITECTURE.md"].split("## Dependencies")[1]
    assert [name for name in names if name not in reasons] == []


def test_the_places_to_look_are_there() -> None:
    """Each "`Class.method` in `a/module.py`" of the architecture names a definition."""
    found = re.findall(r"`([\w.]+)` in `([\w/]+\.py)`", PAGES["ARCHITECTURE.md"])
    assert len(found) > 5
    for name, path in found:
        source = (ROOT / path).read_text("utf-8")
        for part in name.split("."):
            assert re.search(rf"^ *(?:async )?(?:def|class) {part}\b|^{part}\b", source, re.M), name
