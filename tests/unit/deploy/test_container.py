"""The container and compose files agree with the product, and the guide with both."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from adapters.slack.settings import HTTP_PORT as SLACK_PORT
from bot.cli.app import app
from bot.runtime.config import PREFIX, Config
from storage.engine import database_url

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
COMPOSE = ("compose.yaml", "compose.postgres.yaml")
SETTINGS = {PREFIX + name.upper() for name in Config.model_fields}


def instructions(word: str) -> list[str]:
    """The instructions of this kind in the container file, in order."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.removeprefix(word).strip() for line in text.splitlines() if line.startswith(word + " ")]


def service(file: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / file).read_text(encoding="utf-8"))["services"]["starling"]
    return found


def test_every_package_goes_into_the_image_and_nothing_else_of_the_repository() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = [name for line in instructions("COPY") if "--from" not in line for name in line.split()[:-1]]
    assert set(packages["packages"]) == {name for name in copied if (ROOT / name).is_dir()}
    assert all((ROOT / name).exists() for name in copied)
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().split()
    assert {line.removeprefix("!") for line in allowed if line.startswith("!")} == set(copied)


def test_the_container_runs_as_a_user_without_rights_and_locked_requirements() -> None:
    assert instructions("USER")[-1] not in ("root", "0")
    assert any("--require-hashes -r requirements.lock" in line for line in instructions("RUN"))


def test_the_container_sets_known_settings_and_opens_the_port_they_name() -> None:
    named = set(re.findall(r"STARLING_[A-Z_]+", (DEPLOY / "Dockerfile").read_text(encoding="utf-8")))
    assert named <= SETTINGS
    port = str(Config.model_fields["http_port"].default)
    assert instructions("EXPOSE") == [port]
    assert all(f"127.0.0.1:{port}:{port}" in service(file)["ports"] for file in COMPOSE)


@pytest.mark.parametrize("file", COMPOSE)
def test_compose_builds_that_file_and_gives_it_nothing_but_its_volume(file: str) -> None:
    starling = service(file)
    assert (DEPLOY / starling["build"]["context"] / starling["build"]["dockerfile"]).is_file()
    assert set(starling["environment"]) <= SETTINGS
    assert starling["read_only"]
    assert starling["cap_drop"] == ["ALL"]
    assert starling["volumes"] == [f"data:{starling['environment']['STARLING_DATA_FOLDER']}"]
    grace = float(starling["stop_grace_period"].removesuffix("s"))
    assert grace > Config.model_fields["stop_seconds"].default


@pytest.mark.parametrize("file", COMPOSE)
def test_each_of_the_three_ports_is_the_same_in_compose_the_settings_and_the_guide(file: str) -> None:
    text, guide = (
        (DEPLOY / file).read_text(encoding="utf-8"),
        (ROOT / "docs" / "running.md").read_text(encoding="utf-8"),
    )
    health = str(Config.model_fields["http_port"].default)
    (pages,) = re.findall(r"STARLING_PAGES_BIND=0\.0\.0\.0:(\d+)", text)
    assert re.findall(r'"127\.0\.0\.1:(\d+):(\d+)"', text) == [(port, port) for port in (health, pages, SLACK_PORT)]
    assert f"as `127.0.0.1:{pages}`" in guide
    assert f"health and metrics ({health})" in guide
    assert f"Slack's events ({SLACK_PORT})" in guide
    assert len({health, pages, SLACK_PORT}) == 3


def test_what_is_locked_can_draw_charts_and_reach_both_databases() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["postgres"], *extras["charts"]]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE))
    assert {re.split(r"[^a-z0-9-]", name.replace(".", "-"))[0] for name in wanted} <= locked


