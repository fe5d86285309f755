"""Kinds of paper, and the check value that tells a genuine one from an altered one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class PaperKind(StrEnum):
    """Every paper the house prints, and what customers bring; the value is what archives and commands call it."""

    RECEIPT = "receipt"            # 收款收据
    SUBSCRIPTION = "subscription"  # 认购书
    CONTRACT = "contract"          # 商品房买卖合同
    QUOTATION = "quotation"        # 置业计划书
    REGISTRATION = "registration"  # 来访登记表
    GRID = "grid"                  # 销控表
    LISTING = "listing"            # 一览表
    DUNNING = "dunning"            # 催款函
    CLEARED = "cleared"            # 付清证明
    STATEMENT = "statement"        # 对账函
    HANDOVER = "handover"          # 交房通知书
    RESCISSION = "rescission"      # 解除协议
    SUPPLEMENT = "supplement"      # 补充协议
    SWAP = "swap"                  # 换房审批表
    RENAMING = "renaming"          # 更名、增减名审批表
    WITHDRAWAL = "withdrawal"      # 退房审批表
    FORFEITURE = "forfeiture"      # 挞定审批表
    DISCOUNT = "discount"          # 优惠审批表
    SETTLEMENT = "settlement"      # 结算清单
    MEASURING = "measuring"        # 面积补差计算表
    COSTS = "costs"                # 购房费用明细
    SELECTION = "selection"        # 选房确认单
    CHECKLIST = "checklist"        # 按揭资料清单
    PERFORMANCE = "performance"    # 合同履行一览表
    FILING = "filing"              # 备案批次交接单
    LENDING = "lending"            # 按揭批次交接单
    COVER = "cover"                # 装订封面
    LABELS = "labels"              # 档案标签
    DESTRUCTION = "destruction"    # 单据销毁清册
    RECEIVED = "received"          # 客户资料: never printed here, kept as scans


PRINTED = tuple(kind for kind in PaperKind if kind is not PaperKind.RECEIVED)
ISSUED = tuple(kind for kind in PRINTED if kind not in (PaperKind.GRID, PaperKind.LISTING))
"""Papers with a number of their own: kept whenever they leave the house, a second one marked as a reprint."""

_MARK = "SC1"
_WRITTEN = "*"
_MISREAD = str.maketrans("018", "OIB")
_TYPED = re.compile(
    r"(?P<number>\S+)\s+(?:[¥￥]?\s?(?P<amount>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)\s?元?\s+)?(?P<check>[A-Za-z0-8]{8})"
)
"""How a number, an amount in yuan and a check value are typed behind each other."""

CODES = {
    PaperKind.RECEIPT: "R", PaperKind.SUBSCRIPTION: "S", PaperKind.CONTRACT: "C", PaperKind.QUOTATION: "Q",
    PaperKind.REGISTRATION: "V", PaperKind.GRID: "G", PaperKind.LISTING: "L",
    PaperKind.DUNNING: "CK", PaperKind.CLEARED: "FQ", PaperKind.STATEMENT: "DZ", PaperKind.HANDOVER: "JF",
    PaperKind.RESCISSION: "JC", PaperKind.SUPPLEMENT: "BC", PaperKind.SWAP: "HF", PaperKind.RENAMING: "GM",
    PaperKind.WITHDRAWAL: "TF", PaperKind.FORFEITURE: "TD", PaperKind.DISCOUNT: "YH", PaperKind.SETTLEMENT: "JS",
    PaperKind.MEASURING: "MJ", PaperKind.COSTS: "FY", PaperKind.SELECTION: "XF", PaperKind.CHECKLIST: "AJ",
    PaperKind.PERFORMANCE: "LX", PaperKind.FILING: "BA", PaperKind.LENDING: "DK", PaperKind.COVER: "FM",
    PaperKind.LABELS: "BQ", PaperKind.DESTRUCTION: "XH", PaperKind.RECEIVED: "ZL",
}  # fmt: skip
"""What a code calls a paper; the later kinds' numbers begin with the same letters."""

_KIND = {letter: kind for kind, letter in CODES.items()}


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
    """Return what the QR code on the paper says: `SC1:R:number:fen:check`.

    A scanner types only what a keyboard has, so a number with Chinese letters stands in those that survive (RFC 4648).
    """
    said = number if number.isascii() else _WRITTEN + base64.b32encode(number.encode()).decode("ascii").rstrip("=")
    return f"{_MARK}:{CODES[kind]}:{said}:{amount_fen}:{check}"


def read_back(text: str, secret: bytes) -> ReadBack:
    """Read a code again, typed or from a scanner, and say whether the house made it for these figures."""
    mark, *parts = plain(text).split(":")
    if mark.upper() != _MARK or len(parts) < 4 or parts[0].upper() not in _KIND:
        return ReadBack(Verdict.UNREADABLE)
    kind, number, fen, check = _KIND[parts[0].upper()], _number(":".join(parts[1:-2])), parts[-2], parts[-1]
    if not fen.removeprefix("-").isdecimal() or not fen.isascii():
        return ReadBack(Verdict.UNREADABLE)
    return _proven((kind,), number, (int(fen),), check, secret) or ReadBack(Verdict.ALTERED, kind, number, int(fen))


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed off a paper: its number, the amount (fen) where it was typed, too, and the check value."""

    number: str
    amount_fen: int | None
    check: str

    def proven(self, amounts: Iterable[int], secret: bytes) -> ReadBack | None:
        """Say which paper this is, for the amount typed or else one of these (fen); none where none fits."""
        sums = amounts if self.amount_fen is None else (self.amount_fen,)
        return _proven(PRINTED, self.number, sums, self.check, secret)


def typed_off(text: str) -> Typed | None:
    """Read `number check` or `number amount check` as they stand beside a code; none where it is not so."""
    found = _TYPED.fullmatch(plain(text))
    if found is None:
        return None
    fen = round(Decimal(found["amount"].replace(",", "")) * 100) if found["amount"] else None
    return Typed(found["number"], fen, found["check"])


def is_code(text: str) -> bool:
    """Whether a text begins as the codes of papers do: somebody scanned one, wherever the cursor stood."""
    return plain(text).upper().startswith(f"{_MARK}:")


def plain(text: str) -> str:
    """What was typed without what an input method made of it: signs of one width, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def _proven(kinds: Iterable[PaperKind], number: str, amounts: Iterable[int], check: str, secret: bytes
            ) -> ReadBack | None:  # fmt: skip
    """The paper that a check value was made for; caps lock turns a scanner's letters round, a person reads 0 for O."""
    said, sums = check.upper().translate(_MISREAD).encode(), tuple(dict.fromkeys(amounts))
    for one in dict.fromkeys((number, number.upper())):
        for kind in kinds:
            for fen in sums:
                if hmac.compare_digest(said, check_value(kind, one, fen, secret).encode()):
                    return ReadBack(Verdict.GENUINE, kind, one, fen)
    return None


def _number(said: str) -> str:
    if not said.startswith(_WRITTEN):
        return said
    letters = said[1:].upper()
    try:
        return base64.b32decode(letters + "=" * (-len(letters) % 8)).decode()
    except ValueError:
        return said
