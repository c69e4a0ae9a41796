"""The command as a process of its own: it starts fast, streams, and dies as a good program does."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

QUOTH = [sys.executable, "-c", "from bot.cli import main; main()"]


def test_the_help_imports_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys; from bot.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'discord', 'aiosqlite', 'nltk', 'numpy', 'pydantic', 'rapidfuzz', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)

    assert ran.stderr == "[]\n"


def test_a_question_is_answered_with_status_0_and_discord_is_not_imported(folder: Path) -> None:
    code = (
        "import sys; from bot.cli import main\n"
        "try: main(['ask', '--json', 'Who lit the lamp?'])\n"
        "finally: print('discord' in sys.modules, file=sys.stderr)"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "False\n")
    assert json.loads(ran.stdout)["outcome"] == "answer"


def test_answers_stream_and_a_reader_that_goes_away_ends_it_quietly(folder: Path) -> None:
    process = subprocess.Popen(
        [*QUOTH, "ask", "--json", "--from", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    with process:
        process.stdin.write('{"id": 1, "question": "Who lit the lamp?"}\n')
        process.stdin.flush()
        first = json.loads(process.stdout.readline())  # comes while the second question is still being written
        process.stdout.close()
        process.stdin.write('{"id": 2, "question": "trams"}\n')
        process.stdin.close()
        told = process.stderr.read()

    assert first["id"] == 1
    assert (process.returncode, told) == (141, "")


def test_ctrl_c_while_waiting_ends_it_quietly(folder: Path) -> None:
    process = subprocess.Popen(
        [*QUOTH, "ask", "--json", "--from", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    with process:
        process.stdin.write('{"id": 1, "question": "Who lit the lamp?"}\n')
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()

    assert (process.wait(), told) == (130, "")