def test_the_lock_and_the_one_for_tests_name_the_same_versions() -> None:
    def pinned(file: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==[^ ]+", (ROOT / file).read_text(), flags=re.MULTILINE))

    assert pinned("requirements.lock") <= pinned("requirements-test.lock")
    assert pinned("requirements-meaning.lock") <= pinned("requirements-test.lock")


@pytest.mark.parametrize("file", COMPOSE)
def test_the_model_of_meaning_is_built_in_where_that_is_asked_for(file: str) -> None:
    (extra,) = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["meaning"]
    name = re.split(r"[^a-z0-9-]", extra)[0]
    assert f"\n{name}==" in "\n" + (ROOT / "requirements-meaning.lock").read_text()
    (argument,) = (line.split("=") for line in instructions("ARG"))
    assert argument == ["MEANING", ""]
    assert service(file)["build"]["args"] == {"MEANING": "${STARLING_WITH_MEANING:-}"}
    assert any("${MEANING:+-r requirements-meaning.lock}" in line for line in instructions("RUN"))


def test_charts_can_be_drawn_where_only_a_folder_in_memory_can_be_written_to() -> None:
    (folder,) = re.findall(r"MPLCONFIGDIR=(\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    for file in COMPOSE:
        assert any(folder.startswith(f"{place}/") for place in service(file)["tmpfs"])


def test_the_database_of_compose_is_one_we_can_use() -> None:
    found = yaml.safe_load((DEPLOY / "compose.postgres.yaml").read_text(encoding="utf-8"))["services"]
    password = found["database"]["environment"]["POSTGRES_PASSWORD"]
    address = found["starling"]["environment"]["STARLING_DATABASE_URL"]
    assert password in address
    url = database_url(address.replace(password, "secret"))
    about = found["database"]["environment"]
    assert (url.host, url.username, url.database) == ("database", about["POSTGRES_USER"], about["POSTGRES_DB"])


@pytest.mark.parametrize(("platform", "steps"), [("Discord", 4), ("Slack", 5)])
def test_the_guide_takes_as_many_steps_as_it_says(platform: str, steps: int) -> None:
    guide = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    _, _, section = guide.partition(f"## {platform} in {steps} steps\n")
    numbered = re.findall(r"^(\d+)\. ", section.partition("\n## ")[0], flags=re.MULTILINE)
    assert numbered == [str(number + 1) for number in range(steps)]


def test_every_command_of_the_guide_exists() -> None:
    guide = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`starling ([a-z]+)", guide))
    assert {"init", "run", "doctor", "manifest"} <= named
    group = typer.main.get_command(app)
    assert named <= set(vars(group)["commands"])


TYPED = re.compile(r'^    (?:docker .*(?:exec -T starling|run --rm -T|:/settings") )?starling ([a-z].*)$', re.MULTILINE)


@pytest.mark.parametrize(("page", "least"), [("docs/running.md", 10), ("docs/privacy.md", 4)])
def test_every_line_that_is_to_be_typed_is_one_that_the_commands_take(page: str, least: int) -> None:
    lines = TYPED.findall((ROOT / page).read_text(encoding="utf-8"))
    assert len(lines) >= least
    assert [line for line in lines if unknown(re.sub(r"[<>].*", "", line).split())] == []


def test_every_command_that_the_readme_lists_is_one() -> None:
    listed = [line.split("  ")[0] for line in TYPED.findall((ROOT / "README.md").read_text(encoding="utf-8"))]
    assert len(listed) >= 12
    for line in listed:
        first, *others = (part.split() for part in line.split(", "))
        assert unknown([word for word in first if word.islower() and "." not in word]) == [], line
        assert [words for words in others if not words[0].startswith("--") and unknown(words)] == [], line


def unknown(words: list[str]) -> list[str]:
    """The words that are neither a command of `starling`, nor an option of it, nor what may stand behind them."""
    command: Any = typer.main.get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words[0]]
        words = words[1:]
    if hasattr(command, "commands"):
        return words or ["a command"]
    options = {name for parameter in command.params for name in parameter.opts}
    takes_a_word = any(parameter.param_type_name == "argument" for parameter in command.params)
    named = [word for word in words if word.startswith("--")]
    values = [word for word in words if not word.startswith("--")]
    return [name for name in named if name not in options] + (
        [] if takes_a_word or len(values) <= len(named) else values
    )
