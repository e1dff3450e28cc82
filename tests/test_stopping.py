"""A server that is told to end while it has work to do."""

import json
import signal
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article
from tests.archives import story
from tests.patience import PATIENCE
from tests.serving import Reply, fetch, serve, wait_until_ready

TOKEN = "the-writers-token"  # noqa: S105 - opens nothing else


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_says_how_much_it_added_and_leaves_a_closed_archive(
    tmp_path: Path, embedder: Embedder, sign: signal.Signals
) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: embedder, [Article("first", "The ferry stops.")]))
    (folder / "vectors.faiss").unlink()
    articles = [{"id": f"a{n}", "body": story(8).text + f"\n{n}"} for n in range(150)]
    replies: list[Reply] = []

    def add(url: str) -> None:
        body = json.dumps({"articles": articles}).encode()
        replies.append(fetch(f"{url}api/articles", body, Authorization=f"Bearer {TOKEN}"))

    arguments = ("app.py", "--archive", str(folder), "--port", "0")
    with serve(tmp_path, *arguments, VERBATIM_WRITE_TOKEN=TOKEN) as server:
        wait_until_ready(server)
        adding = threading.Thread(target=add, args=(server.url,))
        adding.start()
        while server.get("/api/articles").json()["total"] < 2:
            time.sleep(0.2)  # who asks without a pause is told to wait
        server.process.send_signal(sign)
        server.process.wait(PATIENCE)
        adding.join(PATIENCE)
    (reply,) = replies
    assert reply.status == 200, reply.text
    added, problems = reply.json()["added"], reply.json()["problems"]
    assert 0 < len(added) < 150
    assert "the server is stopping" in problems[-1]["problem"]
    assert sorted(path.name for path in folder.iterdir()) == ["archive.sqlite3", "vectors.faiss"]
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM articles").fetchall()
    assert count == 1 + len(added)
    assert "Traceback" not in (tmp_path / "stderr").read_text("utf-8")
