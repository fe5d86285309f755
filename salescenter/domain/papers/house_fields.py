"""What the forms of the house (审批表, 选房确认单, 结算清单, ...) offer a pre-printed form, and how one answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from salescenter.domain.amounts_in_words import in_words
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.fields import written
from salescenter.domain.papers.filling import BARE, OWN_AMOUNT, Catalogue, Filling, bare, date_names, dated
from salescenter.domain.papers.form import FormPaper

_BY_HAND = ""
"""Stands for an answer that is always written by hand."""

_UNIT = " ㎡"
"""Follows an area on the house's own paper; a form has it printed."""

_HEAD = ("编号", *date_names(("日期",)), "开发商", "项目", "金额", "金额大写", f"金额大写{BARE}")


@dataclass(frozen=True, slots=True)
class _Layout:
    """The answers of a kind as they stand one after the other, and the columns of its tables, by their names."""

    answers: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_BUYERS = ("买受人", "联系电话", "证件号码")
_ABOUT = ("房号", "建筑面积", "认购日期", "成交总价")
_HOME = ("买受人", "证件号码", "房号", "合同编号", "合同面积", "实测面积", "单价", "合同总价")
_PEOPLE = ("姓名", "证件号码", "电话", "份额", _BY_HAND)
_TAXES = {"税费": ("款项", "计算依据", "收取部门", "金额")}
_K, _H = PaperKind, _BY_HAND

LAYOUTS: dict[PaperKind, _Layout] = {
    _K.SELECTION: _Layout(("客户", _H, "房号", "户型", "建筑面积", "套内面积", "标准总价", "单价", _H, _H)),
    _K.SWAP: _Layout(
        (*_BUYERS, "认购日期", "申请日期", "已收款", "合同编号", "原因"),
        {"房屋": ("栏目", "房号", "户型", "建筑面积", "单价", "总价")},
    ),
    _K.RENAMING: _Layout(
        (*_ABOUT, "申请日期", "合同编号", _H, _H, _H), {"原买受人": _PEOPLE, "变更后的买受人": _PEOPLE}
    ),
    _K.WITHDRAWAL: _Layout(
        (*_BUYERS, *_ABOUT, "签订日期", "备案日期", "付款方式", "已付款", "退定日期", _H, "退房原因",
         _H, _H, _H)
    ),
    _K.FORFEITURE: _Layout(
        (*_BUYERS, *_ABOUT, "应签约日期", "逾期天数", "约定定金", "已付款", "不予返还的定金",
         "应返还金额", "挞定原因", _H)
    ),
    _K.DISCOUNT: _Layout(
        (*_BUYERS, *_ABOUT, "付款方式", _H, "申请人", "申请日期", "申请理由", _H),
        {"价格": ("项目", "优惠额", "单价", "总价")},
    ),
    _K.SETTLEMENT: _Layout((*_HOME, _H), {"结算": ("款项", "应付", "已付", "尚欠"), **_TAXES}),
    _K.MEASURING: _Layout(
        _HOME, {"面积": ("面积", "合同约定", "实测", "面积差", "误差比"),
                "结算": ("差额的部分", "单价", "倍数", "金额")},
    ),
    _K.COSTS: _Layout(_HOME, {"房价款": ("序号", "款项", "应付日期", "应付", "已付", "尚欠"), **_TAXES}),
    _K.CHECKLIST: _Layout(
        ("借款人", "房号", "合同编号", "总价", "贷款额", "贷款机构"),
        {"资料": ("序号", "资料名称", "原件／复印件", "份数", _H, _H)},
    ),
    _K.PERFORMANCE: _Layout(
        ("合同编号", "房号", "买受人", "建筑面积", "单价", "总价", "付款方式", "置业顾问", "认购日期", "草签日期",
         "签订日期", "备案日期", "按揭日期", "放款日期", "交付日期", "实际交付日期", "办证日期"),
        {"价款履行": ("期次", "款项", "应付日期", "应付", "实付日期", "实付", "收据编号", "欠款", "逾期天数",
                      "违约金")},
    ),
    _K.FILING: _Layout(
        ("批次日期", "份数"),
        {"合同": ("序号", "房号", "买受人", "电话", "合同编号", "签订日期", "建筑面积", "总价", "备案期限", _H, "状态",
                  _H)},
    ),
    _K.LENDING: _Layout(
        ("批次日期", "份数"),
        {"贷款": ("序号", "房号", "借款人", "合同编号", "签订日期", "总价", "贷款种类", "贷款额", "年限", "月供",
                  "等额本金首月", "贷款机构", _H, _H)},
    ),
}  # fmt: skip
"""The forms of the house about one deal or home, and its lists, in the order they are gathered (`services.papers`)."""


def _catalogue(layout: _Layout) -> Catalogue:
    rows = {table: tuple(f"{table}·{name}" for name in names if name) for table, names in layout.tables.items()}
    return Catalogue({"栏目": tuple(filter(None, layout.answers)), "单据": _HEAD}, rows, {"数位格": (OWN_AMOUNT,)})


HOUSE_FORM: dict[PaperKind, Catalogue] = {kind: _catalogue(layout) for kind, layout in LAYOUTS.items()}
"""What each of them offers."""


def house_filling(paper: FormPaper) -> Filling:
    """Answer every field from a form of the house, in whatever language it is: its answers by their places."""
    head, layout = paper.head, LAYOUTS[paper.head.kind]
    told = [answer.value for section in paper.sections for answer in section.answers]
    tables = [section.rows for section in paper.sections if section.columns]
    rows = {
        f"{table}·{name}": tuple(row.cells[at].replace("\n", "、") for row in lines)
        for (table, names), lines in zip(layout.tables.items(), tables, strict=True)
        for at, name in enumerate(names) if name
    }  # fmt: skip
    words = in_words(head.amount)
    about = {
        "编号": head.number, "日期": written(head.day, head.lang), **dated("日期", head.day), "开发商": head.house,
        "项目": head.project, "金额": str(head.amount), "金额大写": words, f"金额大写{BARE}": bare(words),
    }  # fmt: skip
    answers = {name: said.removesuffix(_UNIT) for name, said in zip(layout.answers, told, strict=True) if name}
    return Filling(
        head.kind, head.number, head.title, head.house, head.made, head.lang, {**about, **answers}, rows,
        {OWN_AMOUNT: head.amount},
    )  # fmt: skip
