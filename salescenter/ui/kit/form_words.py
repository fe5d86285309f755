"""What the fields of forms printed beforehand are called on the screens, and what is said when they refuse."""

from __future__ import annotations

from salescenter.domain.papers.filling import BARE, BEFORE, BOXES, HERE, SO_FAR
from salescenter.domain.papers.form_faults import (
    DoesNotFitForm,
    FormInUse,
    FormNameTaken,
    OtherSheetNext,
    SheetMissing,
    StationeryUnreadable,
)
from salescenter.i18n import mark, tr
from salescenter.ui.kit.codes import CODES

_PARTS: dict[str, str] = {
    # groups, and lists
    "单据": mark("this paper"), "函件": mark("this letter"), "栏目": mark("this form"), "房屋": mark("home"),
    "价款": mark("price and deposit"), "付款": mark("way of payment"), "项目": mark("project"),
    "数位格": mark("digit boxes"), "付款计划": mark("payment schedule"), "欠款明细": mark("what is overdue"),
    "应收明细": mark("what is due"), "收款明细": mark("what was received"), "费用明细": mark("fees and payments"),
    "房价款": mark("payments for the home"), "税费": mark("taxes and fees"), "结算": mark("what is settled"),
    "面积": mark("area"), "资料": mark("documents"), "价款履行": mark("payments made"),
    "价格": mark("how it is reckoned"), "原买受人": mark("buyers before"),
    "变更后的买受人": mark("buyers afterwards"),
    # the paper itself
    "编号": mark("number of the paper"), "日期": mark("day"), "出具日期": mark("day of issue"), "年": mark("year"),
    "月": mark("month"), "日": mark("day of the month"), "金额": mark("amount"), "置业顾问": mark("consultant"),
    "签订日期": mark("day of signing"), "签约期限": mark("to be signed by"), "交付日期": mark("handover by contract"),
    "合同编号": mark("contract number"), "合同名称": mark("kind of contract"),
    "交易编号": mark("contract or deal number"),
    # people
    "买受人": mark("all buyers"), "客户": mark("customer"), "借款人": mark("borrower"), "姓名": mark("name"),
    "份额": mark("share"), "性别": mark("sex"), "出生日期": mark("day of birth"),
    "国籍": mark("nationality or origin"), "证件类型": mark("kind of ID"), "证件号码": mark("ID number"),
    "住址": mark("home address"), "邮编": mark("postcode"), "电话": mark("telephone"), "联系电话": mark("telephones"),
    "代理人": mark("agent"), "代理人证件": mark("agent's ID"), "代理人电话": mark("agent's telephone"),
    "人数": mark("how many"), "共有情况": mark("form of co-ownership"),
    # the home
    "房号": mark("unit"), "幢号": mark("building"), "单元": mark("stair"), "层": mark("floor"),
    "房间号": mark("room number"), "户型": mark("layout"), "朝向": mark("facing"), "规划用途": mark("planned use"),
    "建筑结构": mark("structure"), "总层数": mark("floors in all"), "地上层数": mark("floors above ground"),
    "地下层数": mark("floors below ground"), "建筑面积": mark("construction area"), "套内面积": mark("inner area"),
    "分摊面积": mark("shared area"), "层高": mark("storey height"), "阳台数": mark("balconies"),
    "封闭阳台数": mark("closed balconies"), "非封闭阳台数": mark("open balconies"),
    "合同面积": mark("area in the contract"), "实测面积": mark("area as measured"),
    # money
    "单价": mark("price a square metre"), "总价": mark("price"), "标准总价": mark("list price"),
    "成交总价": mark("price agreed"), "合同总价": mark("price in the contract"),
    "装修价款": mark("price of decoration"), "定金": mark("deposit"), "约定定金": mark("deposit agreed"),
    "计价基础": mark("priced by"), "付款方式": mark("payment plan"), "首付款": mark("down payment"),
    "首付款日期": mark("down payment due on"), "首付比例": mark("down payment, percent"), "贷款额": mark("loan"),
    "贷款种类": mark("kind of loan"), "贷款机构": mark("lender"),
    "付清日期": mark("paid in full by"), "期数": mark("number of instalments"), "款项": mark("item"),
    "款项种类": mark("kind of money"), "条件": mark("condition"), "说明": mark("note"), "序号": mark("no."),
    "期次": mark("instalment"), "应付日期": mark("due on"), "应付": mark("due"), "已付": mark("paid so far"),
    "尚欠": mark("left to pay"), "欠款": mark("overdue"), "逾期天数": mark("days overdue"),
    "违约金": mark("late fee"), "实付": mark("paid"), "实付日期": mark("paid on"), "收据编号": mark("receipt number"),
    "计算依据": mark("reckoned on"), "收取部门": mark("collected by"), "已收款": mark("received so far"),
    "已付款": mark("paid by the buyer"), "尚欠款": mark("left of the price"), "欠款合计": mark("overdue in all"),
    "应付合计": mark("overdue and late fee"), "违约金公式": mark("how the late fee is reckoned"),
    "最长逾期日数": mark("most days overdue"), "付款截止日期": mark("to be paid by"),
    "回函期限": mark("to be answered by"), "交房日期": mark("handover from"), "交房截止日期": mark("handover until"),
    "终止原因": mark("reason of the rescission"), "退款期限日数": mark("days to pay back"),
    # approvals and settlements
    # lists, and lists that run on
    "合同": mark("contracts"), "贷款": mark("loans"), "批次日期": mark("day of the batch"),
    "状态": mark("how it stands"),
    "备案期限": mark("to be filed by"), "年限": mark("years"), "月供": mark("monthly payment"),
    "等额本金首月": mark("first month by equal principal"), "续页": mark("where a list runs on"),
    "页次": mark("page number"), "页数": mark("pages in all"),
    "原因": mark("reason"), "申请日期": mark("day of application"), "申请人": mark("applicant"),
    "申请理由": mark("reason given"), "认购日期": mark("day of subscription"), "备案日期": mark("day of filing"),
    "按揭日期": mark("day of the mortgage"), "放款日期": mark("day of the loan"), "办证日期": mark("day of the title"),
    "草签日期": mark("day of drafting"), "实际交付日期": mark("handed over on"),
    "退定日期": mark("day of cancellation"), "退房原因": mark("reason of the cancellation"),
    "应签约日期": mark("was to be signed by"), "不予返还的定金": mark("deposit kept"),
    "应返还金额": mark("to be given back"), "挞定原因": mark("reason of the forfeiture"), "优惠额": mark("discount"),
    "合同约定": mark("by contract"), "实测": mark("as measured"), "面积差": mark("difference"),
    "误差比": mark("difference, percent"), "差额的部分": mark("part of the difference"), "倍数": mark("times"),
    "资料名称": mark("document"), "原件／复印件": mark("original or copy"), "份数": mark("copies"),
    # the seller
    "出卖人": mark("seller"), "开发商": mark("developer"), "出卖人地址": mark("seller's address"),
    "出卖人邮编": mark("seller's postcode"), "营业执照": mark("business licence"),
    "资质证书": mark("certificate of qualification"), "法定代表人": mark("legal representative"),
    "法定代表人电话": mark("legal representative's telephone"), "出卖人代理人": mark("seller's agent"),
    "出卖人代理人电话": mark("seller's agent's telephone"), "经纪机构": mark("agency"),
    "经纪机构地址": mark("agency's address"), "经纪机构执照": mark("agency's licence"),
    "经纪机构备案号": mark("agency's filing number"), "经纪机构法定代表人": mark("agency's legal representative"),
    # the project
    "项目名称": mark("project's name"), "项目核准名称": mark("approved name of the project"),
    "土地取得方式": mark("how the land was acquired"), "土地坐落": mark("where the land lies"),
    "土地证号": mark("land certificate"), "土地面积": mark("land area"), "土地用途": mark("land use"),
    "土地开始日期": mark("land use from"), "土地终止日期": mark("land use until"),
    "规划许可证": mark("planning permit"), "施工许可证": mark("building permit"),
    "预售许可证": mark("presale permit"), "预售批准机关": mark("presale permit given by"),
    "现售登记证明": mark("title certificate"), "测绘机构": mark("surveyor"), "监管机构": mark("supervising bank"),
    "监管账户名": mark("supervised account, name"), "监管账号": mark("supervised account, number"),
    "物业企业": mark("property manager"), "物业费": mark("management fee"), "物业开始日期": mark("management from"),
    "物业结束日期": mark("management until"),
}  # fmt: skip
"""A name or a part of one -> marked English."""

