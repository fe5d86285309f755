"""A window with every widget of the kit, to look at: `python -m tests.ui.kit.gallery DIR` saves its pictures."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from salescenter.domain.money import Money
from salescenter.domain.refusals import DatabaseAway, HeldForAnother
from salescenter.domain.staff import Role
from salescenter.domain.units import UnitState
from salescenter.i18n import LANGUAGES, speak, tr
from salescenter.ui.kit import fonts, theme
from salescenter.ui.kit.buttons import DangerButton, FilledButton, KeyHint, LinkButton, OutlinedButton, QuietButton
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import AreaEdit, LineEdit, MoneyEdit, NoteEdit, Tick
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Badge, MutedLabel, SectionLabel, TitleLabel
from salescenter.ui.kit.lane import Progress
from salescenter.ui.kit.notices import Banner, EmptyState, offer_undo
from salescenter.ui.kit.panel import Card, Panel, column, hold, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.search_box import SearchBox
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.state_badge import StateBadge
from salescenter.ui.kit.waiting import ProgressPanel, Skeleton

NOW = datetime(2026, 3, 1, 9, 41, tzinfo=UTC)
TODAY = date(2026, 3, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the example table."""

    room: str
    state: UnitState
    area: Decimal
    total: Money
    day: date
    mark: Mark
    buyer: str


def lines() -> list[Line]:
    """Some lines with every kind of column."""
    marks = (Mark("首访", "accent"), Mark("逾期 2 天", "danger"), Mark("待签", "warning"), Mark("来电"))
    return [
        Line(f"3-{floor}0{place}", UnitState((floor * 3 + place) % 9), Decimal("107.62") + place,
             Money.yuan(2_340_482 + floor * 13_700), date(2026 - floor % 2, 2, 10 + floor), marks[(floor + place) % 4],
             "陈*、王*" if place % 2 else "赵*")
        for floor in range(12, 8, -1) for place in (1, 2)
    ]


def table(empty: EmptyState | None = None) -> RecordTable[Line]:
    """Build the example table."""
    columns: tuple[Column[Line], ...] = (
        Column(tr("Room"), lambda one: one.room, width=90),
        Column(tr("State"), lambda one: one.state, Kind.STATE, 90),
        Column(tr("Area"), lambda one: one.area, Kind.AREA, 84, total=True),
        Column(tr("Total"), lambda one: one.total, Kind.MONEY, 130, total=True),
        Column(tr("Day"), lambda one: one.day, Kind.DAY, 100),
        Column(tr("Remark"), lambda one: one.mark, Kind.BADGE, 100),
        Column(tr("Buyer"), lambda one: one.buyer, tone=lambda one: "muted"),
    )
    return RecordTable(columns, now=lambda: NOW, key=lambda one: one.room, empty=empty)


def form() -> FormGrid:
    """Build a form with every editor, one of them wrong."""
    made = FormGrid(6)
    made.add("name", tr("Name"), LineEdit("陈"), span=2, required=True)
    made.add("sex", tr("Sex"), ComboBox((("f", "女"), ("m", "男"))))
    made.add("age", tr("Age"), ComboBox((("31", "31–40"), ("41", "41–50"))))
    made.add("deposit", tr("Deposit"), MoneyEdit("20,000.00"), span=2, required=True, hint="最高 468,096.49")
    made.add("area", tr("Area"), AreaEdit("107.62"), span=2)
    made.add("day", tr("Day"), DayEdit(lambda: TODAY), span=2)
    made.add("channel", tr("Channel"), ComboBox((("friend", "朋友介绍"),), free=True), span=2)
    made.add("rooms", tr("Layout"), ChipGroup(tuple((n, f"{n} 室") for n in (1, 2, 3, 4)), add=lambda: None),
             span=3, required=True)
    made.add("points", tr("Concerns"), ChipGroup((("s", "学区"), ("p", "价格"), ("t", "交房时间")), multi=True), span=3)
    made.add("note", tr("Remark"), NoteEdit(), span=6)
    made.put(name="陈", sex="f", age="31", deposit=Money.yuan(20_000), day=date(2026, 11, 25), channel="朋友介绍",
             rooms=3, points=("s", "p"), note="周末带父母再看 12 层以上")
    made.field("area").set_error(tr("This cannot be read as an area; write 107.62."))
    return made


