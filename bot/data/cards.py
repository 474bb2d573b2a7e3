"""What a person sees of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.base.settings import Setting
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Document, Field, Fields, Header, Paragraph
from bot.chat.forms import Form, TextInput
from bot.data.actions import AskForExport, BeginErasure, OpenErasure, SaveRetention
from bot.feature.declarations import PersonalData

WORD = t("delete")
README = "README.txt"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a receipt says: rows by kind, and messages of ours that were removed."""

    number: str
    day: date
    kinds: Sequence[tuple[Text, int]]
    messages: int


def export_card(member: str, holdings: Sequence[PersonalData], *, told: bool) -> Card:
    """How one's archive comes; `told` where an admin has been asked to make it."""
    asked = t("I have asked an admin to make it.") if told else t("No admin is known here yet: ask whoever runs me.")
    return Card(
        t("Your data as an archive"),
        (
            Paragraph(
                t(
                    "I cannot hand you a file here. Whoever runs Starling makes the archive with one command and "
                    "hands it to you alone."
                )
            ),
            Paragraph(asked),
            Fields((Field(t("Your number in Starling"), member),)),
            Header(t("What is in it")),
            Bullets(tuple(holding.what for holding in holdings)),
        ),
    )


def being_made_card() -> Card:
    """It is being made."""
    return Card(
        t("Your data as an archive"),
        (
            Paragraph(t("I am making it. It comes as a file to you alone within minutes, at most once an hour.")),
            Paragraph(t("It holds all I have about you; the file {readme} in it says what is what.", readme=README)),
        ),
    )


def archive_card(file: Document) -> Card:
    """The archive itself."""
    return Card(
        t("Here are your data"),
        (
            Paragraph(
                t(
                    "Everything I hold about you: lists as JSON, stories as pages, and a file called {readme} that "
                    "says what is what.",
                    readme=README,
                )
            ),
            file,
            Paragraph(t("Keep it where only you can read it."), quiet=True),
        ),
    )


def by_command(member: str) -> Text:
    """How the archive is had where it cannot be handed over in chat."""
    return t("Ask whoever runs Starling for your archive: starling data export --member {member}", member=member)


def asked_card(name: str, member: str) -> Card:
    """To an admin: somebody asks for their data."""
    return Card(
        t("{name} asks for their data", name=name),
        (
            Paragraph(t("Whoever runs Starling makes the archive with this command and hands it to them alone:")),
            Paragraph(f"starling data export --member {member} --to FOLDER"),
        ),
    )


def explain_card(holdings: Sequence[PersonalData], *, deletes: bool) -> Card:
    """What goes, what stays, and what nobody can take back, before anything happens."""
    posts = (
        t("My own messages to you and posts that quote you: I remove them here and wherever the platform lets me.")
        if deletes
        else t("My own messages to you stay: this platform does not let me remove them.")
    )
    return Card(
        t("Delete everything about you"),
        (
            Header(t("What goes")),
            Bullets((*(holding.what for holding in holdings), posts)),
            Header(t("What stays")),
            Bullets(
                (
                    t("Scores you gave in reviews stay, under no name; what you wrote in them goes."),
                    t("What others wrote about your answers goes with your answers; their own texts stay theirs."),
                    t("Questions the team took over from you stay, without your name."),
                    t("A receipt with a random number, counts and the date. It does not say who you are."),
                )
            ),
            Header(t("What I cannot take back")),
            Bullets(
                (
                    t("Messages you wrote yourself. Delete them in the chat."),
                    t("Notifications and mails that the platform has sent, and what others copied."),
                    t("Cards that only you could see may stay before you until you dismiss them."),
                    t("Copies in backups, until these expire. Whoever is restored from one is deleted again."),
                )
            ),
            Paragraph(t("It cannot be undone. Take your data out first if you want to keep it."), quiet=True),
            Buttons(
                (
                    Button(t("Take my data out first"), AskForExport()),
                    Button(t("Delete everything about me"), OpenErasure(), style="danger"),
                )
            ),
        ),
    )


def confirm_form() -> Form:
    """Asks once."""
    return Form(
        BeginErasure(),
        t("Delete everything"),
        (
            TextInput(
                "word",
                t('Type "{word}" to confirm', word=WORD),
                hint=t("It cannot be undone."),
                longest=20,
            ),
        ),
        t("Delete everything"),
    )


def begun_card() -> Card:
    """It is under way."""
    return Card(
        t("Your data are being deleted"),
        (Paragraph(t("This takes a few minutes. You get a receipt at the end; after it I do not know you any more.")),),
    )


def receipt(facts: Facts) -> Card:
    """What was deleted, for the person to keep."""
    counted = [Field(what, tn("{count} entry", "{count} entries", count)) for what, count in facts.kinds if count]
    nothing = Paragraph(t("There was nothing but your profile."))
    return Card(
        t("Receipt: your data are deleted"),
        (
            Fields((Field(t("Number"), facts.number), Field(t("Date"), facts.day.isoformat()))),
            *([Fields(tuple(counted))] if counted else [nothing]),
            Paragraph(
                tn(
                    "{count} message of mine to you is removed, or was gone.",
                    "{count} messages of mine to you are removed, or were gone.",
                    facts.messages,
                )
            ),
            Paragraph(
                t(
                    "Your name, accounts and preferences go now that you have this receipt. I keep its number, the "
                    "counts and the date, and nothing that says who you are."
                ),
                quiet=True,
            ),
        ),
    )


def retention_form(kept: Sequence[tuple[Setting[int], int]]) -> Form:
    """How many days each kind is kept."""
    inputs = tuple(
        TextInput(setting.key, setting.label, hint=t("Days, at least 1."), longest=5, value=str(days))
        for setting, days in kept
    )
    return Form(SaveRetention(), t("How long things are kept"), inputs, t("Save"))


def retention_saved() -> Card:
    """The times are stored."""
    return Card(t("Saved. What is older than that is deleted within the next hours."))
