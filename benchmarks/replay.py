"""How much of a log is the same when it is replayed on the articles that it was made on, and what that takes.

    python -m benchmarks.replay ../shared/data/new_wiki

Asks the folder's questions as five people in five places do, with follow-ups, narrowed to one source, and for other
numbers of quotations, each by chance with a fixed seed; then replays the log in a process of its own, and once more
with every tenth article taken away.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.question_sets import questions_of
from bot.services.question_service import Desk
from bot.services.receipts import PreviousTurn, RequestOrigin
from bot.store.log_row import Surface
from bot.store.sqlite.query_log import SqliteQueryLog
from retrieval.answer.answerer import Answerer
from retrieval.ingestion.library import load

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = ("When was that?", "Why?", "Where is it?", "and who was he?", "and in France?", "How many were there?")
COUNTS = (None, None, None, 1, 5, 10)
REPLAY = [sys.executable, "-c", "from bot.cli import main; main()", "log", "replay", "--json"]


async def make_log(file: Path, articles: Path, questions: Sequence[str]) -> str:
    """Ask and log, and say of what kinds the rows are."""
    chance = random.Random(5)
    answerer = Answerer(load(articles))
    files = [article.file for article in answerer.library.articles]
    log = await SqliteQueryLog.open(file)
    desk = Desk(answerer, log)
    last: dict[Surface, PreviousTurn | None] = {}
    started = time.perf_counter()
    rows = 0
    for question in questions:
        place = RequestOrigin(chance.choice(list(Surface)))
        asked = [question, *chance.sample(PIECES, chance.choice((0, 0, 0, 1, 3)))]
        for words in asked:
            source = chance.choice(files) if chance.random() < 0.1 else None
            before = last.get(place.surface)
            receipt = await desk.ask(words, place, follows=before, limit=chance.choice(COUNTS), file=source)
            last[place.surface] = receipt.turn or before
            rows += 1
    took = (time.perf_counter() - started) * 1000 / rows
    found = await log.recent(rows)
    await log.close()
    kinds = {
        "follow-ups": sum(row.follows is not None for row in found),
        "to one source": sum(bool(row.narrowed_to) for row in found),
        "refused": sum(row.reason is not None for row in found),
    }
    return f"{rows} rows, {kinds}, asked and logged in {took:.1f} ms each"


def replay(data: Path, articles: Path) -> str:
    """Replay the log, and give what it says in its last line, with the time and the memory of the whole process."""
    started = time.perf_counter()
    environment = {**os.environ, "QUOTH_DATA": str(data)}
    done = subprocess.run([*REPLAY, "--against", str(articles)], env=environment, stdout=subprocess.PIPE, check=True)
    lines = done.stdout.splitlines()
    numbers: dict[str, Any] = json.loads(lines[-1])
    shares = {name: found["share"] for name, found in numbers.items() if isinstance(found, dict) and "share" in found}
    seconds = time.perf_counter() - started
    return (
        f"asked again {numbers['asked']}, not asked {numbers['not_asked']}, {shares}, "
        f"{seconds:.1f} s, {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB at most"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with articles/ and questions.jsonl")
    parser.add_argument(
        "--most", type=int, default=2000, help="questions of each folder, every so many so that it fits"
    )
    options = parser.parse_args()
    for folder in options.folders:
        questions = [question.text for question in questions_of(folder)]
        chosen = questions[:: -(-len(questions) // options.most)]
        with TemporaryDirectory() as made:
            data, fewer = Path(made), Path(made, "fewer")
            print(f"{folder.name}: {asyncio.run(make_log(data / 'quoth.db', folder / 'articles', chosen))}")
            print(f"  the same articles: {replay(data, folder / 'articles')}")
            shutil.copytree(folder / "articles", fewer)
            for path in sorted(fewer.iterdir())[::10]:
                path.unlink()
            print(f"  every tenth taken away: {replay(data, fewer)}")


if __name__ == "__main__":
    main()
