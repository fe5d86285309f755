"""What the papers of a deal share: seller, land and permits, home, buyers, price, schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from salescenter.domain.money import ZERO, Money
from salescenter.domain.units import PriceBasis


@dataclass(frozen=True, slots=True)
class Seller:
    """The developer (出卖人), its agent and the agency it sells through."""

    name: str
    address: str = ""
    postcode: str = ""
    licence: str = ""          # 统一社会信用代码
    qualification: str = ""    # 企业资质证书号
    person: str = ""           # 法定代表人
    phone: str = ""
    agent: str = ""            # 委托代理人
    agent_phone: str = ""
    agency: str = ""           # 委托销售经纪机构
    agency_address: str = ""
    agency_licence: str = ""
    agency_filing: str = ""    # 备案证明号
    agency_person: str = ""


@dataclass(frozen=True, slots=True)
class Estate:
    """The project: its land, permits and supervised account."""

    name: str
    approved_name: str = ""       # 项目核准名称
    land_how: str = ""            # 出让, 转让, 划拨
    land_where: str = ""
    land_certificate: str = ""
    land_area: str = ""           # square metres
    land_use: str = ""
    land_since: date | None = None
    land_until: date | None = None
    planning_permit: str = ""     # 建设工程规划许可证
    building_permit: str = ""     # 施工许可证
    presale_permit: str = ""      # 预售许可证
    permit_by: str = ""           # 批准机关
    title_certificate: str = ""   # 现售: 不动产权登记证明
    surveyor: str = ""            # 测绘机构
    bank: str = ""                # 预售资金监管机构
    account_name: str = ""
    account: str = ""
    manager: str = ""             # 前期物业服务企业
    manager_fee: str = ""         # yuan a month and square metre
    manager_from: date | None = None
    manager_until: date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The unit that is sold; areas in square metres, two places."""

    room: str                     # as the house calls it: 3号楼1单元1201
    building: str = ""
    stair: str = ""
    floor: str = ""
    number: str = ""
    type: str = ""                # 户型
    facing: str = ""              # 朝向
    use: str = ""                 # 规划用途, in words
    structure: str = ""
    floors: str = ""
    floors_above: str = ""
    floors_below: str = ""
    gross: Decimal | None = None
    inner: Decimal | None = None
    shared: Decimal | None = None
    height: str = ""              # 层高, metres
    balconies: str = ""
    balconies_closed: str = ""
    balconies_open: str = ""


@dataclass(frozen=True, slots=True)
class Buyer:
    """One buyer (买受人); `share` is written as it will stand, such as 50%."""

    name: str
    share: str = ""
    sex: str = ""
    born: date | None = None
    origin: str = ""              # 国籍或户籍所在地
    id_kind: str = "居民身份证"
    id_number: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    agent: str = ""
    agent_id: str = ""
    agent_phone: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """The price agreed; words are capitals without 人民币 (domain.amounts_in_words)."""

    total: Money
    words: str
    unit_price: Money = ZERO      # a square metre, on `basis`
    basis: PriceBasis = PriceBasis.GROSS
    boxes: tuple[str, ...] = ()   # the total in digit boxes under `places`
    places: str = "亿仟佰拾万仟佰拾元角分"
    decoration: Money = ZERO      # 装修价款 within the total
    deposit: Money = ZERO         # 定金
    deposit_words: str = ""
    deposit_boxes: tuple[str, ...] = ()
    deposit_places: str = "佰拾万仟佰拾元角分"


@dataclass(frozen=True, slots=True)
class DueLine:
    """One line of the schedule (付款期): due on a day, or when a condition is met."""

    name: str
    amount: Money
    due: date | None = None
    condition: str = ""
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """How the price is paid; `kind` is one of 一次性, 分期, 贷款, as the form's choices read."""

    kind: str
    schedule: tuple[DueLine, ...]
    down: Money = ZERO            # 首期房价款
    down_words: str = ""
    down_due: date | None = None
    down_percent: str = ""        # "30.00"
    loan: Money = ZERO
    loan_words: str = ""
    loan_kind: str = ""           # 公积金贷款, 商业贷款, 组合贷款
    lender: str = ""
    paid_by: date | None = None   # 一次性: the last day
    parts: int = 0                # 期数: the deposit is part of the first; 0: as many as the schedule has lines


@dataclass(frozen=True, slots=True)
class Terms:
    """One deal as its papers cite it.

    `clauses` are the project's own answers to the form's remaining blanks (days, rates, standards), by field name.
    """

    seller: Seller
    estate: Estate
    home: Home
    buyers: tuple[Buyer, ...]
    price: Price
    payment: Payment
    sharing: str = ""                                          # 共有方式及份额, where several buyers
    mortgages: tuple[Mapping[str, str], ...] = ()              # 抵押情况, entries of MORTGAGE_FIELDS
    handover: date | None = None                               # 交付日期
    signed: date | None = None
    sign_by: date | None = None                                # 签约期限
    consultant: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)
