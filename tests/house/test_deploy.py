"""What lies in `deploy/` fits what is there: the service of systemd, the container, and the compose file."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
import yaml

from bot.cli.commands import app
from bot.cli.terminal.exit_codes import WRONG
from bot.config.settings import names
from bot.config.shard_group import ShardGroup
from bot.discord.health import PATH, health_told
from bot.discord.runner import DELIVERY
from tests.house.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DEPLOY = ROOT / "deploy"
SERVICE = DEPLOY / "quoth.service"
TEMPLATE = DEPLOY / "quoth@.service"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMMANDS = set(getattr(typer.main.get_command(app), "commands", {}))


def unit(service: Path = SERVICE) -> dict[str, list[str]]:
    """Give the assignments of a service, as often as each is made."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in service.read_text(encoding="utf-8").splitlines():
        name, is_assignment, value = line.partition("=")
        if is_assignment and not line.startswith("#"):
            found[name].append(value)
    return found


def instructions(stage: int) -> list[tuple[str, str]]:
    """Give the instructions of one stage of the Dockerfile: each with what stands behind it."""
    whole = re.sub(r"\\\n\s*", "", DOCKERFILE)
    stages = re.split(r"^(?=FROM )", whole, flags=re.MULTILINE)[1:]
    lines = [line for line in stages[stage].splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def said(stage: int, instruction: str) -> list[str]:
    return [rest for name, rest in instructions(stage) if name == instruction]


def copied() -> list[tuple[list[str], str]]:
    """Give what is copied from the checkout: the sources and where they go."""
    parts = [shlex.split(rest) for stage in (0, 1) for rest in said(stage, "COPY") if not rest.startswith("--from")]
    return [(sources, target) for *sources, target in parts]


def settings_in(environment: dict[str, str]) -> set[str]:
    return {name for name in environment if name.startswith(("QUOTH_", "DISCORD_"))}


def test_the_service_runs_the_bot_with_settings_that_there_are() -> None:
    (start,) = unit()["ExecStart"]
    environment = dict(part.split("=", 1) for part in shlex.split(unit()["Environment"][0]))

    assert shlex.split(start)[0].endswith("/.venv/bin/quoth")  # as `make` sets it up
    assert shlex.split(start)[1:] == ["run"]
    assert "run" in COMMANDS
    assert settings_in(environment) == {"QUOTH_SEEDS", "QUOTH_DATA"}
    assert settings_in(environment) <= set(names())
    assert environment["QUOTH_DATA"] == f"%S/{unit()['StateDirectory'][0]}"


def test_one_of_several_processes_is_run_as_the_only_one_is_but_for_what_it_has_for_itself() -> None:
    one, several = unit(), unit(TEMPLATE)
    differing = {name for name in one.keys() | several.keys() if one.get(name) != several.get(name)}

    assert differing == {"Description", "After", "EnvironmentFile", "User"}
    assert several["EnvironmentFile"] == [*one["EnvironmentFile"], "/etc/quoth-%i.env"]
    assert several["User"] == several["StateDirectory"], "they share what is in the folder"


def test_the_compose_file_of_two_gives_each_its_shards_and_both_the_rest() -> None:
    composed = yaml.safe_load((DEPLOY / "compose-two.yaml").read_text(encoding="utf-8"))
    first, second = (composed["services"][name] for name in ("first", "second"))
    shards = [ShardGroup.parse(bot["environment"].pop("QUOTH_SHARDS")) for bot in (first, second)]

    assert first == second
    assert shards[0].fits_beside(shards[1])
    assert {shard for group in shards for shard in group.ids} == set(range(shards[0].count))
    assert settings_in(first["environment"]) <= set(names())
    assert (ROOT / first["build"]["args"]["REQUIREMENTS"]).is_file()
    assert "psycopg==" in (ROOT / first["build"]["args"]["REQUIREMENTS"]).read_text(encoding="utf-8")
    assert set(composed["volumes"]) == {"data", "database"}
    assert int(first["stop_grace_period"].removesuffix("s")) > DELIVERY


def test_a_reload_of_the_service_has_it_look_at_the_articles() -> None:
    assert unit()["ExecReload"] == ["/bin/kill -HUP $MAINPID"]
    assert unit()["RestartForceExitStatus"] == ["SIGHUP"], "one that comes before the bot listens for it ends it"


def test_the_service_is_not_started_again_for_what_a_setting_must_mend_and_may_deliver_its_answers() -> None:
    assert unit()["RestartPreventExitStatus"] == [str(WRONG)]
    assert int(unit()["TimeoutStopSec"][0]) > DELIVERY


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_understands_the_service_and_finds_little_that_it_is_exposed_to(tmp_path: Path) -> None:
    here = tmp_path / SERVICE.name
    text = SERVICE.read_text(encoding="utf-8")
    here.write_text(text.replace(unit()["ExecStart"][0], f"{sys.executable} --version"), encoding="utf-8")

    verified = subprocess.run(["systemd-analyze", "verify", here], capture_output=True, text=True, check=False)
    exposed = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", here],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")
    assert exposed.returncode == 0, exposed.stdout


