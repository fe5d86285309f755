"""Contract templates: an editor that shows each fault at its line, a preview on a deal, versions with their days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from salescenter.domain.papers.texts import ENGLISH, LETTER_TEXTS, text_blocks, text_faults, text_fields
from salescenter.domain.templates import Fault
from salescenter.i18n import mark, tr
from salescenter.print.batch import batch_pdf
from salescenter.services.papers import contracts
from salescenter.services.papers.contracts import COMPLETED, PRESALE, SUBSCRIPTION, TemplateRequest, TemplateRow
from salescenter.services.papers.example import example_paper
from salescenter.services.papers.form_file import SUFFIXES, open_form
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.search_box import SearchBox
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.turning import Turning
from salescenter.ui.settings.blank_walk import BlankWalk
from salescenter.ui.settings.section import SectionView
from salescenter.ui.settings.template_edit import TemplateEdit

KINDS: dict[str, str] = {
    PRESALE: mark("Presale contract"),
    COMPLETED: mark("Contract for completed homes"),
    SUBSCRIPTION: mark("Subscription"),
}
FAULTS: dict[str, str] = {
    "unknown-field": mark("there is no field “{what}”"),
    "unknown-block": mark("there is no block “{what}”"),
    "unreadable": mark("“{what}” cannot be read"),
    "not-closed": mark("“{what}” is never closed"),
    "closes-nothing": mark("“{what}” closes nothing"),
    "not-a-list": mark("“{what}” is no list"),
}
PAUSE = 250
"""Milliseconds after the last key until the text is checked and kept as a draft."""


class TemplatesSection(SectionView):
    """The text at the left; faults and the fields it may name at the right."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Contract templates", context="settings"),
            tr("Every keeping is a new version, in force from its day; contracts of before keep the one they were made "
               "from."),
            fills=True,
        )
        self._rows: tuple[TemplateRow, ...] = ()
        self._shown = PRESALE
        self.faults: tuple[Fault, ...] = ()
        self.kind = ComboBox([(name, text_words(name)) for name in (*KINDS, *LETTER_TEXTS)])
        self.kind.put(PRESALE)
        self.kind.setMinimumWidth(250)
        self.kind.setAccessibleName(tr("Which text"))
        self.version = ComboBox()
        self.version.setMinimumWidth(250)
        self.version.setAccessibleName(tr("Version"))
        self.editor = TemplateEdit()
        self.editor.setAccessibleName(tr("Text of the template"))
        self.verdict = Label("", "accent", wrap=True)
        self.fault_list, self.fields = QListWidget(), FieldList()
        self.fault_list.setAccessibleName(tr("Faults"))
        self.fault_list.setMaximumHeight(150)
        self.fault_list.setWordWrap(True)
        side = QVBoxLayout()
        faults = SectionLabel(tr("Faults"))
        for piece in (faults, self.verdict, self.fault_list, SectionLabel(tr("Fields")), self.fields):
            side.addWidget(piece)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.editor, 1)
        self._side = QWidget()
        self._side.setFixedWidth(250)
        side.setContentsMargins(0, 0, 0, 0)
        self._side.setLayout(side)
        across.addWidget(self._side)
        self.walk = BlankWalk(self.editor)
        self.walk.setFixedWidth(250)
        self.walk.hide()
        self.walk.ended.connect(self._end_walk)
        self.walk.stepped.connect(self.check_text)
        across.addWidget(self.walk)
        brings = OutlinedButton(tr("From a text or Word file …"), self.choose_file)
        fills = OutlinedButton(tr("Fill the blanks"), self.fill_blanks)
        self.put(Turning(row(self.kind, None), row(self.version, None)), row(brings, fills, None), across)
        self._body.setStretch(self._body.count() - 1, 1)
        self.main_action(tr("Keep as a new version …"), self._keep, OutlinedButton(tr("Preview"), self.preview))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.check_text)
        self.kind.edited.connect(self._change_kind)
        self.version.edited.connect(self._show_version)
        self.editor.edited.connect(self._soon.start)
        self.fault_list.itemActivated.connect(self._go_to)
        self.fault_list.itemClicked.connect(self._go_to)
        self.fields.chosen.connect(self.editor.insert)

    def load(self) -> None:
        """Show the version in force, or what was typed last time and not kept."""
        desk, kind = self.room.desk, str(self.kind.value())
        self._shown = kind
        self.fields.show_tags(tags(kind))
        self.fetch(lambda: contracts.templates(desk, kind), self._show)

    def discard(self) -> None:
        """Show the version in force; the draft is forgotten."""
        self._soon.stop()
        self.room.drafts.drop(self._draft())
        super().discard()

    def check_text(self) -> None:
        """Check the text aside and keep it as a draft."""
        self._keep_draft()
        name, text = self._shown, self.editor.toPlainText()
        self.room.papers.run(lambda: text_faults(name, text), self._show_faults, owner=self)

    def preview(self) -> None:
        """Show the paper this text would make of the newest deal; nothing is kept."""
        kind, text, desk, now = str(self.kind.value()), self.editor.toPlainText(), self.room.desk, self.room.now()
        title = tr("Preview of {template}", template=text_words(kind))

        def make() -> Paper:
            paper = example_paper(desk, kind, text, now)
            return Paper("template", "", title, batch_pdf([paper], title, "", now))

        self.room.papers.run(make, self.room.show_paper, owner=self, refused=self.refuse)

    def choose_file(self) -> None:
        """Ask for the city's contract text."""
        pattern = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = f"{tr('Text and Word files')} ({pattern})"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Choose a file"), "", kinds)
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Put a file's text into the editor, where it can be undone, and begin at its first blank."""
        self.room.papers.run(lambda: open_form(path), self._opened, owner=self, refused=self.refuse)

    def _opened(self, text: str) -> None:
        self.editor.replace(0, len(self.editor.toPlainText()), text)
        self.walk.expect(0)
        self.fill_blanks()
        self.check_text()

    def fill_blanks(self) -> None:
        """Go from blank to blank of the text that stands there."""
        self._show_walk(on=True)
        fields = tuple(name for name, entries in text_fields(self._shown).items() if not entries)
        self.walk.begin(fields)

    def _end_walk(self) -> None:
        self._show_walk(on=False)
        self.editor.setFocus()

    def _show_walk(self, *, on: bool) -> None:
        self._side.setVisible(not on)
        self.walk.setVisible(on)

    def _change_kind(self) -> None:
        if self._soon.isActive():
            self._keep_draft()
        self._show_walk(on=False)
        self.banner.hide()
        self.load()

    def _show(self, rows: tuple[TemplateRow, ...]) -> None:
        self._rows = rows
        today = self.room.now().date()
        holds = holding(rows, today)
        self.version.set_choices([(one.version, version_words(one, holds, today)) for one in rows])
        self.version.put(holds.version)
        kept = self.room.drafts.recall(self._draft())
        draft = kept.get("text")
        self.walk.expect(kept.get("blanks"))
        if isinstance(draft, str) and draft != holds.text:
            self.editor.put(draft)
            self.banner.say(tr("What was typed last time and not kept stands here again."),
                            tr("Keep it as a version, or discard the changes."), "neutral")  # fmt: skip
        else:
            self.editor.put(holds.text)
        self.check_text()

    def _show_version(self) -> None:
        chosen = next((one for one in self._rows if one.version == self.version.value()), None)
        if chosen is not None:
            self.editor.put(chosen.text)
            self.check_text()

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        self.editor.show_faults(faults)
        self.fault_list.clear()
        for fault in faults:
            said = tr(FAULTS[fault.code], what=fault.what)
            QListWidgetItem(tr("line {line}: {fault}", line=fault.line, fault=said), self.fault_list)
        self.fault_list.setVisible(bool(faults))
        words = tr("Faults: {count}. Such a template cannot be kept.", count=len(faults)) if faults else tr("No fault.")
        self.verdict.say(words, "error" if faults else "accent")

    def _go_to(self, item: QListWidgetItem) -> None:
        self.editor.go_to(self.faults[self.fault_list.row(item)])

    def _keep(self) -> None:
        if self.faults:
            self.editor.go_to(self.faults[0])
            return
        KeepSheet(self).stand_over(self.window())

    def keep(self, name: str, since: date | None, sheet: Sheet) -> None:
        """Keep the text as a new version."""
        asked = TemplateRequest(str(self.kind.value()), name, self.editor.toPlainText(), since, self.key)
        desk, now, draft = self.room.desk, self.room.now(), self._draft()
        sheet.busy()

        def done(kept: contracts.TemplateKept) -> None:
            self.room.drafts.drop(draft)
            sheet.finish()
            self.renewed(tr("Version {version} is kept.", version=kept.version))

        self.room.lane.run(lambda: contracts.keep_template(desk, asked, now), done, owner=sheet, refused=sheet.refuse)

    def _keep_draft(self) -> None:
        """Keep what was typed for the kind that is shown, unless it is one of the versions."""
        self._soon.stop()
        text = self.editor.toPlainText()
        if any(text == one.text for one in self._rows):
            self.room.drafts.drop(self._draft())
        else:
            self.room.drafts.keep(self._draft(), {"text": text, "blanks": self.walk.counted()[1]})

    def _draft(self) -> str:
        return f"template-{self._shown}"


