"""The manager's window by mouse and keys: figures, their formulas, the lists behind them, one period for all."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter import i18n
from salescenter.domain.grid import GridNews
from salescenter.domain.money import Money
from salescenter.domain.refusals import DatabaseAway
from salescenter.domain.report_charts import ColumnChart, RowChart
from salescenter.domain.report_periods import Grain, Quick, Span, quick_span
from salescenter.domain.staff import Role
from salescenter.services.reports.claims import claims
from salescenter.services.reports.funnel import FunnelBy
from salescenter.services.reports.listings import ListKind
from salescenter.services.reports.values import Measure, Stage
from salescenter.ui.kit.room import Room
from salescenter.ui.reports import PAGE, saying
from salescenter.ui.reports.cards import FigureCard
from salescenter.ui.reports.page import ReportsPage
from salescenter.ui.reports.plots import ColumnPlot
from salescenter.ui.reports.rows import RowPlot
from tests.services.reports.story import OPENED, TODAY, Story, day
from tests.ui.hands import stands
from tests.ui.reports.conftest import opened, room_of
from tests.ui.rooms import Asked

NOVEMBER = Span(day("11-01"), TODAY)


def test_the_window_opens_on_this_month_against_the_month_before(page: ReportsPage) -> None:
    assert page.controls.span() == NOVEMBER
    board = page.view.board
    assert board is not None
    assert board.sales.before == Span(day("10-01"), day("10-19"))
    assert page.controls.quick.value() == (Quick.THIS_MONTH,)


def test_the_key_figures_are_said_with_their_units(page: ReportsPage) -> None:
    said = [(f.name, f.value, f.unit) for f in (card.figure() for card in page.view.figures) if f]
    assert said == [
        ("净签约", "3", "套"), ("去化率 · 住宅", "33.3%", ""), ("均价 · 住宅", "13,000", "元/㎡"),
        ("回款率（占合同）", "14.5%", ""), ("在途", "758.5万", ""),
    ]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (0, ["净签约 = 网签 − 退房 − 换房", "套数: 5 − 1 − 1 = 3", "6,900,000.00 − 1,900,000.00 − 1,980,000.00 = 3,020,000.00"]),
        (1, ["去化率 = 已售 ÷ 已推", "6 ÷ 18 = 33.3%", "商铺: 25.0% (1 ÷ 4)"]),
        (2, ["均价 = 成交总额 ÷ 面积合计", "3,900,000.00 ÷ 300.00㎡ = 13,000.00"]),
        (3, ["占合同", "1,290,000.00 ÷", "占应收", "占计划", "本期未定计划"]),
        (4, ["在途 = 有效合同总额 − 其已收款", "− 1,290,000.00 ="]),
    ],
)
def test_a_figure_tells_its_formula_with_the_numbers_put_in(page: ReportsPage, place: int, words: list[str]) -> None:
    tip = page.view.figures[place].toolTip()
    assert [word for word in words if word not in tip] == []


def test_each_figure_opens_its_list_by_double_click_and_the_list_adds_up(page: ReportsPage, qtbot: QtBot) -> None:
    board = page.view.board
    assert board is not None
    proofs = {wanted: (shown, sums) for _, shown, wanted, sums in claims(board)}
    for figure in page.view.figures:
        QTest.mouseDClick(figure, Qt.MouseButton.LeftButton)
        assert page.stack.currentWidget() is page.list
        found = page.list.listing
        assert found is not None
        shown, sums = proofs[found.asked]
        assert tuple(sums(found)) == shown
        assert found.lines
        QTest.keyClick(page, Qt.Key.Key_Escape)
        assert page.stack.currentWidget() is not page.list


def test_enter_opens_the_list_of_a_figure_too(page: ReportsPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.view.figures[0], Qt.Key.Key_Return)
    assert page.list.listing is not None
    assert page.list.listing.asked.kind is ListKind.NET_SIGNED
    assert page.list.table is not None
    assert page.list.table.model.total([c.title for c in page.list.table.model.columns].index("套数")) == "3"


def test_a_bar_opens_the_deals_of_its_day(page: ReportsPage, qtbot: QtBot) -> None:
    plot = sales_plot(page)
    fifth = place_of(plot, 4 + 0.2, 0.5)  # 5 November, the right bar of its pair
    QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=fifth)
    found = page.list.listing
    assert found is not None
    assert found.asked.span == Span(day("11-05"), day("11-05"))
    assert found.sum("count") == 2


def test_the_grey_bar_beside_it_opens_the_day_before(page: ReportsPage, qtbot: QtBot) -> None:
    plot = sales_plot(page)
    ninth = place_of(plot, 8 - 0.2, 0.5)
    QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=ninth)
    found = page.list.listing
    assert found is not None
    assert found.asked.span == Span(day("10-09"), day("10-09"))
    assert found.sum("count") == 1


def sales_plot(page: ReportsPage) -> ColumnPlot:
    plot = page.view.cards["sales"].plot
    assert isinstance(plot, ColumnPlot)
    return plot


def place_of(plot: ColumnPlot, x: float, y: float) -> QPoint:
    scene = plot.plotItem.getViewBox().mapViewToScene(QPointF(x, y))
    place: QPoint = plot.mapFromScene(scene)
    return place


def test_arrow_keys_walk_the_bars_and_enter_opens_one(page: ReportsPage, qtbot: QtBot) -> None:
    plot = page.view.cards["sales"].plot
    assert plot is not None
    for _ in range(5):
        QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert page.list.listing is not None
    assert page.list.listing.asked.span.first == day("11-05")


def test_a_stage_of_the_funnel_opens_its_list(page: ReportsPage, qtbot: QtBot) -> None:
    plot = page.view.cards["funnel"].plot
    assert isinstance(plot, RowPlot)
    for _ in range(2):
        QTest.keyClick(plot, Qt.Key.Key_Down)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    found = page.list.listing
    assert found is not None
    assert (found.asked.figure, found.sum("count")) == ("visit", 14)


def test_a_part_of_a_stock_row_opens_the_units_in_that_state(page: ReportsPage, qtbot: QtBot) -> None:
    plot, drawn = page.view.cards["stock"].plot, page.view.cards["stock"].drawn()
    assert isinstance(plot, RowPlot)
    assert drawn is not None
    chart = drawn.chart
    assert isinstance(chart, RowChart)
    row, part = 0, [one.name for one in chart.series].index("网签")
    box = dict(plot._boxes(row))[part]
    QTest.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    found = page.list.listing
    assert found is not None
    assert found.sum("count") == chart.series[part].values[row]


def test_the_arrears_open_from_the_money_chart(page: ReportsPage) -> None:
    page.view.arrears.click()
    found = page.list.listing
    assert found is not None
    assert found.asked.kind is ListKind.ARREARS
    assert found.sum("open") == Money.yuan(985_000 + 200_000 + 500_000 + 400_000)


def test_a_line_of_a_list_leads_to_its_unit_on_the_grid(page: ReportsPage, heard: Asked, story: Story) -> None:
    page.view.figures[0].opened.emit(page.view.figures[0].figure().asked)  # type: ignore[union-attr]
    table = page.list.table
    assert table is not None
    table.opened.emit(table.rows()[0])
    assert heard.went[0][0] == "floorplan"
    assert heard.went[0][1] in {unit["id"] for unit in story.units.values()}


def test_all_charts_follow_the_period(page: ReportsPage) -> None:
    page.controls.choose(quick_span(Quick.LAST_MONTH, TODAY, OPENED))
    board = page.view.board
    assert board is not None
    spans = {board.asked.span, board.sales.span, board.collection.span}
    assert spans == {Span(day("10-01"), day("10-31"))}
    assert board.cut_off == day("10-31")
    drawn = page.view.cards["sales"].drawn()
    assert drawn is not None
    assert isinstance(drawn.chart, ColumnChart)
    assert len(drawn.chart.categories) == 31


def test_a_typed_day_counts_when_the_typing_rests(page: ReportsPage, qtbot: QtBot) -> None:
    page.controls.first.clear()
    with qtbot.waitSignal(page.settled):
        QTest.keyClicks(page.controls.first, "10-3")
    assert page.controls.span() == Span(day("10-03"), TODAY)
    assert page.controls.quick.value() == ()


def test_the_measure_is_drawn_anew_without_reading_again(page: ReportsPage, qtbot: QtBot) -> None:
    before = page.view.board
    page.controls.measure.put((Measure.AMOUNT,))
    page.controls.measure.edited.emit()
    assert page.view.board is before
    figure = page.view.figures[0].figure()
    assert figure is not None
    assert figure.value.endswith("万")


def test_the_stage_asks_for_other_sales(page: ReportsPage) -> None:
    page.controls.stage.put((Stage.SUBSCRIBED,))
    page.controls.stage.edited.emit()
    board = page.view.board
    assert board is not None
    assert board.sales.in_span.count == 6


def test_the_funnel_by_cohort_names_itself(page: ReportsPage) -> None:
    page.view.funnel_by.put((FunnelBy.COHORT,))
    page.view.funnel_by.edited.emit()
    drawn = page.view.cards["funnel"].drawn()
    assert drawn is not None
    assert drawn.caption.startswith("按客群")
    assert drawn.chart.rows[0] == "首次来电来访"  # type: ignore[union-attr]


def test_a_longer_period_is_cut_into_longer_buckets_until_the_user_says_otherwise(page: ReportsPage) -> None:
    page.controls.choose(Span(day("01-01"), TODAY))
    assert page.view.grain.value() == (Grain.MONTH,)
    page.view.grain.put((Grain.WEEK,))
    page.view.grain.edited.emit()
    page.load()
    assert page.view.grain.value() == (Grain.WEEK,)


def test_each_empty_chart_says_what_is_missing_and_what_to_do(bare_page: ReportsPage) -> None:
    for key, shown in bare_page.view.cards.items():
        drawn = shown.drawn()
        assert drawn is not None
        assert drawn.chart.is_empty, key
        assert all(drawn.missing), key
        assert shown.empty.isVisibleTo(shown), key
    assert [f.value for f in (card.figure() for card in bare_page.view.figures) if f] == ["0", "—", "—", "—", "0"]


def test_news_of_the_estate_are_gathered_into_one_reading(page: ReportsPage, room: Room, qtbot: QtBot) -> None:
    page._news.stop()
    read: list[object] = []
    page.settled.connect(lambda: read.append(page.view.board))
    with qtbot.waitSignal(page.settled):
        for _ in range(5):
            room.bulletin.arrived.emit(GridNews())
    assert len(read) == 1


def test_only_who_may_change_settings_is_offered_the_plan(
    page: ReportsPage, story: Story, heard: Asked, tmp_path: Path, qtbot: QtBot
) -> None:
    viewer = opened(room_of(story, heard, tmp_path, Role.VIEWER), qtbot)
    assert page.view.plan.isVisibleTo(page)
    assert not viewer.view.plan.isVisibleTo(viewer)


def test_a_refusal_stands_in_the_page(story: Story, heard: Asked, tmp_path: Path, qtbot: QtBot) -> None:
    page = opened(room_of(story, heard, tmp_path, Role.CONSULTANT), qtbot)
    assert page.banner.isVisible()
    assert page.view.board is None


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_window_can_be_worn_dark_and_in_both_languages(
    language: str, dark: None, room: Room, qtbot: QtBot
) -> None:
    i18n.speak(language)
    page = opened(room, qtbot)
    dark_sheet = page.view.sheet.grab().toImage()
    assert dark_sheet.pixelColor(4, 4).lightness() < 60
    name = page.view.figures[0].figure()
    assert name is not None
    assert name.name == {"zh_CN": "净签约", "en": "Net signed"}[language]


def test_a_hover_over_a_row_says_it_in_full(page: ReportsPage) -> None:
    plot = page.view.cards["ranking"].plot
    assert isinstance(plot, RowPlot)
    at = QPoint(80, 40)
    QApplication.sendEvent(plot, QHelpEvent(QHelpEvent.Type.ToolTip, at, plot.mapToGlobal(at)))
    assert plot.part_at(at) == (0, 0)


def test_pyqtgraph_is_left_alone_until_the_window_is_built() -> None:
    code = (
        "import sys\nimport salescenter.ui.reports, salescenter.ui.reports.page\n"
        "print([name for name in ('pyqtgraph', 'numpy') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("share", "said"), [("0.125", "+12.5%"), ("-0.35", "−35.0%"), ("-0.0004", "0.0%"), ("0", "0.0%")]
)
def test_a_change_is_said_with_its_sign_and_nothing_changed_with_none(share: str, said: str) -> None:
    assert saying.grown(Decimal(share)) == said
    assert saying.grown(None) == "—"


def test_a_database_away_is_said_with_a_way_to_try_again_and_heals(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> object:
        raise DatabaseAway(why="cable")

    shown = page.view.board
    with monkeypatch.context() as patch:
        patch.setattr("salescenter.ui.reports.page.board", away)
        page.load()
    assert (page.banner.is_weather, page.banner.text()) == (True, "等待数据库")  # nothing was typed, nothing is pressed again
    assert not page.banner.isHidden()
    assert page.view.board is shown
    page.load()
    assert page.banner.isHidden()


def test_a_key_figure_is_never_cut_in_a_small_window(page: ReportsPage) -> None:
    page.resize(911, 512)
    QApplication.processEvents()
    cards = page.view.findChildren(FigureCard)
    assert cards
    assert [one.accessibleName() for one in cards if one._value.width() < one._value.sizeHint().width()] == []


def test_the_window_fits_its_screen_and_begins_at_the_period(room: Room, qtbot: QtBot) -> None:
    made = PAGE.build(room)
    qtbot.addWidget(made)
    most = made.screen().availableSize()
    assert made.width() <= most.width()
    assert made.height() <= most.height()
    stands(made)
    held = QApplication.focusWidget()
    assert isinstance(made, ReportsPage)
    assert held is not None
    assert made.controls.quick.isAncestorOf(held)


def test_in_a_small_window_a_list_keeps_its_sums_in_sight(page: ReportsPage, qtbot: QtBot) -> None:
    page.resize(911, 512)
    QTest.mouseDClick(page.view.figures[0], Qt.MouseButton.LeftButton)
    table = page.list.table
    assert table is not None
    shown = [at for at in range(len(table.model.columns)) if not table.view.isColumnHidden(at)]
    assert all(at in shown for at, column in enumerate(table.model.columns) if column.total)
    assert sum(table.view.columnWidth(at) for at in shown) <= table.view.viewport().width()
