"""The words that stand around the blanks of contract forms, and the field of the language that belongs there.

▮ is the blank itself, ▁ any other blank. Of several rows that fit, the surest wins, then the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SELLER, BUYER, AGENT, AGENCY = "seller", "buyer", "agent", "agency"
PARTIES: dict[str, str] = {
    SELLER: r"^[ \t　]*(?:出卖人|卖方|甲方|开发企业|开发商|预售方)",
    BUYER: r"^[ \t　]*(?:买受人|买方|乙方|购房人|认购人|预购方|客户)",
    AGENCY: r"^[ \t　]*(?:委托销售)?(?:经纪机构|代理机构)|^[ \t　]*委托销售",
    AGENT: r"^[ \t　]*【?(?:委托代理人|法定代理人)",
}
"""How the lines begin from which on a party's particulars are asked."""

DATES = frozenset({"签订日期", "交付日期", "付清日期", "首付款日期", "土地开始日期", "土地终止日期", "物业开始日期",
                   "物业结束日期", "买受人出生日期", "配套日期", "签约期限"})  # fmt: skip
"""Fields whose value is a whole day."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One row: the words around, whose particulars or which article it must be, and how sure (of 100) that is."""

    tag: str
    around: re.Pattern[str]
    sure: int = 90
    party: str = ""
    article: re.Pattern[str] = re.compile("")


_GLUE = r"(?:（[^（）\n▁▮]{0,8}）)?[：:为是系即，\s　“\"《【（(]*"
_YUAN = r"(?:人民币|（币种）|小写|RMB)*[：:（()）￥¥\s　]*"


def _after(tag: str, label: str, sure: int = 90, party: str = "", article: str = "") -> Guess:
    """Make a row of a label right before the blank."""
    return Guess(tag, re.compile(rf"(?:{label}){_GLUE}▮"), sure, party, re.compile(article))


def _money(tag: str, label: str, sure: int = 90) -> tuple[Guess, Guess]:
    """Make the rows of an amount: in figures, and in capital words (大写) later in the same sentence."""
    other = r"(?:(?!定金|首付|首期|贷款|总价|装修|单价|房价款)[^。；\n▮]){0,44}"
    figures = re.compile(rf"(?:{label})(?:总额|金额|数额)?{_GLUE}{_YUAN}{_GLUE}▮")
    words = re.compile(rf"(?:{label}){other}大写{_GLUE}{_YUAN}▮")
    return Guess(tag, figures, sure), Guess(f"{tag}大写", words, sure + 5)


def _around(tag: str, words: str, sure: int = 90, article: str = "") -> Guess:
    return Guess(tag, re.compile(words), sure, "", re.compile(article))


def _choice(tag: str, label: str, sure: int = 90, article: str = "") -> Guess:
    """Make a row of a choice whose words stand behind its mark."""
    return Guess(tag, re.compile(rf"▮[】\]\s　]*(?:{label})"), sure, "", re.compile(article))


