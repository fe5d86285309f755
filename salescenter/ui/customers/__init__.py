"""Customers (客户): found, listed, shown on a card, changed, followed up, given to another."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.customers.page import CustomersPage  # services and database only when first opened

    return CustomersPage(room)


def _follow_up(room: Room, number: int) -> QWidget:
    from salescenter.ui.customers.follow_up_sheet import FollowUpSheet

    return FollowUpSheet(room, number)


PAGE = Page(
    "customers", mark("Customers"), "customers", _build, needs=Step.REGISTER_VISIT,
    forms={Step.FOLLOW_UP: _follow_up}, order=30,
)
"""`Room.go("customers", id)` shows a customer; `Room.perform(Step.FOLLOW_UP, id)` opens a follow-up by its number."""
