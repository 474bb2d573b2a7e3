"""Handing a person their archive in chat: made apart from everything else, kept until it is sent, then dropped.

    asked ─> made in a thread of its own ─> file to the person alone ─> dropped here

Where the platform cannot hand over a file, or none of this size, an admin is asked to do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from tempfile import TemporaryFile

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, new_id
from bot.chat.cards import Document
from bot.chat.platform import Receipt
from bot.chat.refs import ConversationRef
from bot.data import cards
from bot.data.archive import write_archive
from bot.feature.context import Context, Outside, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.identity import admins_of, language_of, name_of, reach
from bot.outbox.queue import enqueue
from storage.tables.archives import PreparedArchive
from storage.tables.outbox import Delivery
from storage.tables.people import Member, MemberState

ARCHIVE, ASKED = "data.archive", "data.asked"
LARGEST = 100_000_000
"""Bytes of the largest archive that any platform takes."""
HANDED = frozenset({"direct", "ephemeral"})
"""As what a file has reached its person."""


async def ask(context: Context) -> None:
    """Have the archive made and handed to the acting member, at most once an hour; else ask an admin for it."""
    if not await _takes_files(context, context.member):
        context.reply(cards.export_card(context.member, context.holdings, told=await _ask_an_admin(context)))
        return
    await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=ARCHIVE,
        subject_id=context.member,
        due_at=context.now,
        key=f"{ARCHIVE}:{context.member}:{context.now:%Y-%m-%d %H}",
        member_id=context.member,
    )
    context.reply(cards.being_made_card())


async def _takes_files(context: Context, member: MemberId, size: int = 0) -> bool:
    """Whether the member can be handed a file of so many bytes where they are reached."""
    reached = await reach(context.session, member, context.account.installation_ref if context.account else None)
    if reached is None:
        return False
    account = reached.account
    able = context.capabilities(ConversationRef(account.platform, account.installation, account.user))
    return able.files and size <= able.limits.file_size


async def _ask_an_admin(context: Context, member: MemberId | None = None) -> bool:
    """Have an admin told once a day that somebody asks for their data; whether any is known."""
    who = member or context.member
    if not await admins_of(context.session):
        return False
    await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=ASKED,
        subject_id=who,
        due_at=context.now,
        key=f"{ASKED}:{who}:{context.now.date().isoformat()}",
    )
    return True


async def prepare_asked(context: Context, delivery: Delivery) -> Outcome:
    """Tell the first admin that somebody asks for their data."""
    admins = await admins_of(context.session)
    name = await name_of(context.session, MemberId(delivery.subject_id))
    if not admins or not name:
        return Skip("there is nobody to tell, or nobody who asks any more")
    return Send(ToMember(admins[0], asked_for=True), cards.asked_card(name, delivery.subject_id))


async def make(outside: Outside, delivery: Delivery) -> None:
    """Make the archive and keep it; one that was made before the process ended stays as it is."""
    member = MemberId(delivery.subject_id)
    async with outside.transaction() as context:
        if not await _is_wanted(context.session, member) or await _made(context.session, delivery.id):
            return
        language = await language_of(context.session, member)
    data = await outside.apart(partial(_written, member=member, language=language))
    async with outside.transaction() as context:
        if await _is_wanted(context.session, member):
            archive = PreparedArchive(
                id=new_id(), delivery_id=delivery.id, member_id=member, data=data, made_at=context.now
            )
            context.session.add(archive)


async def _written(context: Context, *, member: MemberId, language: str) -> bytes:
    with TemporaryFile() as file:
        await write_archive(context, member, file, language)
        if file.tell() > LARGEST:
            return b""
        file.seek(0)
        return file.read()


async def _is_wanted(session: AsyncSession, member: MemberId) -> bool:
    """Whether there is still somebody to make it for: who is being erased gets none any more."""
    state = await session.scalar(select(Member.state).where(Member.id == member))
    return state is not None and state is not MemberState.ERASING


async def _made(session: AsyncSession, delivery_id: str) -> PreparedArchive | None:
    return await session.scalar(select(PreparedArchive).where(PreparedArchive.delivery_id == delivery_id))


async def prepare_archive(context: Context, delivery: Delivery) -> Outcome:
    """The archive as a file; where that cannot be, an admin is asked in its place."""
    member, archive = MemberId(delivery.subject_id), await _made(context.session, delivery.id)
    if archive is None:
        return Skip("there is nobody to hand it to any more")
    if not archive.data or not await _takes_files(context, member, len(archive.data)):
        told = await _ask_an_admin(context, member)
        return Send(ToMember(member, asked_for=True), cards.export_card(member, context.holdings, told=told))
    name = f"starling-{archive.made_at.date().isoformat()}.zip"
    file = Document(name, "application/zip", archive.data, cards.by_command(member))
    return Send(ToMember(member, asked_for=True), cards.archive_card(file))


async def handed(context: Context, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
    """Drop the archive. Who takes no direct messages gets it by an admin's hand."""
    if not all(receipt.delivered_as in HANDED for receipt in receipts):
        await _ask_an_admin(context, MemberId(delivery.subject_id))
    await drop(context, delivery)


async def drop(context: Context, delivery: Delivery) -> None:
    """Forget what was made for a delivery."""
    await context.session.execute(delete(PreparedArchive).where(PreparedArchive.delivery_id == delivery.id))
