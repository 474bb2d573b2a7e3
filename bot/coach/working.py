"""The delivery that brings the coach's words: the call outside of any transaction, then a message like any other."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from sqlalchemy import select

from bot.answers.records import report_of
from bot.answers.withdrawing import remove_message_of_ours
from bot.base.ids import new_id
from bot.chat.cards import Card
from bot.chat.platform import Receipt
from bot.coach.advice import Advice
from bot.coach.cards import AdviceView, advice_card, rules_only_card
from bot.coach.config import CoachConfig
from bot.coach.model import Model
from bot.coach.reasons import Reason
from bot.coach.requests import begin, finish, forget_old_calls, give_up, next_look
from bot.feature.context import Context, Outside, ToMember
from bot.feature.declarations import Done, Later, Outcome, Send, Skip
from storage.tables.answers import Revision
from storage.tables.coach import CoachRequest, CoachResult, RequestState
from storage.tables.outbox import Delivery

log = structlog.get_logger()


class Working:
    """Works requests with one model."""

    def __init__(self, config: CoachConfig, model: Model) -> None:
        self._config = config
        self._model = model

    async def work(self, outside: Outside, delivery: Delivery) -> None:
        """Make the call that is due, if one is. Whatever goes wrong is written down: the person is told."""
        try:
            async with outside.transaction() as ctx:
                begun = await begin(ctx, delivery.subject_id, self._config)
            if begun is None:
                return
            outcome = await self._model.ask(begun.body)
            async with outside.transaction() as ctx:
                await finish(ctx, begun, outcome, self._config)
        except Exception as problem:
            # A defect of ours must not leave somebody waiting; its kind is enough to find it, its words are private.
            log.error("coach_broken", delivery=delivery.id, number=new_id()[-8:], problem=type(problem).__name__)
            async with outside.transaction() as ctx:
                await give_up(ctx, delivery.subject_id, Reason.BROKEN)

    async def prepare(self, ctx: Context, delivery: Delivery) -> Outcome:
        """The message, once the request has come to its end."""
        request = await ctx.session.get(CoachRequest, delivery.subject_id)
        if request is None:
            return Skip("the answer was withdrawn")
        if request.state is RequestState.WAITING:
            return Later(await next_look(ctx, request), "the coach has not answered yet")
        return Send(ToMember(request.member_id, asked_for=True), await self.card_of(ctx, request))

    async def card_of(self, ctx: Context, request: CoachRequest) -> Card:
        """What came of a request that has ended."""
        result = await ctx.session.get(CoachResult, request.result_id) if request.result_id else None
        if result is None:
            return rules_only_card(Reason(request.reason or Reason.BROKEN), request.answer_id)
        revision = await ctx.session.get_one(Revision, request.revision_id)
        report = report_of(revision)
        rating = None if report.abstained else report.rating
        advice = Advice.model_validate(result.advice)
        model, endpoint = self._config.model, self._config.endpoint
        return advice_card(AdviceView(revision.question, advice, rating, model, endpoint))


async def advice_sent(ctx: Context, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
    """Remember where the words stand; those on an answer that was withdrawn meanwhile are removed again."""
    request = await ctx.session.get(CoachRequest, delivery.subject_id)
    messages = [receipt.message.encode() for receipt in receipts if receipt.message is not None]
    if request is not None:
        request.messages = messages
        return
    for message in messages:
        await remove_message_of_ours(ctx, delivery.subject_id, message)


async def answer_withdrawn(ctx: Context, answer: str) -> None:
    """The coach's words on an answer go with it; the rows go with its versions."""
    await remove_messages(
        ctx, (await ctx.session.scalars(select(CoachRequest).where(CoachRequest.answer_id == answer))).all()
    )


async def remove_messages(ctx: Context, requests: Sequence[CoachRequest]) -> int:
    """Have every message of ours about these requests removed; how many there are."""
    messages = [(request.answer_id, message) for request in requests for message in request.messages]
    for answer, message in messages:
        await remove_message_of_ours(ctx, answer, message)
    return len(messages)


async def prepare_forgetting(ctx: Context, _delivery: Delivery) -> Outcome:
    """Clear the ledger of what is old enough."""
    await forget_old_calls(ctx)
    return Done()