_IN_WORDS = "大写"
_ALL, _SEATS = "买受人", tuple("1234")


def source_words(source: str) -> str:
    """Name a field of a form: buyer 2: name; price, in words without 元整. What is no field is said as it is."""
    for end, words in _ENDS.items():
        if source.endswith(end):
            return tr(words, context="form", amount=source_words(source.removesuffix(end)))
    whose, _, what = source.partition("·")
    return _of_two(whose, what) if what else part_words(source)


_ENDS = {
    BARE: mark("{amount} without 元整"), BOXES: mark("{amount} in digit boxes"),
    BEFORE: mark("{amount}, brought forward"), HERE: mark("{amount}, sum of this page"),
    SO_FAR: mark("{amount}, carried forward"),
}  # fmt: skip


def part_words(part: str) -> str:
    """Name a group of fields, or one part of a name."""
    if part in CODES:
        return tr(CODES[part])
    if part in _PARTS:
        return tr(_PARTS[part], context="form")
    if part.endswith(_IN_WORDS):
        return tr("{amount}, in words", context="form", amount=part_words(part.removesuffix(_IN_WORDS)))
    if not part.startswith(_ALL):
        return part
    of = part.removeprefix(_ALL)
    return tr("buyer {seat}", context="form", seat=of) if of in _SEATS else _of_two(_ALL, of)


def _of_two(whose: str, what: str) -> str:
    return tr("{whose}: {what}", context="form", whose=part_words(whose), what=part_words(what))


ON_FORMS: dict[type[Exception], tuple[str, str]] = {
    FormInUse: (
        mark("The form “{form}” cannot be withdrawn: {books} print on it."),
        mark("Give these books another form, or plain paper, under Receipt books first.")),
    StationeryUnreadable: (
        mark("The file cannot be used as a form: {why}."),
        mark("Export the form again where it came from, or choose another file.")),
    DoesNotFitForm: (
        mark("“{text}” does not fit its place on the form: {field}."),
        mark("Make the field wider or its letters smaller; or print on plain paper.")),
    FormNameTaken: (
        mark("Another form of this paper is called “{name}”."),
        mark("Give this one another name, or withdraw the other first.")),
    OtherSheetNext: (
        mark("Another desk used this sheet of {book} meanwhile: {number} is next now."),
        mark("Compare with the sheet in your hand, and record it again if it is still blank.")),
    SheetMissing: (
        mark("Nobody said on which sheet of a receipt book this goes."),
        mark("Say the sheet, or print on plain paper.")),
}
"""The sentence and the remedy of each refusal of a form (`ui.kit.words`)."""
