"""The bot as a whole, from the settings to what serves it on Discord."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from bot.app.answering import open_desk, refresh, source_store, with_meaning
from bot.app.log_engine import log_maintenance, open_shared_state

if TYPE_CHECKING:
    from bot.config.settings import Settings
    from bot.services.question_service import Desk
    from bot.services.sources.source_desk import SourceDesk
    from retrieval.answer.answerer import Answerer

logger = logging.getLogger(__name__)

A_ROUND = 2.0  # seconds that embeddings are made between two looks at the articles


def _source_desk(settings: Settings, desk: Desk) -> SourceDesk | None:
    """Where sources are added; None where the index is published elsewhere, and they are added there."""
    from bot.services.sources.address_fetch import AddressFetcher  # noqa: PLC0415
    from bot.services.sources.source_desk import SourceDesk  # noqa: PLC0415

    if settings.index is not None:
        return None
    return SourceDesk(desk, source_store(settings), AddressFetcher(settings.fetch), partial(refresh, settings))


def _make_ready(settings: Settings, answerer: Answerer) -> None:
    """All that is done once, before anybody may ask."""
    from bot.config import log_format  # noqa: PLC0415
    from bot.config.interpreter import share_the_interpreter  # noqa: PLC0415
    from bot.services.article_watcher import say_problems  # noqa: PLC0415

    log_format.configure(settings)
    answerer.prepare()
    say_problems(answerer)
    share_the_interpreter()


async def serve(settings: Settings, answerer: Answerer, *, sync: bool) -> None:
    """Serve the desk on Discord until told to stop; `sync` sends the commands to Discord even if they are unchanged.

    Raises SettingsError where another bot serves some of the same servers with the same log.
    """
    from bot.discord import runner  # noqa: PLC0415 - discord.py alone takes half a second
    from bot.handlers import Reception  # noqa: PLC0415
    from bot.services import process_group  # noqa: PLC0415
    from bot.services.article_watcher import article_watch  # noqa: PLC0415
    from bot.services.retention.data_subjects import DataSubjects  # noqa: PLC0415
    from bot.services.retention.log_maintenance import log_upkeep  # noqa: PLC0415
    from bot.services.retention.server_retention import server_retention  # noqa: PLC0415
    from bot.services.sources.source_upkeep import source_upkeep  # noqa: PLC0415
    from bot.store.asker_hash import AskerHash  # noqa: PLC0415

    _make_ready(settings, answerer)
    maintenance = log_maintenance(settings)
    asker = AskerHash.open(settings.data, insist=False)
    with open_shared_state(settings) as shared:
        leases = shared.leases
        place = process_group.join(leases, settings.shards)
        if settings.log_address:
            process_group.check_asker_key(leases, asker.fingerprint)
        async with (
            process_group.lease_renewal(leases, place, settings.shards),
            open_desk(settings, answerer) as desk,
            log_upkeep(maintenance, days=settings.keep_days, backups=settings.backups, leases=leases),
            server_retention(shared.preferences, maintenance, operator_days=settings.keep_days, leases=leases),
            article_watch(
                desk,
                settings.watch,
                partial(refresh, settings),
                go_on=partial(with_meaning, settings, seconds=A_ROUND),
            ),
            source_upkeep(source_store(settings)),
        ):
            if problem := await desk.log.health():
                logger.error("Answers are given but not logged: %s", problem)
            reception = Reception(
                desk,
                added=_source_desk(settings, desk),
                asker=asker.hash,
                operator=settings,
                preferences=shared.preferences,
                persons=DataSubjects(maintenance),
                leases=leases,
            )
            await runner.serve(settings, reception, sync=sync, leases=leases, ledger=shared.ledger)
