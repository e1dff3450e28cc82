"""Offers our retriever as a llama-index `BaseRetriever`, so that its components can use it.

llama-index takes longer to import than everything else together, so nothing that answers a question
imports this module. Knows nothing of how passages are searched.
"""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from bot.selecting.finding.retriever import Retriever
from index.archive.archive import Archive
from index.schema import Hit


class LlamaRetriever(BaseRetriever):
    """Returns passages as nodes: text, half-open character offsets, and `article_id`."""

    def __init__(self, archive: Archive, retriever: Retriever) -> None:
        self._archive = archive
        self._retriever = retriever
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [self._node(hit) for hit in self._retriever.search(query_bundle.query_str)]

    def _node(self, hit: Hit) -> NodeWithScore:
        article = self._archive.article(hit.article_id)
        span = hit.passage.span
        node = TextNode(
            id_=str(hit.passage_id),
            text=span.of(article.text) if article else "",
            start_char_idx=span.start,
            end_char_idx=span.end,
            metadata={"article_id": hit.article_id},
        )
        return NodeWithScore(node=node, score=hit.score)