class FieldList(QWidget):
    """Every field and block a template may name; Enter or a double click writes it at the cursor (`chosen`)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchBox(tr("Find a field"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Fields"))
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.text()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self.search.searched.connect(self._narrow)

    def show_tags(self, tags: list[str]) -> None:
        """Show the tags of another text."""
        self.list.clear()
        self.list.addItems(tags)

    def _narrow(self, text: str) -> None:
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(text not in item.text())


def tags(name: str) -> list[str]:
    """All tags a text may name: fields, lists, blocks."""
    fields = text_fields(name)
    lists = [f"{{{{#each {field}}}}}{{{{/each}}}}" for field, entries in fields.items() if entries]
    return [*(f"{{{{{field}}}}}" for field, entries in fields.items() if not entries), *lists,
            *(f"{{{{@{block}}}}}" for block in text_blocks(name))]  # fmt: skip


def text_words(name: str) -> str:
    """Name a text: Presale contract, Payment reminder · English, ..."""
    if name in KINDS:
        return tr(KINDS[name], context="templates")
    kind, lang = LETTER_TEXTS[name]
    return paper_words(kind) + (" · English" if lang == ENGLISH else "")


class KeepSheet(Sheet):
    """What the version is called and from when it is in force; without a day it is a draft."""

    def __init__(self, section: TemplatesSection) -> None:
        super().__init__(tr("Keep as a new version"), width=460)
        self.section = section
        form = FormGrid(columns=1)
        form.add("name", tr("What is new in it"), LineEdit(), required=True)
        day = DayEdit(lambda: section.room.now().date())
        form.add("since", tr("In force from"), day, hint=tr("empty: a draft that is used by nobody"))
        form.put(since=section.room.now().date())
        self.put_form(form)
        self.put(None)
        self.main_action(tr("Keep the version"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            self.section.keep(self.form.value("name"), self.form.value("since"), self)


def holding(rows: tuple[TemplateRow, ...], today: date) -> TemplateRow:
    """The version in force on a day: the newest whose day has come, else the shipped one."""
    begun = [one for one in rows if one.since is not None and one.since <= today]
    return max(begun, key=lambda one: (one.since or date.min, one.version), default=rows[-1])


def version_words(one: TemplateRow, holds: TemplateRow, today: date) -> str:
    """Name a version and how it stands."""
    name = tr("as shipped") if one.version == 0 else tr("version {version}: {name}", version=one.version, name=one.name)
    if one.version == holds.version:
        stands = tr("in force")
    elif one.version and one.since is None:
        stands = tr("draft")
    elif one.since is not None and one.since > today:
        stands = tr("from {day}", day=formats.day(one.since, today))
    else:
        stands = ""
    return " · ".join(part for part in (name, stands) if part)
