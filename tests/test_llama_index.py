"""The retriever among llama-index's own parts."""

import subprocess
import sys
from pathlib import Path

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, TextNode

from bot.selecting.finding.llama_index import LlamaRetriever
from bot.selecting.finding.retriever import Retriever
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article

BRIDGE = Article("bridge", "Steel for the bridge came from Sweden.", "Oldham")


def test_it_is_a_retriever_of_llama_index(tmp_path: Path, embedder: Embedder) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        list(ingest(archive, lambda: embedder, [BRIDGE]))
        retriever = LlamaRetriever(archive, Retriever(archive, embedder.encode))
        assert isinstance(retriever, BaseRetriever)
        (first,) = retriever.retrieve("where did the steel come from?")
    assert isinstance(first, NodeWithScore)
    assert isinstance(first.node, TextNode)
    assert first.node.text == BRIDGE.text
    assert (first.node.start_char_idx, first.node.end_char_idx) == (0, len(BRIDGE.text))
    assert first.node.metadata == {"article_id": "bridge"}


def test_whoever_only_asks_does_not_wait_for_libraries_that_are_not_needed() -> None:
    heavy = "{'torch', 'transformers', 'sentence_transformers', 'llama_index', 'gradio'}"
    code = f"import sys, bot.answerer; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
