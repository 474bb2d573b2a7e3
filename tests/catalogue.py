"""The catalogue of sentences: found in the source, compared with the template, written anew.

`python -m tests.catalogue` writes the template that translators start from.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "bot" / "base" / "locale" / "starling.pot"
KEYWORDS = {"t": None, "tn": (1, 2)}
COMMAND = "python -m tests.catalogue"

Sentence = str | tuple[str, str]
"""A sentence, or its singular and plural."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of `t` or `tn` in the source."""

    where: str
    node: ast.Call

    @property
    def sentences(self) -> list[ast.expr]:
        """The arguments that are sentences."""
        count = 2 if isinstance(self.node.func, ast.Name) and self.node.func.id == "tn" else 1
        return self.node.args[:count]


def extracted() -> Catalog:
    """Every sentence in the source, as the mapping in `babel.cfg` finds them."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        mapping, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog(project="starling", fuzzy=False)
    found = extract_from_dir(ROOT, mapping, options, keywords=KEYWORDS, directory_filter=_is_source)
    for _, _, message, comments, context in found:
        catalog.add(message, auto_comments=comments, context=context)
    return catalog


def _is_source(folder: str) -> bool:
    path = Path(folder).relative_to(ROOT)
    return path == Path() or path.parts[0] in ("bot", "adapters")


def template() -> Catalog:
    """The template as it stands in the repository; empty where there is none yet."""
    if not TEMPLATE.is_file():
        return Catalog()
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def sentences(catalog: Catalog) -> set[Sentence]:
    """What a catalogue holds, without its header."""
    return {
        (message.id[0], message.id[1]) if isinstance(message.id, list | tuple) else message.id
        for message in catalog
        if message.id
    }


def calls() -> Iterator[Call]:
    """Every call of `t` and `tn` in the source."""
    for folder in ("bot", "adapters"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                    yield Call(f"{file.relative_to(ROOT)}:{node.lineno}", node)


def write() -> None:
    """Write the template: sorted and without places, so that it changes only where a sentence does."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as file:
        write_po(file, extracted(), width=120, no_location=True, omit_header=True, sort_output=True)


if __name__ == "__main__":
    write()
