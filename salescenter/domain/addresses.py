"""Reads where a unit lies and what it is: floor, stair, building, door number, use, room count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from salescenter.domain.sheet_values import Cell, Unreadable, Why, chinese_number, is_blank, plain, words
from salescenter.domain.units import Use


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor as written; a home on two floors has its upper one in `top`.

    `level` is the natural number (1 ground, -1 the first basement); `part` places what lies between two numbers:
    0 the floor itself, 1 to 4 a floor named by a letter (12A), 5 the mezzanine (夹层) above it.
    """

    level: int
    part: int
    top: int
    label: str

    @property
    def order(self) -> int:
        """Where it stands among the floors: ten for each level, so that mezzanines and 12A fit between."""
        return self.level * 10 + self.part


_N = r"(\d{1,3}|[零〇一二三四五六七八九十百两]{1,5})"
_END = r"(?:层|楼|F|FL|楼层)?"
_PLAIN = re.compile(rf"(?:第|F)?{_N}{_END}(?:/\d+{_END})?")
_BELOW = re.compile(rf"(?:地下室?|负|B|-|−|地库){_N}{_END}")
_LETTER = re.compile(rf"(?:第|F)?{_N}([A-D]){_END}")
_HALF_WAY = re.compile(rf"(?:第|F)?{_N}(?:层|楼|F)?(?:夹层?|M|\.5|半|MF){_END}")
_PAIR = re.compile(r"(.+?)(?:-|~|至|到|、|/|\+|&)(.+)")
_NAMED = {
    "首层": (1, 0), "底层": (1, 0), "地面层": (1, 0), "G": (1, 0), "GF": (1, 0), "L1": (1, 0), "地下室": (-1, 0),
    "地下": (-1, 0), "地下层": (-1, 0), "夹层": (1, 5), "M": (1, 5), "MF": (1, 5), "地下夹层": (-1, 5), "0": (-1, 5),
    "0F": (-1, 5), "0层": (-1, 5),
}  # fmt: skip
_LOWEST, _HIGHEST = -9, 150


def floor(cell: Cell) -> Floor | None:
    """Read a floor: 12, 12F, 十二层, B1, -1F, 负一层, 3F-4F, 12A, 夹层, 1.5; blank gives None."""
    if is_blank(cell):
        return None
    label, said = words(cell), plain(cell)
    if (one := _level(said)) is not None:
        return _within(Floor(one[0], one[1], one[0], label))
    if pair := _PAIR.fullmatch(said):
        low, high = _level(pair[1]), _level(pair[2])
        if low is not None and high is not None:
            return _within(Floor(min(low, high)[0], min(low, high)[1], max(low, high)[0], label))
    raise Unreadable(Why.NOT_A_FLOOR)


def _level(said: str) -> tuple[int, int] | None:
    if said in _NAMED:
        return _NAMED[said]
    for pattern, sign in ((_PLAIN, 1), (_BELOW, -1)):
        if (found := pattern.fullmatch(said)) and (level := chinese_number(found[1])) is not None:
            return sign * level, 0
    if (found := _HALF_WAY.fullmatch(said)) and (level := chinese_number(found[1])) is not None:
        return level, 5
    if (found := _LETTER.fullmatch(said)) and (level := chinese_number(found[1])) is not None:
        return level, ord(found[2]) - ord("A") + 1
    return None


def _within(found: Floor) -> Floor:
    if not _LOWEST <= found.level <= _HIGHEST or found.level == 0:
        raise Unreadable(Why.NOT_A_FLOOR)
    return found


_STAIR_ENDS = re.compile(r"(?:单元号?|梯|门)$")


def stair(cell: Cell) -> str:
    """Read a stair (单元) in one spelling: 1, 一单元 and 1单元 are all `1单元`; blank and `--` are ""."""
    if is_blank(cell):
        return ""
    said = plain(cell)
    stem = _STAIR_ENDS.sub("", said).removeprefix("第")
    value = chinese_number(stem)
    if value is not None:
        return f"{value}单元"
    return f"{stem}单元" if re.fullmatch(r"[A-Z甲乙丙丁戊东西南北中]{1,2}", stem) else words(cell)


_BUILDING_ENDS = re.compile(r"(?:号楼|号栋|#楼|#栋|栋|幢|座|楼|号|#)$")
_BUILDING_NUMBER = re.compile(r"([A-Z]{0,2}\d{1,3}(?:-\d{1,2})?[A-Z]?|[A-Z]{1,2}|[一二三四五六七八九十百]{1,4})$")


def building(cell: Cell) -> str:
    """Read a building's name as written; a bare number becomes `3栋`; blank is ""."""
    if is_blank(cell):
        return ""
    said = words(cell)
    return f"{said}栋" if re.fullmatch(r"\d{1,3}", said) else said


@lru_cache(maxsize=4096)
def building_key(name: str) -> str:
    """Return what two spellings of one building share: 3栋, 3#, 3号楼, 三号楼 are all `3`."""
    stem = _BUILDING_ENDS.sub("", plain(name)).removeprefix("第")
    value = chinese_number(stem)
    return stem if value is None else str(value)


