"""What this room offers."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.commands import Command
from bot.chat.events import MemberLeft, Uninstalled
from bot.data import erasing, handing, handlers, keeping, leaving, traces
from bot.data.actions import AskForExport, BeginErasure, OpenErasure, SaveRetention
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FormDeclaration,
    ListenerDeclaration,
    PersonalData,
)


def feature() -> Feature:
    """Taking one's data out, erasing them, and how long things are kept."""
    return Feature(
        name="data",
        commands=(
            CommandDeclaration(
                Command(("data", "export"), t("Take out everything I hold about you")), "data.export", handlers.export
            ),
            CommandDeclaration(
                Command(("data", "delete"), t("Delete everything about you")), "data.delete", handlers.delete
            ),
            CommandDeclaration(
                Command(("setup", "retention"), t("Set how long things are kept"), acknowledgement="form"),
                "settings.change",
                opens=keeping.open_form,
            ),
        ),
        actions=(
            ActionDeclaration(OpenErasure, "data.delete", opens=handlers.open_erasure),
            ActionDeclaration(AskForExport, "data.export", handlers.export_by_button),
        ),
        forms=(
            FormDeclaration(BeginErasure, "data.delete", handlers.begin_erasure, handlers.check_erasure),
            FormDeclaration(SaveRetention, "settings.change", keeping.save, keeping.check),
        ),
        listeners=(
            ListenerDeclaration(MemberLeft, leaving.member_left),
            ListenerDeclaration(Uninstalled, leaving.uninstalled),
        ),
        deliveries=_deliveries(),
        personal_data=(
            PersonalData(
                "messages",
                t("What I sent you and when, and what waits to be sent"),
                traces.export,
                traces.erase,
                in_steps=True,
            ),
        ),
        retentions=keeping.retentions(),
    )


def _deliveries() -> tuple[DeliveryDeclaration, ...]:
    receipt = DeliveryDeclaration(
        erasing.RECEIPT,
        erasing.prepare_receipt,
        gone=erasing.receipt_unreachable,
        called=t("the receipt of a deletion"),
    )
    deleting = t("the deletion of somebody's data")
    return (
        DeliveryDeclaration(erasing.STEP, erasing.prepare_step, called=deleting),
        receipt,
        DeliveryDeclaration(erasing.END, erasing.prepare_end, work=erasing.sweep, called=deleting),
        DeliveryDeclaration(erasing.SCRUB, erasing.prepare_nothing, work=erasing.scrub, called=deleting),
        DeliveryDeclaration(traces.REMOVE, erasing.prepare_removal, called=t("the removal of a message")),
        DeliveryDeclaration(handing.ASKED, handing.prepare_asked, called=t("word that somebody asks for their data")),
        DeliveryDeclaration(
            handing.ARCHIVE,
            handing.prepare_archive,
            sent=handing.handed,
            gone=handing.drop,
            work=handing.make,
            called=t("somebody's data as an archive"),
        ),
        DeliveryDeclaration(leaving.LEFT, leaving.prepare_left, called=deleting),
        DeliveryDeclaration(leaving.REMOVED, leaving.prepare_removed, work=leaving.erase_rows, called=deleting),
    )
