"""Names and numbers as shown to people who may not see them whole."""

from __future__ import annotations

COMPOUND_SURNAMES = frozenset({
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容",
    "令狐", "司徒", "夏侯", "长孙", "宇文", "轩辕", "端木", "独孤", "南宫",
    "西门", "公羊", "淳于", "单于", "申屠", "仲孙", "钟离", "澹台", "濮阳",
    "太史", "呼延", "赫连", "拓跋", "完颜", "闻人", "百里", "东郭", "第五",
})
"""复姓: the first two characters of a name of three or more."""

STARS = "*"


def mask_name(name: str) -> str:
    """Show the surname only: 陈晓明 -> 陈*, 欧阳娜 -> 欧阳*; a name of one letter becomes a star."""
    name = name.strip()
    if len(name) < 2:
        return STARS * len(name)
    surname = name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[0]
    return surname + STARS


def mask_phone(digits: str) -> str:
    """Hide the middle of a number: 13812345521 -> 138****5521; shorter numbers keep their last two."""
    if len(digits) >= 11:
        return _middle(digits, 3, 4)
    return _middle(digits, 0, 2)


def mask_id(number: str) -> str:
    """Keep the place of issue and the last four: 440301********1234; other documents keep two and two."""
    if len(number) in (15, 18):
        return _middle(number, 6, 4)
    return _middle(number, 2, 2)


def _middle(text: str, head: int, tail: int) -> str:
    """Star all but the ends; what is too short to hide anything is starred whole."""
    hidden = len(text) - head - tail
    if hidden < 1:
        return STARS * len(text)
    return text[:head] + STARS * hidden + text[-tail:]
