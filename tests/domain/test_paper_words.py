"""The words of papers: kept in one way, found by any two letters, shown around what was sought, masked where one must."""

from __future__ import annotations

import pytest

from salescenter.domain.papers.words import Pdf, excerpt, grams, kept_words, says

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("总价　￥１，２８０，０００．００", "总价 ¥1280000.00"),
        ("买受人\n 陈晓明\t", "买受人 陈晓明"),
        (f"证件号{NUMBER}。", "证件号110105********002X。"),
        ("账号110105194912310021", "账号110105194912310021"),
        ("第1,2条", "第1,2条"),
        ("电话１３８１２３４５５２１、0731-88001234", "电话138****5521、0731-88001234"),
    ],
)
def test_words_are_kept_in_one_way_of_writing(said: str, kept: str) -> None:
    assert kept_words(said) == kept


def test_a_whole_id_number_is_sought_as_its_mask() -> None:
    assert says(kept_words(f"证件 {NUMBER}"), kept_words(NUMBER.lower()))
    assert not says(kept_words(f"证件 {NUMBER}"), kept_words("19491231"))


def test_a_whole_phone_is_sought_as_its_mask() -> None:
    words = kept_words("电话 13812345521")
    assert says(words, kept_words("13812345521"))
    assert says(words, "5521")
    assert not says(words, kept_words("12345"))


@pytest.mark.parametrize("said", ["138 0000 5521", "138-0000-5521", "１３８　００００　５５２１"])
def test_a_phone_in_groups_is_kept_as_its_mask_and_found_by_the_whole(said: str) -> None:
    kept = kept_words(f"电话 {said}，有效")
    assert (kept, says(kept, kept_words("13800005521")) is not None) == ("电话 138****5521,有效", True)
    assert kept_words("共 138 2026-2027 期") == "共 138 2026-2027 期"


def test_an_id_number_in_groups_is_kept_as_its_mask() -> None:
    assert kept_words("证号 110105 19491231 002x") == kept_words("证号 11010519491231002X") != "证号 11010519491231002X"
    assert kept_words("110105 19491231 0021") == "110105 19491231 0021", "no ID number by its last figure"


def test_grams_are_every_two_letters_whatever_signs_stand_between() -> None:
    assert grams("认购，书A1") == {"认购", "购书", "书a", "a1"}
    assert grams("书。") == frozenset()


@pytest.mark.parametrize("sought", ["晓明", "陈晓明", "1280000", "rg2026-00012", "RG202600012", "𬭚𬬭"])
def test_any_two_letters_are_found(sought: str) -> None:
    words = kept_words("认购书 RG2026-00012 买受人陈晓\n明 总价1,280,000.00 𬭚𬬭")
    assert says(words, kept_words(sought))
    assert grams(kept_words(sought)) <= grams(words)


def test_what_stands_apart_is_not_found() -> None:
    assert not says("甲乙 丙丁 乙丙", "甲乙丁")


def test_an_excerpt_shows_the_words_around_and_says_where_they_were_cut() -> None:
    words = "一" * 40 + "陈晓明" + "二" * 40
    found = says(words, "晓明")
    assert found is not None
    assert excerpt(words, found, whole=True) == "…" + "一" * 5 + "陈晓明" + "二" * 30 + "…"


def test_whoever_sees_masks_reads_neither_names_nor_telephones() -> None:
    words = kept_words("买受人 陈晓 明、欧阳娜，电话13812345521，房号")
    found = says(words, "买受")
    assert found is not None
    shown = excerpt(words, found, ("陈晓明", "欧阳娜"), whole=False)
    assert shown == "买受人 陈*、欧阳*,电话138****5521,房号"


def test_an_edge_within_a_name_gives_nothing_of_it_away() -> None:
    words = "欧阳晓明" + "房" * 5 + "号码"
    found = says(words, "号码")
    assert found is not None
    assert "晓" not in excerpt(words, found, ("欧阳晓明",), whole=False)


def test_a_pdf_is_its_bytes_and_knows_its_words() -> None:
    made = Pdf(b"%PDF", "收据")
    assert (made, made.words) == (b"%PDF", "收据")
