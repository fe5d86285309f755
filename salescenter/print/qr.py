"""QR codes (ISO/IEC 18004), error level M, small versions, fast enough for five hundred receipts in one job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import compress, zip_longest

from salescenter.print.page import Page

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
# version: (error bytes a block, data bytes of each block), level M (ISO/IEC 18004 table 9)
_BLOCKS: dict[int, tuple[int, tuple[int, ...]]] = {
    1: (10, (16,)), 2: (16, (28,)), 3: (26, (44,)), 4: (18, (32, 32)), 5: (24, (43, 43)),
    6: (16, (27, 27, 27, 27)), 7: (18, (31, 31, 31, 31)), 8: (22, (38, 38, 39, 39)),
    9: (22, (36, 36, 36, 37, 37)), 10: (26, (43, 43, 43, 43, 44)),
}
_ALIGNMENT = {1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38), 8: (6, 24, 42),
              9: (6, 26, 46), 10: (6, 28, 50)}
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0, lambda r, c: r % 2 == 0, lambda r, c: c % 3 == 0, lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0, lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0, lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


@dataclass(frozen=True, slots=True)
class Code:
    """A finished code: `rows` of `size` modules each, the leftmost module in the highest bit."""

    size: int
    rows: tuple[int, ...]


def qr_code(text: str, mask: int | None = None) -> Code:
    """Encode a text; the mask is the one with the least penalty unless named. Raises ValueError when too long."""
    version, words = _encoded(text)
    plan = _plan(version)
    data = plan.placed(int.from_bytes(words) << plan.spare)
    matrices = (data ^ plan.fixed[at] for at in (range(8) if mask is None else (mask,)))
    best = min(matrices, key=plan.penalty)
    ones = (1 << plan.size) - 1
    rows = tuple(best >> (plan.size + 1) * (plan.size - 1 - at) & ones for at in range(plan.size))
    return Code(plan.size, rows)


def draw_qr(page: Page, x: float, y: float, side: float, text: str) -> None:
    """Draw a code whose lower left corner is at (x, y); leave four modules of blank around it."""
    code = qr_code(text)
    wide = (code.size + 7) // 8
    packed = "".join(f"{row << wide * 8 - code.size:0{wide * 2}X}" for row in code.rows)
    page.under.append(
        f"q 0 g {side:.2f} 0 0 {side:.2f} {x:.2f} {y:.2f} cm BI /IM true /W {code.size} /H {code.size} /BPC 1 "
        f"/D [1 0] /F /AHx ID {packed}> EI Q"
    )


def _encoded(text: str) -> tuple[int, bytes]:
    """Choose the smallest version that holds the text; return it with data and error bytes interleaved."""
    few, many = _segment(text, wide=False), _segment(text, wide=True)
    for version, (errors, blocks) in _BLOCKS.items():
        bits, length = many if version >= 10 else few
        room = sum(blocks) * 8
        if length <= room:
            bits <<= (end := min(4, room - length))
            length += end
            bits <<= (end := -length % 8)
            data = bits.to_bytes((length + end) // 8) + b"\xec\x11" * (room // 16 + 1)
            return version, bytes(_interleaved(data, errors, blocks))
    raise ValueError("too long for a QR code on a paper")


def _segment(text: str, *, wide: bool) -> tuple[int, int]:
    """Mode, count and characters as (bits, how many bits); from version 10 on the count is wider."""
    if all(letter in _ALPHANUMERIC for letter in text):
        bits, length = 0b0010 << (11 if wide else 9) | len(text), 15 if wide else 13
        for at in range(0, len(text) - 1, 2):
            bits = bits << 11 | _ALPHANUMERIC.index(text[at]) * 45 + _ALPHANUMERIC.index(text[at + 1])
        if len(text) % 2:
            bits = bits << 6 | _ALPHANUMERIC.index(text[-1])
        return bits, length + len(text) // 2 * 11 + len(text) % 2 * 6
    data, count = text.encode(), 16 if wide else 8
    return (0b0100 << count | len(data)) << len(data) * 8 | int.from_bytes(data), 4 + count + len(data) * 8


def _interleaved(data: bytes, errors: int, blocks: tuple[int, ...]) -> Iterator[int]:
    parts, at = [], 0
    for size in blocks:
        parts.append(data[at:at + size])
        at += size
    tails = [_error_bytes(part, errors) for part in parts]
    for several in (parts, tails):
        yield from (byte for bytes_at in zip_longest(*several) for byte in bytes_at if byte is not None)


def _error_bytes(data: bytes, errors: int) -> bytes:
    """Reed-Solomon remainder, a byte at a time from a table of the generator's multiples."""
    multiples, cut = _multiples(errors), (1 << errors * 8) - 1
    rest = 0
    for byte in data:
        rest = rest << 8 & cut ^ multiples[rest >> errors * 8 - 8 ^ byte]
    return rest.to_bytes(errors)


