"""What a server of pages is given: links, sessions, pages as their rooms build them, and the forms on them.

A request is handled as an event is: who acts is found out at this moment, the policy is asked, and a form goes to its
declared check and handler in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import new_id
from bot.base.text import Text, render, t
from bot.charts.svg import svg
from bot.chat.actions import OutdatedAction, UnknownAction
from bot.chat.cards import resolved
from bot.chat.charts import Chart
from bot.chat.events import FormSubmitted
from bot.chat.forms import Form
from bot.chat.page_port import Entrance, Invitation, Shown
from bot.chat.pages import Page, PageForm
from bot.chat.plain import plain
from bot.chat.platform import PrivateTo
from bot.chat.refs import ConversationRef
from bot.chat.values import Values, check_values
from bot.feature.context import Context, OfferForm, Reply
from bot.feature.declarations import PageDeclaration
from bot.members.identity import language_of, name_of
from bot.runtime import page_access
from bot.runtime.courtesies import Answering, Courtesies, keep_offers
from bot.runtime.help import needs_a_role, possible
from bot.runtime.house import House
from bot.runtime.locks import KeyedLocks
from bot.runtime.logs import faults
from bot.runtime.page_readers import Reader, is_still_theirs, reader_of
from bot.runtime.storable import storable, with_storable_texts

MOST_LINES = 12
"""A longer reply is told on the page by its title alone: the page itself shows the rest."""
FORM_GONE = t("What this form belongs to was changed or removed meanwhile, so nothing was saved.")
IN_CHAT = t("There is one more step. A button for it waits for you in the chat.")

log = structlog.get_logger()


class ServedPages:
    """`bot.chat.page_port.Pages` over the house."""

    def __init__(self, house: House, courtesies: Courtesies, locks: KeyedLocks, came: Callable[[], None]) -> None:
        """`came` is called when a form may have caused deliveries."""
        self._house = house
        self._courtesies = courtesies
        self._locks = locks
        self._came = came

    async def invitation(self, link: str) -> Invitation | None:
        """What a link leads to; it is not used up by this."""
        async with self._house.database.read_everywhere() as session:
            row = await page_access.live_link(session, link, self._house.clock.now())
            declared = self._house.gathered.pages.get(row.page) if row is not None else None
            if row is None or declared is None or not await is_still_theirs(session, row):
                return None
            name, language = await name_of(session, row.member_id), await language_of(session, row.member_id)
            return Invitation(name, language, declared.label)

    async def enter(self, link: str, session: str | None) -> Entrance | None:
        """Use a link up and begin a session; None where that cannot be, or where `session` is somebody else's."""
        now = self._house.clock.now()
        async with self._house.database.write_everywhere() as rows:
            row = await page_access.live_link(rows, link, now)
            if row is None or row.page not in self._house.gathered.pages or not await is_still_theirs(rows, row):
                return None
            before = await page_access.live_session(rows, session, now) if session is not None else None
            if before is not None and before.member_id != row.member_id:
                return None
            if not await page_access.spend(rows, row):
                return None
            if session is not None:
                await page_access.end(rows, session)
            return Entrance(page_access.begin(rows, row, now), row.page, row.subject)

    async def leave(self, session: str) -> None:
        """End a session."""
        async with self._house.database.write_everywhere() as rows:
            await page_access.end(rows, session)

    async def show(self, session: str, page: str, subject: str) -> Shown | None:
        """A page for the reader whose session this is."""
        declared, subject = self._house.gathered.pages.get(page), storable(subject)
        reader = await reader_of(self._house, session, fresh=self._is_for_a_role(page), take_notice=True)
        if reader is None:
            return None
        database = self._house.database
        begin = database.write if declared is not None and declared.writes else database.read
        async with begin(reader.actor.workspace) as rows:
            shown = await _built(reader.context(self._house, rows), reader, declared, subject)
        return self._drawn(shown)

    async def submit(
        self, session: str, page: str, subject: str, action: str, values: Values, drawn: str
    ) -> Shown | None:
        """Take in a form that stands on a page; one that is sent twice counts once."""
        declared, subject = self._house.gathered.pages.get(page), storable(subject)
        reader = await reader_of(self._house, session, fresh=self._is_for_a_role(page, action))
        if reader is None:
            return None
        event = self._event(reader, action, values)
        sending = f"{drawn} {action} {sorted(event.values.items())}"
        shown = replace(_blank(reader), action=action, typed=event.values)
        async with self._locks.holding(f"by {reader.account.encode()}"):
            try:
                async with self._house.database.write(reader.actor.workspace) as rows:
                    context = reader.context(self._house, rows)
                    built = await _built(context, reader, declared, subject)
                    shown = replace(built, action=action, typed=event.values)
                    row = await page_access.live_session(rows, session, context.now, hold=True)
                    if row is None:
                        return None
                    if page_access.is_taken(row, sending):
                        return self._drawn(built)
                    shown = await self._handled(context, shown, event)
                    offers = [number for number, one in enumerate(context.courtesies) if isinstance(one, OfferForm)]
                    lines = _told(context) + ([render(IN_CHAT, reader.language)] if offers else [])
                    keep_offers(context, event)
                    if not shown.problems and not shown.refusal:
                        row.notice = lines or row.notice
                        page_access.note_taken(row, sending)
            except UserFacingError as refusal:
                return self._drawn(replace(shown, refusal=refusal.text))
            except Exception as problem:
                error_id = new_id()[-8:]
                log.error("page_form_failed", error_id=error_id, page=page, **faults(problem))
                return self._drawn(replace(shown, refusal=_failed(error_id)))
        await self._after(context, event, offers)
        return self._drawn(shown)

    async def _handled(self, context: Context, shown: Shown, event: FormSubmitted) -> Shown:
        """Check the form and hand it to its handler; the page again with what is wrong, if anything is."""
        form = _form_on(shown.page, shown.action)
        declared = self._house.gathered.forms.get(form.action.name) if form is not None else None
        if form is None or declared is None:
            return replace(shown, refusal=FORM_GONE)
        event = replace(event, values={item.name: event.values.get(item.name, ()) for item in form.inputs})
        problems: Mapping[str, Text] = check_values(form, event.values)
        if not problems and declared.check is not None:
            problems = declared.check(form.action, event)
        if problems:
            return replace(shown, problems=problems)
        if not possible(context.acting, declared.verb):
            raise NotAllowed(t("You cannot do that here. If you think you should be able to, ask an admin."))
        try:
            await declared.handle(context, form.action, event)
        except (OutdatedAction, UnknownAction):
            return replace(shown, refusal=FORM_GONE)
        return shown

    async def _after(self, context: Context, event: FormSubmitted, offers: list[int]) -> None:
        """What the handler asked for beside replies, and the forms it offered, which a page cannot open."""
        self._came()
        key = event.delivery_id
        await self._courtesies.carry_out_others(context, Answering(key, None))
        if event.actor is not None and offers:
            context.courtesies = [context.courtesies[number] for number in offers]
            await self._courtesies.reply_all(context, Answering(key, PrivateTo(event.actor)))

    def _is_for_a_role(self, page: str, action: str = "") -> bool:
        """Whether a page, or the form that is sent from it, is for those with a role, looked up at this moment."""
        gathered = self._house.gathered
        declared = gathered.pages.get(page), gathered.forms.get(action.split("~", 1)[0])
        return any(needs_a_role(one.verb) for one in declared if one is not None)

    def _event(self, reader: Reader, action: str, values: Values) -> FormSubmitted:
        account = reader.account
        event = FormSubmitted(
            delivery_id=f"page:{new_id()}",
            installation=account.installation_ref,
            occurred_at=self._house.clock.now(),
            actor=account,
            conversation=ConversationRef(account.platform, account.installation, account.user),
            action=action,
            values=dict(values),
        )
        stored = with_storable_texts(event)
        assert isinstance(stored, FormSubmitted)
        return stored

    def _drawn(self, shown: Shown) -> Shown:
        return shown if shown.page is None else replace(shown, pictures=_pictures_of(shown.page, shown.language))


