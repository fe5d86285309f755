"""A receipt says who paid how much for what, in figures, words and boxes, and whether it still counts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.receipt import ReceiptLine, Reprint, Voided
from salescenter.print.receipt import receipt_pdf, receipts_pdf
from tests.print import examples, reading


def test_a_receipt_tells_its_story() -> None:
    pdf = receipt_pdf(examples.receipt())
    said = "\n".join(reading.rows(pdf))
    for part in (
        "收款收据", "№SJ2026000123", "日期：2026年2月24日", "云栖置业有限公司", "交款人欧阳䶮、𬭚小明", "3号楼1单元1201",
        "107.62㎡", "协议编号RG2026-0123付款方式转账", "定金", "50,000.00", "人民币陆万零壹拾伍元捌角肆分", "¥60,015.84",
        "收款员：李娜", "经手人：王小明", "第二联客户", "备注银行回单号20260224-8817",
    ):
        assert part in said, part
    assert "重印" not in said
    assert "作废" not in said


def test_the_boxes_hold_one_digit_each_with_the_stop_mark_before_the_first() -> None:
    paper = examples.receipt()
    assert "".join(paper.boxes) == "¥陆零零壹伍捌肆"
    assert "数位亿仟佰¥拾陆万零仟零佰壹拾伍元捌角肆分" in reading.rows(receipt_pdf(paper))


def test_an_english_receipt_is_english_around_the_chinese_names() -> None:
    said = reading.words(receipt_pdf(examples.receipt(lang="en", method="Transfer")))
    for part in ("Receipt", "Date:24February2026", "Receivedfrom", "欧阳䶮、𬭚小明", "Constructionarea", "Totalinwords"):
        assert part in said, part
    assert "收款收据" not in said


def test_a_reprint_says_which_it_is_and_why() -> None:
    said = reading.words(receipt_pdf(examples.receipt(reprint=Reprint(2, "客户遗失"))))
    assert "第2次重印：客户遗失" in said


def test_a_void_receipt_says_since_when_why_and_by_which_entry() -> None:
    voided = Voided(date(2026, 3, 1), "金额有误", "SJ2026000130")
    said = reading.words(receipt_pdf(examples.receipt(voided=voided)))
    assert "2026年3月1日作废：金额有误" in said
    assert "红冲SJ2026000130" in said
    assert said.count("作废") == 2


def test_a_refund_is_written_below_zero() -> None:
    back = -Money.yuan("20000")
    places = "亿仟佰拾万仟佰拾元角分"
    paper = examples.receipt(title="退款单", lines=(ReceiptLine("退定金", back),), total=back, words=in_words(back),
                             boxes=digit_boxes(back, places))
    said = reading.words(receipt_pdf(paper))
    assert "退款单" in said
    assert "人民币负贰万元整" in said
    assert "-¥20,000.00" in said


def test_many_items_go_on_to_a_second_sheet_and_none_is_lost() -> None:
    lines = tuple(ReceiptLine(f"款项{at}", Money.yuan(at)) for at in range(1, 6))
    paper = examples.receipt(lines=lines)
    first, second = reading.pages(receipt_pdf(paper))
    assert "1/2" in first
    assert "2/2" in second
    assert all(f"款项{at}" in first + second for at in range(1, 6))


def test_a_long_list_of_payers_is_never_cut() -> None:
    payers = "、".join(f"阿卜杜拉·买买提{at}" for at in range(10, 24))
    said = reading.words(receipt_pdf(examples.receipt(payer=payers, remark="备" * 240)))
    assert payers in said
    assert "备" * 240 in said


def test_five_hundred_receipts_are_one_small_file_in_their_order() -> None:
    papers = [examples.receipt(f"SJ2026{at:06d}") for at in range(500)]
    job = receipts_pdf(papers)
    texts = reading.pages(job)
    assert len(texts) == 500
    assert len(job) < 1_000_000
    numbers = [text[text.index("SJ2026"):][:12] for text in texts]
    assert all(before < after for before, after in pairwise(numbers))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_an_empty_field_leaves_its_cell_empty_and_nothing_else_moves(lang: str) -> None:
    bare = examples.receipt(lang=lang, phone="", area="", deal="", method="", slip="", remark="", handler="", copy="")
    said = reading.words(receipt_pdf(bare))
    assert "None" not in said
    assert "㎡" not in said
