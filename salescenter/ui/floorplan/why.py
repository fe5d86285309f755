"""Why a unit has its colour and what comes next: the sentence the card begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING

from salescenter.domain.money import Money
from salescenter.domain.units import NOT_SALEABLE, Flag, UnitState
from salescenter.i18n import spoken, tr, trn
from salescenter.ui.kit import formats
from salescenter.ui.kit.terms import flag_words

if TYPE_CHECKING:
    from salescenter.services.card_values import DealView, UnitCard

CALM, SOON, LATE = "accent", "warning", "danger"


@dataclass(frozen=True, slots=True)
class Why:
    """The sentence as rich text, without the rich text, and how urgent it is: accent, warning or danger."""

    rich: str
    tone: str

    @property
    def plain(self) -> str:
        """The sentence for a screen reader."""
        return self.rich.replace("<b>", "").replace("</b>", "").replace("<br>", " ")


def why(card: UnitCard, now: datetime, *, private: bool = False) -> Why:
    """Say why this unit has its colour and what comes next; `private` says no more than a customer may hear."""
    said = Why(_PRIVATE[_outside(card.state)](), CALM) if private else _SAYING[card.state](card, now)
    locks = card.flags & NOT_SALEABLE
    if locks and card.state < UnitState.RESERVED:
        lock = tr("Cannot be sold now: {flags}.", flags=_bold(flag_words(Flag(locks))))
        return Why(f"{said.rich}<br>{lock}", SOON)
    return said


def _outside(state: UnitState) -> UnitState:
    """What a customer is told: free, kept for somebody, sold, or not on sale yet."""
    return min(state, UnitState.SUBSCRIBED) if state is not UnitState.RESERVED else UnitState.HELD


def outside_words(state: UnitState) -> str:
    """Name a state as a customer is told it."""
    return _PRIVATE[_outside(state)]().rstrip(".。")


_PRIVATE: dict[UnitState, Callable[[], str]] = {
    UnitState.NOT_RELEASED: lambda: tr("Not on sale yet."),
    UnitState.FOR_SALE: lambda: tr("For sale."),
    UnitState.HELD: lambda: tr("Reserved for the moment."),
    UnitState.SUBSCRIBED: lambda: tr("Sold."),
}


def _not_released(card: UnitCard, _now: datetime) -> Why:
    missing = [
        words
        for lacks, words in (
            (not card.facts.list_total, tr("its price")),
            (not card.facts.permit, tr("the presale permit")),
        )
        if lacks
    ]
    if missing:
        return Why(tr("Not released yet. Before it can be, {missing} must be entered.", missing=_and(missing)), SOON)
    return Why(tr("Not released yet. Price and permit are in place: it can be released."), CALM)


def _for_sale(card: UnitCard, now: datetime) -> Why:
    ended = card.until is not None and card.until <= now
    since = card.until.astimezone(now.tzinfo).date() if card.until is not None and ended else card.since
    days = (now.date() - since).days
    parts = [trn("For sale since {day}, {count} day.", "For sale since {day}, {count} days.", count=days,
                 shown=_bold(formats.count(days)), day=_day(since, now))]
    if ended and card.until is not None:
        parts.insert(0, tr("The hold ended by itself on {moment}.", moment=_moment(card.until, now)))
    if card.facts.quoted:
        quoted = card.facts.quoted
        parts.append(trn("Quoted {count} time.", "Quoted {count} times.", count=quoted, shown=_bold(str(quoted))))
    parts.append(tr("Next: hold, small deposit or subscription."))
    return Why(_together(parts), CALM)


def _held(card: UnitCard, now: datetime) -> Why:
    hold = card.hold
    if hold is None:
        return Why(tr("Held."), CALM)
    whom = _bold(hold.by)
    if hold.customer:
        whom = tr("{by} for {customer}", by=whom, customer=_bold(hold.customer))
    parts = [tr("Held by {whom} since {moment}: {reason}.", whom=whom, moment=_moment(hold.at, now),
                reason=escape(hold.reason or formats.NOTHING))]  # fmt: skip
    if hold.approver and hold.approver != hold.by:
        parts.append(tr("Approved by {approver}.", approver=_bold(hold.approver)))
    parts.append(tr("Ends by itself on {moment}, {left}.", moment=_bold(_moment(hold.until, now)),
                    left=_left(hold.until, now)))  # fmt: skip
    return Why(_together(parts), _urgency(hold.until.date(), now))


def _reserved(card: UnitCard, now: datetime) -> Why:
    deal = card.deal
    if deal is None:
        return Why(tr("Small deposit."), CALM)
    said = tr("Small deposit by {buyers} on {day}, {amount} received.", buyers=_buyers(deal),
              day=_day(deal.opened, now), amount=_amount(deal.received))  # fmt: skip
    return _with_deadline(said, tr("To subscribe by {day}, {left}."), card.until, now)


def _subscribed(card: UnitCard, now: datetime) -> Why:
    deal = card.deal
    if deal is None:
        return Why(tr("Subscribed."), CALM)
    said = tr("Subscribed by {buyers} on {day}, {amount} received.", buyers=_buyers(deal),
              day=_day(deal.subscribed or deal.opened, now), amount=_amount(deal.received))  # fmt: skip
    return _with_deadline(said, tr("To sign by {day}, {left}."), deal.sign_by, now)


def _drafted(card: UnitCard, now: datetime) -> Why:
    deal = card.deal
    if deal is None:
        return Why(tr("Contract drafted."), CALM)
    day = _day(deal.drafted or card.since, now)
    said = tr("Contract drafted for {buyers} on {day}.", buyers=_buyers(deal), day=day)
    return _with_deadline(said, tr("To sign by {day}, {left}."), deal.sign_by, now)


def _signed(card: UnitCard, now: datetime) -> Why:
    return _sold(card, now, tr("Signed by {buyers} on {day}, contract {number}."),
                 tr("To be filed next; the law gives 30 days."))  # fmt: skip


def _filed(card: UnitCard, now: datetime) -> Why:
    return _sold(card, now, tr("Filed on {day} for {buyers}, contract {number}."), tr("To be handed over next."))


def _handed_over(card: UnitCard, now: datetime) -> Why:
    return _sold(card, now, tr("Handed over to {buyers} on {day}, contract {number}."), "")


def _sold(card: UnitCard, now: datetime, sentence: str, step: str) -> Why:
    """Say a contract's state, what is paid of it, what is due next, and the next step."""
    deal = card.deal
    if deal is None:
        return Why(step or tr("Sold."), CALM)
    parts = [sentence.format(buyers=_buyers(deal), day=_day(card.since, now),
                             number=_bold(deal.contract_number or deal.number))]  # fmt: skip
    paid = tr("{received} of {total} received.", received=_amount(deal.received), total=_amount(deal.total))
    parts.append(tr("Fully paid.") if deal.received >= deal.total else paid)
    due = next((line for line in deal.dues if line.due and line.paid < line.amount), None)
    if due is not None and due.due is not None:
        parts.append(tr("Next due: {amount} on {day}, {left}.", amount=_amount(due.amount - due.paid),
                        day=_bold(_day(due.due, now)), left=_bold(formats.days_left(due.due, now.date()))))  # fmt: skip
    late = due is not None and due.due is not None and due.due < now.date()
    return Why(_together([*parts, step]), LATE if late else CALM)