def in_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort names with numbers as people do: 2栋 before 10栋, names without a number last."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part)


def estate_prefix(names: list[str]) -> str:
    """Return the estate's name when every building carries it in front of its own number (云栖花园3栋), else ""."""
    stems = set()
    for name in names:
        ending = _BUILDING_ENDS.search(name)
        own = _BUILDING_NUMBER.search(name[: ending.start()] if ending else name)
        if ending is None or own is None or own.start() < 2:
            return ""
        stems.add(name[: own.start()])
    return stems.pop() if len(stems) == 1 else ""


@lru_cache(maxsize=4096)
def stair_key(name: str) -> str:
    """Return what two spellings of one stair share; no stair is ""."""
    return _STAIR_ENDS.sub("", plain(stair(name)))


@dataclass(frozen=True, slots=True)
class Door:
    """A door number, with the building and stair where the same cell names them (`1单元-901`, `S6#-101`).

    lead: a number before a dash that is the building where the list names none, else the stair (`3-1201`).
    """

    number: str
    stair: str = ""
    building: str = ""
    lead: str = ""


_DOOR = re.compile(
    r"(?:(?P<building>.*?(?:号楼|栋|幢|座|#楼|#|楼))[-—_ ]?)?"
    r"(?:(?P<stair>[A-Z\d一二三四五六七八九十]{1,3}(?:单元|梯))[-—_ ]?)?"
    r"(?P<number>[A-Z]{0,3}-?[\dA-Z]{1,8}(?:-\d{1,4})?)(?:室|号|房|户)?"
)
_TWO = re.compile(r"((?!B\d)[A-Z]?\d{1,3}[A-Z]?)-(\d{3,4}[A-Z]?|\d{1,2}[A-Z])(?:室|号|房)?")
_THREE = re.compile(r"([A-Z]?\d{1,3}[A-Z]?)-(\d{1,2})-(\d{1,4}[A-Z]?)(?:室|号|房)?")


def door(cell: Cell) -> Door | None:
    """Read a door number: 701.0, `01`, 1A, `1单元-901`, `S6#-101`, 3-1-1201, 1201室; blank gives None."""
    if is_blank(cell):
        return None
    said = plain(cell)
    if found := _THREE.fullmatch(said):
        return Door(found[3], f"{int(found[2])}单元", building(found[1]))
    if found := _TWO.fullmatch(said):
        return Door(found[2], lead=found[1])
    if (found := _DOOR.fullmatch(said)) and (found["building"] or found["stair"]):
        return Door(found["number"], stair(found["stair"]), building(found["building"]))
    return Door(re.sub(r"(?<=\d)(?:室|号房?|房|户)$", "", said))


def floor_of_number(number: str) -> int | None:
    """Guess the floor from a door number (1201 is 12, 2B is 2), None when it cannot be told."""
    found = re.fullmatch(r"(\d{1,2})(?:\d{2}[A-Z]?|[A-Z])", number)
    return int(found[1]) if found and int(found[1]) > 0 else None


_USES: tuple[tuple[Use, str], ...] = (
    (Use.PARKING, r"车位|车库|停车|机动车|人防车"),
    (Use.STORAGE, r"储藏|储物|杂物|仓库|自行车"),
    (Use.SHOP, r"商铺|商业|店|门面|底商|办公|写字|公寓式办公|商用|铺"),
    (Use.HOME, r"住宅|住房|高层|洋房|别墅|公寓|叠拼|联排|商品房|居住|小高层|多层|平层|复式|跃"),
)


def use(cell: Cell) -> Use | None:
    """Read the use (规划用途) by the trade's words; blank gives None, an unknown word is refused."""
    if is_blank(cell):
        return None
    said = plain(cell)
    for found, pattern in _USES:
        if re.search(pattern, said):
            return found
    raise Unreadable(Why.UNKNOWN_WORD)


@dataclass(frozen=True, slots=True)
class Rooms:
    """How many bedrooms, halls and bathrooms a unit type (户型) names; 0 where it does not say."""

    rooms: int = 0
    halls: int = 0
    baths: int = 0


_COUNT = r"([\d零一二三四五六七八九十两]{1,2})"
_ROOMS = tuple(re.compile(_COUNT + unit) for unit in ("(?:室|房|居)", "厅", "(?:卫|浴)"))
_SHORT = re.compile(r"(\d)[-*](\d)[-*](\d)(?:[-*]\d)?")


def rooms(cell: Cell) -> Rooms:
    """Count the rooms of 三室两厅两卫, 3房2厅, 3-2-2; nothing readable gives zeros."""
    said = plain(cell)
    if short := _SHORT.fullmatch(said):
        return Rooms(int(short[1]), int(short[2]), int(short[3]))
    counts = [chinese_number(found[1]) or 0 if (found := pattern.search(said)) else 0 for pattern in _ROOMS]
    return Rooms(*counts)


_FACING = re.compile(r"(?:朝|向|座|坐|\s)")


def facing(cell: Cell) -> str:
    """Read an orientation (朝向): 朝南 and 南向 are both 南; blank is ""."""
    return "" if is_blank(cell) else _FACING.sub("", words(cell))
