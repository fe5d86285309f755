"""Laws of the words: everything said to people has Chinese, once, with the same places to fill."""

from __future__ import annotations

import io
from collections import defaultdict
from pathlib import Path

import pytest

from salescenter import i18n
from tools import catalogues, locale

SAMPLE = """
from salescenter.i18n import mark, markn, tr, trn
TITLE = mark("Reception")
tr("Hold")
tr("Hold", context="hold of a unit")
tr(TITLE)
tr("{count} units" if many else "one unit")
DAYS = markn("a day", "{count} days")
trn(*DAYS, count=2, context="of a hold")
trn("{count} floor", "{count} floors", count=3, context="of a building")
"""

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Hold"
msgstr "预留"

msgctxt "a telephone call"
msgid "Hold"
msgstr "稍候"

#, fuzzy
msgid "Reception"
msgstr "来访?"

msgid "{count} "
"units"
msgstr "{count} 套"

msgid "a day"
msgid_plural ""
"{count} days"
msgstr[0] "{count} 天"
"""


@pytest.fixture(scope="module")
def entries() -> list[catalogues.Entry]:
    return catalogues.all_entries()


@pytest.fixture
def little(tmp_path: Path) -> Path:
    file = tmp_path / "little.po"
    file.write_text(PO, "utf-8")
    return file


# --- the laws


def test_every_sentence_in_the_source_has_its_chinese(entries: list[catalogues.Entry]) -> None:
    unsaid = catalogues.unsaid(catalogues.sentences(), entries)
    assert [f"{s.place} {s.text!r}" for s in unsaid] == []


def test_no_entry_is_left_empty_or_unsure(entries: list[catalogues.Entry]) -> None:
    assert [f"{e.place} {e.text!r}" for e in entries if e.fuzzy or not e.said.strip()] == []


def test_no_catalogue_keeps_a_sentence_that_nobody_says(entries: list[catalogues.Entry]) -> None:
    left = catalogues.obsolete(entries, catalogues.spoken_of())
    assert [f"{e.place} {e.text!r}" for e in left] == []


def test_one_sentence_has_one_translation(entries: list[catalogues.Entry]) -> None:
    told: defaultdict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    for entry in entries:
        told[entry.key].setdefault((entry.many, entry.said), entry.place)
    assert {key: said for key, said in told.items() if len(said) > 1} == {}


def test_translations_fill_the_same_places(entries: list[catalogues.Entry]) -> None:
    differing = [e for e in entries if catalogues.places(e.many or e.text) != catalogues.places(e.said)]
    assert [f"{e.place} {e.text!r} -> {e.said!r}" for e in differing] == []


def test_the_sentence_for_one_leaves_out_at_most_the_number(entries: list[catalogues.Entry]) -> None:
    counting = [entry for entry in entries if entry.many]
    odd = [e for e in counting if catalogues.places(e.many) - catalogues.places(e.text) - {"count"}]
    assert counting
    assert [f"{e.place} {e.text!r} / {e.many!r}" for e in odd] == []
    assert [e.place for e in counting if "count" not in catalogues.places(e.many)] == []


@pytest.mark.parametrize("po", sorted(catalogues.CHINESE.glob("*.po")), ids=lambda file: str(file.stem))
def test_the_compiled_catalogue_says_what_the_written_one_says(po: Path) -> None:
    assert catalogues.contents(po.with_suffix(".mo").read_bytes()) == catalogues.contents(catalogues.compiled(po))


def test_no_compiled_catalogue_is_left_over() -> None:
    assert [mo.name for mo in catalogues.CHINESE.glob("*.mo") if not mo.with_suffix(".po").exists()] == []


# --- the laws see what they should


def test_sentences_are_found_with_their_context() -> None:
    found = [(s.text, s.context, s.many) for s in catalogues.sentences_in(SAMPLE, "sample.py")]
    assert set(found) == {
        ("Reception", None, ""), ("Hold", "", ""), ("Hold", "hold of a unit", ""), ("{count} units", "", ""),
        ("one unit", "", ""), ("a day", None, "{count} days"), ("{count} floor", "of a building", "{count} floors"),
    }


def test_a_sentence_that_counts_without_its_plural_is_refused() -> None:
    with pytest.raises(ValueError, match="for one and for many"):
        list(catalogues.sentences_in('trn("{count} unit", count=2)', "sample.py"))


def test_a_sentence_put_together_from_pieces_is_refused() -> None:
    with pytest.raises(ValueError, match="one literal"):
        list(catalogues.sentences_in('tr(f"{n} units")', "sample.py"))


def test_a_sentence_without_its_context_or_only_guessed_at_counts_as_unsaid(little: Path) -> None:
    known = catalogues.entries(little)
    said = [
        catalogues.Sentence("Hold", None, "a"), catalogues.Sentence("Hold", "", "b"),
        catalogues.Sentence("Hold", "hold of a unit", "c"), catalogues.Sentence("Reception", None, "d"),
    ]
    assert [s.place for s in catalogues.unsaid(said, known)] == ["c", "d"]


def test_a_sentence_counts_as_said_only_with_the_plural_it_has_in_the_catalogue(little: Path) -> None:
    said = [
        catalogues.Sentence("a day", None, "a", "{count} days"), catalogues.Sentence("a day", None, "b", "{count} nights"),
        catalogues.Sentence("a day", "", "c"), catalogues.Sentence("Hold", "", "d", "{count} holds"),
    ]
    assert [s.place for s in catalogues.unsaid(said, catalogues.entries(little))] == ["b", "c", "d"]


def test_a_catalogue_is_read_with_contexts_and_joined_lines(little: Path) -> None:
    assert [(e.text, e.many, e.context, e.said) for e in catalogues.entries(little)] == [
        ("Hold", "", "", "预留"), ("Hold", "", "a telephone call", "稍候"), ("Reception", "", "", "来访?"),
        ("{count} units", "", "", "{count} 套"), ("a day", "{count} days", "", "{count} 天"),
    ]


def test_a_compiled_catalogue_speaks_and_is_the_same_every_day(little: Path) -> None:
    import gettext

    made = catalogues.compiled(little)
    words = gettext.GNUTranslations(io.BytesIO(made))
    said = words.gettext("Hold"), words.pgettext("a telephone call", "Hold"), words.gettext("Reception")
    assert said == ("预留", "稍候", "Reception")
    assert {words.ngettext("a day", "{count} days", number) for number in (0, 1, 2, 100)} == {"{count} 天"}
    assert catalogues.contents(made)["a day", 0] == "{count} 天"
    assert made == catalogues.compiled(little)


def test_the_check_names_a_stale_catalogue_and_a_missing_one(
    little: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues, "CHINESE", little.parent)
    monkeypatch.setattr(catalogues, "sentences", list)
    monkeypatch.setattr(catalogues, "all_entries", list)
    assert locale.main(["check"]) == 1
    assert locale.main(["compile"]) == 0
    assert locale.main(["check"]) == 0
    assert capsys.readouterr().out.splitlines() == ["little.po: compile it again", "little.mo"]


def test_missing_sentences_are_printed_ready_to_fill_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues, "sentences", lambda: [catalogues.Sentence('Say "no"', "refusal", "x.py:3")])
    monkeypatch.setattr(catalogues, "all_entries", list)
    assert locale.main(["missing"]) == 1
    assert capsys.readouterr().out == '#: x.py:3\nmsgctxt "refusal"\nmsgid "Say \\"no\\""\nmsgstr ""\n\n'


def test_a_missing_sentence_that_counts_is_printed_with_its_plural(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues, "sentences", lambda: [catalogues.Sentence("a day", "", "x.py:3", "{count} days")])
    monkeypatch.setattr(catalogues, "all_entries", list)
    assert locale.main(["missing"]) == 1
    assert capsys.readouterr().out == '#: x.py:3\nmsgid "a day"\nmsgid_plural "{count} days"\nmsgstr[0] ""\n\n'


def test_a_sentence_that_left_the_source_is_named(
    little: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = catalogues.entries(little)
    monkeypatch.setattr(catalogues, "all_entries", lambda: known)
    monkeypatch.setattr(catalogues, "spoken_of", lambda: frozenset({"Hold", "Reception", "a day", "{count} nights"}))
    assert locale.main(["obsolete"]) == 1
    assert capsys.readouterr().out == "little.po:16 '{count} units'\nlittle.po:20 'a day'\n"


def test_the_program_looks_its_words_up_at_call_time() -> None:
    i18n.speak("en")
    assert i18n.tr("{count} of {all}", count=1, all=2) == "1 of 2"


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [("en", 1, "1 day left"), ("en", 2, "2 days left"), ("en", 0, "0 days left"), ("en", 1234, "1,234 days left"),
     ("zh_CN", 1, "还剩 1 天"), ("zh_CN", 2, "还剩 2 天")],
)
def test_what_is_counted_is_said_by_its_number(language: str, count: int, said: str) -> None:
    assert i18n.trn("{count} day left", "{count} days left", count=count, lang=language) == said


def test_a_count_may_be_written_in_another_way_and_stand_beside_other_details() -> None:
    words = i18n.markn("{name}: one unit of {all}", "{name}: {count} units of {all}")
    assert i18n.trn(*words, count=2, shown="<b>2</b>", lang="en", name="A", all=9) == "A: <b>2</b> units of 9"
    assert i18n.trn(*words, count=1, lang="en", name="A", all=9) == "A: one unit of 9"


def test_a_count_in_a_context_is_looked_up_with_it(little: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PO + '\nmsgctxt "night watch"\nmsgid "a day"\nmsgid_plural "{count} days"\nmsgstr[0] "{count} 班"\n'
    little.write_text(text, "utf-8")
    mo = little.with_suffix(".mo")
    mo.write_bytes(catalogues.compiled(little))
    monkeypatch.setattr(i18n, "_catalogues", lambda language: (mo,))
    i18n._counting.cache_clear()
    try:
        said = [i18n.trn("a day", "{count} days", count=3, context=context) for context in ("", "night watch", "other")]
    finally:
        i18n._counting.cache_clear()
    assert said == ["3 天", "3 班", "3 days"]