def card() -> Card:
    """Build a card as it stands beside the grid."""
    made = Card()
    made.setFixedWidth(360)
    made.put(
        row(TitleLabel("3号楼 1单元 1201"), StateBadge(UnitState.SUBSCRIBED), None),
        Banner("2 月 24 日由 陈* 等 2 人认购，定金 20,000.00 元已收。", tone="warning"),
        row(FilledButton(tr("Draft the contract"), key="F6"), OutlinedButton(tr("Change unit")), None),
        row(DangerButton(tr("Forfeit")), LinkButton(tr("Reassign customers")), None),
        FactsTable((Fact("户型", "三室两厅两卫 · 南北 · 得房率 79.7%"), Fact("建筑 / 套内", "107.62 / 85.77 ㎡"),
                    Fact("标准总价", "2,412,371.13"), Fact("成交总价", "2,340,482.47", strong=True),
                    Fact("备案价上限", "2,450,000.00 ✓", tone="accent"))),
        SectionLabel("付款"), row(Badge("认购书 ✓", "accent"), Badge("逾期", "danger"), Badge("来电"), None),
        row(KeyHint("Ctrl K"), QuietButton(tr("Cancel")), Tick("已告知用途"), None), None,
    )
    return made


def notices() -> Panel:
    """Build every notice below each other."""
    made = Panel("Notices")
    held = Banner()
    held.refuse(HeldForAnother(by="王芳", until=NOW, reason="家人商议", approver=Role.MANAGER))
    away = Banner(closable=True)
    away.refuse(DatabaseAway(why="timeout"), again=lambda: None)
    working = ProgressPanel(tr("Import"))
    working.show_progress(Progress(4_210, 20_000, "3号楼"))
    bones = Skeleton()
    bones.setFixedHeight(120)
    made.put(SearchBox("房号、客户、电话、拼音、单号"), held, away, working, bones,
             EmptyState(tr("No customers yet"), tr("Register the first visit at the reception."), tr("Register a visit")),
             MutedLabel("3号楼：待售 41 套"))
    return made


def gallery() -> QWidget:
    """Build the whole window."""
    page = QWidget()
    page.setProperty("look", "page")
    left = Panel(tr("Register a visit"))
    left.put(form(), row(FilledButton(tr("Register a visit"), key="Ctrl ⏎"), OutlinedButton(tr("Print")), None), None)
    below = Panel()
    below.body.setContentsMargins(0, 0, 0, 0)
    records = table()
    records.set_rows(lines())
    records.select_key("3-1102")
    below.put(records)
    layout = row(hold(column(left, below, gap=12)), notices(), card(), gap=12)
    layout.setContentsMargins(12, 12, 0, 0)
    layout.setStretch(0, 3)
    layout.setStretch(1, 2)
    page.setLayout(layout)
    page.resize(1440, 900)
    return page


def sheet(parent: QWidget) -> Sheet:
    """Build a sheet with a form."""
    made = Sheet(tr("Hold"), parent, subtitle="3-1201")
    made.badge(StateBadge(UnitState.FOR_SALE))
    made.put_form(form())
    made.main_action(tr("Hold"), made.finish)
    made.add_action(tr("Cancel"), made.reject)
    made.remark("草稿自动保存")
    return made


def main(folder: Path) -> None:
    """Save the gallery in both languages, light and dark."""
    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for dark in (False, True):
            speak(language)
            fonts.dress(app)
            fonts.load_the_rest()
            theme.wear(app, dark=dark)
            window = gallery()
            window.show()
            offer_undo(window, "预留已解除", lambda: None)
            app.processEvents()
            name = f"{language}-{'dark' if dark else 'light'}"
            window.grab().save(str(folder / f"gallery-{name}.png"))
            over = sheet(window)
            over.open()
            app.processEvents()
            over.grab().save(str(folder / f"sheet-{name}.png"))
            over.close()
            window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
