"""The columns a unit list or a visit ledger may have: what each is called in the trade, and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from salescenter.domain import addresses
from salescenter.domain import sheet_values as values
from salescenter.domain.phones import clean_phones
from salescenter.domain.sheet_values import Cell, Unreadable, plain


class Kind(StrEnum):
    """What a sheet lists."""

    UNITS = "units"
    VISITS = "visits"


class UnitField(StrEnum):
    """What a column of a unit list may say."""

    PHASE = "phase"
    BUILDING = "building"
    STAIR = "stair"
    FLOOR = "floor"
    SALE_FLOOR = "sale-floor"
    NUMBER = "number"
    PLACE = "place"
    TYPE = "type"
    USE = "use"
    FACING = "facing"
    GROSS = "gross"
    INNER = "inner"
    SHARED = "shared"
    MEASURED_GROSS = "measured-gross"
    MEASURED_INNER = "measured-inner"
    GROSS_PRICE = "gross-price"
    INNER_PRICE = "inner-price"
    TOTAL = "total"
    FILED_PRICE = "filed-price"
    FILED_TOTAL = "filed-total"
    FLOOR_TOTAL = "floor-total"
    PERMIT = "permit"
    HANDOVER = "handover"
    MORTGAGED = "mortgaged"
    BOUND_TO = "bound-to"
    STATE = "state"
    KIND = "kind"
    NOTE = "note"


class VisitField(StrEnum):
    """What a column of a visit or call ledger may say (来访登记表, 来电登记表); no value is a `UnitField`'s too."""

    DAY = "day"
    CONTACT = "contact"
    NAME = "name"
    SEX = "sex"
    PHONE = "phone"
    ID_NUMBER = "id-number"
    AGE = "age"
    PARTY = "party"
    ADDRESS = "address"
    DISTRICT = "district"
    WORKPLACE = "workplace"
    JOB = "job"
    FAMILY = "family"
    PURPOSE = "purpose"
    CHANNEL = "channel"
    INTRODUCER = "introducer"
    PRODUCT = "product"
    AREA = "area"
    FLOOR = "floor-wanted"
    BUDGET = "budget"
    LEVEL = "level"
    PAYMENT = "payment"
    CONCERN = "concern"
    RESISTANCE = "resistance"
    ASKED = "asked"
    ASKED_MORE = "asked-more"
    CONSULTANT = "consultant"
    NOTE = "remark"


