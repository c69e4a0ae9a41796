"""What is said to those who want to be told when a source answers their question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _
from bot.pages.actions import Press
from bot.pages.markdown import escape
from bot.pages.page import TITLE, Button, Page, Tone

if TYPE_CHECKING:
    from bot.store.gaps import Wish

NAME = 200


def tell_button(id: str) -> Button:  # noqa: A002 - it is called that
    """Offer under a refusal to tell its reader of a source."""
    return Button(_("Tell me when a source answers this"), Press.TELL, id)


def will_tell(id: str) -> Page:  # noqa: A002 - likewise
    return Page(
        _(
            "I will send you one direct message when a source answers this. Until then I keep your Discord id with "
            "the question; after that it is deleted. `/privacy delete` deletes it at once, and so does the button."
        ),
        buttons=(Button(_("Do not tell me"), Press.UNTELL, id),),
    )


def will_not_tell() -> Page:
    return Page(_("I will not tell you, and I have deleted your id."))


def cannot_tell() -> Page:
    return Page(_("I cannot remember that right now. Try again later, or ask the question again another day."))


def answered_now(source: str) -> Page:
    return Page(_("“{source}” answers this now. Ask the question again to read it.").format(source=_short(source)))


def told_page(wish: Wish) -> Page:
    """Tell somebody that a source answers what they asked; the id at the foot says that they were told."""
    body = _("You asked to be told: “{source}” answers this now. Ask me again to read it.")
    return Page(
        title=escape(" ".join(wish.question.split()), limit=TITLE),
        body=body.format(source=_short(wish.source)),
        footer=_("This was the only message; your id is deleted") + f" · {wish.question_id}",
        tone=Tone.ANSWER,
    )


def _short(name: str) -> str:
    return escape(" ".join(name.split()), limit=NAME)
