"""Reception sheets: which fields a first registration must hold, the consent text, the words to choose from."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from salescenter.i18n import tr
from salescenter.reception_words import contact_words, field_words
from salescenter.services import settings, words
from salescenter.services.reception_rules import MAY_BE_REQUIRED, Contact, ReceptionRules, rules_of
from salescenter.services.settings import SettingsRequest
from salescenter.services.words import DEFAULTS, WordList
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import NoteEdit, WholeEdit
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.room import Room
from salescenter.ui.settings.section import SectionView

WINDOWS = ("visit_days", "call_days")
"""Days a registration protects a customer's owner; kept together as the setting `ownership`."""


class ReceptionSection(SectionView):
    """Required fields, consent and protection windows from a day on; the dictionaries at once."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Reception sheets", context="settings"),
            tr("What the front desk must ask. Required fields decide whose customer a visitor is, so change them with "
               "care."),
        )
        self.put(self._sheet_panel(), self._word_panel())
        self._words: dict[str, tuple[str, ...]] = {}
        self._before: dict[str, Any] = {}
        self._ownership: dict[str, Any] = {}
        self.main_action(tr("Keep the reception's rules"), self._keep)
        self.keep_drafts(lambda: self.sheet.put(since=room.now().date()), reception=self.sheet)

    def _sheet_panel(self) -> Panel:
        choices = [(field, field_words(field)) for field in MAY_BE_REQUIRED]
        self.sheet = self.form(columns=4)
        for kind in Contact:
            label = tr("Required at a first “{kind}”", kind=contact_words(kind))
            self.sheet.add(f"required.{kind}", label, ChipGroup(choices, multi=True), span=4)
        self.sheet.add("consent", tr("Consent text"), NoteEdit(3), span=4, required=True)
        self.sheet.add("visit_days", tr("A visit protects for, days"), WholeEdit(), required=True)
        self.sheet.add("call_days", tr("A call protects for, days"), WholeEdit(), required=True)
        self.sheet.add("since", tr("In force from"), DayEdit(lambda: self.room.now().date()), required=True)
        panel = Panel(tr("Registration"))
        panel.put(self.sheet)
        return panel

    def _word_panel(self) -> Panel:
        self.dictionary = self.form(columns=2)
        named = [(name, field_words(name)) for name in DEFAULTS]
        self.dictionary.add("which", tr("Dictionary"), ComboBox(named))
        self.dictionary.changed.connect(lambda _: self._show_words())
        self.words = self.form(columns=2)
        self.words.add("words", tr("All words, one a line, in the order offered"), NoteEdit(9))
        word_panel = Panel(tr("Words to choose from"))
        keep = OutlinedButton(tr("Keep this dictionary"), self._keep_words)
        word_panel.put(self.dictionary, self.words, row(keep, None))
        return word_panel

    def load(self) -> None:
        """Look up the rules and dictionaries."""
        desk, today = self.room.desk, self.room.now().date()
        self.fetch(
            lambda: (rules_of(desk, today), words.dictionaries(desk), settings.in_force(desk, today, ("ownership",))),
            lambda found: self._show(*found),
        )

    def discard(self) -> None:
        """Throw away what was typed, also of the dictionary shown."""
        self.words.put(words="\n".join(self._words.get(self.dictionary.value("which"), ())))
        super().discard()

    def _show(self, rules: ReceptionRules, known: dict[str, tuple[str, ...]], kept: dict[str, Any]) -> None:
        self.sheet.put(
            **{f"required.{kind}": rules.required[kind] for kind in Contact}, consent=rules.consent,
            visit_days=rules.ownership.visit_days, call_days=rules.ownership.call_days, since=self.room.now().date(),
        )  # fmt: skip
        self._ownership = dict(kept.get("ownership", {}))
        self._before = self._said()
        self._words = known
        if self.dictionary.value("which") is None:
            self.dictionary.put(which=next(iter(known)))
        self._show_words()

    def _said(self) -> dict[str, Any]:
        said = self.sheet.values()
        values: dict[str, Any] = {f"required.{kind}": list(said[f"required.{kind}"]) for kind in Contact}
        days = {name: said[name] for name in WINDOWS}
        return values | {"consent": said["consent"], "ownership": self._ownership | days}

    def _keep(self) -> None:
        if not self.sheet.check():
            return
        changed = {name: value for name, value in self._said().items() if value != self._before[name]}
        if not changed:
            self.say(tr("Nothing was changed."), "", "neutral")
            return
        asked = SettingsRequest(changed, self.sheet.value("since"), self.key)
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: settings.change_all(desk, asked, now), tr("The reception's rules are kept."))

    def _show_words(self) -> None:
        """Show the chosen dictionary, or what was typed of it and not kept; each has a draft of its own."""
        which = self.dictionary.value("which")
        known = self._words.get(which, ())
        text = "\n".join(known)
        if self.words.value("words") == text:
            self.words.drop_draft()  # it was kept for good
        else:
            self.words.keep_now()
        self.words.put(words=text)
        self.words.keep_draft(self.room.drafts, f"settings.words-{which}-{crc32(repr(known).encode())}")

    def _keep_words(self) -> None:
        which = self.dictionary.value("which")
        asked = WordList(which, tuple(str(self.words.value("words")).splitlines()), self.key)
        desk, now = self.room.desk, self.room.now()
        said = tr("The words for “{field}” are kept.", field=field_words(which))
        self.send(lambda: words.arrange(desk, asked, now), said, of=())
