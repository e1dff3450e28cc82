"""The house rules that a reader of one file cannot see: who may import whom, and how long.

Read from the syntax trees, so imports inside functions count too.
"""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Lower may not import higher.
LAYERS = ("index", "bot", "app")

# A library that is heavy, or whose types must not spread, enters by these files only.
DOORS = {
    "faiss": ("index/archive/embedded/vectors.py", "index/archive/embedded/engine.py"),
    "fastapi": ("app.py", "bot/web/*.py", "bot/web/*/*.py"),
    "gradio": ("app.py", "bot/web/chat/page.py"),
    "httpx": ("bot/drafting/model.py",),
    "llama_index": ("bot/selecting/finding/llama_index.py", "bot/drafting/model.py"),
    "ollama": ("bot/drafting/model.py",),
    "openai": ("bot/drafting/model.py",),
    "pydantic": (
        "bot/library/saved_answer.py",
        "bot/mcp.py",
        "bot/rendering/records.py",
        "bot/settings.py",
        "bot/web/*.py",
        "bot/web/*/*.py",
    ),
    "mcp": ("bot/mcp.py",),
    "openvino": ("index/archive/embedding/encoder.py",),
    "ray": ("index/cluster.py",),
    "sentence_transformers": ("index/archive/embedding/embedder.py",),
    "sqlite3": (
        "index/archive/embedded/log.py",
        "index/archive/embedded/engine.py",
        "index/archive/sqlite.py",
    ),
    "starlette": ("app.py", "bot/web/*.py", "bot/web/*/*.py"),
    "torch": ("bot/training/*.py",),
    "docx": ("index/reading/formats/office.py", "bot/rendering/collection.py"),
    "httpcore2": ("index/reading/fetching.py",),
    "lxml": (
        "index/reading/formats/*.py",
        "index/reading/formats/page/*.py",
        "index/reading/markup.py",
        "index/reading/xml.py",
    ),
    "pgvector": ("index/archive/postgres/*.py",),
    "psycopg": ("index/archive/postgres/*.py",),
    "psycopg_pool": ("index/archive/postgres/database.py",),
    "pypdf": ("index/reading/formats/pdf.py",),
    "trafilatura": ("index/reading/formats/pages.py",),
    "transformers": ("index/archive/embedding/embedder.py",),
}

MAX_MODULE = 500
MAX_FUNCTION = 50
MAX_MEDIAN = 15

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> list[Path]:
    """The Python files of the folders, and app.py where it is asked for."""
    found = (ROOT.glob("app.py") if f == "app" else (ROOT / f).rglob("*.py") for f in folders)
    return sorted(path for paths in found for path in paths)


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """The file's path from the root, for patterns and messages."""
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """The name that the file is imported by."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Every dotted name that the file imports, wherever in the file."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: a relative import"
            # What follows "import" may be a module itself.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Where each function stands and how many lines it has, decorators apart."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{name(path)}:{node.lineno} {node.name}", length


def blind(path: Path) -> Iterator[str]:
    """Where the file catches everything and does not raise it again."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.walk(node.type) if node.type else ()
            names = {n.id for n in caught if isinstance(n, ast.Name)}
            again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if (node.type is None or names & {"Exception", "BaseException"}) and not again:
                yield f"{name(path)}:{node.lineno}"


def graph() -> dict[str, set[str]]:
    """Which of our modules each of our modules imports."""
    known = {module(path) for path in sources(*LAYERS)}
    return {
        module(path): {
            next(m for m in (target, target.rpartition(".")[0]) if m in known)
            for target in imported(path)
            if target in known or target.rpartition(".")[0] in known
        }
        for path in sources(*LAYERS)
    }


def circle(edges: dict[str, set[str]]) -> set[str]:
    """The modules that are left when those that need nothing else are taken away, and so on."""
    left = {m: targets - {m} for m, targets in edges.items()}
    while free := {m for m, targets in left.items() if not targets}:
        left = {m: targets - free for m, targets in left.items() if m not in free}
    return set(left)


def test_something_is_checked() -> None:
    """A rule that is checked over no files would hold for ever."""
    edges = graph()
    assert {"index.schema", "index.reading.readers", "bot.answer"} <= edges.keys()
    assert "index.schema" in edges["bot.answer"]


@pytest.mark.parametrize(("low", "high"), [("index", "bot"), ("index", "app"), ("bot", "app")])
def test_imports_go_down_only(low: str, high: str) -> None:
    """The index does not know that the bot exists, and neither knows the web app."""
    upward = [
        f"{name(path)} imports {target}"
        for path in sources(low)
        for target in imported(path)
        if target.split(".")[0] == high
    ]
    assert upward == []


