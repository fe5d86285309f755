"""The tables of a template: cells parted by tabs, each column below its head, over as many pages as they need."""

from __future__ import annotations

import pypdfium2

from salescenter.domain.templates import fill, read_template
from salescenter.print.contract import contract_pdf
from salescenter.print.template_table import abreast, runs
from tests.print import examples, reading

HEAD, ROWS = "部位\t标准", "外墙\t涂料\n电梯\t八人"


def parted(text: str) -> list[int]:
    return [len(rows) for rows in runs(fill(read_template(text), {}))]


def test_lines_with_tabs_one_below_the_other_are_one_table() -> None:
    assert parted(f"附件一\n{HEAD}\n{ROWS}\n完") == [1, 3, 1]
    assert parted(f"{HEAD}\n\n{HEAD}\n{ROWS}") == [1, 1, 3]  # one line alone is none, a blank line ends one


def test_what_is_signed_side_by_side_is_no_table() -> None:
    assert parted(f"{HEAD}\n{ROWS}\n出卖人：______\t买受人：______\n日期：{{{{~9}}}}\t日期：{{{{~9}}}}") == [3, 1, 1]


def test_each_cell_stands_below_the_head_of_its_column_within_rules() -> None:
    pdf = contract_pdf(examples.contract(template="姓名\t证件\t电话\n{{买受人姓名}}\t{{~6}}\t{{法定代表人电话}}\n丙\t丁\t戊"))
    place = {letter.letter: letter for letter in reading.letters(pdf)}
    assert place["名"].left < place["丁"].left < place["电"].left
    assert place["丙"].left < place["证"].left
    assert reading.drawn(pdf).count("path") >= 9
    assert reading.astray(pdf) == []


def test_a_row_with_fewer_cells_leaves_no_gap_and_a_lone_row_is_a_line() -> None:
    pdf = contract_pdf(examples.contract(template="甲\t乙\t丙\n小计\t很长的一句话放在这里\n\n丁\t戊"))
    assert reading.astray(pdf) == []
    assert "丁戊" in reading.words(pdf)


def test_a_long_table_says_its_head_again_on_each_page_and_cuts_no_row() -> None:
    body = "\n".join(f"第{count}项\t" + "按照规划部门批准的方案施工，" * 8 for count in range(1, 60))
    pdf = contract_pdf(examples.contract(template=f"{HEAD}\n{body}"))
    pages = reading.pages(pdf)
    assert len(pages) > 2
    assert all("部位" in page for page in pages)
    assert reading.astray(pdf) == []


def test_a_cell_as_wide_as_several_stands_over_their_columns_and_its_head_over_both_lines() -> None:
    text = "部位\t标准\t←\n\t材料\t品牌\n外墙\t涂料\t晨光\n备注很长\t两格\t←\n{{买受人姓名}}\t左\t右"
    pdf = contract_pdf(examples.contract(template=text))
    place = {letter.letter: round(letter.left / 4) for letter in reading.letters(pdf)}
    assert place["材"] < place["标"] < place["品"]
    assert place["涂"] == place["两"] == place["左"]
    assert place["晨"] == place["右"] > place["左"] + 4
    assert "←" not in reading.words(pdf)
    assert reading.astray(pdf) == []


def test_what_is_signed_side_by_side_in_wide_cells_says_nothing_between() -> None:
    rows = "甲方（公章）：\t←\t乙方（签字）：\t←\n代表：\t{{~8}}\t丙：\t{{~8}}"
    pdf = contract_pdf(examples.contract(template=rows))
    place = {letter.letter: letter.left for letter in reading.letters(pdf)}
    assert abs(place["乙"] - place["丙"]) < 8
    assert place["乙"] - place["甲"] > 150
    assert "←" not in reading.words(pdf)


