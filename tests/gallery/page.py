"""The gallery: one page with every card and form in the look of each platform, drawn from the real payloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.gallery.degradations import NAMES
from tests.gallery.discord_look import discord_html
from tests.gallery.local_look import local_html
from tests.gallery.markup import tag, text
from tests.gallery.platforms import PLATFORMS, payloads
from tests.gallery.sample import Sample
from tests.gallery.samples import ROOMS, catalogue, declared
from tests.gallery.slack_look import slack_html

GALLERY = Path(__file__).parents[2] / "docs" / "gallery" / "index.html"
STYLE = Path(__file__).with_name("page.css")
LOOKS: Mapping[str, Callable[[Any], str]] = {"slack": slack_html, "discord": discord_html, "local": local_html}
ABOUT = (
    "Every card and form of Starling with example data, drawn from what the adapters send. The looks are "
    "approximations; a column is as wide as a phone. What stands in several boxes is sent as several messages, or "
    "asked in several steps."
)


def gallery() -> str:
    """The whole page, with nothing in it that has to be fetched."""
    samples = catalogue()
    links = (tag("a", text(room), href=f"#{room}") for room in ROOMS)
    rooms = (_room(room, [sample for sample in samples if sample.room == room]) for room in ROOMS)
    body = tag("body", tag("h1", "Starling's cards"), tag("p", text(ABOUT)), tag("nav", *links), *rooms)
    head = tag(
        "head",
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        tag("title", "Starling's cards"),
        tag("style", STYLE.read_text(encoding="utf-8")),
    )
    return "<!doctype html>\n" + tag("html", head, body, lang="en") + "\n"


def _room(room: str, samples: list[Sample]) -> str:
    return "\n" + tag("section", tag("h2", text(room)), *map(_sample, samples), id=room)


def _sample(sample: Sample) -> str:
    looks = []
    for platform in PLATFORMS:
        shown = map(LOOKS[platform.name], payloads(sample, platform, declared()))
        looks.append(tag("div", tag("b", text(NAMES[platform.name])), *shown, cls="look"))
    return "\n" + tag("h3", text(sample.name)) + tag("div", *looks, cls="looks")
