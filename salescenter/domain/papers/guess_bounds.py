"""Where a field cannot belong: before a unit that counts something else, or in an article about another matter."""

from __future__ import annotations

import re
from functools import lru_cache

_UNIT = re.compile(
    r"(?P<share>[百千万]分之[（\s　]*)?▮[】）\s　]*"
    r"(?:(?P<percent>[%％])|(?P<yuan>元)|(?P<area>平方米|㎡|m2)|(?P<days>个?(?:工作)?[日天])|(?P<copies>份))?"
)
_COUNTS = {
    "share": re.compile("率$"),
    "percent": re.compile("(?:率|比例|份额)$"),
    "yuan": re.compile("(?:价款?|定金|首付款|贷款额|费)(?:大写)?$"),
    "area": re.compile("面积$"),
    "days": re.compile("日数$|^~"),
    "copies": re.compile("份数$"),
}
"""What the unit right at a blank counts, and the names of the fields that are such a count."""

_LAND = "依据|土地|用地|项目|地块|规划|许可|情况|状况|概况|[一1]条"
_HOME = "^(?!.*(?:设施|配套|物业|车[位库]|绿[化地]|保修|登记|税)).*"
_PRICE = "^(?!.*(?:违约|责任|逾期|迟延|延迟|延期|装[修饰]|物业|税|保修|设施)).*"
_WITHIN: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(f"(?:{fields})$"), re.compile(article))
    for fields, article in (
        ("土地坐落|土地证号|土地面积|土地用途|土地开始日期|土地终止日期|项目核准名称|规划许可证|施工许可证", _LAND),
        ("建筑面积|套内面积|分摊面积|层高|总层数|地上层数|地下层数|建筑结构|户型|朝向|测绘机构", _HOME),
        ("规划用途", "^(?!.*(?:土地|地块|用地|依据)).*"),
        ("(?:总价|单价|首付款|定金|贷款额|首付比例)(?:大写)?", _PRICE),
        ("交付日期|交付通知日数", "交[付房接]|接[房收]|入住"),
        ("付清日期|首付款日期|期数", "[付交缴]款|支付|价款|房款"),
        ("办证日数|办证万分率", "登记|产权|权属|办证"),
    )
)
"""The articles in which a field is what is meant; elsewhere its words may be said of something else."""


def counts(name: str, words: str) -> bool:
    """Say whether a field (without its condition) is what the unit at the blank ▮ counts; true where there is none."""
    found = _UNIT.search(words)
    unit = found.lastgroup if found else None
    return unit is None or bool(_COUNTS[unit].search(name))


@lru_cache(maxsize=2048)
def is_at_home(name: str, article: str) -> bool:
    """Say whether an article with this heading is one where the field is asked; true of a form without articles."""
    return not article or all(where.search(article) for names, where in _WITHIN if names.match(name))
