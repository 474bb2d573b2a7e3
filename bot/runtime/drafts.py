"""Drafts: every form that is opened is kept until its submission is handled, so nothing submitted is lost.

A form shown to a person carries a `FormStep` in place of its own payload. Where it has more inputs than the
platform takes, it is shown in steps; what each step brought is kept here. Functions work inside the caller's
transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Button, Buttons, Card, Paragraph, Words, resolved
from bot.chat.fit import fit_form
from bot.chat.forms import Form
from bot.chat.refs import AccountRef, ConversationRef
from bot.chat.values import joined
from bot.feature.context import Context
from bot.runtime.actions import FormStep, OpenDraft
from bot.runtime.formdata import Values, entered, filled, form_from_data, form_to_data
from storage.tables.drafts import FormDraft

KEPT = timedelta(days=30)
"""How long a form that nobody finishes is kept."""


def keep(context: Context, form: Form, opened_in: ConversationRef | None) -> FormDraft:
    """Store `form`, in its reader's language, for the acting person and where they opened it."""
    if context.account is None:
        raise LookupError("a form is opened by somebody")
    readable = resolved(form, context.language)
    draft = FormDraft(
        id=new_id(),
        workspace_id=context.workspace,
        member_id=context.member,
        account=context.account.encode(),
        opened_in=opened_in.encode() if opened_in is not None else None,
        action=form.action.encode(),
        form=form_to_data(readable),
        steps=[],
        values={},
        created_at=context.now,
        updated_at=context.now,
    )
    context.session.add(draft)
    return draft


async def find(session: AsyncSession, draft_id: str, account: AccountRef | None) -> FormDraft | None:
    """The draft with this id, if it is there and `account` opened it."""
    draft = await session.scalar(select(FormDraft).where(FormDraft.id == draft_id))
    if draft is None or account is None or draft.account != account.encode():
        return None
    return draft


async def find_shown(session: AsyncSession, draft_id: str, account: AccountRef | None) -> FormDraft | None:
    """The same for one that `account` can have submitted, since it was shown."""
    draft = await find(session, draft_id, account)
    return draft if draft is not None and draft.steps else None


def show(draft: FormDraft, step: int, capabilities: Capabilities) -> Form:
    """One step of the form, filled in so far, as this conversation can show it; the last where there are fewer."""
    parts = fit_form(filled(whole(draft), joined(draft.values)), capabilities)
    draft.steps = [form_to_data(part) for part in parts]
    if draft.values:
        draft.values = {item.name: entered(item) for part in parts for item in part.inputs}
    number = min(step, len(parts) - 1)
    return replace(parts[number], action=FormStep(draft=draft.id, step=number))


def whole(draft: FormDraft) -> Form:
    """The form as its room built it, in one piece."""
    return form_from_data(draft.form, FormStep(draft=draft.id))


def shown(draft: FormDraft, step: int) -> Form:
    """A step as it was shown last."""
    return form_from_data(draft.steps[min(step, len(draft.steps) - 1)], FormStep(draft=draft.id, step=step))


def with_values(draft: FormDraft, step: int, values: Values) -> dict[str, list[str]]:
    """What stands in all steps once `values` of this step are in; what was left out of it is empty."""
    names = [item.name for item in shown(draft, step).inputs]
    return {**draft.values, **{name: list(values.get(name, ())) for name in names}}


def button_card(draft_id: str, sentence: Words, *, step: int = 0, label: Words | None = None) -> Card:
    """A card that gives a sentence and opens a step of the form, filled in so far."""
    button = Button(label or t("Open the form"), OpenDraft(draft=draft_id, step=step), style="primary")
    return Card(sentence, (Buttons((button,)),))


def problems_card(draft_id: str, sentences: Sequence[tuple[str, Words]], *, step: int = 0) -> Card:
    """What is wrong with a submitted form, by label, and a button that opens it again as it was filled in."""
    lines = tuple(
        Paragraph(t("{label}: {problem}", label=label, problem=problem) if label else problem)
        for label, problem in sentences
    )
    button = Button(t("Correct it"), OpenDraft(draft=draft_id, step=step), style="primary")
    kept = Paragraph(t("Nothing you wrote is lost."), quiet=True)
    return Card(t("Something needs another look"), (*lines, kept, Buttons((button,))))


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Delete the forms that nobody touched for a month."""
    await session.execute(delete(FormDraft).where(FormDraft.updated_at < now - KEPT))


async def export(context: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """What `member` entered in forms that are not finished."""
    rows = await context.session.scalars(select(FormDraft).where(FormDraft.member_id == member))
    return [{"form": row.form["title"], "entered": row.values, "opened": row.created_at.isoformat()} for row in rows]


async def erase(context: Context, member: MemberId) -> int:
    """Delete the forms of `member`; how many there were."""
    result: Any = await context.session.execute(delete(FormDraft).where(FormDraft.member_id == member))
    return int(result.rowcount)
