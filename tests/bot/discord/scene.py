"""A server with a channel and two people, and what the bot shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import discord
    import simcord

    from bot.discord.client import Quoth


@dataclass(frozen=True)
class Scene:
    """Ann and Ben are members of the server; Ann is `user` outside of it."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    user: simcord.UserHandle
    ann: simcord.MemberActor
    ben: simcord.MemberActor

    @property
    def bot(self) -> Quoth:
        bot: Any = self.env.bot
        return bot  # type: ignore[no-any-return]

    @property
    def last(self) -> discord.Message:
        """The newest message in the channel."""
        assert self.channel.last_message
        return self.channel.last_message

    @property
    def me(self) -> str:
        """How the bot is mentioned."""
        assert self.bot.user
        return self.bot.user.mention


def shown(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """Give the message that answers an interaction."""
    assert result.response
    return result.response


def text(message: Any) -> str:
    """Give what stands in the body of a message's one embed."""
    return one_embed(message).description or ""


def one_embed(message: Any) -> discord.Embed:
    """Give the one embed that a message holds, and it should hold nothing else."""
    assert message.content == ""
    (embed,) = message.embeds
    return embed  # type: ignore[no-any-return]


def drawn(embed: discord.Embed) -> str:
    """Write an embed as text, the id in its footer left out because it is another each time."""
    footer = embed.footer.text or ""
    parts = [part for part in footer.split(" · ") if not (len(part) == 16 and part.isalnum())]
    return "\n".join([embed.title or "", embed.description or "", " · ".join(parts)])


def labels(message: Any) -> list[str]:
    """Name the buttons of a message that can be pressed."""
    buttons = [button for row in message.components for button in row["components"]]
    return [button["label"] for button in buttons if "label" in button and not button["disabled"]]
