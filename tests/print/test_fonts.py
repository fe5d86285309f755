"""Every character a name may hold prints and reads back, and what cannot print is refused by name."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from salescenter.domain import printed_letters
from salescenter.domain.printed_letters import (
    BLANKS,
    LOOKS_LIKE,
    RADICALS,
    UNSEEN,
    check_printable,
    packed,
    unprintable,
)
from salescenter.domain.refusals import NoGlyph
from salescenter.print.book import A3, Book
from salescenter.print.breaker import break_lines
from salescenter.print.fonts import FIGURES, HALF, THIN, Face, drawn, typeface
from salescenter.print.page import Ink, wide
from tests.print import reading

# The standard characters (通用规范汉字) outside the range 一 to 龥: names are full of them, systems forget them.
RARE = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮鿍鿎鿏"
    "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼"
    "𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀"
    "𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
COMMON = "".join(map(chr, range(0x4E00, 0x9FA6)))  # 一 to 龥: the rest of the standard, and all of GBK's
FALLBACK = "𠀎𠀪𠀀𪘀"  # two only in the third font, two only in the fourth
FACES = list(Face)


def _printed(text: str, face: Face) -> bytes:
    book = Book()
    for at in range(0, len(text), 6000):
        page = book.page(*A3)
        for line in range(0, len(text[at:at + 6000]), 80):
            page.text(20, 1150 - line / 80 * 15, text[at:at + 6000][line:line + 80], Ink(face, 10))
    return book.pdf("all", "test", datetime(2026, 1, 1))  # noqa: DTZ001


def test_every_standard_character_reads_back_as_itself() -> None:
    assert len(RARE) == 276
    assert reading.words(_printed(COMMON + RARE, Face.SERIF)) == COMMON + RARE


@pytest.mark.parametrize("face", FACES)
def test_rare_names_read_back_in_every_face_and_by_two_readers(face: Face) -> None:
    text = "𬭚䶮" + RARE
    pdf = _printed(text, face)
    assert reading.words(pdf) == text
    assert "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split()) == text


@pytest.mark.parametrize("face", FACES)
def test_a_character_of_the_last_fonts_of_the_chain_still_prints(face: Face) -> None:
    rare = [letter for letter in FALLBACK if ord(letter) in typeface(face).main.glyphs]
    assert rare == []
    assert reading.words(_printed(f"囍{FALLBACK}髙", face)) == f"囍{FALLBACK}髙"


@pytest.mark.parametrize("letter", ["😀", "\ue000", "\ue083", "\x07", "\U0002ffff"])
def test_what_no_font_has_is_refused_by_name_when_it_is_saved(letter: str) -> None:
    with pytest.raises(NoGlyph) as refused:
        check_printable(f"王{letter}明", field="name")
    assert refused.value.details == {"character": letter, "codepoint": f"U+{ord(letter):04X}", "field": "name"}


def test_what_is_written_down_of_the_fonts_is_what_they_draw() -> None:
    """After a font changed: `python -m tools.printed_letters`."""
    fonts, prints = drawn(), frozenset(BLANKS + UNSEEN).union(LOOKS_LIKE)
    assert all((not unprintable(letter)) == (letter in fonts or letter in prints) for letter in map(chr, range(0x110000)))
    assert packed(map(ord, fonts)) == printed_letters._PACKED


def test_what_can_be_printed_is_not_refused() -> None:
    check_printable("")
    check_printable("\u202d13800005521\u202c")  # a number copied from a chat
    check_printable("欧阳䶮 · O'Neil-Müller ㎡ ¥1,234.50 “囍”")


def test_blanks_and_unseen_characters_of_pasted_text_print_as_what_they_look_like() -> None:
    check_printable("王\t明\n\u200b\ufeff")
    assert reading.words(_printed("王\t明\u200b\ufeff小\xa0红\n", Face.SERIF)) == "王明小红"
    assert wide("王\u200b明", Ink()) == wide("王明", Ink())


@pytest.mark.parametrize("face", FACES)
def test_what_a_pdf_or_a_word_file_says_with_another_character_prints_as_its_like(face: Face) -> None:
    assert len(RADICALS) == 214
    assert reading.words(_printed("".join(LOOKS_LIKE), face)) == "".join(LOOKS_LIKE.values())
    assert wide("⾦", Ink(face)) == wide("金", Ink(face))


def test_a_missing_glyph_never_prints_as_an_empty_box() -> None:
    with pytest.raises(NoGlyph):
        _printed("名字😀", Face.SANS_BOLD)


@pytest.mark.parametrize("face", FACES)
def test_figures_are_equally_wide_so_that_columns_line_up(face: Face) -> None:
    assert len({wide(digit.translate(FIGURES), Ink(face)) for digit in "0123456789"}) == 1
    pdf = _printed("1,234.50 0.11".translate(FIGURES), face)
    assert reading.words(pdf) == "1,234.500.11"


def test_the_space_between_chinese_and_latin_letters_is_no_blank_in_the_words() -> None:
    text = "面积107.62平方米的3号楼A栋"
    book = Book()
    (line,) = break_lines(text, Face.SERIF, 30_000)
    book.page(*A3).text(20, 1000, "".join(line.pieces), Ink(Face.SERIF, 10.5))
    pdf = book.pdf("all", "test", datetime(2026, 1, 1))  # noqa: DTZ001
    assert THIN in "".join(line.pieces)
    assert reading.pages(pdf) == [text]
    assert PdfReader(BytesIO(pdf)).pages[0].extract_text() == text


def test_a_mark_set_narrow_is_half_an_em_less() -> None:
    for alias, mark in HALF.items():
        ink = Ink(Face.SERIF, 10)
        assert wide(alias, ink) == pytest.approx(wide(mark, ink) - 5)
