# ruff: noqa: T201
"""Measures the checks beyond the flags: `python -m tests.gold.checks [--misses]`.

`checks.jsonl` says of behavioral answers of the other files which steps of their question's type an interviewer would
hear (present, partly, absent), which checks hold, on which one may be of two minds (`unsure`, counted nowhere), and
whether the speaker only builds or only manages. A step is noted rightly where it is absent, wrongly where it is present
or partly there. Half of the writers are held out: their misses are never printed.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.base.text import render
from bot.scoring import Answer, Asking, Report, Rules, score
from bot.scoring.checks.steps import STEPS
from content.rules import load_rules

HERE = Path(__file__).parent
TUNED = ("dev", "own", "writer_a", "writer_e")
HELD_OUT = ("writer_b", "writer_d", "writer_f")
LABELLED = ("disguised_success", "empty_lesson", "hedging", "missing_essentials", "nothing_different", "story_trap",
            "technical_only")  # fmt: skip
SIDES = ("building only", "managing only")
LEVELS = ("L4", "L5", "L6", "L7")
STRONG = 4.5
Item = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """How often a check noted something rightly, wrongly, or not though it holds; and wrongly among strong answers."""

    right: int = 0
    false: int = 0
    missed: int = 0
    strong: int = 0
    strong_false: int = 0

    def count(self, noted: bool, holds: bool, strong: bool) -> None:
        """Add one answer."""
        self.right += noted and holds
        self.false += noted and not holds
        self.missed += holds and not noted
        self.strong += strong
        self.strong_false += strong and noted and not holds


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing a check says or leaves unsaid of an answer, beside what was labelled.

    A story counts among the strong ones for the level that it has: of a higher one it may well fall short.
    """

    name: str
    noted: bool
    holds: bool
    at_own_level: bool = True


def answers(names: tuple[str, ...]) -> dict[str, Item]:
    """The behavioral answers of these files by id."""
    lines = [line for name in names for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    items = [json.loads(line) for line in lines]
    return {item["id"]: item for item in items if item["kind"] == "behavioral"}


def labels() -> list[Item]:
    """The labelled rows."""
    return [json.loads(line) for line in (HERE / "checks.jsonl").read_text(encoding="utf-8").splitlines()]


def _report(item: Item, asking: Asking, rules: Rules, target: str | None = None) -> Report:
    return score(Answer(item["text"], question=item["question"], asking=asking, target_level=target), rules)


def judged(label: Item, item: Item, rules: Rules) -> Iterator[Judged]:
    """What the checks say of one labelled answer."""
    asking = Asking(
        label.get("question_type"), label.get("canonical_story"), tuple(label["archetypes"]), lead_round=False
    )
    report = _report(item, asking, rules)
    found = {finding.code: finding for finding in report.checks}
    for code in LABELLED:
        if code not in label.get("unsure", ()):
            yield Judged(code, code in found, code in label.get("holds", ()))
    yield from _steps(label, render(found["missing_steps"].why) if "missing_steps" in found else "")
    if label.get("leading"):
        codes = [f.code for f in _report(item, Asking(lead_round=True), rules).checks]
        yield Judged("one_sided_lead", "one_sided_lead" in codes, label["leading"] in SIDES)


def _steps(label: Item, why: str) -> Iterator[Judged]:
    """What is said of each step, and of the steps together; none may be noted where they are not asked for."""
    kind, heard = label.get("question_type", ""), label.get("steps")
    if not isinstance(heard, list):
        yield Judged("missing_steps", bool(why), False)
        return
    told = [(render(step.name), how) for step, how in zip(STEPS[kind], heard, strict=True)]
    for name, how in told:
        yield Judged(f"{kind.removeprefix('type-')}: {name}", name in why, how == "absent")
    wrongly = any(name in why and how != "absent" for name, how in told)
    yield Judged("missing_steps", bool(why), not wrongly and any(how == "absent" for _, how in told))


def _below_target(item: Item, rules: Rules) -> Iterator[Judged]:
    """What `below_target` says to somebody who prepares for each of the levels."""
    if not item.get("level"):
        return
    for target in LEVELS:
        codes = [f.code for f in _report(item, Asking(), rules, target).checks]
        yield Judged("below_target", "below_target" in codes, item["level"] < target, item["level"] == target)


def tallies(names: tuple[str, ...], rules: Rules, last: bool = False, misses: bool = False) -> dict[str, Tally]:
    """Every check with its tally over the answers of these files, those labelled `last` or the others."""
    items = answers(names)
    counted: dict[str, Tally] = defaultdict(Tally)
    for label in labels():
        item = items.get(label["id"])
        if item is None or ("labelled" in label) is not last:
            continue
        for one in (*judged(label, item, rules), *_below_target(item, rules)):
            counted[one.name].count(one.noted, one.holds, item["rating"] >= STRONG and one.at_own_level)
            if misses and one.noted != one.holds and one.name != "below_target":
                print(f"{label['id']}: {one.name} {'noted' if one.noted else 'not noted'}")
    return counted


def _row(tally: Tally) -> str:
    noted, hold = tally.right + tally.false, tally.right + tally.missed
    precision = f"{tally.right / noted:.2f}" if noted else ""
    recall = f"{tally.right / hold:.2f}" if hold else ""
    strong = f"{tally.strong_false} of {tally.strong}"
    return f"{tally.right} {tally.false} {tally.missed} | {precision} | {recall} | {strong}"


def main() -> None:
    """Print the table; with `--misses` also what is wrong in the half that was tuned on."""
    rules = load_rules()
    parts = [
        tallies(TUNED, rules, misses="--misses" in sys.argv),
        tallies(HELD_OUT, rules),
        tallies(HELD_OUT, rules, last=True),
    ]
    cells = "right, false, missed | precision | recall | wrong on strong answers"
    print(f"| check | tuned: {cells} | held out: {cells} | labelled last: {cells} |\n|---|" + "---|" * 12)
    for name in sorted(set().union(*parts), key=lambda n: (":" in n, n)):
        print(f"| {name} | " + " | ".join(_row(part[name]) for part in parts) + " |")


if __name__ == "__main__":
    main()
