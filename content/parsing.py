"""One YAML file into entries that know their lines."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.base.errors import ContentError
from content.schema import SECTIONS, Entry


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """An entry with the file and the YAML node it came from."""

    entry: Entry
    section: str
    file: Path
    node: yaml.Node

    def line_of(self, *path: str | int) -> int:
        """The line of the value at `path` inside the entry, or of the nearest thing around it that is there."""
        return line_at(self.node, path)

    def error(self, problem: str, *path: str | int) -> ContentError:
        """A problem with the value at `path`."""
        return ContentError(self.file, self.line_of(*path), f"{self.entry.id}: {problem}")

    def with_entry(self, entry: Entry) -> ParsedEntry:
        """The same place, holding another entry."""
        return replace(self, entry=entry)


def entries_of(
    file: Path, problems: list[ContentError], defaults: Mapping[str, Any] | None = None
) -> Iterator[ParsedEntry]:
    """The entries of one file; what is wrong is added to `problems` and left out.

    `defaults` fill fields that an entry does not name.
    """
    root = _compose(file, problems)
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        problems.append(ContentError(file, _line(root), "a content file is a map from section to a list of entries"))
        return
    for key, items in root.value:
        if not isinstance(key, yaml.ScalarNode) or key.value not in SECTIONS:
            problems.append(ContentError(file, _line(key), f"{key.value!r} is not a section"))
        elif not isinstance(items, yaml.SequenceNode):
            problems.append(ContentError(file, _line(items), f"{key.value} needs a list of entries"))
        else:
            for node in items.value:
                entry = _entry(file, key.value, node, defaults or {}, problems)
                if entry is not None:
                    yield ParsedEntry(entry, key.value, file, node)


def line_at(node: yaml.Node, path: tuple[str | int, ...]) -> int:
    """The line, from 1, of the value at `path`; steps that lead nowhere in the file are passed over."""
    line = _line(node)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                continue
            line, node = _line(pair[0]), pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = _line(node)
    return line


class _Constructor(yaml.constructor.SafeConstructor):
    """Builds values as YAML's safe loader does, but takes a key that stands twice in a map for the mistake it is."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _compose(file: Path, problems: list[ContentError]) -> yaml.Node | None:
    try:
        # The C parser is ten times as fast, and not in every build of PyYAML.
        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        root: yaml.Node | None = yaml.compose(file.read_text(encoding="utf-8"), Loader=loader)
        return root
    except UnicodeDecodeError:
        problems.append(ContentError(file, 1, "the file is not UTF-8 text"))
    except yaml.YAMLError as error:
        problems.append(_yaml_problem(file, error))
    return None


def _entry(
    file: Path, section: str, node: yaml.Node, defaults: Mapping[str, Any], problems: list[ContentError]
) -> Entry | None:
    try:
        data = _Constructor().construct_document(node)
        if isinstance(data, dict):
            data = {**defaults, **data}
        return SECTIONS[section].model_validate(data)
    except yaml.YAMLError as error:
        problems.append(_yaml_problem(file, error))
    except ValidationError as error:
        for fault in error.errors():
            path = ".".join(str(step) for step in fault["loc"])
            name = f"{section}: {path}: " if path else f"{section}: "
            message = fault["msg"].removeprefix("Value error, ")
            problems.append(ContentError(file, line_at(node, fault["loc"]), name + message))
    return None


def _yaml_problem(file: Path, error: yaml.YAMLError) -> ContentError:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return ContentError(file, error.problem_mark.line + 1, error.problem or "malformed YAML")
    return ContentError(file, 1, f"malformed YAML: {error}")


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