GUESSES: tuple[Guess, ...] = (
    # the parties
    _after("出卖人", "出卖人|卖方|甲方|开发企业|开发商", 95, SELLER),
    _after("买受人姓名", "买受人(?:姓名)?|买方|乙方|购房人|认购人|客户姓名", 95, BUYER),
    _after("买受人姓名", "姓名|名称", 90, BUYER),
    _after("出卖人地址", "(?:通讯|注册|联系|营业)?(?:地址|住所)", 92, SELLER),
    _after("出卖人邮编", "邮政?编码?", 92, SELLER),
    _after("营业执照", "营业执照(?:注册)?号码?|统一社会信用代码", 92, SELLER),
    _after("资质证书", "资质证书(?:编?号码?)?", 94, SELLER),
    _after("法定代表人", "法定代表人(?:姓名)?", 92, SELLER),
    Guess("法定代表人电话", re.compile(rf"法定代表人[^\n]*▁[^\n▁]*电话{_GLUE}▮"), 94, SELLER),
    _after("出卖人代理人", "(?:委托)?代理人(?:姓名)?", 70, SELLER),
    _after("经纪机构", "(?:委托销售)?(?:经纪|代理)机构(?:名称)?", 94, AGENCY),
    _after("经纪机构地址", "(?:通讯|注册)?地址", 92, AGENCY),
    _after("经纪机构执照", "营业执照(?:注册)?号码?|统一社会信用代码", 92, AGENCY),
    _after("经纪机构备案号", "备案(?:证明)?(?:文件)?(?:编号|号码|号)", 92, AGENCY),
    _after("经纪机构法定代表人", "法定代表人", 92, AGENCY),
    _after("买受人国籍", "国籍|户籍(?:所在地)?", 92, BUYER),
    _after("买受人证件类型", "证件(?:类型|种类|名称)", 92, BUYER),
    _after("买受人证件号码", "证件号码?|身份证(?:件)?(?:号码?|编号)|证号", 94, BUYER),
    Guess("买受人证件号码",
          re.compile(r"(?:身份证|护照|营业执照|▁】?)[^\n：:]{0,12}[，,]?\s*(?:证)?号码?[：:\s]*▮"), 88, BUYER),
    _after("买受人出生日期", "出生(?:日期|年月日?)", 94, BUYER),
    _after("买受人性别", "性别", 94, BUYER),
    _after("买受人住址", "(?:通讯|联系|家庭|现)?(?:地址|住址)", 92, BUYER),
    _after("买受人邮编", "邮政?编码?", 92, BUYER),
    _after("买受人电话", "(?:联系)?电话|手机(?:号码?)?", 92, BUYER),
    _after("买受人代理人", "(?:委托|法定)代理人(?:姓名)?", 70, AGENT),
    # what the project stands on
    _after("合同编号", "合同编号|合同号", 92),
    _after("项目名称", "楼盘名称|项目名称|小区名称", 88),
    _after("项目核准名称", "(?:项目)?核准名称|暂定名(?:称)?", 90),
    _around("土地取得方式", r"以[【\s　]*▮[】\s　]*方式取得"),
    _around("土地坐落", r"(?:坐落于|位于|坐落)[：:\s　]*▮"),
    _around("土地证号", r"(?:土地使用(?:权)?证|不动产权证(?:书)?)[^。；\n▁▮]{0,16}号(?:码)?[为：:\s　]*▮"),
    _after("土地面积", "土地(?:使用权)?面积", 94),
    _after("土地用途", "(?:地块|土地)(?:的)?(?:规划)?用途", 94),
    _around("土地开始日期", r"土地使用(?:权)?(?:期限|年限)[^。；\n▁▮]{0,6}[自从][\s　]*▮"),
    _around("土地终止日期", r"(?:使用权?(?:终止日期|到期日)[为至：:]*|使用(?:期限|年限)[^。；\n]{0,10}至)[\s　]*▮"),
    _around("土地终止日期", r"土地使用(?:权)?(?:期限|年限)[^。；\n]{0,12}[至到][\s　]*▮", 94),
    _after("规划许可证", "建设工程规划许可证(?:编?号码?)?", 95),
    _after("施工许可证", "(?:建筑工程)?施工许可证(?:编?号码?)?", 95),
    _after("预售许可证", "预售许可证(?:编?号码?)?|预售证号?", 95),
    _around("预售批准机关", r"(?:已由|经由|经)[\s　]*▮[^。；\n▁▮]{0,4}批准"),
    _around("预售批准机关", r"批准机关[为：:\s　]*▮"),
    _after("现售登记证明",
           "不动产(?:权属?)?登记证明(?:编?号码?)?|房屋(?:初始|首次)登记证?号?", 90, "", "销售依据|现售"),
    # the home
    _after("土地用途", "规划用途", 94, "", "依据"),
    _after("规划用途", "(?:商品房的?|房屋)?规划用途|房屋用途", 93),
    _after("建筑结构", "主体结构|建筑结构|结构(?:类型|形式)?", 93),
    _after("总层数", "(?:建筑)?总层数|共", 88, "", ""),
    _around("总层数", r"总层数[^。；\n▁▮]{0,3}▮\s*层", 94),
    _around("地上层数", r"地上[为：:\s　]*▮\s*层", 95),
    _around("地下层数", r"地下[为：:\s　]*▮\s*层", 95),
    _around("幢号", r"▮[】\s　]*[【]?(?:幢|栋|号楼|座)", 90),
    _around("单元", r"▮[】\s　]*[【]?单元", 92),
    _around("层", r"(?:幢|栋|座|单元|号楼)[^。；\n▁▮]{0,6}▮[】\s　]*[【]?层", 94),
    _around("房间号", r"层[^。；\n▁▮]{0,6}▮[】\s　]*[【]?[号室房]", 93),
    _after("房号", "房号|房屋编号", 93),
    _after("户型", "户型|房型", 92),
    _after("朝向", "朝向", 94),
    _around("测绘机构", r"测绘(?:机构|单位)(?:名称)?[为是：:\s　]*▮", 94),
    _after("套内面积", "套内(?:建筑)?面积(?:共|约)?", 96),
    _after("分摊面积", "(?:分摊|共有|公用)[^。；\\n▁▮]{0,10}面积(?:共|约)?", 95),
    _around("建筑面积",
            r"(?<!套内)(?<!公用)(?<!共有)(?<!摊的)建筑面积(?:共|约)?[为是：:\s　]*▮\s*(?:平方米|㎡|m2)", 94),
    _after("层高", "层高", 94),
    _around("封闭阳台数", r"其中[\s　]*▮\s*个?(?:阳台)?[为是]?封闭", 93),
    _around("非封闭阳台数", r"▮\s*个?(?:阳台)?[为是]?(?:非封闭|不封闭|开放)", 94),
    _around("阳台数", r"有[\s　]*▮\s*个阳台", 93),
    # the price
    *_money("定金", "定金", 92),
    *_money("首付款", "首期(?:房价款|房款|款)?|首付款?|首期付款", 90),
    *_money("贷款额", "贷款(?:金额|额)?|申请贷款", 88),
    *_money("总价", "总价款?|总房(?:价款|款)|(?<!首期)(?<!首付)房(?:屋)?总?价款|总金额|成交价", 91),
    _around("单价", r"单价[为是：:]*(?:每平方米|每㎡)?[：:\s　]*(?:人民币)?（?(?:币种)?）?[￥¥\s　]*▮", 94),
    _around("单价", r"每平方米[^。；\n▁▮]{0,8}▮\s*元", 70, "价款|计价"),
    _around("装修价款", r"装修(?:总)?(?:价款|价格|款)[^。；\n▁▮]{0,6}▮\s*元", 92),
    _around("计价方式序号", r"(?:按照?|采取)?(?:下列|以下)第[\s　【]*▮[】\s　]*种", 92, "计价|价款"),
    # the payment
    _around("付款方式序号", r"(?:下列|以下)第[\s　【]*▮[】\s　]*种", 92, "付款"),
    _around("期数", r"分[\s　]*▮\s*期", 93),
    _around("首付比例", r"(?:首期|首付|占)[^。；\n]{0,50}[总全]?(?:房价款|价款|总价)?[^。；\n]{0,10}▮\s*[%％]", 88),
    _around("贷款机构", r"(?:贷款机构|贷款银行|按揭银行)(?:名称)?[为是：:\s　]*▮", 93),
    _around("贷款机构", r"向[\s　]*▮(?:（[^）]*）)?[\s　]*(?:申请|办理)[^。；\n]{0,10}贷款", 90),
    _around("付清日期",
            r"[在于][\s　]*▮\s*(?:之?前|内)[^。；\n▁▮]{0,10}(?:付清|支付[^。；\n▁▮]{0,8}全部|一次性)", 90),
    _around("首付款日期",
            r"[在于][\s　]*▮\s*(?:之?前)[^。；\n▁▮]{0,10}(?:支付|交纳|付)[^。；\n▁▮]{0,4}首(?:期|付)", 92),
    _around("首付款日期", r"首(?:期|付)[^。；\n]{0,36}[在于][\s　]*▮\s*(?:之?前)", 86),
    _after("监管机构", "(?:预售)?(?:资金)?监管(?:机构|银行)(?:名称)?", 94),
    _after("监管账户名", "监管(?:专用)?账户(?:名称|名)|账户名称|户名", 93, "", "付款|价款|监管"),
    _around("监管账号", r"(?:监管账户?账号|账户?号|账号)[为是：:\s　]*▮", 93, "付款|价款|监管"),
    # who is late
    _around("逾期付款日数", r"逾期[^。；\n▁▮]{0,8}▮\s*日(?:之)?内", 92, "逾期付款"),
    _around("逾期付款日数", r"(?:超过|逾期)[\s　]*▮\s*日", 92, "逾期付款"),
    _around("逾期付款万分率", r"万分之[\s　]*▮[^。\n]{0,14}", 90, "逾期付款"),
    _around("解除付款日数", r"(?:收到|送达|解除)[^。；\n▁▮]{0,20}▮\s*日内", 88, "逾期付款"),
    _around("解除违约金率", r"▮\s*[%％]", 88, "逾期付款"),
    _around("逾期交付日数", r"(?:逾期|超过)[^。；\n▁▮]{0,8}▮\s*日", 92, "逾期交付|交付责任"),
    _around("逾期交付万分率", r"万分之[\s　]*▮", 90, "逾期交付|交付责任"),
    _around("逾期交付违约金率",
            r"(?:全部房价款|总价款|已付[^。；\n▁▮]{0,6})的?[\s　]*▮\s*[%％]", 86, "逾期交付|交付责任"),
    _around("解除利率", r"利率[^。；\n▁▮]{0,4}▮\s*[%％]", 80),
    # what follows
    _around("交付日期", r"[在于][\s　]*▮\s*(?:之?前)?[^。；\n▁▮]{0,16}交付", 92),
    _around("交付日期", r"▮\s*(?:之?前|止)", 86, "^(?!.*逾期).*交付(?:时间|期限|日期)"),
    _after("交付日期", "交付(?:日期|时间|期限)", 92),
    _around("交付通知日数", r"提前[\s　]*▮\s*日", 86, "交付"),
    _around("面积差异序号", r"第[\s　【]*▮[】\s　]*种", 92, "面积差异|面积误差|面积"),
    _around("办证日数", r"交付[^。；\n▁▮]{0,10}▮\s*日内[^。；\n]{0,20}", 88, "登记|产权"),
    _around("办证万分率", r"万分之[\s　]*▮", 88, "登记|产权"),
    _around("物业企业", r"(?:物业(?:服务|管理)?(?:企业|公司|人)|前期物业服务人)(?:名称)?[为是：:\s　]*▮", 93),
    _around("物业费", r"物业(?:服务|管理)?费[^。；\n▁]{0,20}▮\s*元", 92),
    _around("物业开始日期", r"(?:期限|服务期)[^。；\n▁▮]{0,6}[自从][\s　]*▮", 90, "物业"),
    _around("物业结束日期", r"[自从][\s　]*▁[^。；\n▁▮]{0,4}[至到][\s　]*▮", 90, "物业"),
    _around("争议方式序号", r"第[\s　【]*▮[】\s　]*种", 92, "争议"),
    _around("仲裁委员会", r"(?:提交|向)[\s　]*▮[\s　]*仲裁(?:委员会)?", 92, "争议"),
    _around("合同份数", r"一式[\s　]*▮\s*份", 94),
    _around("出卖人份数", r"(?:出卖人|甲方|卖方)(?:执|持)?[\s　]*▮\s*份", 94),
    _around("买受人份数", r"(?:买受人|乙方|买方)(?:执|持)?[\s　]*▮\s*份", 94),
    _after("签订日期", "签订(?:日期|时间|日)|签约(?:日期|时间)|签署日期", 94),
)  # fmt: skip
"""Labels and the fields that belong behind them."""

