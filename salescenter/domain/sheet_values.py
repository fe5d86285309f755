"""Reads what people type into spreadsheet cells: numbers, areas, money, days, ranges, lists."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from salescenter.domain.money import Money

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a spreadsheet reader hands over for one cell; an empty cell is "" or None."""


class Why(StrEnum):
    """Why a cell, or a row, cannot be taken as it stands."""

    NOT_A_NUMBER = "not-a-number"
    NEGATIVE = "negative"
    OUT_OF_RANGE = "out-of-range"
    NOT_A_DAY = "not-a-day"
    YEAR_MISSING = "year-missing"
    NOT_A_FLOOR = "not-a-floor"
    MISSING = "missing"
    FLOOR_UNKNOWN = "floor-unknown"
    TWICE = "twice"
    UNKNOWN_WORD = "unknown-word"
    FLOOR_ASSUMED = "floor-assumed"
    TOTAL_DIFFERS = "total-differs"
    ABOVE_FILED = "above-filed"
    INNER_ABOVE_GROSS = "inner-above-gross"
    PHONE_MALFORMED = "phone-malformed"
    ID_MALFORMED = "id-malformed"
    ONE_AMOUNT_FOR_MANY = "one-amount-for-many"
    FORMULA_ERROR = "formula-error"
    UNPRINTABLE = "unprintable"
    NO_SUCH_HOME = "no-such-home"
    NOT_AN_ANNEX = "not-an-annex"
    HAS_ANNEXES = "has-annexes"


