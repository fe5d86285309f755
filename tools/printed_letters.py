"""Writes down which characters the fonts of papers can draw: `python -m tools.printed_letters` after a font changed."""

from __future__ import annotations

from pathlib import Path

from salescenter.domain.printed_letters import packed
from salescenter.print.fonts import drawn

FILE = Path(__file__).resolve().parent.parent / "salescenter" / "domain" / "printed_letters.py"
_OPENS, _CLOSES = "_PACKED = (\n", "\n)\n"
_WIDE = 112


def main() -> None:
    """Put the fonts' coverage in the place of the one that stands there."""
    before, _, rest = FILE.read_text("utf-8").partition(_OPENS)
    said = packed(map(ord, drawn()))
    lines = "\n".join(f'    "{said[at:at + _WIDE]}"' for at in range(0, len(said), _WIDE))
    FILE.write_text(f"{before}{_OPENS}{lines}{_CLOSES}{rest.partition(_CLOSES)[2]}", "utf-8")


if __name__ == "__main__":
    main()
