"""The registry of rules: a rule is a function from an answer's facts to what it found, with its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.base.text import Text
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.report import FLAGS, Evidence, Finding, Kind, Severity
from bot.scoring.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Found:
    """The words that show a flaw. For something that is missing: where it was looked for, which may be nowhere.

    `why` and `advice` stand for those of the rule where these would say too much.
    """

    evidence: tuple[Evidence, ...]
    why: Text | None = None
    advice: Text | None = None


Check = Callable[[Doc, Facts, Rubric], Found | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its code, version, sources (rows of the content checklist), texts, examples and counter-examples."""

    code: str
    version: int
    severity: Severity
    sources: tuple[str, ...]
    why: Text
    advice: Text
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    kinds: tuple[Kind, ...]
    silences: tuple[str, ...]
    check: Check

    @property
    def id(self) -> str:
        """The name under which findings refer to the rule."""
        return f"rule.{self.code}"


_RULES: dict[str, Rule] = {}


def rule(*, code: str, version: int, severity: Severity, source: tuple[str, ...], why: Text, advice: Text,
         examples: tuple[str, ...], counterexamples: tuple[str, ...], kinds: tuple[Kind, ...] = ("behavioral",),
         silences: tuple[str, ...] = ()) -> Callable[[Check], Check]:  # fmt: skip
    """Register a check under a code of the labelling guide.

    `examples` are answers in which it must fire, `counterexamples` answers in which it must not; both run as tests.
    `silences` names codes that are not told where this one holds. `ValueError` for an unknown or used code.
    """
    if code not in FLAGS or code in _RULES:
        raise ValueError(f"{code!r} is no code of the guide, or taken")

    def register(check: Check) -> Check:
        _RULES[code] = Rule(
            code, version, severity, source, why, advice, examples, counterexamples, kinds, silences, check
        )
        return check

    return register


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the guide's codes."""
    return tuple(_RULES[code] for code in FLAGS if code in _RULES)


def find(doc: Doc, facts: Facts, rubric: Rubric) -> tuple[Finding, ...]:
    """What the rules find in an answer of their kind, in the order of the guide's codes."""
    found: dict[str, tuple[Rule, Found]] = {}
    for one in all_rules():
        if doc.answer.kind in one.kinds:
            result = one.check(doc, facts, rubric)
            if result is not None:
                found[one.code] = (one, result)
    silent = {code for one, _ in found.values() for code in one.silences}
    return tuple(
        Finding(
            code,
            one.id,
            one.version,
            one.severity,
            result.evidence[:3],
            result.why or one.why,
            result.advice or one.advice,
            one.sources,
        )
        for code, (one, result) in found.items()
        if code not in silent
    )