@cache
def _multiples(errors: int) -> tuple[int, ...]:
    generator = [1]
    root = 1
    for _ in range(errors):
        generator = [a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = _times(root, 2)
    return tuple(int.from_bytes(bytes(_times(k, part) for part in generator[1:])) for k in range(256))


def _times(a: int, b: int) -> int:
    """Multiply in the field of 256 elements (modulus 0x11D)."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a, b = a << 1 ^ (0x11D if a & 0x80 else 0), b >> 1
    return product


@dataclass(frozen=True, slots=True)
class _Plan:
    """What never changes in a version: where each data bit goes, and the fixed modules under each mask."""

    size: int
    inside: int                     # every module of the picture
    spare: int                      # bits left over after the last byte
    fixed: tuple[int, ...]          # for each mask: finders, timing, format, and the mask over the data
    places: tuple[int, ...]         # for each data bit, the highest first: 1 << its module

    def placed(self, stream: int) -> int:
        """The data's dark modules, before any mask."""
        bits = f"{stream:b}".zfill(len(self.places))
        return sum(compress(self.places, map(int, bits)))

    def penalty(self, modules: int) -> int:
        """The four rules of ISO/IEC 18004 8.8.2, counted on the whole picture as one number."""
        step, light = self.size + 1, ~modules & self.inside
        across, down = (_equal(modules, self.inside, shift) for shift in (1, step))
        total = _runs(across, 1) + _runs(down, step)
        total += 40 * (_finders(modules, light, 1) + _finders(modules, light, step))
        total += 3 * (across & across >> step & down & down >> 1).bit_count()
        share = modules.bit_count() * 100 / (self.size * self.size)
        return total + 10 * int(abs(share - 50) / 5)


@cache
def _plan(version: int) -> _Plan:
    size = 17 + 4 * version
    fixed = _function_modules(version, size)
    data = [spot for spot in _path(size) if spot not in fixed]
    errors, blocks = _BLOCKS[version]
    bytes_held = sum(blocks) + errors * len(blocks)
    masked = []
    for mask, dark in enumerate(_MASKS):
        modules = {**fixed, **_format(mask, size)}
        on = [spot for spot, black in modules.items() if black] + [spot for spot in data if dark(*spot)]
        masked.append(sum(_bit(spot, size) for spot in on))
    inside = sum(((1 << size) - 1) << (size + 1) * row for row in range(size))
    return _Plan(size, inside, len(data) - bytes_held * 8, tuple(masked), tuple(_bit(spot, size) for spot in data))


def _bit(spot: tuple[int, int], size: int) -> int:
    """A module as a bit of one number; each row ends in one module that stays empty."""
    row, column = spot
    return 1 << (size + 1) * (size - 1 - row) + size - 1 - column


def _function_modules(version: int, size: int) -> dict[tuple[int, int], bool]:
    fixed: dict[tuple[int, int], bool] = {}
    for row in range(size):
        fixed[6, row] = fixed[row, 6] = row % 2 == 0
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for r in range(max(0, top - 1), min(size, top + 8)):
            for c in range(max(0, left - 1), min(size, left + 8)):
                ring = max(abs(r - top - 3), abs(c - left - 3))
                fixed[r, c] = ring in (0, 1, 3)
    centres = _ALIGNMENT[version]
    for r0 in centres:
        for c0 in centres:
            if (r0, c0) not in ((6, 6), (6, centres[-1]), (centres[-1], 6)):
                for r in range(r0 - 2, r0 + 3):
                    for c in range(c0 - 2, c0 + 3):
                        fixed[r, c] = max(abs(r - r0), abs(c - c0)) != 1
    fixed.update(dict.fromkeys(_format(0, size), False))
    if version >= 7:
        fixed.update(_version_modules(version, size))
    return fixed


def _version_modules(version: int, size: int) -> dict[tuple[int, int], bool]:
    rest = version << 12
    for shift in range(5, -1, -1):
        rest ^= (0x1F25 << shift) if rest >> 12 + shift & 1 else 0
    bits = version << 12 | rest
    modules = {}
    for at in range(18):
        modules[at // 3, size - 11 + at % 3] = modules[size - 11 + at % 3, at // 3] = bool(bits >> at & 1)
    return modules


def _format(mask: int, size: int) -> dict[tuple[int, int], bool]:
    """Both copies of the format bits: level M (00) and the mask, with their BCH remainder."""
    rest = mask << 10
    for shift in range(4, -1, -1):
        rest ^= (0x537 << shift) if rest >> 10 + shift & 1 else 0
    bits = (mask << 10 | rest) ^ 0x5412
    down = [0, 1, 2, 3, 4, 5, 7, 8, *range(size - 7, size)]
    along = [*range(size - 1, size - 9, -1), 7, 5, 4, 3, 2, 1, 0]
    modules = {(size - 8, 8): True}
    for at in range(15):
        modules[down[at], 8] = modules[8, along[at]] = bool(bits >> at & 1)
    return modules


def _path(size: int) -> Iterator[tuple[int, int]]:
    """The way data takes: column pairs from the right, up and down in turn, past the timing column."""
    rows = list(range(size - 1, -1, -1))
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in rows:
            yield row, right
            yield row, right - 1
        rows.reverse()


def _equal(modules: int, inside: int, shift: int) -> int:
    """Modules equal to their neighbour on the higher side, both inside the picture."""
    return ~(modules ^ modules >> shift) & inside & inside >> shift


def _runs(same: int, shift: int) -> int:
    five = same & same >> shift & same >> 2 * shift & same >> 3 * shift
    return five.bit_count() + 2 * (five & ~(five >> shift)).bit_count()


def _finders(modules: int, light: int, shift: int) -> int:
    """Count what looks like a finder, dark light dark dark dark light dark, with four light modules at either side."""
    two = light & light >> shift
    four = two & two >> 2 * shift
    like = modules & light >> shift & light >> 5 * shift & modules >> 6 * shift
    for at in (2, 3, 4):
        like &= modules >> at * shift
    return (like >> 4 * shift & four).bit_count() + (like & four >> 7 * shift).bit_count()
