"""Cuts a paragraph into the pieces no line may part: numbers with their units, dates, names in Latin letters, marks."""

from __future__ import annotations

import re

from salescenter.domain.printed_letters import UNSEEN
from salescenter.print.fonts import THIN

_UNITS = (
    "个工作日|平方毫米|平方公里|平方米|立方米|毫米|厘米|千米|公里|公顷|千瓦|千克|小时|分钟|个月|周岁|号楼|[#＃]楼|单元|车位|万元|亿元|元整"
    "|[元角分米日天年月时号层幢栋座室期次个套份页条款项人户间倍岁吨亩折成万亿千百点位台部楼㎡%％‰℃²³]|°C?"
)
_BLANK = " \xa0\u2009\u202f"
_WORD = "A-Za-z0-9０-９Ａ-Ｚａ-ｚ"
_FIGURES = "一二三四五六七八九十"
_COUNT = f"[零〇百{_FIGURES}]"
_YEAR = "[一二][〇零○一二三四五六七八九]{3}年"
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼港澳"
_PIECE = re.compile(
    rf"""(?![第附{_FIGURES}{_PROVINCE}])[\u4e00-\u9fff，。、；：（）《》“”]  # most letters: no piece below begins so
       | {_YEAR}(?:{_COUNT}{{1,3}}月(?:{_COUNT}{{1,3}}日)?)? | {_COUNT}{{1,3}}月{_COUNT}{{1,3}}日 | [{_FIGURES}]
       | (?:\d{{2,4}}[ ]?年[ ]?)?\d{{1,2}}[ ]?月[ ]?\d{{1,2}}[ ]?日 | \d{{2,4}}[ ]?年[ ]?\d{{1,2}}[ ]?月   # a date
       | \d{{1,2}}时\d{{1,2}}分
       | (?:\+\d{{1,3}}[ ])?\d{{3,4}}(?:[ ]\d{{4}})+                       # a telephone or card number in groups
       | [{_PROVINCE}][A-Z]·?[A-Z0-9]{{4,6}}(?![A-Za-z0-9])               # a car's plate
       | (?:(?:RMB|CNY|USD|HKD)[ ](?=\d))?[-−]?(?:[A-Z]{{1,3}}(?=[$¥￥€£]))?[¥￥$＄€£]?[+\-−±≤≥<>≈＜＞]?
         [{_WORD}]+(?:(?:[-.,:/×@_+\#&'’*?=%~．\xa0\u2009\u202f]{{1,3}}[*{_WORD}]|，[０-９]{{3}}(?![０-９]))[*{_WORD}]*)*
         (?:[{_BLANK}]?(?:{_UNITS})|[{_BLANK}](?:mm|cm|km|m|kg|kW)(?![A-Za-z]))?   # number, word, its unit
       | 第[ ]?(?:{_COUNT}+|\d+|[（(](?:{_COUNT}+|\d+)[）)])[ ]?[条款项章节页期层] | 附件(?:{_COUNT}+|\d+)
       | \u3000{{2,24}}                                                   # a line for the pen
       | …+ | —+ | _+ | -+ | /+ | \*+ | =+ | \++ | .""",
    re.VERBOSE | re.DOTALL,
)
_SEAMS = re.compile(r"[^-./@_&=?:,年月日]*[-./@_&=?:,年月日]+|[^-./@_&=?:,年月日]+")
_UNSEEN = frozenset(UNSEEN)


def pieces(text: str) -> list[str]:
    """Cut a text (no line feeds) into what may not be parted."""
    found: list[str] = _PIECE.findall(text)
    if '"' in text:
        found = _quoted(found)
    return found if _UNSEEN.isdisjoint(text) else _followed(found)


def parted(piece: str) -> list[str]:
    """Cut a piece wider than its line: behind its points and strokes while it has any, else letter by letter."""
    plain = piece.replace(THIN, "")
    parts = _SEAMS.findall(plain)
    return parts if len(parts) > 1 else list(plain)


def _quoted(found: list[str]) -> list[str]:
    """Put straight quotation marks to what they stand around: the first opens, the next closes, and so on."""
    out: list[str] = []
    opening, opens = "", True
    for piece in found:
        if piece != '"':
            out.append(opening + piece)
            opening = ""
        elif opens or not out or opening:
            opening += piece
        else:
            out[-1] += piece
        opens ^= piece == '"'
    return [*out, opening] if opening else out


def _followed(found: list[str]) -> list[str]:
    """Put what prints as nothing to the piece before it, so that it never begins a line in a mark's stead."""
    out: list[str] = []
    for piece in found:
        if out and piece in _UNSEEN:
            out[-1] += piece
        else:
            out.append(piece)
    return out
