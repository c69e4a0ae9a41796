"""A form to fill in, which outlives a restart as buttons do: what it does stands in its id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.pages.page import Form

FIELD = "text"
TEMPLATE = re.compile(r"quoth\.form:(?P<action>[a-z]+):(?P<argument>[0-9A-Za-z.]{1,80})")
FORM_TIMEOUT = 600.0  # seconds that discord.py remembers a form; what is sent later arrives all the same


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was sent: what it does, with what, and what was written."""

    action: str
    argument: str
    text: str


def modal_of(form: Form) -> discord.ui.Modal:
    """Draw a form."""
    modal = discord.ui.Modal(
        title=form.title, custom_id=f"quoth.form:{form.action}:{form.argument}", timeout=FORM_TIMEOUT
    )
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=FIELD, style=discord.TextStyle.paragraph, required=form.is_required, max_length=form.longest
    )
    modal.add_item(discord.ui.Label(text=form.label, component=field))
    return modal


def read_form(interaction: discord.Interaction[Any]) -> SentForm | None:
    """Read a form that was sent, also one that was opened before a restart; None where it is no form of ours."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Any = interaction.data
    sent = TEMPLATE.fullmatch(data["custom_id"])
    return SentForm(sent["action"], sent["argument"], next(_written(data["components"]), "")) if sent else None


def _written(components: list[Any]) -> Iterator[str]:
    """What stands in the form's field, in whichever way Discord wraps it."""
    for component in components:
        if component.get("custom_id") == FIELD:
            yield component.get("value") or ""
        yield from _written([*component.get("components", ()), *filter(None, [component.get("component")])])
