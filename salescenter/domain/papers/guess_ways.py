"""The words behind a mark, and the lines of a form that count only for one way of pricing, paying or settling."""

from __future__ import annotations

import re

from salescenter.domain.papers.guess_rows import (
    BUYER,
    Guess,
    choice,
)

CHOICES: tuple[Guess, ...] = (
    choice("?付款方式=一次性", "一次(?:性|付清|付款)"), choice("?付款方式=分期", "分期"),
    choice("?贷款种类=公积金贷款", "(?:住房)?公积金(?:贷款)?", 92),
    choice("?贷款种类=商业贷款", "商业(?:性|银行)?(?:个人)?(?:住房)?贷款", 92),
    Guess("?贷款种类=商业贷款", re.compile("▮(?:商业|商贷)】?【?▁(?:住房)?公积金|公积金】?【?▮(?:商业|商贷)(?:】|▁)")),
    choice("?贷款种类=组合贷款", "(?:公积金)?组合(?:贷款)?", 93),
    choice("?付款方式=贷款", "(?:银行)?(?:按揭|贷款)(?:方式)?(?:付款)?", 90),
    choice("?按套内计价", "按照?套内|套内建筑面积】", 92), choice("?按建面计价", "按照?建筑面积|建筑面积】", 92),
    choice("?按套计价", "按照?套(?!内)|套】", 92),
    choice("?争议方式=诉讼", "(?:依法)?(?:[向到][^。\n】▁]{0,20}(?:人民)?法院|诉讼)", 90),
    choice("?争议方式=仲裁", "(?:[提到][^。；】\n]{0,12})?仲裁", 88),
    *(choice(f"?土地取得方式={how}", how, 92) for how in ("出让", "转让", "划拨")),
    *(choice(f"?买受人证件类型={kind}", f"(?:居民)?{kind.removeprefix('居民')}", 88, BUYER)
      for kind in ("居民身份证", "护照", "营业执照")),
    *(Guess(f"?规划用途={use}", re.compile(rf"用途[^。；\n]{{0,24}}▮(?:{words})(?:用房)?[】▁，。；\n]"), 90)
      for use, words in (("住宅", "住宅"), ("商铺", "商[业铺]"), ("车位", "车[位库]"))),
    Guess("?抵押", re.compile("▮有】?[【▁]+(?:没有|无)】?[^。；，\n]{0,4}抵押"), 90),
    Guess("?!抵押", re.compile("▁有】?【?▮(?:没有|无)】?[^。；，\n]{0,4}抵押"), 90),
    choice("?!抵押", "(?:未|没有|无)(?:设定|有)?抵押", 92), choice("?抵押", "(?:已设定|已经?|有|设有)?抵押", 92),
    choice("?预售许可证", "预售(?!资金)", 60), choice("?现售登记证明", "现[售房]", 60),
)  # fmt: skip
"""The words behind a mark, and the condition under which it is ticked."""

NEVER = "0"
"""Condition of what a form asks of a way of pricing that no deal has: it is struck."""

_NUMBER = r"^[\s　\dA-D①-⑨一二三四五六七八九十.．、（）()▁【】√□]*(?:该商品房)?"
_PRICING = "计价|价款|房价"
_COUNTS = "(?:建筑)?(?:面积)?(?:的)?(?:单价|计价|计算|每平方米)"
WHENS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(article), re.compile(rf"{_NUMBER}(?:{line})"), condition)
    for article, line, condition in (
        (_PRICING, f"按照?【?▁?套内|套内{_COUNTS}", "按套内计价"),
        (_PRICING, f"按照?【?▁?建筑面积|建筑面积{_COUNTS}", "按建面计价"),
        (_PRICING, "按照?【?▁?一?套(?!内)|整套", "按套计价"), (_PRICING, "按照?[\\s　]*(?:▁|$)", NEVER),
        ("付款", "(?:以|采用)?一次(?:性|付清|付款)", "付款方式=一次性"),
        ("付款", "(?:以|采用)?分(?:[期次]|[\\s　]*(?:▁|$))", "付款方式=分期"),
        ("付款", "(?:以|采用|向)?(?:银行|抵押|个人)?(?:[贷货]款|按揭)", "付款方式=贷款"),
        ("争议", "提交", "争议方式=仲裁"),
    )
)
"""In which article a line that begins so counts only under a condition; what it asks is struck otherwise."""
