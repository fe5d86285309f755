"""Amounts in capital words (大写金额), as cheques, receipts and contracts demand them; and read back."""

from __future__ import annotations

import re
from itertools import product

from salescenter.domain.money import Money
from salescenter.domain.refusals import FieldMalformed

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = {"仟": 1000, "佰": 100, "拾": 10, "": 1}
MOST = Money(999_999_999_999_999)
"""The largest amount written: 9,999,999,999,999.99 yuan."""

_ENDS = {"元": 100, "角": 10, "分": 1}
_ALIKE = str.maketrans("圆圓正貳參叄参陸萬億幣負", "元元整贰叁叁叁陆万亿币负")
_PIECE = re.compile(r"([壹贰叁肆伍陆柒捌玖])([仟佰拾]?)")


def in_words(amount: Money) -> str:
    """Write an amount in canonical words; a negative one is prefixed 负 (正确填写票据和结算凭证的基本规定).

    Where the rules leave a choice: 整 after 角 too; 零 after an 元 place of 0, none after a 万 place of 0.
    Refuses with `FieldMalformed` above `MOST`.
    """
    if abs(amount.fen) > MOST.fen:
        raise FieldMalformed(field="amount", value=amount, why="too-large")
    return ("负" if amount.fen < 0 else "") + _forms(abs(amount.fen))[0]


def read_words(words: str) -> Money:
    """Read an amount back, in any form the rules allow; everything else is refused (`FieldMalformed`).

    人民币 may stand before it, 圆 for 元, 正 for 整, the traditional shape of a character for the simplified one, and a
    零 that is optional may be there or not.
    """
    plain = re.sub(r"\s", "", words).translate(_ALIKE).removeprefix("人民币")
    negative = plain.startswith("负")
    plain = plain.removeprefix("负").removeprefix("人民币")
    fen = _value(plain)
    if fen > MOST.fen or plain not in _forms(fen):  # whatever it adds up to, it must say so properly
        raise FieldMalformed(field="amount", value=words, why="not-an-amount-in-words")
    return Money(-fen if negative else fen)


def without_yuan(words: str) -> str:
    """Cut 元整 off for a form where it is already printed; refuses an amount with 角 or 分."""
    bare = re.sub("[元圆圓][整正]$", "", words)
    if bare == words:
        raise FieldMalformed(field="amount", value=words, why="not-whole-yuan")
    return bare


def digit_boxes(amount: Money, places: int | str, stop: str = "¥") -> tuple[str, ...]:
    """Fill the boxes of a pre-printed form, left to right: a stop mark (¥ or ⊗) before the top digit.

    `places` is either how many boxes there are, the last one for 分, or the names over the boxes
    ("仟佰拾万仟佰拾元"). Boxes left of the stop mark stay empty; a negative amount has 负 for its stop
    mark. Refuses (`FieldMalformed`) what does not fit.
    """
    boxes, unit = (places, 1) if isinstance(places, int) else (len(places), _ENDS[places[-1]])
    whole, rest = divmod(abs(amount.fen), unit)
    # an amount below one yuan still fills its 元 box: ¥ 零 伍 零
    figures = f"{whole:0{min(boxes, len(str(100 // unit)))}}"
    free = boxes - len(figures)
    if rest or free < (1 if amount.fen < 0 else 0):
        raise FieldMalformed(field="amount", value=amount, why="does-not-fit-the-boxes")
    mark = ("负" if amount.fen < 0 else stop,) if free else ()
    return ("",) * (free - len(mark)) + mark + tuple(DIGITS[int(figure)] for figure in figures)


def _forms(fen: int) -> list[str]:
    """Return every allowed way to write an amount that is not negative; the canonical one first."""
    yuan, rest = divmod(fen, 100)
    jiao, fen = divmod(rest, 10)
    heads = [head + "元" for head in _whole_forms(yuan)] if yuan or not rest else [""]
    zeros = _zeros_after_yuan(yuan, jiao, fen)
    tail = (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "")
    ends = ["整"] if not rest else [""] if fen else ["整", ""]
    return [head + zero + tail + end for head, zero, end in product(heads, zeros, ends)]


def _zeros_after_yuan(yuan: int, jiao: int, fen: int) -> tuple[str, ...]:
    if not yuan or not (jiao or fen):
        return ("",)
    if not jiao:
        return ("零",)
    return ("",) if yuan % 10 else ("零", "")


def _whole_forms(number: int) -> list[str]:
    """Return the ways to write a whole number; groups of four places, 万 and 亿 after them."""
    if number < 10_000:
        return [_group(number) or "零"]
    size, name = (10**8, "亿") if number >= 10**8 else (10**4, "万")
    high, low = divmod(number, size)
    if not low:
        return [head + name for head in _whole_forms(high)]
    joints = _joints(high, low, size)
    return [head + name + zero + tail
            for head, zero, tail in product(_whole_forms(high), joints, _whole_forms(low))]


def _joints(high: int, low: int, size: int) -> tuple[str, ...]:
    """Return what may stand between two groups, the canonical choice first.

    A 0 in the 万 place before a filled 仟 place may be read or not; every other 0 inside must be.
    """
    if low * 10 >= size:  # the place just below is filled
        return ("",) if high % 10 else ("", "零") if size == 10**4 else ("零", "")
    return ("零", "") if size == 10**8 and 1000 <= low < 10_000 else ("零",)


def _group(number: int) -> str:
    """Write up to four places: 409 -> 肆佰零玖."""
    said = "".join(DIGITS[int(digit)] + place if digit != "0" else "零"
                   for digit, place in zip(f"{number:04}", PLACES, strict=True))
    return re.sub("零+", "零", said).strip("零")


def _value(words: str) -> int:
    """Add up what the words say, in fen, without asking whether they say it properly."""
    total = 0
    for end, fen in _ENDS.items():
        head, found, tail = words.partition(end)
        if found:
            total, words = total + _number(head) * fen, tail
    return total


def _number(words: str) -> int:
    for name, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = words.partition(name)
        if found:
            return _number(head) * size + _number(tail)
    return sum(DIGITS.index(digit) * PLACES[place] for digit, place in _PIECE.findall(words))
