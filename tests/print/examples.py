"""One example of each paper, complete enough to look at."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind, check_value
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.cover import CoverPaper, Filed, Label, LabelsPaper
from salescenter.domain.papers.deal import Buyer, DueLine, Estate, Home, Payment, Price, Seller, Terms
from salescenter.domain.papers.form import FormPaper, Section
from salescenter.domain.papers.grid_sheet import (
    GridBuilding,
    GridCell,
    GridFloor,
    GridPaper,
    GridStair,
    LegendEntry,
)
from salescenter.domain.papers.head import Head, number_for
from salescenter.domain.papers.letter import LETTERS, LetterPaper
from salescenter.domain.papers.listing import Column, ListingPaper, ListRow
from salescenter.domain.papers.quotation import CostLine, DiscountLine, LoanLine, QuotationPaper
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper
from salescenter.domain.papers.registration import Answer, RegistrationPaper
from salescenter.domain.papers.subscription import SubscriptionPaper

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "resources" / "templates"
SECRET = b"only the house knows"
MADE = datetime(2026, 2, 24, 15, 42)  # noqa: DTZ001  papers print local time
HOUSE = "云栖置业有限公司"
PLACES = "亿仟佰拾万仟佰拾元角分"
DEPOSIT_PLACES = "佰拾万仟佰拾元角分"


def template(name: str) -> str:
    """The text of a shipped template."""
    return (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")


def yuan(amount: str) -> Money:
    return Money.yuan(amount)


def receipt(number: str = "SJ2026000123", **changes: Any) -> ReceiptPaper:
    total = Money.sum(line.amount for line in changes["lines"]) if "lines" in changes else yuan("60015.84")
    value: dict[str, Any] = {
        "number": number, "day": date(2026, 2, 24), "house": HOUSE, "payer": "欧阳䶮、𬭚小明",
        "lines": (ReceiptLine("定金", yuan("50000"), "认购定金"), ReceiptLine("代收费用", yuan("10015.84"), "维修基金")),
        "total": total, "words": in_words(total), "boxes": digit_boxes(total, PLACES), "made": MADE,
        "project": "云栖花园·一期", "room": "3号楼1单元1201", "area": "107.62", "phone": "138****5521",
        "deal": "RG2026-0123", "method": "转账", "slip": "6222 1234", "remark": "银行回单号 20260224-8817",
        "cashier": "李娜", "handler": "王小明", "copy": "第二联 客户",
        "check": check_value(PaperKind.RECEIPT, number, total.fen, SECRET),
    }
    return ReceiptPaper(**{**value, **changes})


BUYERS = (
    Buyer("欧阳䶮", "50%", "男", date(1990, 3, 7), "浙江省临江市", "居民身份证", "33010119900307663X",
          "临江市青禾区松风路12号3幢501室", "310000", "13800005521"),
    Buyer("𬭚小明", "30%", "女", date(1992, 11, 21), "浙江省临江市", "居民身份证", "330101199211216642",
          "临江市青禾区松风路12号3幢501室", "310000", "13900006612"),
    Buyer("阿卜杜拉·买买提", "10%", "男", date(1988, 1, 30), "浙江省临江市", "护照", "E12345678", "", "", "13700007788"),
    Buyer("囍囡", "10%", "女", date(2012, 5, 4), "浙江省临江市", "居民身份证", "330101201205041223", "", "", "",
          "欧阳䶮", "33010119900307663X", "13800005521"),
)
SELLER = Seller(HOUSE, "临江市青禾区云栖路88号", "310000", "91330100MA2XXXXX0X", "浙房开字第1234号", "周启明",
                "0571-88886666", "李娜", "0571-88886667")
ESTATE = Estate(
    "云栖花园·一期", "云栖花园一期住宅项目", "出让", "临江市青禾区云栖路以北、松风路以东", "浙（2024）临江市不动产权第0012345号",
    "58,231.40", "城镇住宅用地", date(2024, 6, 1), date(2094, 5, 31), "建字第330100202400123号",
    "330100202406150101", "临房预许字（2025）第018号", "临江市住房和城乡建设局", "浙（2026）临江市不动产权第0000188号",
    "临江市房产测绘有限公司", "中国建设银行临江支行", "云栖置业有限公司预售资金监管专户", "3300 1616 7800 5300 1234",
    "青禾物业服务有限公司", "2.80", date(2027, 6, 30), date(2030, 6, 29),
)
HOME = Home("3号楼1单元1201", "3号楼", "1单元", "12", "1201", "三室两厅两卫", "南北", "住宅", "钢筋混凝土剪力墙", "18", "16",
            "2", Decimal("107.62"), Decimal("85.77"), Decimal("21.85"), "2.95", "2", "1", "1")


def terms(buyers: int = 2, total: str = "2340482", **changes: Any) -> Terms:
    price, deposit = yuan(total), yuan("20000")
    loan = yuan("1630000")
    down = price - loan
    schedule = (
        DueLine("定金", deposit, date(2026, 2, 24), note="签约时抵作房款"),
        DueLine("首付余款", down - deposit, date(2026, 3, 3)),
        DueLine("商业贷款", loan, None, "银行放款", "工商银行"),
    )
    value: dict[str, Any] = {
        "seller": SELLER, "estate": ESTATE, "home": HOME, "buyers": BUYERS[:buyers],
        "price": Price(price, in_words(price), yuan("21747.65"), boxes=digit_boxes(price, PLACES), deposit=deposit,
                       deposit_words=in_words(deposit), deposit_boxes=digit_boxes(deposit, DEPOSIT_PLACES)),
        "payment": Payment("贷款", schedule, down, in_words(down), date(2026, 3, 3), "30.36", loan, in_words(loan),
                           "商业贷款", "中国工商银行临江支行"),
        "sharing": "按份共有，份额见买受人一栏" if buyers > 1 else "", "handover": date(2027, 6, 30),
        "sign_by": date(2026, 3, 3), "consultant": "王小明",
    }
    return Terms(**{**value, **changes})


def contract(number: str = "HT2026-0123", about: Terms | None = None, **changes: Any) -> ContractPaper:
    deal = about or terms()
    check = check_value(PaperKind.CONTRACT, number, deal.price.total.fen, SECRET)
    value: dict[str, Any] = {"template": template("contract_presale"), "made": MADE, "check": check}
    return ContractPaper(number, deal, **{**value, **changes})


def subscription(number: str = "RG2026-0123", about: Terms | None = None) -> SubscriptionPaper:
    deal = about or terms()
    check = check_value(PaperKind.SUBSCRIPTION, number, deal.price.total.fen, SECRET)
    return SubscriptionPaper(number, deal, template("subscription"), MADE, check=check)


def quotation(lang: str = "zh_CN", **changes: Any) -> QuotationPaper:
    zh = lang == "zh_CN"
    total = yuan("2340482.47")
    value: dict[str, Any] = {
        "number": "ZY2026-0456", "day": date(2026, 2, 24), "made": MADE, "house": HOUSE, "project": "云栖花园·一期",
        "home": HOME, "list_total": yuan("2412371.13"), "total": total, "words": in_words(total),
        "plan": "商业贷款（首付三成）" if zh else "Commercial loan, 30 % down",
        "schedule": (
            DueLine("定金" if zh else "Deposit", yuan("20000"), date(2026, 2, 24)),
            DueLine("首付余款" if zh else "Rest of the down payment", yuan("690482.47"), date(2026, 3, 3)),
            DueLine("公积金贷款" if zh else "Provident fund loan", yuan("600000"), None, "放款" if zh else "when lent"),
            DueLine("商业贷款" if zh else "Commercial loan", yuan("1030000"), None, "银行放款" if zh else "when lent"),
        ),
        "discounts": (
            DiscountLine("按时签约" if zh else "Signing in time", "99折" if zh else "x 0.99", yuan("24123.71")),
            DiscountLine("开盘优惠" if zh else "Opening offer", "98折" if zh else "x 0.98", yuan("47764.95")),
        ),
        "unit_price": yuan("22415.64"), "inner_price": yuan("28126.05"), "final_price": yuan("21747.65"),
        "loans": (
            LoanLine("公积金贷款" if zh else "Provident", yuan("600000"), "2.60%", 360, yuan("2402.04"), yuan("264733.78"),
                     yuan("2966.67"), yuan("1670.28"), yuan("3.61"), yuan("234650.00")),
            LoanLine("商业贷款" if zh else "Commercial", yuan("1030000"), "3.05%", 360, yuan("4370.34"),
                     yuan("543324.58"), yuan("5479.03"), yuan("2868.38"), yuan("7.27"), yuan("472533.96")),
        ),
        "costs": (
            CostLine("契税" if zh else "Deed tax", yuan("21472.32"), "不含税价 × 1%" if zh else "price without VAT x 1 %",
                     "税务机关" if zh else "tax office"),
            CostLine("维修基金" if zh else "Maintenance fund", yuan("9685.80"), "107.62 ㎡ × 90.00",
                     "维修资金专户" if zh else "fund account"),
            CostLine("登记费" if zh else "Registration fee", yuan("80"), "每套" if zh else "per home",
                     "登记机构" if zh else "registry"),
        ),
        "income": yuan("13544.76"), "paid": yuan("20000"), "due_now": yuan("690482.47"),
        "bring": (
            ("收据和认购书原件", "全体买受人身份证、户口本、婚姻证明", "收入证明（不少于月供的 2 倍）与近六个月银行流水")
            if zh else ("Receipts and the subscription", "Identity papers of all buyers", "Proof of income, bank records")
        ),
        "customer": "欧阳䶮", "phone": "138****5521", "consultant": "王小明", "consultant_phone": "13900001234",
        "valid_until": date(2026, 3, 3), "lang": lang,
    }
    return QuotationPaper(**{**value, **changes})


def registration(lang: str = "zh_CN") -> RegistrationPaper:
    zh = lang == "zh_CN"
    said = [
        ("姓名", "Name", "欧阳䶮"), ("性别", "Sex", "男"), ("联系方式", "Telephone", "13800005521"),
        ("年龄", "Age", "30–39"), ("职业类型", "Occupation", "企业职员"), ("家庭结构", "Family", "三口之家"),
        ("居住地址", "Lives in", "青禾区松风路"), ("置业动机", "Motive", "改善自住"), ("客户来源", "Came by", "朋友介绍"),
        ("产品需求", "Wants", "三室"), ("面积需求", "Area", "100–120 ㎡"), ("意向楼层", "Floor", "10–15"),
        ("意向价格", "Budget", "220–240 万"), ("付款方式", "Pays by", "组合贷款"), ("客户意向", "Interest", "A"),
        ("关注点", "Cares for", "学区、得房率"), ("抗拒点", "Objects to", "价格"), ("产品类型", "Product", "高层"),
    ]
    note = "与配偶、孩子同来，上午看过样板间，周末再来选楼层；希望了解公积金组合贷款的办理时间。"
    answers = [Answer(chinese if zh else english, value) for chinese, english, value in said]
    answers.append(Answer("备注" if zh else "Remark", note, wide=True))
    consent = (
        "本人同意云栖置业有限公司为接待、回访和办理购房手续之目的收集和使用以上信息；本人可以随时查询、更正或者要求删除。"
        if zh else
        "I agree that the house keeps these data to receive me, call me back and prepare a purchase. I may ask at any "
        "time to see, correct or delete them."
    )
    return RegistrationPaper(
        "来访登记表" if zh else "Visit registration", "LF20260224-018", date(2026, 2, 24), MADE, HOUSE, "云栖花园·一期",
        tuple(answers), "王小明", "张前台", consent, date(2026, 2, 24), lang,
    )


def listing(count: int = 90, **changes: Any) -> ListingPaper:
    names = ("欧阳䶮", "𬭚小明", "王芳、李强", "阿卜杜拉·买买提", "陈静")
    body = tuple(
        ListRow((str(at), f"{at % 6 + 1}号楼{at % 2 + 1}单元{at % 18 + 1}0{at % 4 + 1}", names[at % 5], f"1380000{at:04d}",
                 "首付余款", "2026-02-24", f"{690482 + at:,}.00", f"{at * 1000:,}.00", f"{690482 - at * 999:,}.00",
                 f"{at * 3.17:,.2f}"), alarm=at % 7 == 0)
        for at in range(1, count + 1)
    )
    columns = (
        Column("序号", "centre"), Column("房间"), Column("姓名"), Column("手机", "centre"), Column("款项"),
        Column("应收日期", "centre"), Column("应收", "right"), Column("实收", "right"), Column("欠款", "right"),
        Column("滞纳金", "right"),
    )
    value: dict[str, Any] = {
        "title": "欠款明细", "house": HOUSE, "made": MADE, "columns": columns, "rows": body,
        "totals": (("合计", "", "", "", "", "", "62,147,475.00", "4,095,000.00", "58,052,475.00", "12,981.15"),),
        "about": ("云栖花园·一期　截止日期 2026-02-24",), "notes": ("序号为红色的已逾期超过 15 天。滞纳金＝逾期金额×万分率×天数。",),
        "signers": ("制表人", "审核人"),
    }
    return ListingPaper(**{**value, **changes})


STATES = (
    ("#BFE3C0", "#14532D", "售", "待售"), ("#F3E3A1", "#5B4708", "留", "预留"), ("#FFD08A", "#6B3B00", "订", "小订"),
    ("#F7A072", "#5A1E00", "认", "认购"), ("#F2A9A2", "#5A0F0A", "草", "草签"), ("#C9483F", "#FFFFFF", "签", "网签"),
    ("#8E2A2A", "#FFFFFF", "备", "备案"), ("#6E7480", "#FFFFFF", "交", "交房"), ("#ECEEF2", "#5A6372", "未", "未推"),
)


def grid(buildings: int = 6, floors: int = 18, **changes: Any) -> GridPaper:
    made = tuple(_building(at, floors - at % 3) for at in range(1, buildings + 1))
    legend = tuple(
        LegendEntry(ground, ink, letter, name, f"{31 + at * 7} 套 · {at + 1}.62 亿", hatched=letter == "未")
        for at, (ground, ink, letter, name) in enumerate(STATES)
    )
    value: dict[str, Any] = {
        "title": "云栖花园·一期 销控表", "house": HOUSE, "made": MADE, "buildings": made, "legend": legend,
        "about": "2026-02-24 15:42 · 全部房源",
    }
    return GridPaper(**{**value, **changes})


def _building(name: int, floors: int) -> GridBuilding:
    rows = []
    for floor in range(floors, 0, -1):
        columns = [column for column in range(7) if (floor + column * name) % 11 or floor < 3]
        rows.append(GridFloor(str(floor), tuple(_cell(name, floor, column) for column in columns), "均 21,612"))
    return GridBuilding(f"{name}号楼", (GridStair("1单元", 3), GridStair("2单元", 4)), tuple(rows), f"{floors * 7} 套")


def _cell(name: int, floor: int, column: int) -> GridCell:
    ground, ink, letter, _ = STATES[(name * 5 + floor * 3 + column * column) % len(STATES)]
    return GridCell(
        column, f"{floor}0{column % 4 + 1}", ground, ink, letter, ("107.62㎡", "241.7万", "三室 · 陈*"),
        "抵" if (floor + column) % 9 == 0 else "", hatched=letter == "未", faded=(floor + column) % 13 == 0,
    )


def head(kind: PaperKind, title: str, lang: str = "zh_CN") -> Head:
    number, total = number_for(kind, MADE.date(), 118), yuan("2340482")
    check = check_value(kind, number, total.fen, SECRET)
    return Head(kind, number, title, HOUSE, "云栖花园·一期", MADE.date(), MADE, total, check, lang)


def schedule_section() -> Section:
    columns = (Column("款项"), Column("应付日期", "centre"), Column("应付（元）", "right"), Column("欠款（元）", "right"))
    rows = (ListRow(("首付余款", "2026-03-03", "690,482.00", "190,482.00")), ListRow(("第二期", "2026-06-03", "20,000.00", "20,000.00")))
    return Section(columns=columns, rows=rows, totals=(("合计", "", "", "210,482.00"),))


def letter(kind: PaperKind = PaperKind.DUNNING, lang: str = "zh_CN", buyers: int = 2) -> LetterPaper:
    """A letter whose own fields are answered by their names, so that a story test finds each of them."""
    wording = LETTERS[kind]
    text = template(kind.value if lang == "zh_CN" else f"{kind.value}_{lang}")
    return LetterPaper(
        head(kind, "函件" if lang == "zh_CN" else "Letter", lang), terms(buyers), text,
        {name: f"〔{name}〕" for name in wording.fields}, dict.fromkeys(wording.blocks, schedule_section()),
    )


def form(**changes: Any) -> FormPaper:
    answers = tuple(Answer(label, value) for label, value in (
        ("买受人", "欧阳䶮、𬭚小明"), ("联系电话", "13800005521"), ("房号", "3号楼1单元1201"), ("成交总价", "2,340,482.00"), ("申请日期", "2026年2月24日")))
    value: dict[str, Any] = {
        "head": head(PaperKind.SWAP, "换房审批表"),
        "sections": (
            Section(answers=(*answers, Answer("换房原因", "孩子上学，希望换到低楼层；原房已付定金转入新房。" * 3, wide=True))),
            Section("房屋", columns=schedule_section().columns, rows=schedule_section().rows, totals=schedule_section().totals),
            Section(words=("申请人同意：原认购书自获准之日起终止，已付款项转作新房价款。",)),
        ),
        "opinions": ("置业顾问", "销售主管", "财务", "营销总监", "总经理"), "signers": ("申请人", "经办人", "日期"),
    }
    return FormPaper(**{**value, **changes})


def cover() -> CoverPaper:
    contents = tuple(Filed("收据", f"SJ{at:07d}", date(2026, 2, 24)) for at in range(1, 40))
    return CoverPaper(head(PaperKind.COVER, "商品房买卖档案"), HOME.room, "欧阳䶮、𬭚小明、阿卜杜拉·买买提、囍囡", "YX2026-0123",
                      (("件数", "39 件"), ("保管期限", "30 年"), ("立卷人", "")), contents)


def labels(count: int = 30) -> LabelsPaper:
    of = tuple(Label(f"{at}号楼1单元1201", "欧阳䶮、𬭚小明、阿卜杜拉·买买提、囍囡", f"YX2026-{at:04d}", "签订 2026-02-24") for at in range(1, count + 1))
    return LabelsPaper(head(PaperKind.LABELS, "档案标签"), of)