FieldKey = UnitField | VisitField


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may say.

    names: what the trade's sheets call it, folded by `plain`, most usual first; fits: whether a filled cell may
    stand there; needed: a sheet without it is not this kind of list; telling: the contents alone give it away;
    never: words in a header that rule it out.
    """

    key: FieldKey
    names: tuple[str, ...]
    fits: Callable[[Cell], bool]
    needed: bool = False
    telling: bool = False
    never: tuple[str, ...] = ()


def _read(reader: Callable[[Cell], object], good: Callable[[object], bool] = bool) -> Callable[[Cell], bool]:
    def fits(cell: Cell) -> bool:
        try:
            return good(reader(cell))
        except Unreadable:
            return False

    return fits


def _between(low: int, high: int) -> Callable[[Cell], bool]:
    def good(value: object) -> bool:
        return value is None or (isinstance(value, Decimal) and low <= value <= high)

    return _read(lambda cell: values.number(cell, _ANY_UNIT), good)


def _wordy(longest: int = 200) -> Callable[[Cell], bool]:
    return lambda cell: 0 < len(plain(cell)) <= longest and not plain(cell).replace(".", "").isdigit()


def _any(cell: Cell) -> bool:
    return plain(cell) != ""


def _matches(pattern: str) -> Callable[[Cell], bool]:
    compiled = re.compile(pattern)
    return lambda cell: compiled.fullmatch(plain(cell)) is not None


def _is_phone(cell: Cell) -> bool:
    found = clean_phones(values.words(cell))
    return bool(found) and all(7 <= len(one.digits) <= 13 for one in found)


_ANY_UNIT = re.compile(r"(?:元?/?(?:M2|平方米|平米|平|套)|元整?|万元?)$")
_AREA, _PRICE, _AMOUNT = _between(1, 100_000), _between(100, 2_000_000), _between(1_000, 10**11)
_TOTAL_IN_WAN = _between(1, 10**11)
_BUILDING = _matches(
    r"(?:.{0,30}(?:栋|幢|座|楼|#|号|区)|[A-Z]{0,2}-?\d{1,3}[A-Z]?|[A-Z]{1,2}|[一二三四五六七八九十]{1,3})"
)
_DOOR = _matches(r"(?=.*\d).{0,24}|[A-Z]{1,2}")
_FACING = _matches(r"朝?[东南西北]{1,4}向?|朝?[东南西北]/[东南西北]|[ESWN]{1,2}")
_U, _V = UnitField, VisitField

UNIT_FIELDS: tuple[Field, ...] = (
    Field(_U.PHASE, ("分期", "期数", "期别", "组团", "分期名称", "PHASE"), _any, never=("日期", "工期")),
    Field(
        _U.BUILDING,
        ("楼栋", "栋号", "幢号", "楼号", "栋", "幢", "楼栋号", "楼幢", "座栋", "楼宇", "栋座", "楼栋名称", "幢名",
         "所在栋", "BUILDING"),
        _BUILDING,
    ),
    Field(
        _U.STAIR,
        ("单元", "单元号", "单元名称", "梯号", "所在单元", "门号", "STAIR"),
        _read(addresses.stair, lambda said: isinstance(said, str) and len(said) <= 6),
        never=("单价", "户型"),
    ),
    Field(
        _U.FLOOR,
        ("楼层", "自然楼层", "所在层", "层", "层号", "所在楼层", "层数", "物理层", "实际楼层", "FLOOR"),
        _read(addresses.floor),
        never=("层高", "总层"),
    ),
    Field(_U.SALE_FLOOR, ("销售楼层", "名义层", "销售层", "名义楼层", "标识楼层"), _any),
    Field(
        _U.NUMBER,
        ("房号", "室号", "房间号", "房间", "门牌号", "房屋编号", "房源", "户号", "房源编号", "房间名称", "室", "车位号",
         "车位编号", "铺号", "商铺号", "房源名称", "号房", "ROOM", "UNIT"),
        _DOOR,
        needed=True,
        never=("序号", "状态", "类", "随房", "所属", "绑定", "附属", "对应", "关联"),
    ),
    Field(_U.PLACE, ("房间序号", "列号", "列", "户序", "房序"), _between(0, 99)),
    Field(_U.TYPE, ("户型", "户型名称", "房型", "户型结构", "单位户型", "格局", "LAYOUT", "TYPE"), _any, never=("图",)),
    Field(
        _U.USE,
        ("用途", "规划用途", "房屋用途", "房屋性质", "物业类型", "产品类型", "业态", "房屋类型", "使用性质", "USE"),
        _read(addresses.use),
        telling=True,
    ),
    Field(_U.FACING, ("朝向", "房屋朝向", "方位", "FACING"), _FACING, telling=True),
    Field(
        _U.GROSS,
        ("建筑面积", "建面", "预测建筑面积", "面积", "预售建筑面积", "房屋面积", "销售面积", "预测面积", "建筑面积合计",
         "合同面积", "GROSSAREA", "GFA", "AREA"),
        _AREA,
        never=("套内", "户内", "分摊", "公摊", "赠送", "使用", "实测", "单价", "花园", "露台", "阳台"),
    ),
    Field(
        _U.INNER,
        ("套内建筑面积", "套内面积", "户内面积", "套内", "预测套内面积", "预测套内建筑面积", "实用面积", "INNERAREA"),
        _AREA,
        never=("单价", "实测", "分摊"),
    ),
    Field(
        _U.SHARED,
        ("分摊面积", "公摊面积", "分摊", "公摊", "分摊共有面积", "公用分摊面积", "共有面积", "分摊建筑面积"),
        _between(0, 10_000),
        never=("系数", "率"),
    ),
    Field(_U.MEASURED_GROSS, ("实测建筑面积", "实测面积", "实测建面"), _AREA, never=("套内", "户内")),
    Field(_U.MEASURED_INNER, ("实测套内面积", "实测套内建筑面积", "实测套内", "实测户内面积"), _AREA),
    Field(
        _U.GROSS_PRICE,
        ("建筑单价", "建面单价", "单价", "预售单价", "建筑面积单价", "销售单价", "标准单价", "面价单价", "表价单价",
         "均价", "拟售单价", "UNITPRICE"),
        _PRICE,
        never=("套内", "户内", "备案", "底价", "装修", "总价"),
    ),
    Field(_U.INNER_PRICE, ("套内单价", "套内建筑面积单价", "套内面积单价", "户内单价"), _PRICE, never=("备案", "底价")),
    Field(
        _U.TOTAL,
        ("总价", "总房款", "标准总价", "房屋总价", "房款", "合计总价", "总金额", "总售价", "表价总价", "面价", "总款",
         "售价", "价格", "TOTAL", "PRICE"),
        _TOTAL_IN_WAN,
        never=("备案", "底价", "单价", "装修", "折", "签约", "成交"),
    ),
    Field(_U.FILED_PRICE, ("备案单价", "物价备案单价", "备案价单价", "一房一价单价"), _PRICE),
    Field(_U.FILED_TOTAL, ("备案总价", "备案价", "备案价格", "物价备案总价", "备案金额"), _AMOUNT, never=("单价",)),
    Field(_U.FLOOR_TOTAL, ("底价", "底总价", "底价总价", "最低总价"), _AMOUNT, never=("单价",)),
    Field(_U.PERMIT, ("预售许可证", "预售证号", "预售许可证号", "许可证号", "预售证"), _any),
    Field(_U.HANDOVER, ("交房日期", "入伙日期", "交付日期", "交楼日期", "交付时间", "交房时间"), _read(values.day)),
    Field(_U.MORTGAGED, ("是否抵押", "抵押状态", "抵押", "抵押情况"), _any),
    Field(
        _U.BOUND_TO,
        ("随房", "所属房号", "绑定房号", "随房房号", "绑定房源", "所属房源", "附属房号", "对应房号", "关联房号",
         "绑定住宅", "所属住宅", "随房号", "HOME"),
        _DOOR,
        never=("面积", "价", "款"),
    ),
    Field(_U.STATE, ("房源状态", "销售状态", "状态", "房屋状态", "销控状态"), _any),
    Field(_U.KIND, ("房类", "建筑类型", "建筑形态", "产品形态"), _any),
    Field(_U.NOTE, ("备注", "说明", "NOTE"), _any),
)  # fmt: skip

VISIT_FIELDS: tuple[Field, ...] = (
    Field(
        _V.DAY,
        ("日期", "来访日期", "来访时间", "来电日期", "登记日期", "接待日期", "到访日期", "首访日期", "来电时间", "时间",
         "DATE"),
        _read(values.day),
        needed=True,
        telling=True,
        never=("认购", "签约", "回访", "退", "出生", "失效"),
    ),
    Field(
        _V.CONTACT,
        ("来访方式", "接待方式", "来访类型", "客户类型", "来访类别", "首复访", "方式", "类别"),
        _matches(r".*(?:访|来电|来人|去电|新客|老客).*"),
        telling=True,
        never=("付款", "联系", "产品"),
    ),
    Field(
        _V.NAME,
        ("姓名", "客户姓名", "客户名称", "客户", "来访人", "联系人", "客户名", "购房人", "NAME"),
        _wordy(30),
        needed=True,
        never=("顾问", "电话", "来源", "意向", "等级", "级别", "类", "业务员", "介绍", "编号", "需求", "地址"),
    ),
    Field(_V.SEX, ("性别", "SEX"), _matches(r"男|女|先生|女士|小姐|M|F"), telling=True),
    Field(
        _V.PHONE,
        ("电话", "联系方式", "联系电话", "手机", "手机号", "手机号码", "电话号码", "客户电话", "移动电话", "TEL",
         "PHONE"),
        _is_phone,
        telling=True,
        never=("来电",),
    ),
    Field(_V.ID_NUMBER, ("身份证号", "身份证", "证件号", "身份证号码", "证件号码"), _any, never=("地址",)),
    Field(_V.AGE, ("年龄", "年龄段", "年龄层"), _any),
    Field(_V.PARTY, ("人数", "来访人数", "同行人数", "到访人数"), _between(0, 99)),
    Field(_V.ADDRESS, ("居住地址", "住址", "地址", "现居住地", "家庭住址", "身份证地址", "联系地址"), _any,
          never=("工作",)),
    Field(_V.DISTRICT, ("居住区域", "居住地", "来源区域", "区域", "居住片区"), _any, never=("工作",)),
    Field(_V.WORKPLACE, ("工作区域", "工作地址", "工作单位", "单位", "工作地"), _any),
    Field(_V.JOB, ("职业", "职业类型", "行业", "从事行业", "职业类别"), _any),
    Field(_V.FAMILY, ("家庭结构", "家庭情况", "家庭人口", "家庭构成", "家庭"), _any, never=("住址", "地址")),
    Field(_V.PURPOSE, ("置业动机", "购房目的", "置业目的", "购房动机", "目的", "购买用途", "用途"), _any),
    Field(_V.INTRODUCER, ("介绍人", "推荐人", "带看人", "老带新介绍人"), _any),
    Field(_V.CHANNEL, ("客户来源", "认知渠道", "获取途径", "认知途径", "来源", "渠道", "信息来源", "媒体渠道",
                       "来访途径", "途径", "来源渠道", "获知途径"), _any, never=("区域",)),
    Field(_V.PRODUCT, ("产品需求", "需求户型", "意向户型", "户型需求", "需求产品", "意向产品", "产品类型", "户型"),
          _any),
    Field(_V.AREA, ("面积需求", "需求面积", "意向面积", "面积"), _any),
    Field(_V.FLOOR, ("意向楼层", "楼层需求", "需求楼层", "楼层"), _any),
    Field(_V.BUDGET, ("意向价格", "总价预算", "预算", "价格预算", "意向总价", "购买力", "购买力评估", "承受价格",
                      "心理价位"), _any),
    Field(_V.LEVEL, ("客户意向", "意向级别", "意向等级", "客户级别", "客户等级", "意向", "级别", "等级", "意向度"),
          _matches(r"[A-F][+-]?类?级?|[高中低强弱]|.{0,4}")),
    Field(_V.PAYMENT, ("付款方式", "付款"), _any),
    Field(_V.CONCERN, ("关注点", "关注重点", "购买关注点", "关注因素"), _any),
    Field(_V.RESISTANCE, ("抗拒点", "抗性", "未成交原因", "抗性因素", "不成交原因"), _any),
    Field(_V.ASKED, ("询问内容", "咨询内容", "询问内容1", "来电内容", "沟通内容", "洽谈内容"), _any),
    Field(_V.ASKED_MORE, ("询问内容2", "咨询内容2"), _any),
    Field(_V.CONSULTANT, ("置业顾问", "顾问", "业务员", "销售员", "接待人", "接待人员", "销售顾问", "接待顾问",
                          "接电人"), _wordy(30)),
    Field(_V.NOTE, ("备注", "说明", "跟进情况", "客户描述", "回访情况", "NOTE"), _any),
)  # fmt: skip

FIELDS: dict[Kind, tuple[Field, ...]] = {Kind.UNITS: UNIT_FIELDS, Kind.VISITS: VISIT_FIELDS}

BY_KEY: dict[FieldKey, Field] = {field.key: field for field in (*UNIT_FIELDS, *VISIT_FIELDS)}
