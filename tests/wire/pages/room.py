"""A small room with two pages: notes with a form, and a board for admins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.text import Text, t
from bot.chat.actions import Action
from bot.chat.cards import Buttons, Card, Paragraph
from bot.chat.commands import Command
from bot.chat.events import CommandInvoked, FormSubmitted
from bot.chat.forms import Form, TextInput
from bot.chat.pages import Page, PageElement, PageForm, Section
from bot.feature.context import Context
from bot.feature.declarations import CommandDeclaration, Feature, FormDeclaration, Options, PageDeclaration
from bot.feature.pages import page_button

NOTES, BOARD = "notes", "board"
SECRET, GONE = "secret", "gone"


class SaveNote(Action):
    name: ClassVar[str] = "notes.save"


class EraseBoard(Action):
    name: ClassVar[str] = "board.erase"


class NotesBroken(Exception):
    """A fault of the room."""


class NotesRoom:
    """What was noted, for a test to look at."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.sent: Mapping[str, tuple[str, ...]] = {}
        self.erased = 0
        self.subject = ""
        self.closed = False
        self.erasable = False
        self.fails = False

    def feature(self) -> Feature:
        return Feature(
            name="notes",
            commands=(
                CommandDeclaration(Command(("notes",), t("Show the notes")), "home.see", handle=self.show),
                CommandDeclaration(Command(("board",), t("Show the board")), "home.see", handle=self.show_board),
            ),
            forms=(
                FormDeclaration(SaveNote, "home.see", self.save, self.check),
                FormDeclaration(EraseBoard, "settings.change", self.erase),
            ),
            pages=(
                PageDeclaration(NOTES, t("The notes"), "home.see", self.build),
                PageDeclaration(BOARD, t("The board"), "settings.change", self.build_board),
            ),
        )

    async def show(self, ctx: Context, _event: CommandInvoked, _options: Options) -> None:
        ctx.reply(Card(t("Notes"), (Buttons((page_button(t("Open the notes"), NOTES),)),)))

    async def show_board(self, ctx: Context, _event: CommandInvoked, _options: Options) -> None:
        ctx.reply(Card(t("Board"), (Buttons((page_button(t("Open the board"), BOARD, "all"),)),)))

    async def build(self, ctx: Context, subject: str) -> Page | None:
        if self.fails:
            raise NotesBroken("somebody's words")
        self.subject = subject
        if subject == SECRET:
            raise NotAllowed(t("This is not yours."))
        if subject == GONE:
            return None
        inputs = (
            TextInput("text", t("The note"), multiline=True, longest=40),
            TextInput("by", t("By"), required=False),
        )
        form = Form(SaveNote(), t("Another note"), inputs, t("Keep it"))
        written: tuple[PageElement, ...] = tuple(Paragraph(kept) for kept in self.kept)
        last: tuple[PageElement, ...] = () if self.closed else (PageForm(form),)
        if self.erasable:
            last += (PageForm(Form(EraseBoard(), t("Wipe the board"), (), t("Wipe it"))),)
        return Page(t("The notes"), (Section(t("All of them"), (*written, *last)),))

    async def build_board(self, _ctx: Context, subject: str) -> Page | None:
        return Page(t("The board"), (Section(t("About"), (Paragraph(subject),)),))

    def check(self, _payload: SaveNote, event: FormSubmitted) -> Mapping[str, Text]:
        return {"text": t("Say it kindly.")} if "bad" in event.values["text"][0] else {}

    async def save(self, ctx: Context, _payload: SaveNote, event: FormSubmitted) -> None:
        text, self.sent = event.values["text"][0], event.values
        if text == "refuse":
            raise UserFacingError(t("There are notes enough."))
        self.kept.append(text)
        ctx.reply(Card(t("It is noted."), (Paragraph(t("Everybody sees it.")),)))
        if text == "more":
            ctx.offer_form(
                Form(SaveNote(), t("One more"), (TextInput("text", t("The note")),), t("Keep it")), t("Go on.")
            )
        if text == "break":
            raise RuntimeError("the note room is broken")

    async def erase(self, _ctx: Context, _payload: EraseBoard, _event: FormSubmitted) -> None:
        self.erased += 1
