"""Blocks that subscription and contract share: schedule table, digit boxes, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescenter.domain.money import Money
from salescenter.domain.papers.deal import Buyer, DueLine, Price, Terms
from salescenter.domain.papers.fields import written
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted
from salescenter.print.page import GREY, MM, Ink, Page
from salescenter.print.sheet import Block
from salescenter.print.table import Cell, Grid, table

_NAME, _SMALL, _BOX = Ink(Face.SERIF, 10.5), Ink(Face.SERIF, 7.5, GREY), Ink(Face.SANS_BOLD, 11)


def schedule_block(lines: Sequence[DueLine], price: Price, measure: float) -> Block:
    """The payment schedule (附件四): what, how much, by when; the last row is its sum and stays with its lines."""
    grid = Grid(tuple(part * measure for part in (0.08, 0.24, 0.22, 0.27, 0.19)))
    body: list[list[Cell | str]] = [
        [Cell(str(at), "centre"), line.name, Cell(str(line.amount), "right"), line.condition or written(line.due),
         line.note]
        for at, line in enumerate(lines, start=1)
    ]
    total = Money.sum(line.amount for line in lines)
    body.append([Cell("合计", "centre", span=2, bold=True), Cell(str(total), "right", bold=True),
                 Cell(f"大写人民币{price.words}" if total == price.total else "", span=2)])
    return table(grid, [["期次", "款项", "金额（元）", "应付日期或条件", "说明"]], body, foot=1)


@dataclass(frozen=True, slots=True)
class _Boxes:
    """An amount digit by digit under the names of its places, a stop mark before the first."""

    places: str
    digits: tuple[str, ...]
    width: float
    height: float = 26.0

    def draw(self, page: Page, left: float, top: float) -> None:
        step = min(34.0, self.width / max(1, len(self.places)))
        for place, digit in zip(self.places, self.digits, strict=False):
            page.box(left, top - 23, step, 21)
            page.text(left + step - 10, top - 20, place, _SMALL)
            if digit:
                page.centred(left + step / 2 - 4, top - 16.5, digit, _BOX)
            left += step


def boxes_block(places: str, digits: tuple[str, ...], measure: float) -> Block:
    """An amount in digit boxes."""
    return Block([_Boxes(places, digits, measure)], before=2, after=4)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One line of the signatures: a place for the seller on the left, for the buyer on the right."""

    left: str
    right: str
    width: float
    height: float = 26.0

    def draw(self, page: Page, left: float, top: float) -> None:
        half = self.width / 2
        for x, text in ((left, self.left), (left + half + 4 * MM, self.right)):
            if text:
                fitted(page, x, top - 19, half - 8 * MM, text, _NAME)


def buyers_block(buyers: Sequence[Buyer], measure: float) -> Block:
    """All buyers with their papers and shares, one row each."""
    grid = Grid(tuple(part * measure for part in (0.17, 0.25, 0.11, 0.18, 0.29)))
    body: list[list[Cell | str]] = [[Cell(buyer.name, "centre"), Cell(f"{buyer.id_kind}\n{buyer.id_number}", "centre"),
             Cell(buyer.share, "centre"), Cell(buyer.phone, "centre"), _where(buyer)] for buyer in buyers]
    return table(grid, [["姓名", "证件", "份额", "电话", "地址、代理人"]], body)


def _where(buyer: Buyer) -> str:
    return "\n".join(filter(None, (buyer.address, f"代理人：{buyer.agent} {buyer.agent_phone}" if buyer.agent else "")))


def signature_block(terms: Terms, measure: float) -> Block:
    """Places to sign, kept on one page: the house on the left, every buyer on the right."""
    right = [f"买受人（签字或盖章）：{'' if len(terms.buyers) == 1 else f'（{at}）'}"
             for at, _ in enumerate(terms.buyers, start=1)]
    right += ["委托代理人或法定代理人："] * any(buyer.agent for buyer in terms.buyers)
    left = ["出卖人（盖章）：", "法定代表人（签字或盖章）：", "委托代理人（签字或盖章）："]
    rows = max(len(left), len(right))
    left += [""] * (rows - len(left))
    right += [""] * (rows - len(right))
    pairs = [_Pair(a, b, measure) for a, b in zip(left, right, strict=True)]
    day = "　　　　年　　　月　　　日"
    pairs += [_Pair(f"签订时间：{day}", f"签订时间：{day}", measure), _Pair("签订地点：", "签订地点：", measure)]
    return Block(pairs, glued=frozenset(range(len(pairs) - 1)), before=14, after=10)
