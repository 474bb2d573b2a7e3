"""Who did it: `we_over_i`, `passive_action`, `hero`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.rubric import Rubric
from bot.scoring.rules.registry import Found, rule
from bot.scoring.rules.weighing import heard, holds


@rule(
    code="we_over_i",
    version=2,
    severity="major",
    source=("S1.5", "S1.10", "S3.3", "S3.7"),
    why=t("Most of the action is told with “we”, so your own part cannot be seen."),
    advice=t("For each step say what you did yourself: “I proposed”, “I wrote”, “I ran”. Name others for their part."),
    examples=(
        "Our checkout was slow. We looked at the logs and we found the index missing. We added it, we tested it on "
        "staging and we rolled it out to all shops. Latency fell by 40%.",
        "The deadline was tight. We split the work, then we wrote the adapters and our team tested them every night.",
    ),
    counterexamples=(
        "Our checkout was slow. I looked at the logs and found the index missing. I added it, then we rolled it out "
        "together. Latency fell by 40%.",
        "We were five people and we owned the billing service. I proposed a queue, I wrote the design and I built "
        "the consumer. Errors fell by half.",
    ),
)
def we_over_i(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when most action clauses have the team as their subject."""
    if facts.team < rubric.limit("we_least") or facts.team <= facts.own * rubric.limit("we_to_own") + facts.bare:
        return None
    sentences = [s for s in doc.of("A") if s.acts("team") and not s.acts("own")]
    return Found(tuple(doc.quote(s) for s in sentences))


@rule(
    code="passive_action",
    version=2,
    severity="major",
    source=("S3.7",),
    why=t("The action is told in the passive, as if it happened by itself; it does not show who did it."),
    advice=t("Turn each step around: not “the data was migrated” but “I migrated the data, because ...”."),
    examples=(
        "Our store ran out of disk. The old logs were archived, a retention job was introduced and the alerts were "
        "tuned. Then the data was migrated to a larger volume. Disk use fell to 40%.",
        "The portal was slow for most visitors. First the pages were profiled. Then caching was added and the images "
        "were compressed. In May the old templates were rewritten. Loading fell to two seconds.",
    ),
    counterexamples=(
        "Our store ran out of disk. I archived the old logs, introduced a retention job and tuned the alerts. The "
        "data was then migrated by the storage team. Disk use fell to 40%.",
        "The portal was slow. I profiled it and found that images were served without a cache, so I added one.",
    ),
)
def passive_action(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when most action clauses are passive without a doer."""
    acted = facts.own + facts.team + facts.bare
    if facts.agentless < rubric.limit("passive_least") or facts.agentless <= acted * rubric.limit("passive_to_active"):
        return None
    return Found(tuple(doc.quote(s, p.first, p.last) for s in doc.of("A", "T") for p in s.passives if p.agentless))


@rule(
    code="hero",
    version=3,
    severity="major",
    source=("S0.10",),
    why=t(
        "You alone save the day here and nobody else gets any credit; interviewers hear boasting, and doubt the rest."
    ),
    advice=t("Name one person whose help or objection mattered, and let the figures praise you."),
    examples=(
        "The whole launch was at risk. I worked nights and weekends and rebuilt everything all by myself, nobody "
        "else could have done it. Without me the company would be gone.",
        "Support had no clue and the CTO gave up. I single-handedly fixed the cluster overnight and saved the company.",
    ),
    counterexamples=(
        "The whole launch was at risk. I rebuilt the importer over the weekend, and Priya from support tested it "
        "with me. Nobody else could be reached, so we rang the customer together.",
        "I was the only engineer on the project. I asked a colleague to review the plan and shipped it in May.",
    ),
)
def hero(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when the speaker alone saves the day, boasts of it and credits nobody."""
    if not holds("hero", doc, facts, rubric):
        return None
    return Found(heard(doc, "hero_boast", "boast", "indispensable", "praised", "solo", "others_gave_up"))
