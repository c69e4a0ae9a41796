"""The command as a process of its own: it starts fast, streams, and dies as a good program does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

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


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("quoth ver", ["verify"]),
        ("quoth log ex", ["export"]),
        ("quoth log export --un", ["--unanswered", "--until"]),
        (".venv/bin/quoth ask --no-", ["--no-log"]),
    ],
)
def test_tab_completes_commands_and_options_in_bash(typed: str, completed: list[str], tmp_path: Path) -> None:
    bin_ = tmp_path / ".venv" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / "quoth").write_text(f"#!{sys.executable}\nfrom bot.cli import main\nmain()\n", encoding="utf-8")
    (bin_ / "quoth").chmod(0o755)
    # What bash does when somebody presses Tab behind `typed`.
    script = (
        'PATH="$PWD/.venv/bin:$PATH"\n'
        'eval "$(_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION=1 quoth --show-completion bash)"\n'
        'function_of() { complete -p quoth | sed "s/.*-F \\([^ ]*\\) .*/\\1/"; }\n'
        f"COMP_WORDS=({typed}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))\n"
        '"$(function_of)" "${COMP_WORDS[0]}" "${COMP_WORDS[-1]}" ""; printf "%s\\n" "${COMPREPLY[@]}"'
    )

    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert ran.stdout.split() == completed


def test_a_question_is_answered_with_status_0_and_discord_is_not_imported(folder: Path) -> None:
    code = (
        "import sys; from bot.cli import main\n"
        "try: main(['ask', '--json', 'Who lit the lamp?'])\n"
        "finally: print('discord' in sys.modules, file=sys.stderr)"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "False\n")
    assert json.loads(ran.stdout)["outcome"] == "answer"


LEFT_ALONE = {
    "bot.cli.ask.chat",  # the other commands
    "bot.services.retention.log_maintenance",
    "bot.services.article_watcher",
    "bot.store.gaps",
    "bot.store.sqlite.gaps",
    "bot.store.sqlite.log_maintenance",
    "bot.store.sqlite.statistics",
    "discord",
    "dotenv",
    "rapidfuzz",
    "retrieval.index.writer.bulk_build",
    "retrieval.index.writer.update",
    "retrieval.answer.source_comparison",
    "rich.progress",
    "spellchecker",
}
ONLY_FOR_ARTICLES = {"markdown_it", "retrieval.ingestion.formats.plain_text", "yaml"}


def imported_for(question: str, folder: Path) -> set[str]:
    """Ask in a process of its own, from an index where there is one, and give the modules that it imported."""
    code = (
        "import sys; from bot.cli import main; from retrieval.index import open_index; open_index.LARGE = 1\n"
        f"try: main(['ask', {question!r}])\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return set(ran.stderr.split())


def test_a_question_imports_what_it_needs_and_no_more(folder: Path) -> None:
    for article in (folder / "seeds").iterdir():
        os.utime(article, (1e9, 1e9))  # what was changed a moment ago is read again

    imported = imported_for("Who lit the lamp?", folder)
    assert LEFT_ALONE & imported == set()
    assert "bot.cli.ask.ask" in imported

    imported = imported_for("When did trams last run?", folder)
    assert (LEFT_ALONE | ONLY_FOR_ARTICLES) & imported == set()
    assert "retrieval.index.index_file" in imported


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
