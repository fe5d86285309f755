"""A contract form as long as a city's: our own presale text, with blanks in every printed style for its fields."""

from __future__ import annotations

import re
from itertools import cycle

from salescenter.domain.papers.needs import PRESALE
from salescenter.services.papers.template_versions import shipped

DAYS = ("日期",)
_ORDER = re.compile(r"\{\{(?:#|/|@)[^{}]*\}\}")
_CHOICE = re.compile(r"【\{\{\?[^{}]*\}\}】")
_OTHERWISE = re.compile(r"\{\{#else\}\}×\{\{/if\}\}")
_FIELD = re.compile(r"\{\{([^{}#/@?~]+)\}\}")
_RULES = cycle(("________", "______", "＿＿＿＿＿＿", "____________", "【　　　】"))
_ROOMS = ("玄关", "客厅", "餐厅", "厨房", "主卧", "次卧", "书房", "主卫", "客卫", "阳台", "走道", "储藏间")
_PARTS = ("墙面", "地面", "顶面", "门", "窗", "开关插座", "灯具", "管线")


def city_form() -> str:
    """Return the form: some 340 blanks, fifteen pages."""
    text = _OTHERWISE.sub("", shipped(PRESALE))
    lines = [line for line in text.splitlines() if not _ORDER.fullmatch(line.strip())]
    body = "\n".join(_FIELD.sub(_blank, _CHOICE.sub("□", _ORDER.sub("", line))) for line in lines)
    buyer = body[body.index("买受人（"):body.index("双方依照")]
    return f"{body.replace(buyer, buyer + buyer)}\n{_rooms()}\n{_instalments()}\n"


def _blank(found: re.Match[str]) -> str:
    name = found[1]
    if name.endswith(DAYS):
        return "____年__月__日"
    return "____________" if name.endswith("大写") else next(_RULES)


def _rooms() -> str:
    """An annex of fittings, one line a room: blanks that no deal answers."""
    told = "\n".join(f"{room}：" + "；".join(f"{part}采用____" for part in _PARTS) + "。" for room in _ROOMS)
    return f"附件十二　各房间装修标准\n{told}"


def _instalments() -> str:
    """A table of instalments as a form prints it, with its columns apart, and the price in boxes."""
    rows = "\n".join(f"第{count}期　　　________元　　　____年__月__日　　　________" for count in range(1, 13))
    boxes = "总价大写：__亿__仟__佰__拾__万__仟__佰__拾__元__角__分"
    return f"附件十三　分期付款表\n期次　　　金额　　　日期　　　备注\n{rows}\n{boxes}"
