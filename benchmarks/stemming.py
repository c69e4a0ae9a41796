"""How long the stem of a word takes, beside nltk's stemmer and PyStemmer.

    taskset -c 0 python -m benchmarks.stemming
    taskset -c 0 python -m benchmarks.stemming --text FOLDER --runs 7

All get the same different words, as the index has them before stemming: those of pyspellchecker's dictionary of
English, and those of the articles in FOLDER. Ours and nltk's take turns in this process; PyStemmer, which is written in
C, has a process in the environment of the peers, .venv/peers. Prints the median of the processor's
time for a word, and how many stems are not nltk's. Nothing is kept from one run to the next.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nltk.stem.snowball import EnglishStemmer
from spellchecker import SpellChecker

from benchmarks.peer_environment import peer_python
from retrieval.analysis.english_words.stemmer import stem
from retrieval.analysis.tokenizer import fold, forms
from retrieval.ingestion.file_articles import read_articles
from retrieval.ingestion.registry import READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PEER = """
import json, sys, time
import Stemmer
words, runs = json.load(sys.stdin)
stem = Stemmer.Stemmer("english", 0).stemWord  # it keeps 10,000 stems unless told to keep none
took = []
for _ in range(runs):
    started = time.process_time()
    stems = [stem(word) for word in words]
    took.append(time.process_time() - started)
json.dump([took, stems], sys.stdout)
"""


def dictionary() -> list[str]:
    """The words of the dictionary, folded, each once."""
    return sorted({form for word in SpellChecker().word_frequency.words() if (form := fold(word)[0])})


def of_articles(folder: Path) -> list[str]:
    """The folded words of all articles of a folder, each once."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in READERS)
    return sorted({form for path in files for one in read_articles(path, folder).articles for form in forms(one.text)})


def timed(stem: Callable[[str], str], words: Sequence[str]) -> float:
    """How many seconds of the processor the stems of these words take."""
    started = time.process_time()
    for word in words:
        stem(word)
    return time.process_time() - started


def peer(python: str, words: Sequence[str], runs: int) -> tuple[list[float], list[str]]:
    """What PyStemmer takes for these words each time, in seconds, and its stems."""
    done = subprocess.run(
        [python, "-c", PEER], input=json.dumps([words, runs]), capture_output=True, text=True, check=True
    )
    took, stems = json.loads(done.stdout)
    return took, stems


def compare(name: str, words: Sequence[str], runs: int, python: str) -> None:
    """Print what each takes for these words, and where its stems are others than nltk's."""
    nltk_stem = EnglishStemmer().stem
    took: dict[str, list[float]] = {"nltk": [], "ours": []}
    for _ in range(runs):
        took["nltk"].append(timed(nltk_stem, words))
        took["ours"].append(timed(stem, words))
    took["PyStemmer"], stems = peer(python, words, runs)
    found = {"nltk": list(map(nltk_stem, words)), "ours": list(map(stem, words)), "PyStemmer": stems}
    print(f"{name}: {len(words):,} words, {runs} runs each")
    usual = statistics.median(took["nltk"])
    for who, times in took.items():
        seconds = statistics.median(times)
        other = sum(mine != theirs for mine, theirs in zip(found[who], found["nltk"], strict=True))
        print(
            f"  {who:10}{seconds / len(words) * 1e6:6.2f} µs a word, {seconds / usual:5.2f} of nltk's, {other:,} others"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, help="a folder of articles, such as one of benchmarks.corpora")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    python = str(peer_python())
    compare("dictionary", dictionary(), options.runs, python)
    if options.text:
        compare(str(options.text), of_articles(options.text), options.runs, python)


if __name__ == "__main__":
    main()