class Unreadable(ValueError):  # noqa: N818  an answer about a cell, not a failure of the program
    """A cell does not say what its column promises (why)."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


_DASHES = frozenset(
    ("", "-", "--", "---", "/", "\\", "—", "——", "–", "―", "无", "暂无", "空", "N/A", "NA", "NULL", "NONE")
)
_ERRORS = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
_HALF: dict[int, int | str] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
_HALF |= dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F), "")
_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")}
_DIGITS |= {word: value for value, word in enumerate("〇壹贰叁肆伍陆柒捌玖")} | {"两": 2, "○": 0, "貳": 2}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ONE_UNIT = Decimal(1)
_FIRST_SERIAL, _LAST_SERIAL = 15_000, 80_000  # 1941 to 2119: outside it a number is not a day


def words(cell: Cell) -> str:
    """Return the text to keep: half-width, trimmed, 101.0 as 101, a day as 2024-02-24; blank gives ""."""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() else cell.translate(_HALF).strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return "" if cell is None else str(cell)


def plain(cell: Cell) -> str:
    """Return the text to be read by a rule: upper case, compatibility forms folded (㎡ becomes M2), no spaces."""
    said = words(cell)
    if not said.isascii():
        said = unicodedata.normalize("NFKC", said)
    return "".join(said.split()).upper()


def is_blank(cell: Cell) -> bool:
    """Tell an empty cell, or one that says there is nothing (`--`, `/`, 无)."""
    return cell is None or cell == "" or (isinstance(cell, str) and plain(cell) in _DASHES)


def chinese_number(said: str) -> int | None:
    """Read 二十三 as 23, 一百零二 as 102, 三〇一 as 301, and digits as they are; None for anything else."""
    if said.isascii() and said.isdigit():
        return int(said)
    if not said or any(ch not in _DIGITS and ch not in _TENS for ch in said):
        return None
    if not any(ch in _TENS for ch in said):
        return int("".join(str(_DIGITS[ch]) for ch in said))
    total, digit = 0, None
    for ch in said:
        if ch in _TENS:
            total += (1 if digit is None or digit == 0 else digit) * _TENS[ch]
            digit = None
        else:
            digit = _DIGITS[ch]
    return total + (digit or 0)


_NUMBER = re.compile(r"([+-]?)[¥$]?(?:RMB|人民币)?(\d+(?:,\d{3})*(?:\.\d*)?|\.\d+)(E[+-]?\d\d?)?(万|亿)?")
_TOO_LARGE = Decimal(10) ** 15
_TIMES = {None: Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def number(cell: Cell, units: re.Pattern[str] | None = None) -> Decimal | None:
    """Read a number, also typed as text or with `units` after it; blank gives None, anything else is refused.

    Binary noise of a formula is dropped the way a spreadsheet shows it: at fifteen significant digits.
    """
    if isinstance(cell, float):
        value = Decimal(format(cell, ".15g"))
    elif isinstance(cell, int) and not isinstance(cell, bool):
        value = Decimal(cell)
    elif isinstance(cell, str):
        typed = Decimal(cell) if cell.isascii() and cell.replace(".", "", 1).isdigit() else _typed(cell, units)
        if typed is None:
            return None
        value = typed
    elif cell is None:
        return None
    else:
        raise Unreadable(Why.NOT_A_NUMBER)
    if not (value.is_finite() and abs(value) < _TOO_LARGE):
        raise Unreadable(Why.OUT_OF_RANGE)
    return value


def _typed(cell: str, units: re.Pattern[str] | None) -> Decimal | None:
    said = plain(cell)
    if said in _DASHES:
        return None
    if said.startswith(_ERRORS):
        raise Unreadable(Why.FORMULA_ERROR)
    found = _NUMBER.fullmatch(units.sub("", said) if units is not None else said)
    if found is None:
        raise Unreadable(Why.NOT_A_NUMBER)
    value = Decimal(found[2].replace(",", "") + (found[3] or "")) * _TIMES[found[4]]
    return -value if found[1] == "-" else value


_AREA_UNITS = re.compile(r"(?:M2|M²|平方米|平米|平方|平|M\^2)$")
_MONEY_UNITS = re.compile(r"(?:元?/(?:M2|平方米|平米|平|套|个)|元整?|圆整?|整)$")


def hundredths(cell: Cell, units: re.Pattern[str] | None = None, scale: int = 1) -> int | None:
    """Read a number as whole hundredths, half up; blank gives None, a negative one is refused.

    A float that is a whole number of hundredths but for binary noise takes a short way: lists have tens of thousands.
    """
    if isinstance(cell, float) and scale == 1 and 0 <= cell < 1e9:
        near = round(cell * 100)
        if abs(cell * 100 - near) < 1e-4:
            return near
    value = number(cell, units)
    if value is None:
        return None
    if value < 0:
        raise Unreadable(Why.NEGATIVE)
    return int((value * scale * 100).quantize(_ONE_UNIT, ROUND_HALF_UP))


def area(cell: Cell) -> int | None:
    """Read square metres as whole hundredths, as the database keeps them (four places are printed in some cities)."""
    return hundredths(cell, _AREA_UNITS)


def money(cell: Cell, scale: int = 1) -> Money | None:
    """Read an amount in yuan, `scale` 10 000 where the header says 万元; never negative."""
    fen = hundredths(cell, _MONEY_UNITS, scale)
    return None if fen is None else Money(fen)


def whole(cell: Cell) -> int | None:
    """Read a whole number such as a count of people."""
    value = number(cell, _COUNT_UNITS)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise Unreadable(Why.NOT_A_NUMBER)
    return int(value)


_COUNT_UNITS = re.compile(r"(?:人|个|位|岁|组|批|套|室|房|厅|卫|次)$")
_DAY = re.compile(r"(\d{4}|\d{2})[-./年\\,、](\d{1,2})[-./月\\,、](\d{1,2})日?(?:[T星周(].*|\d{1,2}:\d.*)?")
_PACKED = re.compile(r"(19|20)\d{6}")
_NO_YEAR = re.compile(r"\d{1,2}[-./月]\d{1,2}日?")


def day(cell: Cell, year: int | None = None) -> date | None:
    """Read a day: a real date, an Excel serial (43734), 2005.8.02, 2005年8月2日, 20050802, 05-8-2.

    `year` completes a day written without one (8月2日); without it such a day is refused.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    said = plain(cell)
    if said in _DASHES:
        return None
    if said.replace(".", "", 1).isdigit() and not _DAY.fullmatch(said):
        return _from_digits(said, year)
    return _from_text(said, year)


