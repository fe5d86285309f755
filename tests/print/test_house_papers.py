"""Letters, forms, covers and labels of the house: what they say, and that their templates are sound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form import Section
from salescenter.domain.papers.letter import LETTERS, letter_faults, letter_fields
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.refusals import TemplateFaulty
from salescenter.print.batch import house_pdf
from tests.print import examples, reading
from tests.print.harsh import worst

LANGUAGES = [(kind, lang) for kind, wording in LETTERS.items() for lang in ("zh_CN", "en")[:1 + wording.english]]


@pytest.mark.parametrize(("kind", "lang"), LANGUAGES)
def test_a_shipped_letter_is_sound_and_says_what_it_must_not_leave_out(kind: PaperKind, lang: str) -> None:
    paper = examples.letter(kind, lang)
    assert letter_faults(paper.template, kind) == ()
    assert paper.left_empty() == ()
    left_out = [name for name in LETTERS[kind].needed if f"{{{{{name}}}}}" not in paper.template]
    assert left_out == ([] if lang == "zh_CN" else [name for name in left_out if name.endswith("大写")])


@pytest.mark.parametrize(("kind", "lang"), LANGUAGES)
def test_every_letter_keeps_to_its_sheet_even_at_its_worst(kind: PaperKind, lang: str) -> None:
    assert reading.astray(house_pdf(worst(examples.letter(kind, lang)))) == []


def test_a_letter_names_whom_what_how_much_and_until_when() -> None:
    said = reading.words(house_pdf(examples.letter()))
    for words in ("催款函", "欧阳䶮、𬭚小明", "3号楼1单元1201", "首付余款", "210,482.00", "〔应付合计大写〕", "〔付款截止日期〕",
                  "第五百六十三条", "云栖置业有限公司（盖章）", "2026年2月24日", "CK20260224-118"):
        assert words in said, words


def test_a_letter_in_english_writes_its_days_in_english() -> None:
    said = " ".join(" ".join(reading.pages(house_pdf(examples.letter(PaperKind.HANDOVER, "en")))).split())
    assert "24 February 2026" in said
    assert "Notice of handover" in said


def test_before_the_contract_a_reminder_speaks_of_the_deposit_instead() -> None:
    paper = examples.letter()
    said = reading.words(house_pdf(replace(paper, said={**paper.said, "已签约": False})))
    assert "第五百八十七条" in said
    assert "第五百六十三条" not in said


def test_a_field_of_another_letter_is_a_fault_at_its_place() -> None:
    assert "欠款合计" not in letter_fields(PaperKind.CLEARED)
    (fault,) = letter_faults("# 证明\n共{{欠款合计}}元", PaperKind.CLEARED)
    assert (fault.line, fault.column, fault.code, fault.what) == (2, 2, "unknown-field", "欠款合计")
    with pytest.raises(TemplateFaulty):
        house_pdf(replace(examples.letter(PaperKind.CLEARED), template="{{欠款合计}}"))


def test_a_form_has_its_facts_its_table_and_a_place_for_each_opinion() -> None:
    rows = reading.rows(house_pdf(examples.form()))
    for words in ("换房审批表", "买受人欧阳䶮、𬭚小明联系电话13800005521", "合计210,482.00", "置业顾问意见：", "申请人：经办人：日期："):
        assert any(words in row for row in rows) or words in "".join(rows), words


@pytest.mark.parametrize("words", [(), ("月供按等额本息计算。" * 20,)])
def test_nobody_signs_a_page_of_a_list_without_a_row_of_it(words: tuple[str, ...]) -> None:
    for count in range(20, 46):
        rows = tuple(ListRow((str(at), f"3号楼{at}01", "欧阳䶮")) for at in range(1, count + 1))
        listed = Section(columns=tuple(map(Column, ("序号", "房号", "买受人"))), rows=rows, words=words)
        paper = examples.form(sections=(listed,), opinions=(), signers=("移交人", "接收人"), landscape=True)
        last = reading.pages(house_pdf(paper))[-1]
        assert "移交人" in last
        assert f"3号楼{count}01" in last, count


def test_a_cover_is_followed_by_what_lies_in_the_file() -> None:
    front, contents = reading.pages(house_pdf(examples.cover()))[:2]
    assert "商品房买卖档案" in front
    assert "卷内目录" in contents
    assert "SJ0000001" in contents


def test_thirty_labels_are_two_sheets_of_eight_times_three() -> None:
    sheets = reading.pages(house_pdf(examples.labels(30)))
    assert [sheet.count("签订") for sheet in sheets] == [24, 6]
