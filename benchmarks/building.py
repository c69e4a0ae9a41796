"""How long it takes to build the index of a folder of articles, beside bm25s, and how much memory.

    python -m benchmarks.building FOLDER

Each run is a process of its own, the two by turns. Ours reads the files, finds the sentences, terms and names in them,
makes the index of sentences, paragraphs and articles, and writes it to a file, by all cores. bm25s, in the environment
of the peers (.venv/peers, which pip fills the first time), gets the sentences ready-made, tokenises them (English stop
words; without a stemmer, and with PyStemmer's) and indexes them, by one core, since it knows no other way. Prints the
medians in seconds by the clock, the ratios, the seconds that cores worked, which other programs on the machine change
less, and the most memory that a process and its children took at once.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.peer_environment import peer_python

PEER = """
import json, sys, time
import bm25s, Stemmer
texts = open(sys.argv[1], encoding="utf-8").read().splitlines()
stemmer = Stemmer.Stemmer("english") if sys.argv[2] == "stemmed" else None
started, worked = time.perf_counter(), time.process_time()
tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
bm25s.BM25().index(tokens, show_progress=False)
took = time.perf_counter() - started
print(json.dumps({"seconds": took, "work": time.process_time() - worked, "sentences": len(texts)}))
"""


def build_here(folder: Path, memory: int) -> dict[str, float]:
    """One build of ours in this process and its children: seconds by the clock, and seconds of work of all cores.

    With so many megabytes of `memory`, where it is not 0.
    """
    from retrieval.index import array_file, index_file  # noqa: PLC0415 - the process that only looks on needs none of it
    from retrieval.index.open_index import part_of  # noqa: PLC0415
    from retrieval.index.writer.build_in_parts import build_in_parts  # noqa: PLC0415
    from retrieval.index.writer.bulk_build import build  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as kept:
        started = time.perf_counter()
        path = Path(kept) / "articles.index"
        if memory:
            build_in_parts(folder, Path(kept) / "work", path, part=part_of(memory * 1_000_000))
        else:
            corpus = build(folder, Path(kept) / "work")
        built = time.perf_counter() - started
        if not memory:
            index_file.save(corpus, path)
        seconds, work = time.perf_counter() - started, worked()
        sentences = len(array_file.Stored(path).arrays()["segment.start"])
        size = path.stat().st_size / 1_000_000
        return {"seconds": seconds, "built": built, "work": work, "sentences": float(sentences), "file": size}


def worked() -> float:
    """The seconds that cores have worked for this process and its children that are gone."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def write_sentences(folder: Path, file: Path) -> None:
    """The sentences of all articles, one a line."""
    from retrieval.analysis.sentence_splitter import sentences_of  # noqa: PLC0415
    from retrieval.ingestion.file_articles import read_articles  # noqa: PLC0415
    from retrieval.ingestion.registry import READERS  # noqa: PLC0415

    with file.open("w", encoding="utf-8") as lines:
        for path in sorted(folder.rglob("*")):
            if path.suffix in READERS:
                for one in read_articles(path, folder).articles:
                    lines.writelines(" ".join(s.text.split()) + "\n" for s in sentences_of(one))


def run(command: list[str | Path]) -> dict[str, float]:
    """What a run prints on its last line, with the most memory that it and its children had at once, in MB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    most = 0.0
    while process.poll() is None:
        most = max(most, resident(process.pid))
        time.sleep(0.05)
    said, _ = process.communicate()
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found | {"together": most}


def resident(pid: int) -> float:
    """What a process and its children have in memory now, in MB, pages that they share counted in part; Linux only."""
    total = 0
    pids = [str(pid)]
    while pids:
        one = pids.pop()
        with suppress(OSError, IndexError):
            said = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(next(line for line in said.splitlines() if line.startswith("Pss:")).split()[1])
            pids += Path(f"/proc/{one}/task/{one}/children").read_text().split()
    return total / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of articles, such as one of benchmarks.corpora")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ours", action="store_true", help="one build in this process, as JSON")
    parser.add_argument("--memory", type=int, default=0, help="megabytes: one build of ours alone, in parts")
    options = parser.parse_args()
    if options.ours:
        print(json.dumps(build_here(options.folder, options.memory)))
        return
    if options.memory:
        command = [sys.executable, "-m", "benchmarks.building", options.folder, "--ours", "--memory"]
        print(json.dumps(run([*command, str(options.memory)])))
        return
    python = peer_python()
    with tempfile.TemporaryDirectory() as place:
        sentences = Path(place) / "sentences.txt"
        write_sentences(options.folder, sentences)
        commands: dict[str, list[str | Path]] = {
            "ours": [sys.executable, "-m", "benchmarks.building", options.folder, "--ours"],
            "bm25s": [python, "-c", PEER, sentences, "plain"],
            "bm25s, PyStemmer": [python, "-c", PEER, sentences, "stemmed"],
        }
        found: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
        for number in range(options.runs):
            for name, command in commands.items():
                print(f"Run {number + 1} of {options.runs}: {name} …", file=sys.stderr)
                found[name].append(run(command))
    ours = statistics.median(one["seconds"] for one in found["ours"])
    print(f"{options.folder}: {found['ours'][0]['sentences']:,.0f} sentences, {options.runs} runs each")
    for name, runs in found.items():
        seconds = statistics.median(one["seconds"] for one in runs)
        memory = max(one["together"] for one in runs)
        work = statistics.median(one["work"] for one in runs)
        print(f"  {name:18}{seconds:7.1f} s {seconds / ours:6.2f} times ours {work:7.1f} s of work {memory:6.0f} MB")
    built = statistics.median(one["built"] for one in found["ours"])
    print(f"  of ours {ours - built:.1f} s to write the index to its file")


if __name__ == "__main__":
    main()
