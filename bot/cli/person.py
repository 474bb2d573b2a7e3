"""Whoever sets Starling up at the terminal: asking them, and telling them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.chat.setup import Finding

YES_OR_NO = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}


class Person(Protocol):
    """Whoever sets Starling up."""

    def ask(self, sentence: str, default: str, *, secret: bool = False) -> str:
        """Their answer; `default` where they give none."""
        ...

    def say(self, line: str) -> None:
        """Tell them a line."""
        ...


def yes_or_no(person: Person, sentence: str, default: str) -> str:
    """Their "yes" or "no", asked again until it is one of them."""
    while True:
        answer = person.ask(f"{sentence} (yes or no)", default).lower()
        if answer in YES_OR_NO:
            return YES_OR_NO[answer]
        person.say("Please answer yes or no.")


def tell(person: Person, title: str, lines: Sequence[str]) -> None:
    """Lines under a title."""
    person.say(f"\n{title}")
    for line in lines:
        person.say(f"  {line}")


def report(person: Person, findings: Sequence[Finding]) -> None:
    """What a look found, with the step that mends each fault."""
    for finding in findings:
        person.say(finding.sentence)
        if finding.step and not finding.ok:
            person.say(f"-> {finding.step}")
