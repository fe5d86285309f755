"""Every field a paper template may name, and where a deal's terms answer it (contract form GF-2014-0171/0172)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, zip_longest
from operator import attrgetter

from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.deal import Buyer, Terms
from salescenter.domain.papers.one_by_one import (
    PART_FIELDS,
    PARTS,
    PLEDGES,
    day_parts,
    days_in_parts,
    numbered,
    of_all,
    parts_of,
    pledges_of,
)
from salescenter.domain.templates import Value
from salescenter.domain.units import PriceBasis

FROM_TERMS: dict[str, str] = {
    "出卖人": "seller.name", "出卖人地址": "seller.address", "出卖人邮编": "seller.postcode",
    "营业执照": "seller.licence", "资质证书": "seller.qualification", "法定代表人": "seller.person",
    "法定代表人电话": "seller.phone", "出卖人代理人": "seller.agent",
    "出卖人代理人电话": "seller.agent_phone", "经纪机构": "seller.agency",
    "经纪机构地址": "seller.agency_address", "经纪机构执照": "seller.agency_licence",
    "经纪机构备案号": "seller.agency_filing", "经纪机构法定代表人": "seller.agency_person",
    "项目名称": "estate.name", "项目核准名称": "estate.approved_name", "土地取得方式": "estate.land_how",
    "土地坐落": "estate.land_where", "土地证号": "estate.land_certificate", "土地面积": "estate.land_area",
    "土地用途": "estate.land_use", "土地开始日期": "estate.land_since", "土地终止日期": "estate.land_until",
    "规划许可证": "estate.planning_permit", "施工许可证": "estate.building_permit",
    "预售许可证": "estate.presale_permit", "预售批准机关": "estate.permit_by",
    "现售登记证明": "estate.title_certificate", "测绘机构": "estate.surveyor", "监管机构": "estate.bank",
    "监管账户名": "estate.account_name", "监管账号": "estate.account", "物业企业": "estate.manager",
    "物业费": "estate.manager_fee", "物业开始日期": "estate.manager_from",
    "物业结束日期": "estate.manager_until", "房号": "home.room", "幢号": "home.building",
    "单元": "home.stair", "层": "home.floor", "房间号": "home.number", "户型": "home.type",
    "朝向": "home.facing", "规划用途": "home.use", "建筑结构": "home.structure", "总层数": "home.floors",
    "地上层数": "home.floors_above", "地下层数": "home.floors_below", "建筑面积": "home.gross",
    "套内面积": "home.inner", "分摊面积": "home.shared", "层高": "home.height", "阳台数": "home.balconies",
    "封闭阳台数": "home.balconies_closed", "非封闭阳台数": "home.balconies_open",
    "单价": "price.unit_price", "总价": "price.total", "总价大写": "price.words",
    "装修价款": "price.decoration", "定金": "price.deposit",
    "定金大写": "price.deposit_words",
    "付款方式": "payment.kind", "首付款": "payment.down", "首付款大写": "payment.down_words",
    "首付款日期": "payment.down_due", "首付比例": "payment.down_percent", "贷款额": "payment.loan",
    "贷款额大写": "payment.loan_words", "贷款种类": "payment.loan_kind", "贷款机构": "payment.lender",
    "付清日期": "payment.paid_by", "共有情况": "sharing", "交付日期": "handover", "签订日期": "signed",
    "签约期限": "sign_by", "置业顾问": "consultant",
}
"""Field to the place in `Terms` that answers it."""

_TOLD: Callable[[Terms], tuple[object, ...]] = attrgetter(*FROM_TERMS.values())

FROM_BUYER: dict[str, str] = {
    "姓名": "name", "份额": "share", "性别": "sex", "出生日期": "born", "国籍": "origin",
    "证件类型": "id_kind", "证件号码": "id_number", "住址": "address", "邮编": "postcode", "电话": "phone",
    "代理人": "agent", "代理人证件": "agent_id", "代理人电话": "agent_phone",
}
MORTGAGE_FIELDS = ("抵押类型", "抵押人", "抵押权人", "登记机构", "登记日期", "债务期限")

CLAUSES: dict[str, str] = {
    "解除利率": "3.45", "逾期付款日数": "90", "逾期付款万分率": "1", "解除付款日数": "15",
    "解除违约金率": "5", "继续履行万分率": "1", "交付条件补充": "3", "绿地率": "", "配套日期": "",
    "其他配套": "", "交付通知日数": "10", "整改日数": "30", "交付其他约定": "", "逾期交付日数": "90",
    "逾期交付万分率": "1", "逾期交付违约金率": "5", "逾期交付继续万分率": "1", "面积差异序号": "",
    "按套差异约定": "", "变更违约金率": "3", "空气标准": "GB/T 18883", "隔声标准": "GB 50118",
    "保修答复日数": "10", "质量担保人": "", "办证日数": "90", "办证万分率": "1", "会所归属": "",
    "税负承担人": "出卖人", "送达方式": "电子邮件", "变更通知日数": "5", "争议方式": "诉讼",
    "争议方式序号": "1", "仲裁委员会": "", "合同份数": "4", "出卖人份数": "1", "买受人份数": "1",
    "共用部位说明": "", "抵押同意证明": "", "解除抵押约定": "", "交件日数": "7", "补足日数": "10",
    "配套万分率": "0.5", "设施其他约定": "", "外墙标准": "", "公共部位标准": "", "室内标准": "",
    "门窗标准": "", "厨卫标准": "", "阳台标准": "", "电梯标准": "", "装修其他": "", "其他保修": "",
    "质量担保证明": "", "物业费起算": "该商品房交付之日", "遮挡情况": "", "补充协议": "", "承租人": "",
    "租期起": "", "租期止": "", "出租情况": "", "放弃优先购买": "", "认购签约日数": "7",
    "面积依据": "预测绘", "认购书份数": "3", "认购书甲方份数": "2", "认购书乙方份数": "1",
    "认购其他约定": "",
}
"""What a project answers once for all its contracts, with the default where the trade has one; all editable."""

_DERIVED = ("人数", "币种", "币名", "装修价款大写", "计价基础", "共有", "抵押", "期数", "计价方式序号", "付款方式序号",
            "计价方式序号·建面先", "争议方式序号·仲裁先", "按套内计价", "按建面计价", "按套计价", "合同编号")
PLACES = ("亿", "仟万", "佰万", "拾万", "万", "仟", "佰", "拾", "元", "角", "分")
"""The digit boxes of a form from the left; 总价·仟万 is the figure of the price in one of them."""

_BOXES = tuple(f"{money}·{place}" for money in ("总价", "定金", "首付款", "贷款额") for place in PLACES)
_OF_ALL = tuple(f"买受人{name}" for name in FROM_BUYER)
SEATS = 4
"""Buyers whose particulars a form may ask one by one: 买受人2·姓名 is the second one's name."""

