"""The form to begin from: the usual fields of a kind of paper, spread over its paper, yet to be moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import BARE
from salescenter.domain.papers.form_fields import CATALOGUES
from salescenter.domain.papers.house_fields import HOUSE_FORM
from salescenter.domain.papers.letter import LETTERS
from salescenter.domain.papers.overlay import PLACES, FormField, OverlayForm, Side, Type

_RECEIPT, _A4 = (2410, 933), (2100, 2970)
_ROWS, _STEP, _MOST_COLUMNS = 12, 70, 7

_WIDE = {"序号": 2, "期次": 2, "份数": 2, "资料名称": 24, "计算依据": 8, "款项": 5, "逾期天数": 3}
"""How wide a column is beside the others; all others are 4."""

_PARTIES = ("编号", "买受人姓名", "买受人证件号码", "买受人电话", "买受人住址", "房号", "建筑面积", "套内面积")
_PRICE = ("单价", "总价", "总价大写", "总价·数位格", "定金", "定金大写")
_SIGNED = ("签订日期·年", "签订日期·月", "签订日期·日", "置业顾问")
_ISSUED = ("出具日期·年", "出具日期·月", "出具日期·日")
_NOT_USUAL = ("出具日期", "违约金公式")
"""The day of a letter stands in its parts, and how a late fee is reckoned is printed on the form."""

_PLAN = ("付款计划·款项", "付款计划·日期", "付款计划·金额")


def usual_size(kind: PaperKind) -> tuple[int, int]:
    """The paper most forms of a kind have, 0.1 mm: continuous paper of 241 x 93.3 mm for receipts, else A4."""
    return _RECEIPT if kind is PaperKind.RECEIPT else _A4


def starting_form(name: str, width: int = 0, height: int = 0, kind: PaperKind = PaperKind.RECEIPT) -> OverlayForm:
    """Return a form to begin from, on the usual paper of its kind or one of another size."""
    usual = usual_size(kind)
    size = (width or usual[0], height or usual[1])
    return OverlayForm(name, *size, tuple(_scaled(one, usual, size) for one in _usual(kind)), kind=kind)


def _scaled(field: FormField, usual: Sequence[int], size: Sequence[int]) -> FormField:
    """The same place on paper of another size."""
    (x, wide), (y, step) = (
        (at * now // then, by * now // then)
        for at, by, now, then in zip((field.x, field.y), (field.width, field.step), size, usual, strict=True)
    )
    said = {one: getattr(field, one) for one in FormField.__dataclass_fields__}
    return FormField(**{**said, "x": x, "y": y, "width": wide, "step": step})


def _usual(kind: PaperKind) -> tuple[FormField, ...]:
    if kind is PaperKind.RECEIPT:
        return _of_receipt()
    single, listed = _names(kind)
    fields = [_single(kind, at, name) for at, name in enumerate(single)]
    top = 400 + 110 * ((len(single) + 1) // 2)
    return (*fields, *_columns(listed, top))


def _columns(names: Sequence[str], top: int) -> Iterator[FormField]:
    """The columns of a list side by side, as wide as what stands in them asks."""
    wide = [_WIDE.get(name.partition("·")[2], 4) for name in names]
    x = 200
    for name, share in zip(names, wide, strict=True):
        width = 1700 * share // sum(wide)
        yield FormField(name, x, top, width - 20, rows=_ROWS, step=_STEP)
        x += width


def _single(kind: PaperKind, at: int, name: str) -> FormField:
    """One of two columns; an amount in boxes takes the place of its text."""
    boxes = {"places": PLACES, "type": Type.HEI} if CATALOGUES[kind].is_boxes(name) else {}
    return FormField(name, 200 + 900 * (at % 2), 300 + 110 * (at // 2), 800, **boxes)  # type: ignore[arg-type]


def _names(kind: PaperKind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands once, and the columns of one list."""
    offered = CATALOGUES[kind]
    lists = next(iter(offered.rows.values()), ())[:_MOST_COLUMNS]
    if kind in HOUSE_FORM:
        return ("编号", *offered.fields["栏目"], "日期·年", "日期·月", "日期·日"), lists
    if kind in LETTERS:
        own = [name for name in offered.fields["函件"] if not (name.startswith(_NOT_USUAL) or name.endswith(BARE))]
        return (*_PARTIES, *own[:12], *_ISSUED), () if lists[:1] == _PLAN[:1] else lists
    return (*_PARTIES, *_PRICE, *_SIGNED), _PLAN


def _of_receipt() -> tuple[FormField, ...]:
    def items(name: str, x: int, width: int, **more: Any) -> FormField:
        return FormField(name, x, 430, width, rows=3, step=80, **more)

    hei = Type.HEI
    return (
        FormField("number", 1850, 120, 420, hei), FormField("day", 1000, 190, 450, side=Side.CENTRE),
        FormField("payer", 400, 280, 800), FormField("room", 1500, 280, 700),
        items("line-name", 200, 500), items("line-note", 720, 900),
        items("line-amount", 1640, 500, side=Side.RIGHT, type=hei),
        FormField("total-boxes", 520, 720, 1100, places=PLACES), FormField("total", 1700, 720, 500, hei),
        FormField("method", 400, 800, 500), FormField("cashier", 1000, 870, 400), FormField("handler", 1700, 870, 400),
    )  # fmt: skip