CHOICES: tuple[Guess, ...] = (
    _choice("?付款方式=一次性", "一次性"), _choice("?付款方式=分期", "分期"),
    _choice("?贷款种类=公积金贷款", "(?:住房)?公积金(?:贷款)?", 92),
    _choice("?贷款种类=商业贷款", "商业(?:性|银行)?(?:个人)?(?:住房)?贷款", 92),
    _choice("?贷款种类=组合贷款", "组合(?:贷款)?", 92),
    _choice("?付款方式=贷款", "(?:银行)?(?:按揭|贷款)(?:方式)?(?:付款)?", 90),
    _choice("?按套内计价", "按照?套内", 92), _choice("?按建面计价", "按照?建筑面积", 92),
    _choice("?按套计价", "按照?套(?!内)", 92),
    _choice("?争议方式=诉讼", "(?:依法)?(?:向[^。\n]{0,20}(?:人民)?法院|诉讼)", 90),
    _choice("?争议方式=仲裁", "(?:提交[^。\n]{0,12})?仲裁", 88),
    *(_choice(f"?土地取得方式={how}", how, 92) for how in ("出让", "转让", "划拨")),
    *(_choice(f"?买受人证件类型={kind}", f"(?:居民)?{kind.removeprefix('居民')}", 88)
      for kind in ("居民身份证", "护照", "营业执照")),
    _choice("?!抵押", "(?:未|没有|无)(?:设定|有)?抵押", 92), _choice("?抵押", "(?:已设定|已经?|有|设有)抵押", 92),
    _choice("?预售许可证", "预售(?!资金)", 60), _choice("?现售登记证明", "现售", 60),
)  # fmt: skip
"""The words behind a mark, and the condition under which it is ticked."""

WHENS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(article), re.compile(rf"^[\s　\d一二三四五六七八九十.．、（）()▁【】√□]*(?:{line})"), condition)
    for article, line, condition in (
        ("计价|价款", "按照?套内", "按套内计价"), ("计价|价款", "按照?建筑面积", "按建面计价"),
        ("计价|价款", "按照?套(?!内)", "按套计价"),
        ("付款", "一次性", "付款方式=一次性"), ("付款", "分期", "付款方式=分期"),
        ("付款", "(?:银行)?(?:贷款|按揭)", "付款方式=贷款"),
        ("争议", "提交", "争议方式=仲裁"),
    )
)
"""In which article a line that begins so counts only under a condition; what it asks is struck otherwise."""
