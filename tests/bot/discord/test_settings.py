"""`/settings`: what those who may manage a server change of the bot, and that nobody else does."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import discord
import pytest
from inline_snapshot import snapshot
from simcord.actors import _dispatch_actor_interaction

from bot.config.errors import LogError
from bot.handlers.settings import MOST_CHANNELS
from bot.store.preferences import Server
from tests.bot.discord.scene import Scene, drawn, one_embed, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    import simcord

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk

QUESTION = "When was Fallujah lost?"
FOLLOW_UP = "How many were killed there?"


@pytest.fixture
def manager(scene: Scene) -> simcord.MemberActor:
    role = scene.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return scene.guild.add_member(scene.env.create_user("mia"), roles=[role])


def said(result: simcord.InteractionResult) -> str:
    """Give the first line of what one person alone is shown."""
    assert result.ephemeral
    return text(shown(result)).split("\n")[0]


async def wishes(scene: Scene) -> Server:
    return await scene.bot.reception.settings.preferences.server(scene.guild.id)


async def test_a_server_begins_as_the_operator_has_it(scene: Scene, manager: simcord.MemberActor) -> None:
    result = await manager.slash(scene.channel, "settings show")

    assert result.ephemeral
    assert drawn(one_embed(shown(result))) == snapshot("""\
Settings of this server
**Where I answer:** in every channel
Change it with `/settings channels add`, `/settings channels remove` and `/settings channels all`.

**First answers in forums:** in no forum
Change it with `/settings forums add` and `/settings forums remove`.

**Weekly digest:** none
Change it with `/settings digest`.

**Quotations in an answer:** at most 3 quotations, the default
Change it with `/settings quotes`.

**Language of my answers:** the server’s language on Discord
Change it with `/settings language`.

**Questions:** logged, without names
Change it with `/settings logging`.

**Kept for:** until someone deletes them
Change it with `/settings keep`.

**Marked as out of date:** no sources
Change it with `/settings age`.

**Who sees which sources:** `/settings collections list` shows it.
Only you can see this\
""")


async def test_a_change_is_told_above_all_settings(scene: Scene, manager: simcord.MemberActor) -> None:
    await manager.slash(scene.channel, "settings quotes", number=1)
    await manager.slash(scene.channel, "settings logging", on=False)
    await manager.slash(scene.channel, "settings keep", days=30)
    await manager.slash(scene.channel, "settings language", language="de")
    result = await manager.slash(scene.channel, "settings channels add")

    whole = drawn(one_embed(shown(result))).replace(str(scene.channel.id), "1")
    assert whole == snapshot("""\
Settings of this server
From now on I answer in <#1>.

**Where I answer:** only in <#1> and their threads
Change it with `/settings channels add`, `/settings channels remove` and `/settings channels all`.

**First answers in forums:** in no forum
Change it with `/settings forums add` and `/settings forums remove`.

**Weekly digest:** none
Change it with `/settings digest`.

**Quotations in an answer:** at most 1 quotation
Change it with `/settings quotes`.

**Language of my answers:** Deutsch
Change it with `/settings language`.

**Questions:** not logged
Change it with `/settings logging`.

**Kept for:** 30 days
Change it with `/settings keep`.

**Marked as out of date:** no sources
Change it with `/settings age`.

