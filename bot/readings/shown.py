"""What a colleague would see of a story or an answer: its words as they stand, and what the rules read in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, get_args

from bot.answers.records import last_revision, own_answer, report_of
from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.feature.context import Context
from bot.stories.confidentiality import Pointed, look_through
from bot.stories.records import story_for
from storage.tables.answers import AnswerState
from storage.tables.stories import TellingLength

What = Literal["story", "answer"]
WHAT: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of what somebody would be shown. `title` is the story's, or the question; it may be empty.

    `told` where the text is how a story is told in that length, not its parts.
    """

    what: What
    subject: str
    version: int
    title: str
    text: str
    by_rules: str | None = None
    told: TellingLength | None = None

    @property
    def mark(self) -> str:
        """A short mark of these words, by which a button knows that its author has looked at just them."""
        return blake2b(f"{self.version}\n{self.title}\n{self.text}".encode(), digest_size=6).hexdigest()

    @property
    def pointed(self) -> Sequence[Pointed]:
        """What may be confidential in it."""
        return look_through(f"{self.title}\n\n{self.text}")


async def shown_of(ctx: Context, what: str, subject: str, verb: str = "reading.ask") -> Shown:
    """What would be shown of the actor's own story or answer, if they may do `verb` to it.

    A sentence where nobody else can be shown it at present; the author themselves may look at what came of it.
    """
    return await (_story(ctx, subject, verb) if what == "story" else _answer(ctx, subject, verb))


def named(what: str) -> What:
    """The kind of thing, as a payload names it; a payload that is not one of ours names none."""
    found = next((known for known in WHAT if known == what), None)
    if found is None:
        raise UserFacingError(t("This is not there any more."))
    return found


async def _story(ctx: Context, story: str, verb: str) -> Shown:
    """A story as it is told in two minutes; where nobody wrote that yet, its parts."""
    record = await story_for(ctx, story, verb)
    telling = record.tellings.get(TellingLength.TWO_MINUTES)
    version = record.version
    if telling is None or not telling.text:
        return Shown("story", record.story.id, version.number, version.title, record.text, version.level)
    return Shown(
        "story", record.story.id, version.number, version.title, telling.text, version.level, told=telling.length
    )


async def _answer(ctx: Context, answer_id: str, verb: str) -> Shown:
    answer = await own_answer(ctx, answer_id, verb)
    revision = await last_revision(ctx.session, answer.id)
    if answer.state is AnswerState.OPEN or revision is None:
        raise UserFacingError(t("Your answer is still being collected. Ask when it is done."))
    if answer.hidden_at is not None and verb != "reading.own":
        raise UserFacingError(t("A moderator has hidden this answer, so nobody else can read it at present."))
    report = report_of(revision)
    level = report.level.level if report.level is not None and not report.abstained else None
    return Shown("answer", answer.id, revision.number, revision.question, revision.text, level)