_OF_EACH = numbered("买受人", SEATS, FROM_BUYER)
_OF_PARTS, _OF_PLEDGES = numbered("付款期", PARTS, PART_FIELDS), (
    *of_all("抵押情况", MORTGAGE_FIELDS), *numbered("抵押情况", PLEDGES, MORTGAGE_FIELDS),
)  # fmt: skip
_DAYS = ("签订日期", "签约期限", "交付日期", "首付款日期", "付清日期", "土地开始日期", "土地终止日期", "物业开始日期",
         "物业结束日期", "配套日期", "租期起", "租期止", "买受人出生日期",
         *numbered("买受人", SEATS, ("出生日期",)), *numbered("付款期", PARTS, ("日期",)))  # fmt: skip
"""Fields that are a whole day, each of which a form may ask in three parts."""

FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*FROM_TERMS, *CLAUSES, *_DERIVED, *_BOXES, *_OF_ALL, *_OF_EACH, *_OF_PARTS, *_OF_PLEDGES), ()),
    **dict.fromkeys(day_parts(_DAYS), ()),
    "买受人": tuple(FROM_BUYER), "抵押情况": MORTGAGE_FIELDS,
    "付款期": ("款项", "金额", "日期", "条件", "说明"),
}
"""All fields; those that are lists with the fields of their entries (domain.templates.faults_in)."""

BLOCKS = ("封面", "换页", "买受人表", "付款计划", "签署", "平面图", "总价数位",
          "定金数位")
"""Tables and blocks a template may place on a line of their own."""

NEEDED = ("出卖人", "买受人", "姓名", "证件号码", "房号", "建筑面积", "套内面积", "总价", "总价大写", "交付日期",
          "预售许可证", "现售登记证明")
"""What the law wants in a sale contract (商品房销售管理办法 art. 16, as far as it is a field)."""

_BASIS = {
    PriceBasis.INNER: ("1", "按套内计价", "套内建筑面积"),
    PriceBasis.GROSS: ("2", "按建面计价", "建筑面积"),
    PriceBasis.LUMP: ("3", "按套计价", "套"),
}
_PAYMENT = {"一次性": "1", "分期": "2", "贷款": "3"}