def _blank(reader: Reader) -> Shown:
    return Shown(reader.name, reader.language, None, reader.notice)


async def _built(context: Context, reader: Reader, declared: PageDeclaration | None, subject: str) -> Shown:
    """The page as its room builds it; what may not be seen looks like what does not exist."""
    shown = _blank(reader)
    if declared is None or not possible(context.acting, declared.verb):
        return shown
    try:
        return replace(shown, page=await declared.build(context, subject))
    except NotAllowed:
        return shown
    except UserFacingError as refusal:
        return replace(shown, refusal=refusal.text)


def _form_on(page: Page | None, action: str) -> Form | None:
    """The form of a page with this payload. One that does not stand on it cannot be sent from it."""
    sections = page.sections if page is not None else ()
    forms = (element.form for section in sections for element in section.elements if isinstance(element, PageForm))
    return next((form for form in forms if form.action.encode() == action), None)


def _pictures_of(page: Page, language: str) -> Mapping[Chart, str]:
    charts = [element for section in page.sections for element in section.elements if isinstance(element, Chart)]
    return {chart: svg(chart, language, headed=False) for chart in charts}


def _told(context: Context) -> list[str]:
    """What the handler replied, as lines of text."""
    lines: list[str] = []
    for courtesy in context.courtesies:
        if isinstance(courtesy, Reply):
            said = plain(resolved(courtesy.card, context.language)).splitlines()
            said = [line for line in said if line.strip()]
            lines += said if len(said) <= MOST_LINES else said[:1]
    return lines


def _failed(error_id: str) -> Text:
    return t(
        "Something went wrong on our side, and nothing was saved. Please try again. If it happens again, tell an admin "
        "this number: {number}.",
        number=error_id,
    )
