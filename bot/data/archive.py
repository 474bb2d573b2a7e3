"""A person's data as one archive: a file of JSON for each thing that is held, pages where a room has them, a readme.

Rooms read what they hold at once, which on SQLite takes the event loop for as long as it lasts: an archive is made in
a process of its own, or in a thread with an event loop and connections of its own.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from bot.base.ids import MemberId
from bot.base.text import Text, render, t
from bot.data.cards import README
from bot.feature.context import Context
from bot.feature.declarations import Entry
from storage.tenancy import forget_rows

KEPT = 100
"""Entries after which the session forgets what it has read."""


async def write_archive(context: Context, member: MemberId, file: IO[bytes], language: str = "en") -> Mapping[str, int]:
    """Write the archive of `member` to `file`, entry by entry; how many entries each part has."""
    counts: dict[str, int] = {}
    described: list[tuple[str, str]] = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for holding in context.holdings:
            name = f"{holding.name}.json"
            counts[holding.name] = await _write_rows(archive, name, context, holding.entries(context, member))
            described.append((name, render(holding.what, language)))
            if holding.documents is None:
                continue
            async for page, words in holding.documents(context, member):
                place = f"{holding.name}/{page}"
                archive.writestr(place, words)
                described.append((place, render(t("The same to read"), language)))
            forget_rows(context.session)
        archive.writestr(README, _readme(described, counts, context.now, language))
    return counts


async def _write_rows(archive: ZipFile, name: str, context: Context, entries: AsyncIterator[Entry]) -> int:
    """One JSON list, an entry a line; how many there are. A few are held at once, and let go of by the session too."""
    count = 0
    with archive.open(name, "w", force_zip64=True) as part:
        part.write(b"[")
        async for entry in entries:
            part.write(b",\n" if count else b"\n")
            part.write(json.dumps(entry, ensure_ascii=False, default=str).encode())
            count += 1
            if not count % KEPT:
                forget_rows(context.session)
        part.write(b"\n]\n")
    return count


def _readme(described: list[tuple[str, str]], counts: Mapping[str, int], now: datetime, language: str) -> str:
    def said(text: Text) -> str:
        return render(text, language)

    lines = [
        said(t("What Starling holds about you")),
        "",
        said(t("Made on {day}. Each file ending in .json is a list of entries, as text.", day=now.date().isoformat())),
        said(t("Moments are in UTC. What others wrote is in here only where it was written to you.")),
        "",
    ]
    for name, what in described:
        entries = counts.get(name.removesuffix(".json"))
        lines.append(f"{name}: {what}" + (f" ({entries})" if entries is not None else ""))
    return "\n".join(lines) + "\n"
