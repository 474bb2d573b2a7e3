"""What the story is made of: `hypothetical`, `no_tension`, `no_rationale`, `vague`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.rubric import Rubric
from bot.scoring.rules.registry import Found, rule
from bot.scoring.rules.weighing import heard, holds

GENERAL = ("vague", "hollow_talk", "abstract", "shrug")
"""Lists of general words, the most telling first."""


@rule(
    code="hypothetical",
    version=2,
    severity="major",
    source=("S1.10", "S1.15"),
    why=t("The question asks what you did; this tells what you would do, which predicts far less."),
    advice=t("Pick one real case, however small, and tell what you did that day."),
    examples=(
        "I would first talk to the person in private. Then I would agree two goals with them and I'd meet them every "
        "week.",
        "Haven't had that yet! But if it happened I'd write good docs and I would train two people.",
    ),
    counterexamples=(
        "I talked to the person in private. Every Friday I would break the batch on purpose and they would have to "
        "fix it. I wrote down every question they asked.",
        "I asked the vendor first, so that we would know the date. I moved the launch. Looking back I would have "
        "asked sooner.",
    ),
    silences=("vague", "no_metric", "no_tension", "no_rationale", "hero", "we_over_i", "long_setup"),
)
def hypothetical(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when would-do sentences carry the answer and hardly anything was done."""
    if not holds("hypothetical", doc, facts, rubric):
        return None
    return Found(tuple(doc.quote(s) for s in doc.sentences if s.hypothetical))


@rule(
    code="no_tension",
    version=3,
    severity="minor",
    source=("S3.3",),
    why=t("Nothing in the story was hard, so it does not show how you decide when it is."),
    advice=t("Add the moment it nearly went wrong: an objection, a constraint, a choice that cost something."),
    examples=(
        "I was asked to build a report. First I wrote the query. Then I made a chart and I showed it to the "
        "director. It went smoothly and the director used it every week.",
    ),
    counterexamples=(
        "I was asked to build a report in two days. The data team objected to the load, so I ran it on a replica, "
        "which was slower but safe. The director used it every week.",
        "I wanted to replace the parser, but the lead was against it. I showed him the failures and we agreed on a "
        "trial.",
    ),
)
def no_tension(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when no obstacle, disagreement, constraint or trade-off is told."""
    if not holds("no_tension", doc, facts, rubric):
        return None
    return Found(heard(doc, "smooth", "smooth_claim", "smooth_sailing") or tuple(doc.quote(s) for s in doc.of("A"))[:1])


@rule(
    code="no_rationale",
    version=3,
    severity="minor",
    source=("S1.5", "S1.11"),
    why=t("The steps come without a why: no reason, no alternative, no evidence behind a choice."),
    advice=t("For the main step say why: “I chose X over Y because ...”, and what you looked at before choosing."),
    examples=(
        "Our site was down. I checked the logs. I restarted the pods. I raised the pool from 10 to 50. I redeployed. "
        "Errors stopped.",
    ),
    counterexamples=(
        "Our site was down. I checked the logs and saw waiting connections, so I raised the pool instead of "
        "restarting again, because a restart would only hide it. Errors stopped.",
        "I compared two vendors on price and support. I chose the smaller one because it answered within an hour.",
    ),
)
def no_rationale(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when actions are listed without reason, alternative or evidence."""
    if not holds("no_rationale", doc, facts, rubric):
        return None
    return Found(tuple(doc.quote(s) for s in doc.of("A")))


@rule(
    code="vague",
    version=3,
    severity="major",
    source=("S1.10", "S2.10"),
    why=t("Generalities stand where facts should: the project, your role or the constraint cannot be made out."),
    advice=t("Replace each general word by a thing, a name or a figure: which system, who, how many, by when."),
    examples=(
        "In my last place there were many challenges. We looked at various approaches, aligned with stakeholders and "
        "found the right balance. In the end things improved a lot and everybody was happy.",
        "It depends on the use case, both have pros and cons, you have to look at the requirements and see what fits "
        "best.",
    ),
    counterexamples=(
        "Our importer parsed 3,000 customs files a night and failed on one in ten. I profiled it, found the date "
        "parser and replaced it. Failures fell to 12 a month.",
        "Our checkout was slow. We looked at the logs and we found the index missing. We added it, we tested it on "
        "staging and we rolled it out to all shops. In the end it was better and everyone was happy.",
        "I was asked to build a weekly report for the sales director. First I wrote the query. Then I made a chart and "
        "I showed it to the director. He was happy with it. The report was used by 12 people every week.",
        "I self-host when contracts forbid sending patient records abroad, and use an API while demand is unproven.",
    ),
    kinds=("behavioral", "situational"),
    silences=("no_tension",),
)
def vague(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when mush outweighs what is named and counted."""
    if not holds("vague", doc, facts, rubric):
        return None
    general = [(s, h) for name in GENERAL for s in doc.sentences for h in s.hits.get(name, ())]
    return Found(tuple(doc.quote(s, h.first, h.last) for s, h in general))
