"""Brings the catalogues in bot/i18n up to date with the code, and tells what is left to translate.

    python -m tests.locales.update

Lines that nothing says any more are dropped; new ones are added without a translation, and said in English until they
have one. What is translated is left as it is.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import polib

from bot.i18n import LANGUAGES
from tests.house.project import ROOT
from tests.locales.lines import Line, all_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = ROOT / "bot" / "i18n"
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}


def read(language: str) -> polib.POFile:
    """Read a language's catalogue, or begin one."""
    file = FOLDER / f"{language}.po"
    return polib.pofile(file.read_text(encoding="utf-8"), wrapwidth=0) if file.exists() else polib.POFile(wrapwidth=0)


def line_of(entry: polib.POEntry) -> Line:
    return Line(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def updated(language: str, old: polib.POFile, lines: Mapping[Line, str]) -> polib.POFile:
    """Give a catalogue of exactly these lines, with the translations that the old one has."""
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    known = {line_of(entry): entry for entry in old}
    forms = int(PLURALS[language][len("nplurals=")])
    for line, place in sorted(lines.items(), key=lambda it: (not it[0].context, it[1].split(":")[0], it[0])):
        entry = polib.POEntry(msgid=line.words, msgctxt=line.context or None, comment=place.split(":")[0])
        before = known.get(line)
        if line.many:
            entry.msgid_plural = line.many
            entry.msgstr_plural = before.msgstr_plural if before else dict.fromkeys(range(forms), "")
        else:
            entry.msgstr = before.msgstr if before else ""
        new.append(entry)
    return new


def main() -> None:
    lines = asyncio.run(all_lines())
    for language in LANGUAGES:
        catalogue = updated(language, read(language), lines)
        catalogue.save(str(FOLDER / f"{language}.po"))
        left = catalogue.untranslated_entries()
        print(f"{language}.po: {len(catalogue)} lines, {len(left)} of them to translate.")  # noqa: T201 - a tool
        for entry in left:
            print(f"  {entry.comment}: {entry.msgid!r}")  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