**Who sees which sources:** `/settings collections list` shows it.
Only you can see this\
""")


async def test_settings_outlive_a_restart(
    scene: Scene, manager: simcord.MemberActor, new_bot: Callable[[], Quoth]
) -> None:
    await manager.slash(scene.channel, "settings quotes", number=1)
    await scene.env.restart_bot(new_bot())

    answer = await scene.ann.slash(scene.channel, "ask", question="Who became the prime minister of Iraq?")

    assert text(shown(answer)).count("— **") == 1


async def test_the_bot_answers_in_the_listed_channels_and_their_threads_alone(
    scene: Scene, manager: simcord.MemberActor, desk: Desk
) -> None:
    elsewhere = scene.guild.create_text_channel("elsewhere")
    channel = scene.bot.get_channel(scene.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="A thread", type=discord.ChannelType.public_thread)
    (thread,) = scene.channel.threads
    await manager.slash(elsewhere, "settings channels add", channel=scene.channel)

    refused = await scene.ann.slash(elsewhere, "ask", question=QUESTION)
    await scene.ann.send(elsewhere, f"{scene.me} {QUESTION}")
    message = await scene.ann.send(elsewhere, QUESTION)
    found = await scene.ann.context_menu(elsewhere, "Find sources", message)
    answered = await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    await scene.ann.send(thread, f"{scene.me} {QUESTION}")

    assert said(refused).replace(str(scene.channel.id), "1") == snapshot(
        "In this server I only answer in <#1>. Ask me there."
    )
    assert said(found) == said(refused)
    assert [message.author.id for message in elsewhere.history()] == [scene.ann.id, scene.ann.id]
    assert not answered.ephemeral
    assert one_embed(thread.last_message).title == QUESTION
    assert len(await desk.log.recent(10)) == 2


async def test_comparing_checking_and_the_buttons_of_an_answer_obey_the_list_of_channels_too(
    scene: Scene, manager: simcord.MemberActor, desk: Desk
) -> None:
    answer = shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))
    refusal = shown(await scene.ann.slash(scene.channel, "ask", question="Who won the Nobel prize in chemistry?"))
    elsewhere = scene.guild.create_text_channel("elsewhere")
    await manager.slash(scene.channel, "settings channels add", channel=elsewhere)
    message = await scene.ann.send(scene.channel, QUESTION)

    told = [
        said(result).replace(str(elsewhere.id), "1")
        for result in (
            await scene.ben.slash(scene.channel, "compare", question=QUESTION),
            await scene.ben.slash(scene.channel, "verify", text=QUESTION),
            await scene.ben.context_menu(scene.channel, "Check this quote", message),
            *[await scene.ben.click(answer, label=label) for label in ("More", "Context", "Why?")],
            await scene.ben.click(refusal, label="Closest passages"),
        )
    ]

    assert told == ["In this server I only answer in <#1>. Ask me there."] * 7
    assert len(await desk.log.recent(10)) == 2


async def test_channels_are_taken_off_the_list_and_the_last_one_opens_all_of_them(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    second = scene.guild.create_text_channel("second")
    lines = [
        said(await manager.slash(scene.channel, f"settings channels {name}", **options))
        for name, options in (
            ("add", {}),
            ("add", {"channel": second}),
            ("remove", {}),
            ("remove", {}),
            ("remove", {"channel": second}),
            ("all", {}),
        )
    ]

    assert [line.replace(str(scene.channel.id), "1").replace(str(second.id), "2") for line in lines] == snapshot(
        [
            "From now on I answer in <#1>.",
            "From now on I answer in <#2>.",
            "I no longer answer in <#1>.",
            "<#1> is not on the list, so nothing has changed.",
            "<#2> was the last channel on the list, so I answer in every channel again.",
            "From now on I answer in every channel.",
        ]
    )
    assert (await wishes(scene)).channels == ()


async def test_the_list_of_channels_has_an_end(scene: Scene, manager: simcord.MemberActor) -> None:
    full = tuple(range(1, MOST_CHANNELS + 1))
    await scene.bot.reception.settings.preferences.change(scene.guild.id, lambda _: Server(channels=full))

    result = await manager.slash(scene.channel, "settings channels add")

    assert said(result) == snapshot("The list already has 50 channels and is full. Remove one first.")
    assert (await wishes(scene)).channels == full


async def test_where_nothing_is_logged_answers_work_with_what_is_left(
    scene: Scene, manager: simcord.MemberActor, desk: Desk
) -> None:
    line = said(await manager.slash(scene.channel, "settings logging", on=False))

    answer = await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    next_one = await scene.ann.slash(scene.channel, "ask", question=FOLLOW_UP)
    refusal = await scene.ann.slash(scene.channel, "ask", question="Who won the Nobel prize in chemistry?")

    assert line == snapshot(
        "From now on questions are answered but not logged: nobody can vote on the answers, and only the "
        "person who asked can follow them up. What was logged before stays until it is too old."
    )
    assert list(await desk.log.recent(10)) == []
    assert "> " in text(shown(answer))
    assert (one_embed(shown(next_one)).footer.text or "").startswith("read with “Fallujah”")
    assert "The closest passages, though they do not answer it:" in text(shown(refusal))
    assert shown(refusal).components == []

    again = said(await manager.slash(scene.channel, "settings logging", on=True))
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    assert again == snapshot(
        "From now on questions are logged, except those of people who opted out with `/privacy opt-out`."
    )
    assert len(await desk.log.recent(10)) == 1


async def test_a_server_keeps_questions_for_no_longer_than_the_operator(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    handler = scene.bot.reception.settings
    handler.operator = handler.operator.model_copy(update={"keep_days": 30})

    lines = [
        said(await manager.slash(scene.channel, "settings keep", **options))
        for options in ({"days": 31}, {"days": 7}, {})
    ]

    assert lines == snapshot(
        [
            "Nothing has changed: the people who run this bot keep questions for at most 30 days. Choose that or less.",
            "From now on questions are kept for 7 days. Older ones are deleted within the hour.",
            "From now on questions are kept for the default time.",
        ]
    )
    shown_now = text(shown(await manager.slash(scene.channel, "settings show")))
    assert "30 days, the default" in shown_now


async def test_the_number_of_quotations_goes_back_to_the_operators(scene: Scene, manager: simcord.MemberActor) -> None:
    lines = [said(await manager.slash(scene.channel, "settings quotes", **options)) for options in ({"number": 10}, {})]

    assert lines == snapshot(
        [
            "From now on an answer has at most 10 quotations.",
            "From now on answers have the default number of quotations.",
        ]
    )
    assert (await wishes(scene)).quotes is None


async def test_the_language_of_what_everybody_reads_is_the_servers_choice_or_discords(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    lines = [said(await manager.slash(scene.channel, "settings language", language="fr"))]
    answer = await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    await scene.ann.send(scene.channel, scene.me)
    mention = text(scene.last)
    alone = await scene.ann.slash(scene.channel, "help")
    lines.append(said(await manager.slash(scene.channel, "settings language")))

    assert lines == snapshot(
        [
            "From now on my answers here are in this language: Français. Quotations stay as they are.",
            "From now on my answers are in the server’s language on Discord.",
        ]
    )
    assert "sur 5 sources" in (one_embed(shown(answer)).footer.text or "")
    assert mention.startswith("Écris ta question")
    assert one_embed(shown(alone)).title == "How to ask"
    assert (await wishes(scene)).language is None


async def test_settings_that_cannot_be_read_or_changed_are_said_so_and_answers_go_on_unlogged(
    scene: Scene, manager: simcord.MemberActor, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise LogError("The disk is gone.")

    for name in ("server", "change", "opted_out"):
        monkeypatch.setattr(scene.bot.reception.settings.preferences, name, broken)

    result = await manager.slash(scene.channel, "settings show")
    answer = await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")

    assert said(result) == snapshot("The settings cannot be read or changed right now. Try again later.")
    assert "> " in text(shown(answer))
    assert "> " in text(scene.last)
    assert list(await desk.log.recent(10)) == []


async def test_those_who_may_not_manage_the_server_do_not_even_see_the_commands(scene: Scene) -> None:
    assert [name for name in scene.ann.available_commands(scene.channel) if name.startswith("settings")] == []


def option(name: str, kind: discord.AppCommandOptionType, value: Any = None, *inner: Any) -> dict[str, Any]:
    if kind in {discord.AppCommandOptionType.subcommand, discord.AppCommandOptionType.subcommand_group}:
        return {"name": name, "type": kind.value, "options": list(inner)}
    return {"name": name, "type": kind.value, "value": value}


def forged(number: int) -> dict[str, Any]:
    """Give the payload of a command of `/settings` as somebody writes it who knows Discord's protocol."""
    kinds = discord.AppCommandOptionType
    commands = (
        option("show", kinds.subcommand),
        option("quotes", kinds.subcommand, None, option("number", kinds.integer, number % 10 + 1)),
        option("logging", kinds.subcommand, None, option("on", kinds.boolean, number % 2 == 0)),
        option("keep", kinds.subcommand, None, option("days", kinds.integer, number + 1)),
        option("channels", kinds.subcommand_group, None, option("add", kinds.subcommand)),
        option("channels", kinds.subcommand_group, None, option("remove", kinds.subcommand)),
        option("channels", kinds.subcommand_group, None, option("all", kinds.subcommand)),
        option("language", kinds.subcommand, None, option("language", kinds.string, "de")),
    )
    return {"id": "1", "name": "settings", "type": 1, "options": [commands[number % len(commands)]]}