_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")


def hour(cell: Cell) -> time | None:
    """Read the hour written beside a day (2024-02-24 16:30); None where none is."""
    if isinstance(cell, datetime):
        return cell.time() if cell.time() != time() else None
    found = _TIME.search(cell) if isinstance(cell, str) else None
    return time(int(found[1]), int(found[2])) if found and int(found[1]) < 24 and int(found[2]) < 60 else None


def _from_digits(said: str, year: int | None) -> date:
    if _PACKED.fullmatch(said):
        return _calendar(int(said[:4]), int(said[4:6]), int(said[6:]))
    if len(said) < 6 and "." in said:
        return _from_text(said, year)
    return _from_number(float(said))


def _from_number(serial: float) -> date:
    if _PACKED.fullmatch(words(serial)):
        return _from_digits(words(serial), None)
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        raise Unreadable(Why.NOT_A_DAY)
    return date(1899, 12, 30) + timedelta(int(serial))


def _from_text(said: str, year: int | None) -> date:
    if found := _DAY.fullmatch(said):
        full = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
        return _calendar(full, int(found[2]), int(found[3]))
    if _NO_YEAR.fullmatch(said):
        if year is None:
            raise Unreadable(Why.YEAR_MISSING)
        month, of_month = re.findall(r"\d+", said)
        return _calendar(year, int(month), int(of_month))
    raise Unreadable(Why.NOT_A_DAY)


def _calendar(year: int, month: int, of_month: int) -> date:
    try:
        return date(year, month, of_month)
    except ValueError:
        raise Unreadable(Why.NOT_A_DAY) from None


@dataclass(frozen=True, slots=True)
class Span:
    """A wish between two bounds, either of them open (150-200㎡, 300以上, 80万以内)."""

    low: Decimal | None
    high: Decimal | None


_PIECE = r"(\d+(?:\.\d+)?)(万|亿|W)?"
_SPAN = re.compile(rf"{_PIECE}(?:元|M2)?(?:-|~|—|–|至|到|―)+{_PIECE}")
_ONE = re.compile(rf"{_PIECE}")
_SPAN_NOISE = re.compile(r"M2|M²|平方米?|平米|平|元|左右|大概|约|总价|面积|RMB|¥|层|F|楼|套|,")


def span(cell: Cell) -> Span | None:
    """Read a range with its unit: 150-200㎡, 300m2左右, 80-100万, 200以上, 一百以内 is refused."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = number(cell)
        return Span(value, value)
    said = plain(cell)
    if said in _DASHES:
        return None
    said = _SPAN_NOISE.sub("", said)
    if found := _SPAN.fullmatch(said):
        shared = found[2] or found[4]
        low, high = _scaled(found[1], shared), _scaled(found[3], found[4] or shared)
        return Span(min(low, high), max(low, high))
    if found := _ONE.match(said):
        value, rest = _scaled(found[1], found[2]), said[found.end() :]
        if rest in _ENDS:
            low_open, high_open = _ENDS[rest]
            return Span(None if low_open else value, None if high_open else value)
    raise Unreadable(Why.NOT_A_NUMBER)


_ENDS = {"": (False, False)} | dict.fromkeys(("以上", "起", "+", "多", "以外"), (False, True))
_ENDS |= dict.fromkeys(("以下", "以内", "内", "-"), (True, False))


def _scaled(digits: str, unit: str | None) -> Decimal:
    return Decimal(digits) * _TIMES["万" if unit == "W" else unit]


_SEPARATORS = re.compile(r"[\\/、,;|+&\n\r\t]+|\s{2,}|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


def parts(cell: Cell) -> tuple[str, ...]:
    r"""Cut a cell that lists several things at any mix of `\ ＼ 、 / ， ；`, order kept, each once."""
    if isinstance(cell, str):
        pieces = (piece.strip() for piece in _SEPARATORS.split(cell.translate(_HALF)))
        return tuple(dict.fromkeys(piece for piece in pieces if plain(piece) not in _DASHES))
    said = words(cell)
    return (said,) if said else ()
