"""What an article of a form is about, in the trade's words, where its heading says it in everyday ones or not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NAMED: Final = tuple(
    (re.compile(heading), subject)
    for heading, subject in (
        ("多少钱|价钱|怎么算价", "价款"),
        ("(?:怎么|如何)[付交给]钱|[付交给]钱的", "付款"),
        ("[晚迟][付交给]?(?:钱|款)|拖欠|欠[款钱]", "逾期付款"),
        ("[晚迟]了?交房|交房[^。]{0,3}[晚迟]", "逾期交付"),
        ("面积[^。]{0,6}(?:不一样|不一致|不同|出入|变化)", "面积差异"),
        ("[改变]了?[^。]{0,3}(?:规划|设计)", "规划设计变更"),
        ("办证|房产证|房本", "产权登记"),
        ("说不到一块|打官司|[谈说]不拢|吵|法院", "争议"),
        ("送信|寄信|怎么联系|联系方式", "送达"),
    )
)
"""Headings in everyday words, and what the trade calls it."""

_INNER, _GROSS = (rf"[^\n]{{0,8}}{by}[^\n]{{0,24}}(?:单价|每平方米|元)[^\n]*" for by in ("套内", "(?<!套内)建筑面积"))
_SAID: Final = tuple(
    (re.compile(body), subject)
    for body, subject in (
        (rf"{_INNER}\n{_GROSS}|{_GROSS}\n{_INNER}", "计价方式"),
        (r"\n[^\n]{0,6}一次(?:性|付清|付款)[^\n]*\n[^\n]{0,6}分[^。\n]{0,4}期", "付款方式"),
        (r"外墙[^。；\n▁]{0,4}▁[^。\n]*门、?窗[^。；\n▁]{0,4}▁", "装修标准"),
    )
)
"""What only an article about one thing lists: ways of pricing and of paying below one another, walls and windows."""

_TOLD: Final = re.compile("计价|价款|付款|逾期|违约|责任|差异|误差|变更|登记|产权|争议|送达|通知|装[修饰]|附件")
"""What headings say in the trade's own words."""


@lru_cache(maxsize=256)
def subject(heading: str, body: str) -> str:
    """Return the heading of an article with what it is about behind it, where it does not say so; "" for no article.

    body: its text, blanks as ▁.
    """
    if not heading or _TOLD.search(heading):
        return heading
    named = [word for words, word in _NAMED if words.search(heading)]
    return " ".join((heading, *(named or (word for words, word in _SAID if words.search(body)))))
