"""The deal (交易): its register, and the forms of every step in a unit's life."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Form, Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.deals.page import DealsPage

    return DealsPage(room)


def _plain(step: Step) -> Form:
    def build(room: Room, unit: int) -> QWidget:
        from salescenter.ui.deals.plain import PlainSheet

        return PlainSheet(room, unit, step)

    return build


def _hold(step: Step) -> Form:
    def build(room: Room, unit: int) -> QWidget:
        from salescenter.ui.deals.holding import HoldSheet

        return HoldSheet(room, unit, step)

    return build


def _reserve(room: Room, unit: int) -> QWidget:
    from salescenter.ui.deals.selling import ReserveSheet

    return ReserveSheet(room, unit)


def _subscribe(room: Room, unit: int) -> QWidget:
    from salescenter.ui.deals.selling import SubscribeSheet

    return SubscribeSheet(room, unit)


def _change_unit(room: Room, unit: int) -> QWidget:
    from salescenter.ui.deals.selling import ChangeUnitSheet

    return ChangeUnitSheet(room, unit)


def _change_buyers(room: Room, unit: int) -> QWidget:
    from salescenter.ui.deals.buyers import ChangeBuyersSheet

    return ChangeBuyersSheet(room, unit)


def _quote(room: Room, unit: int) -> QWidget:
    from salescenter.ui.deals.quoting import QuoteSheet

    return QuoteSheet(room, unit)


_PLAIN = (
    Step.END_HOLD,
    Step.DRAFT,
    Step.UNDO_DRAFT,
    Step.SIGN,
    Step.FILE,
    Step.UNDO_FILING,
    Step.HAND_OVER,
    Step.EXTEND_SIGNING,
    Step.GIVE_BACK,
    Step.CANCEL,
    Step.FORFEIT,
)

PAGE = Page(
    "deals",
    mark("Deals"),
    "deals",
    _build,
    needs=Step.QUOTE,
    order=40,
    forms={
        **{step: _plain(step) for step in _PLAIN},
        Step.HOLD: _hold(Step.HOLD),
        Step.EXTEND_HOLD: _hold(Step.EXTEND_HOLD),
        Step.RESERVE: _reserve,
        Step.SUBSCRIBE: _subscribe,
        Step.CHANGE_UNIT: _change_unit,
        Step.CHANGE_BUYER: _change_buyers,
        Step.QUOTE: _quote,
    },
)
