"""The payloads of the whole catalogue as files: one for each platform and room."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.gallery.platforms import Platform, payloads
from tests.gallery.samples import catalogue, declared

GOLDEN = Path(__file__).parents[1] / "golden" / "gallery"
WIDTH = 150
WRITE = "STARLING_WRITE_GOLDEN"
"""The environment variable under which tests write their files anew."""


def golden_file(platform: Platform, room: str) -> Path:
    """Where the payloads of a room stand."""
    return GOLDEN / platform.name / f"{room}.json"


def drawn(platform: Platform, room: str) -> str:
    """The payloads of every sample of `room` by occasion."""
    gathered = declared()
    samples = [sample for sample in catalogue() if sample.room == room]
    return _laid_out({sample.name: payloads(sample, platform, gathered) for sample in samples}) + "\n"


def kept(file: Path, content: str) -> str:
    """What stands in `file`; where new files are asked for, `content` is written there first."""
    if os.environ.get(WRITE):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _laid_out(value: Any, indent: str = "") -> str:
    """JSON in which whatever fits into a line stands in one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, Mapping | list) or not value:
        return line
    deeper = indent + " "
    if isinstance(value, Mapping):
        inside = [f"{deeper}{json.dumps(name)}: {_laid_out(each, deeper)}" for name, each in value.items()]
        return "{\n" + ",\n".join(inside) + f"\n{indent}}}"
    inside = [f"{deeper}{_laid_out(each, deeper)}" for each in value]
    return "[\n" + ",\n".join(inside) + f"\n{indent}]"
