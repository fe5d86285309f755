"""QR codes are those of the standard, module by module, and what they say can be checked again."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRAlphaNum, QRCode, QRErrorCorrectLevel

from salescenter.domain.papers.check import Verdict, read_back
from salescenter.print.qr import qr_code
from tests.print import examples

TEXTS = ("SC1:R:SJ2026000123:6001584:7K3QX9AB", "A", "HELLO WORLD", "SC1:R:收2026000123:6001584:7K3QX9AB", "x" * 100,
         "Y" * 150, "长" * 60, "q" * 200)


def _reference(text: str, mask: int) -> list[int]:
    reference: Any = QRCode(None, QRErrorCorrectLevel.M)
    plain = all(letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" for letter in text)
    reference.addData(QRAlphaNum(text) if plain else QR8bitByte(text.encode()))
    reference.version = reference.calculate_version()
    reference.makeImpl(False, mask)
    return [int("".join("1" if module else "0" for module in row), 2) for row in reference.modules]


@pytest.mark.parametrize("text", TEXTS)
def test_every_module_is_where_another_encoder_puts_it(text: str) -> None:
    for mask in range(8):
        assert list(qr_code(text, mask).rows) == _reference(text, mask)


@pytest.mark.parametrize("text", TEXTS[:4])
def test_the_mask_chosen_is_one_of_the_eight(text: str) -> None:
    assert qr_code(text) in [qr_code(text, mask) for mask in range(8)]


def test_what_does_not_fit_is_said() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_code("x" * 300)


def test_the_code_on_a_receipt_is_genuine_and_an_altered_one_is_not() -> None:
    code = examples.receipt().code()
    assert read_back(code, examples.SECRET).verdict is Verdict.GENUINE
    assert read_back(code.replace("6001584", "6001585"), examples.SECRET).verdict is Verdict.ALTERED
    assert read_back(code.replace(":R:", ":C:"), examples.SECRET).verdict is Verdict.ALTERED
