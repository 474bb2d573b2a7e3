"""What was learned, and from what: `empty_lesson`, `disguised_success`, `nothing_different`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.checks.registry import FAULT_ASKED, GOOD, Looked, Noted, check
from bot.scoring.doc import Answer, Asking, Sentence
from bot.scoring.tone import boasts
from bot.scoring.wording import abstract_share

FAILURE_TYPES = frozenset({"type-failure"})
FAILURE_STORIES = frozenset({"story-wrong-big", "story-project-failed"})
NAMES = frozenset({"lesson", "lessons", "takeaway", "takeaways", "moral"})
PRACTISED = frozenset({"now", "nowadays", "since", "today", "twice"})
"""Words of a lesson that is lived by, which says something whatever its words."""
PLATITUDE = 1
DENIED = frozenset({"not", "no", "never", "nobody", "wasn't", "weren't", "isn't", "didn't", "hardly", "without"})
DENIAL_REACH = 3
ENDING = 0.5
"""Share of the answer after which it tells how it ended."""
SLOGAN = 5
"""Words from which on something called a lesson can say what it is about."""
FAILED = "Tell me about a time you failed."
STORY = "In March I moved our address parser to a new host. "


@check(
    code="empty_lesson",
    name=t("A lesson that says little"),
    version=2,
    source=("S1.10", "S3.5", "S3.7"),
    why=t("The lesson praises yourself or would fit any story, so it shows nothing that you understood."),
    advice=t("Say what you believed before, what you believe now, and what you do otherwise since."),
    examples=(
        Answer(STORY + "It failed on the first night and I rolled it back. I learned that communication is key."),
        Answer(STORY + "The lead wanted to wait and we lost a day. What I learned is to trust my own judgment."),
    ),
    counterexamples=(
        Answer(STORY + "It failed on the first night. I learned to copy a day of real traffic before a move."),
        Answer(STORY + "It failed on the first night and I rolled it back. Errors fell to zero."),
    ),
)
def empty_lesson(looked: Looked) -> Noted | None:
    """Notes lessons that are platitudes or praise of the speaker, where no other sentence holds a lesson."""
    if "hypothetical" in looked.flags:
        return None
    if looked.facts.learning > PLATITUDE and not any(s.has("self_praise_lesson") for s in looked.doc.sentences):
        return None
    empty = [s for s in looked.doc.sentences if _framed(looked, s) and _says_little(looked, s)]
    return Noted(tuple(looked.doc.quote(s) for s in empty)) if empty else None


def _framed(looked: Looked, sentence: Sentence) -> bool:
    """Whether a sentence is put as the lesson; what is lived by since says something whatever its words.

    What was learned before the middle is mostly something found out.
    """
    if sentence.has("now_practice", "self_fault") or not PRACTISED.isdisjoint(sentence.words):
        return False
    last = len(looked.doc.sentences) - 1
    told = sentence.label == "L" or sentence.has("learning", "lesson_frame")
    named = sentence.named == "L" or not NAMES.isdisjoint(sentence.words[:2])
    closing = sentence.index == last and sentence.has("hollow_lesson")
    return named or closing or (told and sentence.index >= ENDING * last)


def _says_little(looked: Looked, sentence: Sentence) -> bool:
    if sentence.has("self_praise_lesson", "platitude", "empty_lesson", "hollow_lesson"):
        return True
    slogan = sentence.named == "L" and len(sentence.words) < SLOGAN
    general = abstract_share([sentence], looked.doc.lexicon) >= looked.limit("empty_lesson_share")
    return (slogan or general) and not sentence.quantities


@check(
    code="disguised_success",
    name=t("A success told as a failure"),
    version=2,
    source=("S2.3", "S3.4"),
    why=t("A failure was asked for, and this one ends as a success or harmed nobody."),
    advice=t("Choose a case whose harm was real, say how large it was, and then what you changed."),
    examples=(
        Answer(STORY + "I noticed it in time, fixed it the same evening, and nobody was affected.", question=FAILED),
        Answer(
            STORY + "It went live two weeks late. In the end it was a success, and my lead praised me.",
            asking=Asking(question_type="type-failure"),
        ),
    ),
    counterexamples=(
        Answer(STORY + "For two days 400 parcels went to wrong doors, and a customer left us.", question=FAILED),
        Answer(STORY + "I noticed three lines without a code, fixed them the same day, and nobody was affected."),
    ),
)
def disguised_success(looked: Looked) -> Noted | None:
    """Notes a failure without harm, or one that ends in praise or a rescue, where a failure was asked for."""
    if not _failure_asked(looked) or "hypothetical" in looked.flags or looked.rating >= GOOD:
        return None
    sentences = list(looked.doc.sentences)
    harmless = [s for s in sentences if s.has("no_harm")]
    praised = [s for s in sentences if _praised(s)]
    harmed = sum(s.has("harm") and not s.has("no_harm") for s in sentences)
    if harmless and harmed <= looked.limit("harm_least"):
        return Noted(tuple(looked.doc.quote(s) for s in harmless))
    if praised and harmed <= looked.limit("harm_least") and not looked.facts.self_fault:
        return Noted(tuple(looked.doc.quote(s) for s in praised))
    rescued = [s for s in sentences if boasts(s)] if "hero" in looked.flags else []
    if rescued and looked.facts.learning <= PLATITUDE and _ends_well(sentences):
        return Noted(tuple(looked.doc.quote(s) for s in rescued))
    return None


def _praised(sentence: Sentence) -> bool:
    """Whether there is praise that is not denied."""
    firsts = [hit.first for hit in sentence.hits.get("praise", ())]
    return any(DENIED.isdisjoint(sentence.words[max(0, first - DENIAL_REACH) : first]) for first in firsts)


def _ends_well(sentences: list[Sentence]) -> bool:
    """Whether the last part tells of something that came out well, and nowhere of a bad end."""
    end = sentences[int(len(sentences) * ENDING) :]
    well = any(s.has("zero_result", "result_phrase", "praised", "praise", "indispensable", "solo") for s in end)
    return well and not any(s.has("bad_end") for s in sentences)


def _failure_asked(looked: Looked) -> bool:
    asking = looked.doc.answer.asking
    known = asking.question_type in FAILURE_TYPES or asking.canonical_story in FAILURE_STORIES
    return known or looked.asks(FAULT_ASKED)


@check(
    code="nothing_different",
    name=t("Nothing would be done differently"),
    version=1,
    source=("S3.5",),
    why=t("You would do nothing differently, which few listeners believe of any project."),
    advice=t("Name one thing, however small, that you would begin sooner, measure, or leave out."),
    examples=(Answer(STORY + "It runs to this day. I would change nothing."),),
    counterexamples=(Answer(STORY + "It runs to this day. I would change the order of the two steps."),),
)
def nothing_different(looked: Looked) -> Noted | None:
    """Notes where somebody says that they would do everything the same."""
    found = [s for s in looked.doc.sentences if s.has("nothing_different")]
    return Noted(tuple(looked.doc.quote(s) for s in found)) if found else None
