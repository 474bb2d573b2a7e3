"""What a recall drill looks like in chat."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Header, Paragraph
from bot.practice import actions as a
from bot.practice.drills import Grade, bullets_of
from bot.stories.actions import OpenAdd, ShowStory
from bot.stories.parts import LABELS
from bot.stories.records import StoryRecord

GRADES: Mapping[Grade, Text] = {
    Grade.AGAIN: t("Not at all"),
    Grade.HARD: t("With gaps"),
    Grade.GOOD: t("Well"),
    Grade.EASY: t("With ease"),
}
PAUSES = (3, 7)
"""Days for which reminders can be paused."""


def cue_card(record: StoryRecord, recalls: int, due: int, *, reminded: bool = False) -> Card:
    """The story by its title and the names of its parts alone: to be told before the bullets are looked at."""
    hidden = tuple(
        t("{part}: {bullets}", part=LABELS[name], bullets=tn("{count} bullet", "{count} bullets", len(bullets)))
        for name, bullets in bullets_of(record.parts).items()
    )
    story = record.story.id
    elements: list[Element] = [
        Header(record.version.title),
        Paragraph(t("Tell it to yourself, aloud if you can. Then look.")),
        Bullets(hidden),
        Buttons((Button(t("Show the bullets"), a.ShowBullets(story=story, recalls=recalls), style="primary"),)),
    ]
    if due > 1:
        elements.append(Paragraph(tn("{count} story is due today.", "{count} stories are due today.", due), quiet=True))
    if reminded:
        pauses = tuple(Button(t("Pause for {days} days", days=days), a.PauseReminders(days=days)) for days in PAUSES)
        elements.append(Buttons((*pauses, Button(t("Stop reminding me"), a.SwitchReminders(on=False)))))
    return Card(t("A story to recall"), tuple(elements))


def bullets_card(record: StoryRecord, recalls: int) -> Card:
    """The bullets of a story, and the question how well it was recalled."""
    story = record.story.id
    elements: list[Element] = []
    for name, bullets in bullets_of(record.parts).items():
        elements += [Header(LABELS[name]), Bullets(bullets)]
    if record.version.metrics:
        elements.append(Paragraph(t("Figures: {figures}", figures="; ".join(record.version.metrics))))
    elements += [
        Header(t("How well did you have it?")),
        Buttons(
            tuple(
                Button(label, a.GradeRecall(story=story, recalls=recalls, grade=int(given)))
                for given, label in GRADES.items()
            )
        ),
        Buttons((Button(t("Whole story"), ShowStory(story=story)),)),
    ]
    return Card(record.version.title, tuple(elements))


def graded_card(record: StoryRecord, again_on: str, left: int, *, reminders: bool) -> Card:
    """When the story comes again, and the way to the next one."""
    elements: list[Element] = [
        Paragraph(t("It comes again on {day}.", day=again_on)),
    ]
    if left:
        elements.append(
            Buttons(
                (
                    Button(
                        tn("Next story ({count} due)", "Next story ({count} due)", left),
                        a.StartDrill(),
                        style="primary",
                    ),
                )
            )
        )
    else:
        elements.append(Paragraph(t("Nothing else is due today.")))
    if not reminders:
        elements.append(Buttons((Button(t("Remind me when a story is due"), a.SwitchReminders(on=True)),)))
    return Card(record.version.title, tuple(elements))


def nothing_due_card(stories: int, next_on: str | None, *, reminders: bool) -> Card:
    """Nothing is to be recalled today: why, and what to do."""
    elements: list[Element] = []
    if stories == 0:
        elements.append(Paragraph(t("You have no story with an action and a result yet. Write one first.")))
        elements.append(Buttons((Button(t("A new story"), OpenAdd(), style="primary"),)))
    elif next_on is not None:
        elements.append(Paragraph(t("The next story comes on {day}.", day=next_on)))
    else:
        elements.append(Paragraph(t("Two new stories a day are enough. The next ones come tomorrow.")))
    if stories and not reminders:
        elements.append(Buttons((Button(t("Remind me when a story is due"), a.SwitchReminders(on=True)),)))
    return Card(t("No story is due today"), tuple(elements))


def reminders_card(on: bool) -> Card:
    """Whether reminders come."""
    if not on:
        return Card(t("You are not reminded of stories any more. Start a recall yourself whenever you like."))
    return Card(
        t("I remind you at nine in the morning, on days on which a story is due."),
        (Buttons((Button(t("Recall one now"), a.StartDrill(), style="primary"),
                  Button(t("Stop reminding me"), a.SwitchReminders(on=False)))),),
    )  # fmt: skip
