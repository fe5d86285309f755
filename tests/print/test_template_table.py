"""The tables of a template: cells parted by tabs, each column below its head, over as many pages as they need."""

from __future__ import annotations

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
