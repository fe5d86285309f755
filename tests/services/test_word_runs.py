"""What Word's own means of asking become: controls, form fields, text boxes, tables, notes, tracked changes, signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescenter.services.papers.form_file import open_form
from tests.services import word_files as w

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BOX = f"<w:txbxContent>{w.paragraph(w.said('编号：'), w.lined('      '))}</w:txbxContent>"
TWICE = (
    f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def control(kind: str, content: str = "点此填写", hint: bool = True) -> str:
    shown = "<w:showingPlcHdr/>" if hint else ""
    return f"<w:sdt><w:sdtPr>{shown}{kind}</w:sdtPr><w:sdtContent>{w.said(content)}</w:sdtContent></w:sdt>"


def asked(data: str, told: str = "") -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"{}</w:r>'
    begin = mark.format("begin", f"><w:ffData>{data}</w:ffData></w:fldChar>" if data else "/>")
    code = "<w:r><w:instrText>FORM</w:instrText></w:r>"
    return begin + code + mark.format("separate", "/>") + (w.said(told) if told else "") + mark.format("end", "/>")


def signs(font: str, text: str) -> str:
    return w.said(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


OFFERED = '<w:dropDownList><w:listItem w:displayText="甲款"/><w:listItem w:value="乙款"/></w:dropDownList>'
TICK = '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>'
BARE = '<w:tblBorders><w:top w:val="none"/><w:insideV w:val="nil"/></w:tblBorders>'
LEADER = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="4000"/></w:tabs>'
EN = "\u2002" * 5


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (control("<w:text/>"), "________"),
        (control("<w:text/>", " ", hint=False), "________"),
        (control("<w:text/>", "云栖置业", hint=False), "云栖置业"),
        (control("<w:date/>"), "____年___月___日"),
        (control(OFFERED), "【甲款】【乙款】"),
        (control(TICK, "☐", hint=False), "□"),
        (asked("<w:textInput/>", EN), "________"),
        (asked("<w:textInput/>", "人民币"), "人民币"),
        (asked("<w:checkBox/>"), "□"),
        (asked('<w:ddList><w:listEntry w:val="东"/><w:listEntry w:val="西"/></w:ddList>', "东"), "【东】【西】"),
        (asked("", "7"), "7"),
        (signs("Wingdings", "\uf0a8"), "□"),
        (signs("Wingdings", "o"), "□"),
        (signs("Wingdings 2", "*"), "□"),
        (signs("Wingdings", "\uf0e0"), ""),
        (w.lined(f"{EN}\u2003"), "_______"),
        (w.said("批注", "<w:vanish/>"), ""),
        (w.said("      ", '<w:rStyle w:val="line"/>'), "______"),
        ("<w:r><w:ruby><w:rt/><w:rubyBase><w:r><w:t>垚</w:t></w:r></w:rubyBase></w:ruby></w:r>", "垚"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "（注：见图____）"),
    ],
)
def test_what_word_asks_in_its_own_way_is_a_blank_or_a_choice(tmp_path: Path, runs: str, said: str) -> None:
    note = f'<w:footnotes {w.NS}><w:footnote w:id="2">{w.paragraph(w.said("见图"), w.lined("    "))}</w:footnote></w:footnotes>'
    line = f'<w:styles {w.NS}><w:style w:styleId="line"><w:rPr><w:u w:val="single"/></w:rPr></w:style></w:styles>'
    extra = {"word/footnotes.xml": note, "word/styles.xml": line}
    w.word_file(tmp_path / "a.docx", w.paragraph(w.said("前"), runs, w.said("后")), extra=extra)
    assert open_form(tmp_path / "a.docx") == f"前{said}后\n"


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ((w.paragraph(w.said("首"), TWICE), w.paragraph(w.said("尾"))), "首\n编号：______\n尾\n"),
        ((w.paragraph(w.said("姓名："), "<w:r><w:tab/></w:r>", look=LEADER),), "姓名：________\n"),
        ((w.paragraph(w.said("卖"), look="<w:rPr><w:del/></w:rPr>"), w.paragraph(w.said("方"))), "卖方\n"),
        ((w.paragraph(w.said("首"), look="<w:sectPr/>"), w.paragraph(w.said("尾"))), "首\n{{@换页}}\n尾\n"),
        ((w.paragraph(w.said("首")), w.paragraph(w.said("尾"), look="<w:pageBreakBefore/>")), "首\n{{@换页}}\n尾\n"),
        ((w.table(("姓名", "", "性别", "")),), "姓名　________　性别　________\n"),
        ((w.table(("姓名", "电话"), ("", "")),), "姓名　电话\n________　________\n"),
        ((w.table(("", "面积", "")),), "面积　________\n"),
        ((w.table(("只有一格",)),), "只有一格\n"),
        ((w.table(("姓名", "电话"), ("", ""), look=w.RULED),), "姓名\t电话\n________\t________\n"),
        ((w.table(("", "面积"), ("一层", ""), look=w.RULED),), "\t面积\n一层\t________\n"),
        ((w.table(("姓名", ""), ("电话", ""), look=BARE),), "姓名　________\n电话　________\n"),
    ],
)
def test_no_place_to_write_is_lost_with_its_layout(tmp_path: Path, pieces: tuple[str, ...], said: str) -> None:
    assert open_form(w.word_file(tmp_path / "a.docx", *pieces)) == said


def test_cells_that_go_on_with_the_one_above_and_rows_struck_by_a_reviewer_are_none(tmp_path: Path) -> None:
    above = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{w.paragraph()}</w:tc>"
    name, phone = (f"<w:tc>{w.paragraph(w.said(word))}</w:tc>" for word in ("姓名：", "电话："))
    wrapped = f"<w:sdt><w:sdtContent><w:tr>{above}{phone}</w:tr></w:sdtContent></w:sdt>"
    struck = f"<w:tr><w:trPr><w:del/></w:trPr>{name}</w:tr>"
    w.word_file(tmp_path / "a.docx", f"<w:tbl><w:tr>{name}</w:tr>{wrapped}{struck}</w:tbl>")
    assert open_form(tmp_path / "a.docx") == "姓名：\n电话：\n"


def test_a_cell_that_goes_on_with_the_one_above_keeps_its_column_between_rules(tmp_path: Path) -> None:
    above = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{w.paragraph()}</w:tc>"
    first, second = ("".join(f"<w:tc>{w.paragraph(w.said(word))}</w:tc>" for word in pair) for pair in ("甲乙", "丙丁"))
    rows = f"<w:tr>{first}{second}</w:tr><w:tr>{above}{second}</w:tr>"
    w.word_file(tmp_path / "a.docx", f"<w:tbl><w:tblPr>{w.RULED}</w:tblPr>{rows}</w:tbl>")
    assert open_form(tmp_path / "a.docx") == "甲\t乙\t丙\t丁\n↑\t丙\t丁\n"


@pytest.mark.parametrize(("style", "parted"), [("grid", "\t"), ("after-grid", "\t"), ("bare", "　")])
def test_a_table_is_ruled_where_its_style_draws_lines(tmp_path: Path, style: str, parted: str) -> None:
    styles = (
        f'<w:styles {w.NS}><w:style w:type="table" w:styleId="grid"><w:tblPr>{w.RULED}</w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="after-grid"><w:basedOn w:val="grid"/></w:style>'
        '<w:style w:type="table" w:styleId="bare"/></w:styles>'
    )
    rows = w.table(("甲", "乙"), ("丙", "丁"), look=f'<w:tblStyle w:val="{style}"/>')
    w.word_file(tmp_path / "a.docx", rows, extra={"word/styles.xml": styles})
    assert open_form(tmp_path / "a.docx") == f"甲{parted}乙\n丙{parted}丁\n"


def test_a_cell_as_wide_as_several_columns_keeps_the_others_in_theirs(tmp_path: Path) -> None:
    ruled = w.merged(("{v}部位", "{2}标准"), ("{^}", "材料", "品牌"), ("外墙", "", ""), ("其他", "{2}"), ("{3}完",))
    said = "部位\t标准\t←\n↑\t材料\t品牌\n外墙\t________\t________\n其他\t________\t←\n完\n"
    assert open_form(w.word_file(tmp_path / "a.docx", ruled)) == said
    assert open_form(w.word_file(tmp_path / "b.docx", ruled.replace(w.RULED, ""))) == said.replace("\t←", "").replace(
        "\n↑\t", "\n"
    ).replace("\t", "　")


def test_a_tall_cell_reaches_down_as_far_as_word_says(tmp_path: Path) -> None:
    tall = w.merged(("{v}装修", "墙面", ""), ("{^}", "地面", ""), ("{^}", "{2}"), ("{v}说明", "{2}一"), ("{^}", "{2}二"))
    assert open_form(w.word_file(tmp_path / "a.docx", tall)) == (
        "装修\t墙面\t________\n↑\t地面\t________\n↑\t________\t←\n说明\t一\t←\n↑\t二\t←\n"
    )


def test_a_row_in_which_every_cell_goes_on_is_none(tmp_path: Path) -> None:
    tall = w.merged(("{v}甲", "{v}乙"), ("{^}", "{^}"), ("丙", "丁"))
    assert open_form(w.word_file(tmp_path / "a.docx", tall)) == "甲\t乙\n丙\t丁\n"