_SAYING: dict[UnitState, Callable[[UnitCard, datetime], Why]] = {
    UnitState.NOT_RELEASED: _not_released,
    UnitState.FOR_SALE: _for_sale,
    UnitState.HELD: _held,
    UnitState.RESERVED: _reserved,
    UnitState.SUBSCRIBED: _subscribed,
    UnitState.DRAFTED: _drafted,
    UnitState.SIGNED: _signed,
    UnitState.FILED: _filed,
    UnitState.HANDED_OVER: _handed_over,
}


def _with_deadline(said: str, deadline: str, until: date | datetime | None, now: datetime) -> Why:
    if until is None:
        return Why(said, CALM)
    day = until.astimezone(now.tzinfo).date() if isinstance(until, datetime) else until
    tone = _urgency(day, now)
    left = _bold(formats.days_left(day, now.date()))
    return Why(_together([said, deadline.format(day=_bold(_day(day, now)), left=left)]), tone)


def _together(sentences: list[str]) -> str:
    """Put sentences behind each other; Chinese ones need no space between."""
    return ("" if spoken() == "zh_CN" else " ").join(one for one in sentences if one)


def _urgency(day: date, now: datetime) -> str:
    days = (day - now.date()).days
    return LATE if days < 0 else SOON if days <= 2 else CALM


def _left(until: datetime, now: datetime) -> str:
    """Write what is left of a hold: days, or hours and minutes on its last day."""
    minutes = int((until - now).total_seconds() // 60)
    if minutes < 0:
        return tr("over")
    if minutes < 24 * 60:
        return _bold(tr("{hours} h {minutes} min left", hours=minutes // 60, minutes=minutes % 60))
    return _bold(formats.days_left(until.astimezone(now.tzinfo).date(), now.date()))


def _buyers(deal: DealView) -> str:
    if not deal.buyers:
        return formats.NOTHING
    first = _bold(deal.buyers[0].name)
    everybody = len(deal.buyers)
    return tr("{first} and others ({all})", first=first, all=everybody) if everybody > 1 else first


def _and(words: list[str]) -> str:
    return tr(" and ").join(words)


def _day(day: date, now: datetime) -> str:
    return formats.day(day, now.date())


def _moment(moment: datetime, now: datetime) -> str:
    return formats.moment(moment, now)


def _amount(amount: Money) -> str:
    return _bold(formats.money(amount))


def _bold(text: str) -> str:
    return f"<b>{escape(text)}</b>"
