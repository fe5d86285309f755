"""What a cell says: the signs of its flags, short amounts, a tooltip, a sentence for a screen reader."""

from __future__ import annotations

from datetime import date

from salescenter.domain.grid import Cells
from salescenter.domain.units import DEAL_STATES, UnitState
from salescenter.i18n import listed, spoken, tr, trn
from salescenter.ui.floorplan.grounds import FLAG_ORDER
from salescenter.ui.kit import terms


def flag_letters(flags: int) -> list[str]:
    """Return the signs of the flags that are set, the gravest first."""
    return [terms.flag_letter(flag) for flag in FLAG_ORDER if flags & flag] if flags else []


def flag_names(flags: int) -> list[str]:
    """Return the names of the flags that are set, the gravest first."""
    return [terms.flag_words(flag) for flag in FLAG_ORDER if flags & flag]


def area_text(hundredths: int) -> str:
    """Write an area from hundredths of a square metre: `107.62㎡`; nothing for zero."""
    return f"{hundredths // 100}.{hundredths % 100:02d}㎡" if hundredths else ""


def price_text(fen: int) -> str:
    """Write an amount short enough for a cell, half up: `234.0万`, `1.25亿`, `2.34m`; nothing for zero."""
    if not fen:
        return ""
    return _wan(fen) if spoken() == "zh_CN" else _million(fen)


def _wan(fen: int) -> str:
    if fen >= 9_999_950_000:  # 9,999.95 万 already rounds to a 亿
        hundredths = (fen + 50_000_000) // 100_000_000
        return f"{hundredths // 100}.{hundredths % 100:02d}亿"
    if fen >= 1_000_000:
        tenths = (fen + 50_000) // 100_000
        return f"{tenths // 10}.{tenths % 10}万"
    return str((fen + 50) // 100)


def _million(fen: int) -> str:
    if fen >= 100_000_000:
        hundredths = (fen + 500_000) // 1_000_000
        return f"{hundredths // 100}.{hundredths % 100:02d}m"
    return f"{(fen + 50) // 100:,}"


def rate_text(fen: int) -> str:
    """Write a price a square metre in whole yuan: `21,612/㎡`; nothing for lump sums."""
    return f"{(fen + 50) // 100:,}/㎡" if fen else ""


def days_text(cells: Cells, state: int, i: int, today: int) -> str:
    """Write how long a cell has stood as it does: `12 d`; nothing for units not released."""
    since = cells.released[i] if state == UnitState.FOR_SALE else cells.since[i]
    if state == UnitState.NOT_RELEASED or not since:
        return ""
    return tr("{days} d", days=max(0, today - since))


def spoken_cell(cells: Cells, states: bytes | bytearray, i: int, private: bool) -> str:
    """Say one cell in a sentence, as a screen reader needs it: code, state, type, area, price, flags, buyer."""
    parts = [cells.code[i], terms.state_words(UnitState(states[i])), *flag_names(cells.flags[i])]
    parts += [cells.type[i], cells.facing[i], area_text(cells.area[i]), price_text(cells.total[i])]
    if states[i] in DEAL_STATES and not private:
        parts.append(cells.buyer[i])
    return listed(part for part in parts if part)


def tip(cells: Cells, states: bytes | bytearray, i: int, private: bool, today: int) -> str:
    """Write the tooltip of a cell, one fact a line."""
    lines = [f"{cells.code[i]} · {terms.state_words(UnitState(states[i]))}"]
    lines += [" · ".join(names) for names in [flag_names(cells.flags[i])] if names]
    lines += [joined(cells.type[i], cells.facing[i])]
    lines += [joined(area_text(cells.area[i]), rate_text(cells.unit_price[i]))]
    lines.append(f"{cells.total[i] / 100:,.2f}" if cells.total[i] else "")
    if states[i] in DEAL_STATES and not private:
        lines.append(joined(cells.buyer[i], date.fromordinal(cells.since[i]).isoformat() if cells.since[i] else ""))
    elif states[i] == UnitState.FOR_SALE and cells.quoted[i]:
        quoted = trn("quoted {count} time", "quoted {count} times", count=cells.quoted[i])
        lines.append(joined(quoted, days_text(cells, states[i], i, today)))
    return "\n".join(line for line in lines if line)


def joined(*parts: str) -> str:
    """Put facts side by side, the empty ones left out."""
    return " · ".join(part for part in parts if part)