def test_what_was_filled_in_stays_marked_where_cells_stand_side_by_side() -> None:
    line = fill(read_template("日期：\t←\t{{买受人}}\t地点：{{出卖人}}"), {"买受人": "某甲", "出卖人": "某乙"})[0]
    said = abreast(line, 40.0)
    assert [said.text[start:end] for start, end in said.marks] == ["某甲", "某乙"]


def spots(pdf: bytes, page: int = 0) -> dict[str, reading.Letter]:
    return {letter.letter: letter for letter in reading.letters(pdf, page)}


def rules_across(pdf: bytes) -> list[tuple[float, float, float]]:
    """The rules drawn from left to right: their height, where they begin and end, in points."""
    with reading.opened(pdf) as document:
        boxes = [one.get_bounds() for one in document[0].get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    return [(y, left, right) for left, low, right, high in boxes for y in (low, high) if right - left > 6]


def test_a_cell_as_high_as_several_rows_stands_in_their_middle_and_no_rule_crosses_it() -> None:
    pdf = contract_pdf(examples.contract(template="部位\t项\t做法\n装修\t墙\t涂\n↑\t地\t砖\n↑\t顶\t漆\n外\t{{~4}}\t完"))
    place = spots(pdf)
    assert "↑" not in reading.words(pdf)
    middle = (place["装"].top + place["装"].bottom) / 2
    assert abs(middle - (place["地"].top + place["地"].bottom) / 2) < 1
    crossing = [y for y, left, right in rules_across(pdf)
                if left < place["装"].left < right and place["顶"].bottom < y < place["墙"].top]  # fmt: skip
    assert crossing == []
    beside = {round(y / 5) for y, left, right in rules_across(pdf)
              if left < place["墙"].left < right and place["顶"].top < y < place["墙"].bottom}  # fmt: skip
    assert len(beside) == 2
    assert reading.astray(pdf) == []


def test_words_that_need_more_than_their_rows_make_the_last_one_higher() -> None:
    pdf = contract_pdf(examples.contract(template="甲\t乙\n" + "很长的一段说明" * 40 + "\t丙\n↑\t丁\n戊\t己"))
    place = spots(pdf)
    assert place["丙"].bottom - place["丁"].top > 40
    assert reading.astray(pdf) == []


def test_a_head_over_two_lines_is_one_cell_where_it_says_so_and_comes_again() -> None:
    body = "\n".join(f"第{count}项\t甲{count}\t乙{count}" for count in range(1, 60))
    pdf = contract_pdf(examples.contract(template=f"部位\t标准\t←\n↑\t材料\t品牌\n{body}"))
    for page in range(2):
        place = spots(pdf, page)
        assert place["准"].bottom > place["部"].bottom > place["材"].bottom
    assert reading.astray(pdf) == []


def test_a_cell_higher_than_a_page_says_its_words_again_on_each() -> None:
    body = "\n".join(f"↑\t第{count}种做法" for count in range(2, 80))
    pdf = contract_pdf(examples.contract(template=f"部位\t做法\n外墙\t第1种做法\n{body}"))
    pages = reading.pages(pdf)
    assert len(pages) > 2
    assert all("外墙" in page for page in pages)
    assert [count for count in range(1, 80) if f"第{count}种做法" not in "".join(pages)] == []
    assert reading.astray(pdf) == []


def test_a_cell_that_goes_on_with_none_of_its_width_above_is_a_cell_alone() -> None:
    pdf = contract_pdf(examples.contract(template="↑\t甲\n乙\t←\n↑\t丙\n↑\t↑\n丁\t戊"))
    assert [one in reading.words(pdf) for one in "甲乙丙丁戊↑"] == [True] * 5 + [False]
    assert reading.astray(pdf) == []


def test_a_cell_both_wide_and_high_may_be_said_in_two_ways() -> None:
    both = [contract_pdf(examples.contract(template=f"甲\t乙\t丙\n门窗\t←\t铝\n↑\t{said}\t玻璃\n{{{{~4}}}}\t丁\t戊")) for said in "←↑"]
    assert both[0] == both[1]
