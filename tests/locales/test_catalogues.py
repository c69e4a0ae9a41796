"""Every language has every line, with all that must stand in it, and the commands have names that Discord takes."""

from __future__ import annotations

import asyncio
import re
import string
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest

from bot.i18n import COMMAND, LANGUAGES, NAME, catalogue, names
from tests.locales.lines import Line, all_lines, lines_of
from tests.locales.update import line_of, read, updated

if TYPE_CHECKING:
    import polib

each_language = pytest.mark.parametrize("language", LANGUAGES)
LONGEST_NAME = 32
LONGEST_DESCRIPTION = 100


@pytest.fixture(scope="module")
def lines() -> dict[Line, str]:
    return asyncio.run(all_lines())


def forms(entry: polib.POEntry) -> list[str]:
    """Give all that a line is in a language: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@each_language
def test_a_catalogue_has_every_line_that_the_bot_says_and_no_other(language: str, lines: dict[Line, str]) -> None:
    """Mended by `python -m tests.locales.update`, which tells what is left to translate."""
    known = {line_of(entry) for entry in read(language)}

    assert sorted(known - lines.keys()) == []
    assert sorted(lines.keys() - known) == []


@each_language
def test_every_line_is_translated(language: str) -> None:
    assert [entry.msgid for entry in read(language) if not all(forms(entry)) or entry.flags] == []


@each_language
def test_a_catalogue_is_as_the_update_writes_it(language: str, lines: dict[Line, str]) -> None:
    assert str(updated(language, read(language), lines)) == str(read(language))


def placeholders(line: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(line) if name is not None}


@each_language
def test_a_translation_has_the_placeholders_of_its_line(language: str) -> None:
    """A form for none, one or two of something may have the number as a word."""
    wrong = [
        form
        for entry in read(language)
        for form in forms(entry)
        if placeholders(form) != placeholders(entry.msgid_plural or entry.msgid)
        and not (entry.msgid_plural and placeholders(form) == placeholders(entry.msgid_plural) - {"count", "seconds"})
    ]

    assert wrong == []


@each_language
def test_a_translation_has_the_commands_and_the_marks_of_its_line(language: str) -> None:
    """Bold and code are marked alike, and commands are written by their English names, which are translated at once."""

    def marks(line: str) -> tuple[object, ...]:
        words = [found[1:].split(" ") for found in COMMAND.findall(line)]
        commands = sorted(" ".join(takewhile(names(language).__contains__, command)) for command in words)
        return commands, line.count("**"), line.count("`"), line.count("\n")

    wrong = [form for entry in read(language) for form in forms(entry) if marks(form) != marks(entry.msgid)]

    assert wrong == []


@each_language
def test_the_name_of_a_command_is_one_that_discord_takes(language: str) -> None:
    """Letters and digits of any script, lower case, hyphens and underscores: no spaces, no marks above letters."""
    wrong = [
        name
        for name in names(language).values()
        if not 1 <= len(name) <= LONGEST_NAME
        or name != name.lower()
        or not all(unicodedata.category(letter)[0] in "LN" or letter in "-_" for letter in name)
    ]

    assert wrong == []


@each_language
def test_descriptions_are_no_longer_than_discord_takes(language: str, lines: dict[Line, str]) -> None:
    descriptions = [line for line, place in lines.items() if place.startswith("/") and not line.context]

    assert [line for line in descriptions if len(catalogue(language).gettext(line.words)) > LONGEST_DESCRIPTION] == []


@each_language
def test_no_two_names_in_one_place_are_the_same(language: str, lines: dict[Line, str]) -> None:
    english = [line.words for line in lines if line.context == NAME]
    translated = names(language)

    assert set(english) == set(translated)
    pairs = [(a, b) for a in english for b in english if a < b and translated[a] == translated[b]]
    assert pairs == []


@each_language
def test_every_number_has_the_form_that_its_language_wants(language: str) -> None:
    said = {
        number: catalogue(language).ngettext("{count} question", "{count} questions", number) for number in range(120)
    }

    assert all(said.values())
    assert len(set(said.values())) == {"ar": 6}.get(language, 2)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("_('a')", Line("a")),
        ("_('a' 'b').format(c=1)", Line("ab")),
        ("ngettext('{count} a', '{count} b', n)", Line("{count} a", "{count} b")),
        ("pgettext(NAME, 'ask')", Line("ask", context="name")),
        ("counted(3, 'source')", Line("{count} source", "{count} sources")),
    ],
)
def test_a_line_is_found_where_it_is_said(code: str, line: Line) -> None:
    assert lines_of(code, {"NAME": "name"}) == {line: 1}


@pytest.mark.parametrize("code", ["_(LINE)", "_(f'{a}')", "ngettext('a', many, n)", "counted(n, thing)"])
def test_a_line_that_is_not_written_where_it_is_said_is_an_error(code: str) -> None:
    with pytest.raises(ValueError, match=re.escape("says a line that is not written there")):
        lines_of(code, {})
