"""The house's own dictionaries."""

from __future__ import annotations

import pytest

from salescenter import i18n
from salescenter.domain.refusals import FieldMissing, NotYours
from salescenter.services import words
from salescenter.services.words import NewWord, WordList
from tests.services.reception_house import Reception


def test_the_trades_words_are_offered_in_the_houses_language(reception: Reception) -> None:
    assert "朋友介绍" in words.dictionaries(reception.desk())["channel"]
    i18n.speak("en")
    assert "Friend's advice" in words.dictionaries(reception.desk())["channel"]


def test_every_dictionary_has_words_and_none_twice() -> None:
    assert [name for name, some in words.DEFAULTS.items() if not some or len(set(some)) != len(some)] == []


def test_a_word_is_added_behind_the_others_while_registering(both: Reception) -> None:
    before = words.dictionaries(both.desk())["concern"]
    words.add(both.desk(), NewWord("concern", " 电梯数 "), both.now)
    words.add(both.desk(), NewWord("concern", "电梯数"), both.later(seconds=1))
    assert words.dictionaries(both.desk())["concern"] == (*before, "电梯数")
    with pytest.raises(FieldMissing):
        words.add(both.desk(), NewWord("concern", " "), both.now)


def test_a_manager_puts_a_dictionary_in_order_and_leaves_words_out(reception: Reception) -> None:
    words.arrange(reception.desk("boss"), WordList("floor", ("顶层", "低层", "顶层", "")), reception.now)
    assert words.dictionaries(reception.desk())["floor"] == ("顶层", "低层")
    words.arrange(reception.desk("boss"), WordList("floor", ("低层",)), reception.later(seconds=1))
    words.add(reception.desk(), NewWord("floor", "顶层"), reception.later(seconds=1))
    assert words.dictionaries(reception.desk())["floor"] == ("低层", "顶层")
    with pytest.raises(NotYours):
        words.arrange(reception.desk("a"), WordList("floor", ("低层",)), reception.now)
    with pytest.raises(FieldMissing):
        words.arrange(reception.desk("boss"), WordList("floor", (" ",)), reception.now)


def test_words_written_once_stay_when_the_language_changes(reception: Reception) -> None:
    with reception.working() as work:
        words.write_defaults(work, "zh_CN")
    i18n.speak("en")
    assert words.dictionaries(reception.desk())["channel"][0] == "路过"