async def test_a_hundred_forged_commands_of_someone_without_the_right_show_and_change_nothing(scene: Scene) -> None:
    before = dataclasses.replace(await wishes(scene), channels=(scene.channel.id,), quotes=7, keep_days=77)
    await scene.bot.reception.settings.preferences.change(scene.guild.id, lambda _: before)

    answers = {said(await scene.ann._dispatch_interaction(2, scene.channel, forged(number))) for number in range(100)}

    assert answers == snapshot({"Only people who may manage this server can see and change its settings."})
    assert await wishes(scene) == before


async def test_a_command_that_is_forged_outside_of_servers_changes_nothing(scene: Scene) -> None:
    await scene.user.send_dm("Hello")
    answers = {
        said(await _dispatch_actor_interaction(scene.user, 2, scene.user.dm_channel, forged(number)))
        for number in range(7)
    }

    assert answers == snapshot({"Settings belong to a server. Use `/settings show` in one that you manage."})
    assert list(await scene.bot.reception.settings.preferences.servers()) == [scene.guild.id]


async def test_one_servers_settings_are_no_others(scene: Scene, manager: simcord.MemberActor) -> None:
    elsewhere = scene.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    await manager.slash(scene.channel, "settings channels add")

    answer = await elsewhere.add_member(scene.env.create_user("eve")).slash(channel, "ask", question=QUESTION)

    assert "> " in text(shown(answer))


