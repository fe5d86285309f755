"""Reads the bytes of a text somebody else's program wrote."""

from __future__ import annotations

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(raw: bytes) -> str | None:
    """UTF-8 unless its bytes say otherwise; old Chinese systems write GB18030, of which GBK is a part.

    None where it is neither.
    """
    named = next((name for mark, name in _BOMS if raw.startswith(mark)), None)
    for encoding in (named,) if named else ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