_OPEN_DAY = "\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
"""The day of signing before anybody signed: it is written by hand, not struck."""

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


def written(found: object, lang: str = "zh_CN") -> str:
    """Write a value as papers do: 2026年2月24日, 128.56, 1,234,567.00; nothing for none and for no money.

    In English a day is 24 February 2026.
    """
    match found:
        case str() | None:
            return found or ""
        case date() if lang == "zh_CN":
            return f"{found.year}年{found.month}月{found.day}日"
        case date():
            return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
        case Decimal():
            return f"{found:.2f}"
        case Money():
            return str(found) if found else ""
        case _:
            return str(found)


def field_values(terms: Terms, number: str = "", lang: str = "zh_CN") -> dict[str, Value]:
    """Answer every field from a deal's terms; the project's clauses override the defaults."""
    buyers = tuple(map(_buyer, terms.buyers))
    choice, basis, counted_on = _BASIS[terms.price.basis]
    found: dict[str, Value] = {
        name: written(told, lang) for name, told in zip(FROM_TERMS, _TOLD(terms), strict=True)
    }  # fmt: skip
    if not terms.signed and lang == "zh_CN":
        found["签订日期"] = _OPEN_DAY
    said: dict[str, Value] = {
        **CLAUSES, "面积差异序号": choice, **found, **terms.clauses, basis: True,
        **_of_all(buyers), **_of_each(buyers),
        **_boxes("总价", terms.price.total), **_boxes("定金", terms.price.deposit),
        **_boxes("首付款", terms.payment.down), **_boxes("贷款额", terms.payment.loan),
        "装修价款大写": in_words(terms.price.decoration) if terms.price.decoration else "",
        "合同编号": number, "币种": "人民币", "币名": "人民", "买受人": buyers,
        "人数": str(len(terms.buyers)), "共有": len(terms.buyers) > 1,
        "抵押": bool(terms.mortgages), "抵押情况": terms.mortgages,
        **_other_orders(choice, terms.clauses),
        "计价方式序号": choice, "计价基础": counted_on, "付款方式序号": _PAYMENT.get(terms.payment.kind, "4"),
        "期数": str(terms.payment.parts or len(terms.payment.schedule)), "付款期": _schedule(terms),
        **parts_of(terms), **pledges_of(terms, MORTGAGE_FIELDS),
    }
    return said | days_in_parts(_DAYS, said)


def _other_orders(choice: str, clauses: Mapping[str, str]) -> dict[str, str]:
    """The numbers in forms that list pricing by gross area, or arbitration, first (as GF-2000-0171 did)."""
    arbitrated = clauses.get("争议方式", CLAUSES["争议方式"]) == "仲裁"
    return {
        "计价方式序号·建面先": {"1": "2", "2": "1"}.get(choice, choice),
        "争议方式序号·仲裁先": "1" if arbitrated else "2",
    }  # fmt: skip


def names(buyers: Sequence[Buyer]) -> str:
    """All buyers' names as one line."""
    return "、".join(buyer.name for buyer in buyers)


def _buyer(buyer: Buyer) -> Mapping[str, str]:
    return {name: written(getattr(buyer, place)) for name, place in FROM_BUYER.items()}


def _of_all(buyers: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What a form with one line for all buyers says: 张三、李四."""
    return {f"买受人{name}": "、".join(filter(None, (one[name] for one in buyers))) for name in FROM_BUYER}


def _of_each(buyers: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What a form says that has a place of its own for each buyer; a place nobody takes is struck."""
    told = chain.from_iterable(one.values() for one in buyers[:SEATS])
    return dict(zip_longest(_OF_EACH, told, fillvalue=""))


def _boxes(money: str, amount: Money) -> dict[str, str]:
    """Each figure of an amount under its place; the boxes before the first figure are struck when they are printed.

    An amount beyond the boxes leaves them all empty rather than losing its first figures.
    """
    if not amount or amount.fen >= 10 ** len(PLACES):
        return {}
    figures = digit_boxes(amount, len(PLACES))
    return {f"{money}·{place}": figure.strip("¥") for place, figure in zip(PLACES, figures, strict=True)}


def _schedule(terms: Terms) -> tuple[Mapping[str, str], ...]:
    return tuple(
        {"款项": line.name, "金额": str(line.amount), "日期": written(line.due), "条件": line.condition,
         "说明": line.note}
        for line in terms.payment.schedule
    )