async def test_the_first_answer_in_a_server_says_that_questions_are_logged_and_no_other_does(
    scene: Scene, new_bot: Callable[[], Quoth]
) -> None:
    new = scene.env.create_guild("New")
    channel = new.create_text_channel("general")
    eve = new.add_member(scene.env.create_user("eve"))
    message = await eve.send(channel, QUESTION)

    seen_alone = await eve.context_menu(channel, "Find sources", message)
    first = await eve.slash(channel, "ask", question=QUESTION)
    second = await eve.slash(channel, "ask", question=QUESTION)
    await scene.env.restart_bot(new_bot())
    third = await eve.slash(channel, "ask", question=QUESTION)

    feet = [(one_embed(shown(result)).footer.text or "") for result in (seen_alone, first, second, third)]
    assert [foot.split("\n")[0] if "\n" in foot else "" for foot in feet] == snapshot(
        ["", "Questions in this server are logged, without your name. /privacy show tells you more.", "", ""]
    )
    assert feet[1].split(" · ")[-1].isalnum()


async def test_a_first_answer_that_is_not_logged_says_nothing_of_a_log(scene: Scene) -> None:
    new = scene.env.create_guild("New")
    channel = new.create_text_channel("general")
    await scene.bot.reception.settings.preferences.change(new.id, lambda _: Server(logged=False))

    answer = await new.add_member(scene.env.create_user("eve")).slash(channel, "ask", question=QUESTION)

    assert "\n" not in (one_embed(shown(answer)).footer.text or "")