def test_no_import_cycle() -> None:
    """Counted over imports inside functions too: hiding one there does not make it none."""
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"a", "b", "c"}
    assert circle(graph()) == set()


def test_no_cycle_among_the_rooms_of_a_house() -> None:
    """Rooms side by side, and modules beside them: they need each other in one direction only."""
    apart = {"a.low.x": {"a.high"}, "a.high": {"a.low.y"}, "a.low.y": set[str]()}
    assert circle(among_rooms("a", apart)) == {"a.low", "a.high"}
    for house in {module(path.parent) for path in sources("bot", "index")}:
        assert circle(among_rooms(house, graph())) == set(), house


def among_rooms(house: str, edges: dict[str, set[str]]) -> dict[str, set[str]]:
    """Which of a house's rooms need which; a module beside a room counts as one."""
    found: dict[str, set[str]] = {}
    for one, targets in edges.items():
        if room := room_of(one, house):
            found.setdefault(room, set()).update(filter(None, (room_of(t, house) for t in targets)))
    return found


def room_of(name: str, house: str) -> str:
    """The room of the house that a module stands in, at any depth, or is; "" if it is elsewhere."""
    inside = name.removeprefix(f"{house}.")
    return "" if inside == name else f"{house}.{inside.split('.')[0]}"


def test_training_is_not_imported_when_a_question_is_answered() -> None:
    """Only the command that evaluates the checker needs it."""
    edges = graph()
    importing = {m for m, targets in edges.items() if any("bot.training" in t for t in targets)}
    assert {m for m in importing if "bot.training" not in m} == {"bot.__main__"}


@pytest.mark.parametrize("library", DOORS)
def test_library_enters_by_its_doors_only(library: str) -> None:
    """Its types and its import time stay there."""
    elsewhere = [
        name(path)
        for path in sources(*LAYERS)
        if any(target.split(".")[0] == library for target in imported(path))
        and not any(Path(name(path)).match(door) for door in DOORS[library])
    ]
    assert elsewhere == []


def test_the_nouns_need_the_standard_library_only() -> None:
    """The schema is what everything else is built on."""
    allowed = {"hashlib", "collections", "dataclasses", "typing"}
    assert {target.split(".")[0] for target in imported(ROOT / "index/schema.py")} <= allowed


def test_modules_are_short() -> None:
    """One that is longer is about two subjects."""
    lengths = {name(p): len(p.read_text("utf-8").splitlines()) for p in sources(*LAYERS)}
    assert {n: length for n, length in lengths.items() if length > MAX_MODULE} == {}


def test_functions_are_short() -> None:
    """None long, and most of them at a glance."""
    lengths = dict(f for path in sources(*LAYERS) for f in functions(path))
    assert {f: length for f, length in lengths.items() if length > MAX_FUNCTION} == {}
    assert median(lengths.values()) < MAX_MEDIAN


def test_every_class_has_a_name_of_its_own() -> None:
    """Else each reader has to find out which one is meant."""
    trees = (ast.parse(path.read_text("utf-8")) for path in sources(*LAYERS))
    names = Counter(
        node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    )
    assert [each for each, n in names.items() if n > 1] == []


def test_what_a_module_runs_as_a_program_stands_last() -> None:
    """Run as `python -m`, it knows nothing that is defined below."""
    trees = {name(path): ast.parse(path.read_text("utf-8")).body for path in sources(*LAYERS)}
    early = [n for n, body in trees.items() if any(map(is_program, body[:-1]))]
    assert early == []


def is_program(node: ast.stmt) -> bool:
    """Whether this is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)


def test_nothing_catches_everything() -> None:
    """A failure that is swallowed looks like an empty answer."""
    assert [where for path in sources(*LAYERS, "tests") for where in blind(path)] == []


def test_no_mocks() -> None:
    """Stand-ins are real parts."""
    mocks = ("unittest.mock", "mock", "pytest_mock")
    assert [
        f"{name(path)} imports {target}"
        for path in sources("tests")
        for target in imported(path)
        if target.startswith(tuple(f"{mock}." for mock in mocks)) or target in mocks
    ] == []


def test_whoever_installs_without_the_sources_gets_every_file() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        setup = tomllib.load(file)["tool"]["setuptools"]
    folders = {path.parent for path in sources("bot", "index")}
    assert {".".join(folder.relative_to(ROOT).parts) for folder in folders} == {*setup["packages"]}
    packed = {
        path
        for package, patterns in setup["package-data"].items()
        for pattern in patterns
        for path in ROOT.joinpath(*package.split(".")).glob(pattern)
    }
    others = {
        path
        for name in ("bot", "index")
        for path in (ROOT / name).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert others <= packed
