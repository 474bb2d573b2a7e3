"""What came of it: `no_result`, `no_metric`, `no_learning`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.report import Evidence
from bot.scoring.rubric import Rubric
from bot.scoring.rules.registry import Found, rule
from bot.scoring.rules.weighing import holds


@rule(
    code="no_result",
    version=2,
    severity="major",
    source=("S0.1", "S0.10", "S3.3"),
    why=t("The answer stops before saying what came of it."),
    advice=t("End with the outcome: what changed, for whom, and by how much, even where it was a failure."),
    examples=(
        "Our importer was slow and customers waited. I was asked to look at it. I profiled the parser, I wrote a new "
        "one in Go and I put a queue in front of it.",
    ),
    counterexamples=(
        "Our importer was slow and customers waited. I profiled the parser and wrote a new one. Imports went from "
        "two hours to ten minutes.",
        "I tried to save the project with a smaller scope. In the end the board cancelled it in March.",
    ),
    silences=("no_metric",),
)
def no_result(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when no outcome is stated at all."""
    if facts.outcome_numbers or not holds("no_result", doc, facts, rubric):
        return None
    return Found(_last(doc))


@rule(
    code="no_metric",
    version=3,
    severity="major",
    source=("S1.4", "S1.5", "S3.3", "S3.11"),
    why=t("The outcome has no figure, so nobody can tell how much it mattered."),
    advice=t("Give one number with its before: “from about 8 minutes to 3”. An honest “roughly 30%” is fine."),
    examples=(
        "Reports were late every month. I rewrote the job so that it ran in steps, because one failure stopped it "
        "all. In the end the reports came much faster and the finance team was happy with it.",
        "Our on-call was painful. I removed noisy alerts. As a result people slept better and the mood improved.",
    ),
    counterexamples=(
        "Reports were late every month. I rewrote the job so that it ran in steps. In the end the reports came 3 "
        "days earlier and finance closed on time.",
        "Our on-call was painful. I removed noisy alerts. As a result night pages fell by half.",
    ),
)
def no_metric(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when an outcome is stated without any quantity about it."""
    if not holds("no_metric", doc, facts, rubric):
        return None
    return Found(tuple(doc.quote(s) for s in doc.of("R")) or _last(doc))


@rule(
    code="no_learning",
    version=2,
    severity="minor",
    source=("S0.9", "S1.10", "S3.7"),
    why=t("Nothing says what you took from it; a story without a lesson seems not thought through."),
    advice=t("Close with a rule you follow since: “I now ... before ...”, and where it helped again."),
    examples=(
        "Our cache failed on a Monday. I restarted it and added a replica. Errors fell to zero.",
        "Our cache failed on a Monday. I added a replica and errors fell to zero. I learned that communication is key.",
    ),
    counterexamples=(
        "Our cache failed on a Monday. I added a replica and errors fell to zero. I learned that a cache needs an "
        "owner, and I now name one before launch.",
        "Our cache failed on a Monday. I added a replica. Looking back I should have load tested it first.",
    ),
)
def no_learning(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when there is no lesson, or only a platitude."""
    if facts.learning >= rubric.limit("learning_least"):
        return None
    platitudes = tuple(doc.quote(s) for s in doc.of("L"))
    return Found(platitudes or _last(doc))


def _last(doc: Doc) -> tuple[Evidence, ...]:
    """The end of the answer: where an outcome or a lesson was looked for."""
    return (doc.quote(doc.sentences[-1]),) if doc.sentences else ()
