"""Small made-up articles that questions of every kind are asked of, and their archive."""

from pathlib import Path

from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article

STORIES = (
    Article(
        "crash-arden",
        "A small plane crashed near Arden on Saturday, killing both people on board.\n"
        "The plane came down in a field two kilometres from the airport.\n"
        "Sheriff Dale Orton said: “Nobody on the ground was hurt.”\n"
        "The Air Safety Board is investigating the crash.\n",
        title="Plane crash near Arden kills two",
        published="2023-03-12",
        source="The Arden Post",
    ),
    Article(
        "crash-selby",
        "A cargo plane crashed into a warehouse in Selby on Monday night.\n"
        "All four crew members survived, the airline Norjet said.\n"
        "Selby mayor Petra Lund called it “a miracle in the dark”.\n"
        "Investigators from the aviation ministry blamed a frozen valve.\n",
        title="Cargo plane crash in Selby: crew of four survives",
        published="2023-05-09",
        source="Selby Times",
    ),
    Article(
        "zelda-one",
        "Hurricane Zelda reached the island of Marro on Tuesday with winds of 200 kilometres an "
        "hour.\n"
        "Marro governor Ines Castel told residents to leave the coast.\n"
        "“Leave the coast now,” Castel said. “The sea will not wait.”\n",
        title="Hurricane Zelda reaches Marro",
        published="2023-09-05",
        source="Marro Daily",
    ),
    Article(
        "zelda-two",
        "Hurricane Zelda left 31 people dead on Marro, the governor said on Friday.\n"
        "“We will rebuild every harbour,” governor Ines Castel said.\n"
        "Opposition leader Theo Brandt said the warning had come too late. “Castel slept,” he "
        "said.\n",
        title="Hurricane Zelda leaves 31 dead on Marro",
        published="2023-09-08",
        source="Marro Daily",
    ),
    Article(
        "harbour-tax",
        "The parliament of Marro passed a harbour tax on Wednesday.\n"
        "“The harbour tax is fair,” governor Ines Castel said.\n"
        "Theo Brandt, the opposition leader, said the harbour tax would ruin the fishermen.\n"
        "Senator Lia Moss, a Republican, called the tax “theft”. Republican senator Gus Hale said "
        "he would repeal it.\n",
        title="Marro passes harbour tax",
        published="2023-11-02",
        source="Marro Daily",
    ),
    Article(
        "old-tax",
        "Ines Castel, then mayor of Port Lisle, said in 2020 that a harbour tax was “madness”.\n",
        title="Port Lisle rejects harbour tax",
        published="2020-06-30",
        source="Marro Daily",
    ),
)  # fmt: skip


def open_stories(folder: Path, embedder: Embedder) -> Archive:
    """An archive of all of them."""
    archive = Archive.open(folder, create=True)
    list(ingest(archive, lambda: embedder, STORIES))
    return archive
