"""Files: announced, sent, completed; a picture can be shown once Slack has worked it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.wire.slack.credentials import Refused

SHOWN = (b"\x89PNG", b"\xff\xd8", b"GIF8")
"""How files begin that Slack shows as pictures."""


@dataclass
class File:
    """A file of ours. `looks_left` is how often Slack still refuses to show it."""

    name: str
    length: int
    alt: str
    title: str = ""
    data: bytes | None = None
    complete: bool = False
    looks_left: int = 0


@dataclass
class Files:
    """What was uploaded; `slow` is how often Slack refuses to show a new file."""

    address: str = ""
    slow: int = 0
    kept: dict[str, File] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def announce(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The method `files.getUploadURLExternal`."""
        name, length = str(given.get("filename") or ""), int(given.get("length") or 0)
        if not name or length < 1:
            raise Refused("invalid_arguments")
        file = f"F{next(self._numbers):09d}"
        self.kept[file] = File(name, length, str(given.get("alt_txt") or ""), looks_left=self.slow)
        return {"upload_url": f"{self.address}/{file}", "file_id": file}

    def take(self, file: str, data: bytes) -> bool:
        """The bytes are sent; whether they are as many as announced."""
        kept = self.kept.get(file)
        if kept is None or kept.length != len(data):
            return False
        kept.data = data
        return True

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The method `files.completeUploadExternal`."""
        named = [str(each.get("id")) for each in given.get("files") or ()]
        if not named or any(self.kept.get(each) is None or self.kept[each].data is None for each in named):
            raise Refused("file_not_found")
        if any(self.kept[each].complete for each in named):
            raise Refused("file_not_found")
        for each in given["files"]:
            file = self.kept[str(each["id"])]
            file.complete, file.title = True, str(each.get("title") or file.name)
        return {"files": [{"id": each, "title": self.kept[each].title} for each in named]}

    def delete(self, given: Mapping[str, Any]) -> str:
        """The method `files.delete`; the id of the file that went."""
        file = str(given.get("file"))
        if file not in self.kept or not self.kept[file].complete:
            raise Refused("file_not_found")
        del self.kept[file]
        return file

    def complaints(self, blocks: Sequence[Mapping[str, Any]]) -> list[str]:
        """What is wrong with the files that these blocks show."""
        found = []
        for number, block in enumerate(blocks):
            if "slack_file" in block and not self._can_be_shown(str(block["slack_file"].get("id"))):
                found.append(f"invalid slack file [json-pointer:/blocks/{number}/slack_file]")
        return found

    def _can_be_shown(self, file: str) -> bool:
        kept = self.kept.get(file)
        if kept is None or not kept.complete or kept.data is None or not kept.data.startswith(SHOWN):
            return False
        kept.looks_left -= 1
        return kept.looks_left < 0
