"""The index beside the engines that people would pick instead, on one core and in one run.

    python -m benchmarks.peers
    python -m benchmarks.peers --sizes 10000 100000 --text ../shared/data/new_wiki/articles --plot peers.png

Installs rank-bm25, bm25s (numpy and numba) and tantivy with pip into an environment of their own (.venv/peers; SQLite's
FTS5 comes with Python), makes sentences with benchmarks/corpora.py, and questions of three to six content words that
stand in one sentence. All engines get the same words, without stop words, and search the ten best with k1 1.2, b .75.
Before anything is timed, answers are checked against rank_bm25: ours must be the same bit for bit, compiled and with
numpy alone; those of bm25s must score the same but for float32; of tantivy and FTS5, whose formulas differ, the share
of the oracle's ten that they find is printed. Then the engines take turns, some questions each, and the time of
the processor is taken, so that whatever else the machine does falls on all of them alike and counts for little.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.corpora import articles, invented, learnt
from benchmarks.peer_environment import FOLDER, ROOT, peer_python
from retrieval.analysis.english_words.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from benchmarks.corpora import Language

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")


def words(language: Language, sentences: int, into: Path) -> None:
    """Writes the content words of so many sentences, and what Texts in peers_worker.py reads beside them."""
    numbers: dict[str, int] = {}
    terms: list[int] = []
    ends = [0]
    paragraphs: list[int] = []
    of_articles: list[int] = []
    for article in articles(language, sentences):
        of_articles.append(len(article.paragraphs))
        for paragraph in article.paragraphs:
            paragraphs.append(len(paragraph))
            for sentence in paragraph:
                found = (word for word in re.findall(r"\w+", sentence.lower()) if word not in STOP_WORDS)
                terms.extend(numbers.setdefault(word, len(numbers)) for word in found)
                ends.append(len(terms))
    np.save(into / "starts.npy", np.array(ends, dtype=np.int64))
    np.save(into / "terms.npy", np.array(terms, dtype=np.int32))
    np.save(into / "paragraph_sizes.npy", np.array(paragraphs))
    np.save(into / "article_sizes.npy", np.array(of_articles))
    (into / "words.txt").write_text("\n".join(numbers), encoding="utf-8")


def measure(python: Path, language: Language, sentences: int, asked: argparse.Namespace) -> dict[str, Any]:
    """What one size shows, measured in a process of the peers' environment on one core."""
    with tempfile.TemporaryDirectory() as folder:
        words(language, sentences, Path(folder))
        one_core = {**os.environ, **dict.fromkeys(ONE_THREAD, "1"), "PYTHONPATH": str(ROOT)}
        command = [str(python), "-m", "benchmarks.peers_worker", folder, str(asked.questions), str(asked.seed)]
        done = subprocess.run(command, check=False, env=one_core, cwd=ROOT, stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit("The measuring process failed; what it said stands above.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def show(found: dict[str, Any]) -> None:
    """Prints one size as a table."""
    print(f"\n{found['sentences']:,} sentences, {found['words']:,} different words; {found['checked']}\n")
    print("| engine | p50 µs | p99 µs | times ours, p50 | the oracle's ten | index, s |")
    print("|---|---|---|---|---|---|")
    ours = found["engines"]["quoth, compiled" if "quoth, compiled" in found["engines"] else "quoth, numpy alone"]
    for name, engine in found["engines"].items():
        ratio = engine["p50"] / ours["p50"]
        agree = "(its own)" if engine["agree"] is None else f"{engine['agree']:.1%}" if engine["agree"] < 1 else "all"
        print(
            f"| {name} | {engine['p50']:,.0f} | {engine['p99']:,.0f} | {ratio:,.1f} | {agree} | {engine['built']:.1f} |"
        )


def plot(results: list[dict[str, Any]], path: Path) -> None:
    """Draws the medians over the sizes, both logarithmic."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - the extra `plot`, only where a picture is asked for

    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.subplots()
    sizes = [found["sentences"] for found in results]
    for name in results[0]["engines"]:
        axes.plot(sizes, [found["engines"][name]["p50"] for found in results], marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="sentences", ylabel="microseconds a question, median")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.set_title("The ten best of so many sentences, on one core")
    axes.grid(alpha=0.3)
    axes.legend(reverse=True, loc="center left", bbox_to_anchor=(1, 0.5))  # the slowest on top, as the lines lie
    figure.savefig(path, dpi=150)


def processor() -> str:
    """The processor's own name, where the system tells it."""
    known = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*:\s*(.+)", known.read_text(encoding="utf-8")) if known.exists() else []
    return names[0] if names else platform.processor() or platform.machine()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--text", type=Path, help="articles to learn the language from")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", type=Path, help="a picture to write (needs matplotlib)")
    parser.add_argument("--environment", type=Path, default=FOLDER)
    asked = parser.parse_args()
    if asked.plot and not find_spec("matplotlib"):
        parser.error("--plot needs matplotlib, which is not installed: pip install matplotlib")
    if asked.plot and not asked.plot.parent.is_dir():
        parser.error(f"--plot: there is no folder “{asked.plot.parent}”")
    try:
        language = learnt(asked.text) if asked.text else invented()
    except ValueError as error:
        parser.error(f"--text: {error}")
    python = peer_python(asked.environment)
    print(f"{datetime.now(UTC):%d %B %Y}, {processor()}, {os.cpu_count()} cores of which one is used")
    results = []
    for size in asked.sizes:
        results.append(measure(python, language, size, asked))
        show(results[-1])
    if asked.plot:
        plot(results, asked.plot)


if __name__ == "__main__":
    main()
