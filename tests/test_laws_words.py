"""Laws of the words: everything said to people has Chinese, once, with the same places to fill."""

from __future__ import annotations

import io
from collections import defaultdict
from pathlib import Path

import pytest

from salescenter import i18n
from tools import catalogues, locale

SAMPLE = """
from salescenter.i18n import mark, tr
TITLE = mark("Reception")
tr("Hold")
tr("Hold", context="hold of a unit")
tr(TITLE)
tr("{count} units" if many else "one unit")
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
    told: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for entry in entries:
        told[entry.key].setdefault(entry.said, entry.place)
    assert {key: said for key, said in told.items() if len(said) > 1} == {}


def test_translations_fill_the_same_places(entries: list[catalogues.Entry]) -> None:
    differing = [e for e in entries if catalogues.places(e.text) != catalogues.places(e.said)]
    assert [f"{e.place} {e.text!r} -> {e.said!r}" for e in differing] == []


@pytest.mark.parametrize("po", sorted(catalogues.CHINESE.glob("*.po")), ids=lambda file: str(file.stem))
def test_the_compiled_catalogue_says_what_the_written_one_says(po: Path) -> None:
    assert catalogues.contents(po.with_suffix(".mo").read_bytes()) == catalogues.contents(catalogues.compiled(po))


def test_no_compiled_catalogue_is_left_over() -> None:
    assert [mo.name for mo in catalogues.CHINESE.glob("*.mo") if not mo.with_suffix(".po").exists()] == []


# --- the laws see what they should


def test_sentences_are_found_with_their_context() -> None:
    found = [(s.text, s.context) for s in catalogues.sentences_in(SAMPLE, "sample.py")]
    assert set(found) == {
        ("Reception", None), ("Hold", ""), ("Hold", "hold of a unit"), ("{count} units", ""), ("one unit", ""),
    }


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


def test_a_catalogue_is_read_with_contexts_and_joined_lines(little: Path) -> None:
    assert [(e.text, e.context, e.said) for e in catalogues.entries(little)] == [
        ("Hold", "", "预留"), ("Hold", "a telephone call", "稍候"),
        ("Reception", "", "来访?"), ("{count} units", "", "{count} 套"),
    ]


def test_a_compiled_catalogue_speaks_and_is_the_same_every_day(little: Path) -> None:
    import gettext

    made = catalogues.compiled(little)
    words = gettext.GNUTranslations(io.BytesIO(made))
    said = words.gettext("Hold"), words.pgettext("a telephone call", "Hold"), words.gettext("Reception")
    assert said == ("预留", "稍候", "Reception")
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


def test_a_sentence_that_left_the_source_is_named(
    little: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = catalogues.entries(little)
    monkeypatch.setattr(catalogues, "all_entries", lambda: known)
    monkeypatch.setattr(catalogues, "spoken_of", lambda: frozenset({"Hold", "Reception"}))
    assert locale.main(["obsolete"]) == 1
    assert capsys.readouterr().out == "little.po:16 '{count} units'\n"


def test_the_program_looks_its_words_up_at_call_time() -> None:
    i18n.speak("en")
    assert i18n.tr("{count} of {all}", count=1, all=2) == "1 of 2"
