"""Kinds of paper, and the check value that tells a genuine one from an altered one."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum


class PaperKind(StrEnum):
    """Every paper the house prints; the value is what archives and commands call it."""

    RECEIPT = "receipt"            # 收款收据
    SUBSCRIPTION = "subscription"  # 认购书
    CONTRACT = "contract"          # 商品房买卖合同
    QUOTATION = "quotation"        # 置业计划书
    REGISTRATION = "registration"  # 来访登记表
    GRID = "grid"                  # 销控表
    LISTING = "listing"            # 一览表


_MARK = "SC1"
_LETTER = {kind: kind.value[0].upper() if kind is not PaperKind.REGISTRATION else "V" for kind in PaperKind}
_KIND = {letter: kind for kind, letter in _LETTER.items()}


class Verdict(StrEnum):
    """What a code read from a paper proves."""

    GENUINE = "genuine"        # 相符
    ALTERED = "altered"        # 被改动
    UNREADABLE = "unreadable"  # not one of our codes


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a scanned or typed code says; all but the verdict empty where it could not be read."""

    verdict: Verdict
    kind: PaperKind | None = None
    number: str = ""
    amount_fen: int = 0


def check_value(kind: PaperKind, number: str, amount_fen: int, secret: bytes) -> str:
    """Return eight letters that only the house can make for this paper, number and amount (fen).

    HMAC-SHA-256 cut to 40 bits, in the 32 letters that survive being typed from paper (RFC 4648).
    """
    said = f"{kind.value}\x1f{number}\x1f{amount_fen}".encode()
    return base64.b32encode(hmac.new(secret, said, hashlib.sha256).digest()[:5]).decode("ascii")


def code_text(kind: PaperKind, number: str, amount_fen: int, check: str) -> str:
    """Return what the QR code on the paper says: `SC1:R:number:fen:check`."""
    return f"{_MARK}:{_LETTER[kind]}:{number}:{amount_fen}:{check}"


def read_back(text: str, secret: bytes) -> ReadBack:
    """Read a code again, typed or from a scanner, and say whether the house made it for these figures."""
    mark, *parts = text.strip().split(":")
    if mark.upper() != _MARK or len(parts) < 4 or parts[0].upper() not in _KIND:
        return ReadBack(Verdict.UNREADABLE)
    kind, number, fen, check = _KIND[parts[0].upper()], ":".join(parts[1:-2]), parts[-2], parts[-1].upper()
    if not fen.removeprefix("-").isdecimal() or not fen.isascii():
        return ReadBack(Verdict.UNREADABLE)
    good = hmac.compare_digest(check.encode(), check_value(kind, number, int(fen), secret).encode())
    return ReadBack(Verdict.GENUINE if good else Verdict.ALTERED, kind, number, int(fen))
