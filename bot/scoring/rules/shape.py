"""Length and proportion: `long_setup`, `too_long`, `too_short`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.rubric import Rubric
from bot.scoring.rules.registry import Found, rule

HINT = t("Spoken, this takes three to four minutes; that is fine where a longer version was asked for.")
HINT_ADVICE = t(
    "A hint only: have a version of 300 to 450 words ready as well, for when two or three minutes are meant."
)
FILL = "I moved the index to a new host because the old one was full. "


@rule(
    code="long_setup",
    version=1,
    severity="minor",
    source=("S1.3", "S3.3", "S3.7"),
    why=t("Situation and task take more than two fifths of the answer; the interviewer waits for what you did."),
    advice=t(
        "Keep the setup to three facts in two sentences: team, project, constraint. Put the time into your steps."
    ),
    examples=(
        "In 2019 I was at a bank with four hundred branches and a mainframe from the eighties. The mainframe was "
        "owned by a vendor, and the vendor had been bought twice. There was a batch every night, and it was known to "
        "fail every month. The branches were used to paper. My manager was new at the time. I was asked to look at "
        "the batch. I split it in two. Failures fell by half.",
    ),
    counterexamples=(
        "In 2019 I was at a bank whose nightly batch failed every month. I was asked to look at it. First I read two "
        "years of logs and found that most failures came from one file. I split the batch in two, because the file "
        "came late. I tested it on a copy and rolled it out branch by branch. Failures fell by half.",
    ),
)
def long_setup(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds when situation and task together take more than two fifths of the words."""
    if facts.setup_share <= rubric.limit("setup_share") or doc.word_count < rubric.limit("setup_words"):
        return None
    setup = list(doc.of("S", "T"))
    return Found((doc.quote(max(setup, key=lambda s: len(s.words))),)) if setup else None


@rule(
    code="too_long",
    version=2,
    severity="minor",
    source=("S0.9", "S1.5", "S1.10"),
    why=t("Spoken, this takes more than three minutes; interviewers lose the thread."),
    advice=t("Cut to 300 to 450 words: drop what does not explain a decision or a result."),
    examples=(FILL * 36,),
    counterexamples=(FILL * 20,),
    kinds=("behavioral", "situational"),
)
def too_long(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds above 450 words; up to 600 it is worded as a hint, since longer versions are asked for, too."""
    if doc.word_count <= rubric.limit("longest") or not doc.sentences:
        return None
    quoted = (doc.quote(max(doc.sentences, key=lambda s: len(s.words))),)
    return Found(quoted) if doc.word_count > rubric.limit("hint_longest") else Found(quoted, HINT, HINT_ADVICE)


@rule(
    code="too_short",
    version=1,
    severity="minor",
    source=("S0.9", "S1.3"),
    why=t("This is told in half a minute, which leaves little room for reasons and outcome."),
    advice=t(
        "Aim at 150 to 350 words: two sentences of setup, three or four steps with reasons, the outcome in figures."
    ),
    examples=("I restarted the server. It worked.",),
    counterexamples=(FILL * 10,),
    kinds=("behavioral", "situational"),
)
def too_short(doc: Doc, facts: Facts, rubric: Rubric) -> Found | None:
    """Holds under 90 words."""
    if doc.word_count >= rubric.limit("shortest"):
        return None
    return Found((doc.quote(doc.sentences[-1]),) if doc.sentences else ())
