"""What the story is made of: `hypothetical`, `no_tension`, `no_rationale`, `vague`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.rubric import Rubric
from bot.scoring.rules.registry import Found, rule


@rule(
    code="hypothetical",
    version=1,
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
    sentences = [s for s in doc.sentences if s.hypothetical]
    share = len(sentences) / max(1, sum(s.substance for s in doc.sentences))
    if share < rubric.limit("hypothetical_share") or facts.past_actions > rubric.limit("hypothetical_past"):
        return None
    return Found(tuple(doc.quote(s) for s in sentences))


@rule(
    code="no_tension",
    version=2,
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
    if facts.hardness > rubric.limit("tension_least") or facts.action_sentences < rubric.limit("tension_actions"):
        return None
    smooth = any(s.has("smooth", "smooth_claim") for s in doc.sentences)
    if not smooth and (facts.trouble > rubric.limit("trouble_least") or "hard_asked" in doc.asked):
        return None
    return Found(tuple(doc.quote(s) for s in doc.of("A"))[:1])


@rule(
    code="no_rationale",
    version=2,
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
    acts = facts.own + facts.team + facts.bare
    if facts.action_sentences < rubric.limit("rationale_actions") and acts < rubric.limit("rationale_acts"):
        return None
    if facts.action_reasons > rubric.limit("rationale_least"):
        return None
    return Found(tuple(doc.quote(s) for s in doc.of("A")))


@rule(
    code="vague",
    version=2,
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
        "I self-host when contracts forbid sending patient records abroad, and use an API while demand is unproven.",
    ),
    kinds=("behavioral", "situational"),
    silences=("no_tension",),
)
def vague(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when mush outweighs what is named and counted."""
    shrugs = [(s, h) for s in doc.sentences for h in s.hits.get("shrug", ())]
    missed = facts.points_covered is not None and facts.points_covered <= rubric.limit("vague_points")
    if missed and len(shrugs) >= rubric.limit("shrugs_least") and doc.word_count < rubric.limit("shortest"):
        return Found(tuple(doc.quote(s, h.first, h.last) for s, h in shrugs))
    if facts.abstract_share < rubric.limit("vague_share") or facts.number_rate > rubric.limit("vague_numbers"):
        return None
    hits = [(s, h) for s in doc.sentences for name in ("vague", "abstract") for h in s.hits.get(name, ())]
    return Found(tuple(doc.quote(s, h.first, h.last) for s, h in hits))