def test_the_image_is_made_of_what_is_there_and_of_pinned_parts_with_hashes() -> None:
    bases = [said(stage, "FROM")[0].split()[0] for stage in (0, 1)]
    installs = [rest for rest in said(0, "RUN") if "pip install" in rest]

    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base) for base in bases)
    assert bases[0] == bases[1]  # an environment works with the Python that it was made with
    assert [source for sources, _ in copied() for source in sources if not (ROOT / source).exists()] == []
    assert len(installs) == 2
    assert "--require-hashes --requirement $REQUIREMENTS" in installs[0]
    assert said(0, "ARG") == ["REQUIREMENTS=requirements/runtime.txt"]
    assert "--no-deps --no-build-isolation" in installs[1]


def test_what_the_image_is_made_of_is_let_through_to_it() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    wanted = {source.rstrip("/") for sources, _ in copied() for source in sources}

    assert "*" in ignored
    assert {line.removeprefix("!") for line in ignored if line.startswith("!")} == wanted


def test_the_container_runs_the_bot_as_a_user_of_its_own_with_settings_that_there_are() -> None:
    environment = dict(part.split("=", 1) for part in shlex.split(said(1, "ENV")[0]))

    assert [json.loads(rest) for name in ("ENTRYPOINT", "CMD") for rest in said(1, name)] == [["quoth"], ["run"]]
    assert said(1, "USER") == ["quoth"]
    assert settings_in(environment) <= set(names())
    assert environment["QUOTH_DATA"] in said(1, "VOLUME")
    assert environment["QUOTH_SEEDS"] + "/" in [target for _, target in copied()]


@pytest.mark.parametrize(("problem", "status"), [(None, 0), ("The disk is full.", 1)])
async def test_the_container_is_healthy_when_the_bot_says_so(problem: str | None, status: int) -> None:
    async def log() -> str | None:
        return problem

    (check,) = said(1, "HEALTHCHECK")
    command: list[str] = json.loads(check.partition("CMD ")[2])
    assert PATH in command[-1]
    async with health_told({"log": log}, 0) as port:
        run = await asyncio.create_subprocess_exec(
            sys.executable,
            *command[1:],
            env={"QUOTH_HEALTH_PORT": str(port), "PATH": os.environ["PATH"]},
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert await run.wait() == status


def test_the_compose_file_uses_the_image_that_is_there_and_settings_that_there_are() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    service: dict[str, Any] = composed["services"]["quoth"]
    context = DEPLOY / service["build"]["context"]
    volumes = dict(volume.split(":", 1) for volume in service["volumes"])
    inside = {target.split(":")[0] for target in volumes.values()}

    assert context.resolve() == ROOT
    assert (context / service["build"]["dockerfile"]).is_file()
    assert settings_in(service["environment"]) <= set(names())
    assert {service["environment"]["QUOTH_SEEDS"], service["environment"]["QUOTH_DATA"]} == inside
    assert set(composed["volumes"]) == {name for name in volumes if not name.startswith(".")}
    assert [(DEPLOY / name).is_dir() for name in volumes if name.startswith(".")] == [True]
    assert service["read_only"] is True
    assert int(service["stop_grace_period"].removesuffix("s")) > DELIVERY


@pytest.mark.slow
def test_what_is_copied_into_the_image_is_enough_to_install_the_bot_and_ask_it(tmp_path: Path) -> None:
    build, image = tmp_path / "build", tmp_path / "image"
    for sources, target in copied():
        for source in (ROOT / source for source in sources):
            place = image / target.strip("/") if target.startswith("/") else build / target
            if source.is_dir():
                shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, place)
    hatch = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(hatch, cwd=build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, tmp_path / "installed", format="zip")

    code = "from bot.cli import main; main()"
    asked = subprocess.run(
        [sys.executable, "-c", code, "ask", "--no-log", "When was Fallujah lost?"],
        cwd=tmp_path / "installed",
        env={"QUOTH_SEEDS": str(image / "seeds"), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith("> ")
