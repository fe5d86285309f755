"""Contract templates: an editor that shows each fault at its line, the printed paper beside, versions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from salescenter.domain.papers.needs import PRESALE, Unmet
from salescenter.domain.papers.texts import LETTER_TEXTS, text_faults, text_fields
from salescenter.domain.papers.versions import Sample, Version
from salescenter.domain.templates import Fault
from salescenter.i18n import mark, tr
from salescenter.print.batch import batch_pdf
from salescenter.services.papers.example import example_paper
from salescenter.services.papers.form_file import SUFFIXES, open_form
from salescenter.services.papers.template_versions import templates
from salescenter.services.papers.trials import Candidate, candidates, gaps_now
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.panel import column, hold, row
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.paper_terms import unmet_words
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.turning import Turning
from salescenter.ui.settings.blank_walk import BlankWalk
from salescenter.ui.settings.field_list import KINDS, FieldList, tags, text_words
from salescenter.ui.settings.section import SectionView
from salescenter.ui.settings.template_edit import TemplateEdit
from salescenter.ui.settings.trial_pane import Trial, TrialPane
from salescenter.ui.settings.version_bar import VersionBar

FAULTS: dict[str, str] = {
    "unknown-field": mark("there is no field “{what}”"),
    "unknown-block": mark("there is no block “{what}”"),
    "unreadable": mark("“{what}” cannot be read"),
    "not-closed": mark("“{what}” is never closed"),
    "closes-nothing": mark("“{what}” closes nothing"),
    "not-a-list": mark("“{what}” is no list"),
}
PAUSE = 250
"""Milliseconds after the last key until the text is checked, kept as a draft, and printed beside."""

ASIDE = 250
"""Pixels that what stands beside the editor takes."""

WALK = 290
"""Pixels the walk takes: two buttons with their keys beside each other."""

LEAST = 200
"""Pixels of text or paper that stay in sight in the smallest window; the section scrolls for them."""

LOW = 560
"""Pixels of height below which the sentence above makes room; the walk has the section for itself then."""

BOTH = 700
"""Pixels from which on the editor and the printed paper stand beside each other."""

LINES = 660
"""Pixels in which whole lines of the paper are read while a blank on it is pointed at; the editor has what is left."""


class TemplatesSection(SectionView):
    """The text at the left; at the right faults, what the law wants and the fields, or the printed paper."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Contract templates", context="settings"),
            tr("Drafted, tried on deals, approved, in force from its day; a contract keeps the version it was drafted "
               "from."),
            fills=True,
        )
        self._shown = PRESALE
        self._candidates: tuple[Candidate, ...] = ()
        self.faults: tuple[Fault, ...] = ()
        self.gaps: tuple[Unmet, ...] = ()
        self.versions = VersionBar(room)
        self.version = self.versions.version
        self._make_pieces()
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._connect()

    def _make_pieces(self) -> None:
        self.kind = ComboBox([(name, text_words(name)) for name in (*KINDS, *LETTER_TEXTS)])
        self.kind.put(PRESALE)
        self.kind.setMinimumWidth(200)
        self.editor = TemplateEdit()
        self.verdict, self.law_says = Label("", "accent", wrap=True), Label("", "accent", wrap=True)
        self.fault_list, self.law_list, self.fields = _ShortList(), _ShortList(), FieldList()
        self.walk, self.trial = BlankWalk(self.editor), TrialPane(self.room)
        for piece, words in (
            (self.kind, tr("Which text")), (self.editor, tr("Text of the template")),
            (self.fault_list, tr("Faults")), (self.law_list, tr("What the law wants")),
        ):  # fmt: skip
            piece.setAccessibleName(words)
        self.walk.setFixedWidth(WALK)
        self.walk.hide()
        self.trial.hide()

    def _lay_out(self) -> None:
        self._side = QWidget()
        self._side.setFixedWidth(ASIDE)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        for piece in (SectionLabel(tr("Faults")), self.verdict, self.fault_list,
                      SectionLabel(tr("What the law wants")), self.law_says, self.law_list,
                      SectionLabel(tr("Fields")), self.fields):  # fmt: skip
            side.addWidget(piece, 1 if piece is self.fields else 0)
        across = QHBoxLayout()
        across.setSpacing(12)
        for part, stretch in ((self.editor, 1), (self._side, 0), (self.walk, 0), (self.trial, 1)):
            across.addWidget(part, stretch)
        brings = OutlinedButton(tr("From a text or Word file …"), self.choose_file)
        fills = OutlinedButton(tr("Fill the blanks"), self.fill_blanks)
        self.beside = OutlinedButton(tr("Try it on a deal"), self.show_beside, key="F7")
        self.beside.setCheckable(True)
        which = Turning(row(self.kind, None), row(self.version, None))
        self._above = hold(column(which, row(brings, fills, self.beside, None), self.versions, gap=8))
        self.put(self._above, across)
        self.editor.setMinimumHeight(LEAST)
        self.trial.setMinimumHeight(LEAST)
        self._body.setStretch(self._body.count() - 1, 1)
        self.main_action(tr("Keep as a new version …"), self._keep, OutlinedButton(tr("Preview"), self.preview),
                         self.versions.approve)  # fmt: skip
        self.dangerous_action(self.versions.withdraw)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._check_soon)
        self.kind.edited.connect(self._change_kind)
        self.versions.picked.connect(self._show_version)
        self.versions.changed.connect(self._changed)
        self.editor.edited.connect(self._soon.start)
        self.fault_list.itemActivated.connect(self._go_to)
        self.fault_list.itemClicked.connect(self._go_to)
        self.law_list.itemActivated.connect(self._write_place)
        self.fields.chosen.connect(self.editor.insert)
        self.walk.ended.connect(self._end_walk)
        self.walk.stepped.connect(self._walked_on)
        self.walk.moved.connect(self._print_beside)
        self.editor.pointed.connect(self._point)
        self.trial.tried.connect(self._tried)

    def load(self) -> None:
        """Show the version in force, or what was typed last time and not kept."""
        desk, kind = self.room.desk, str(self.kind.value())
        self._shown = kind
        self.fields.show_tags(tags(kind))
        self.fetch(lambda: (templates(desk, kind), candidates(desk, kind)), self._show)

    def discard(self) -> None:
        """Show the version in force; the draft is forgotten."""
        self._soon.stop()
        self.room.drafts.drop(self._draft())
        super().discard()

    def check_text(self) -> None:
        """Check the text aside, against the language and the law; keep it as a draft; print it beside."""
        self._keep_draft()
        desk, name, text, today = self.room.desk, self._shown, self.editor.toPlainText(), self.room.now().date()

        def check() -> tuple[tuple[Fault, ...], tuple[Unmet, ...]]:
            faults = text_faults(name, text)
            return faults, () if faults else gaps_now(desk, name, text, today)

        self.room.papers.run(check, lambda found: self._show_findings(*found), owner=self)
        self._print_beside()

    def _check_soon(self) -> None:
        if self.isVisible():  # a section nobody sees asks nothing
            self.check_text()

    def preview(self) -> None:
        """Show the paper this text would make in a window of its own; nothing is kept."""
        kind, text, desk, now = str(self.kind.value()), self.editor.toPlainText(), self.room.desk, self.room.now()
        title, on = tr("Preview of {template}", template=text_words(kind)), self.trial.chosen()

        def make() -> Paper:
            paper = example_paper(desk, kind, text, now, on)
            return Paper("template", "", title, batch_pdf([paper], title, "", now))

        self.room.papers.run(make, self.room.show_paper, owner=self, refused=self.refuse)

    def show_beside(self) -> None:
        """Show the printed paper beside the text, or the fields again."""
        self.trial.setVisible(self.beside.isChecked())
        self._fit()
        self._print_beside()
        if self.beside.isChecked() and not self.walk.isVisible():
            self.trial.deal.setFocus()

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

    def fill_blanks(self) -> None:
        """Go from blank to blank of the text that stands there."""
        self.walk.show()
        self._fit()
        fields = tuple(name for name, entries in text_fields(self._shown).items() if not entries)
        self.walk.begin(fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F7 shows the printed paper beside, and the fields again."""
        if event.key() == Qt.Key.Key_F7:
            self.beside.click()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was just typed is kept now."""
        if self._soon.isActive():
            self._keep_draft()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Beside the walk or the paper the fields make room; in a narrow window the paper takes the editor's place."""
        walks, prints = self.walk.isVisibleTo(self), self.beside.isChecked()
        high = self.height() >= LOW
        self.about.setVisible(high)
        self._above.setVisible(high or not walks)
        wide = self.width() >= (LINES + WALK + ASIDE if walks else BOTH)
        self.trial.setMinimumWidth(LINES if walks and wide else 0)
        self._side.setVisible(not walks and not prints)
        self.editor.setVisible(wide or not prints)

    def _opened(self, text: str) -> None:
        self.editor.replace(0, len(self.editor.toPlainText()), text)
        self.walk.expect(0)
        self.fill_blanks()
        self.check_text()

    def _point(self, at: int) -> None:
        """While blanks are walked, a click on one of them or on an answer asks about it."""
        if self.walk.isVisible():
            self.walk.ask_at(at)

    def _walked_on(self) -> None:
        self._keep_draft()
        self._soon.start()

    def _end_walk(self) -> None:
        self._stop_walking()
        self.editor.setFocus()
        self._print_beside()

    def _stop_walking(self) -> None:
        self.walk.hide()
        self._fit()

    def _change_kind(self) -> None:
        if self._soon.isActive():
            self._keep_draft()
        self._stop_walking()
        self.banner.hide()
        self.load()

    def _show(self, found: tuple[tuple[Version, ...], tuple[Candidate, ...]]) -> None:
        rows, self._candidates = found
        self.versions.show_versions(rows)
        one = self.versions.chosen()
        kept = self.room.drafts.recall(self._draft())
        draft = kept.get("text")
        self.walk.expect(kept.get("blanks"))
        if isinstance(draft, str) and draft != one.text:
            self.editor.put(draft)
            self.banner.say(tr("What was typed last time and not kept stands here again."),
                            tr("Keep it as a version, or discard the changes."), "neutral")  # fmt: skip
        else:
            self.editor.put(one.text)
        self._offer(one)
        self.check_text()

    def _show_version(self) -> None:
        one = self.versions.chosen()
        self.editor.put(one.text)
        self._offer(one)
        self.check_text()

    def _show_findings(self, faults: tuple[Fault, ...], gaps: tuple[Unmet, ...]) -> None:
        self.faults, self.gaps = faults, gaps
        self.editor.show_faults(faults)
        said = [tr("line {line}: {fault}", line=one.line, fault=tr(FAULTS[one.code], what=one.what)) for one in faults]
        self.fault_list.show_lines(said)
        self.law_list.show_lines([unmet_words(one) for one in gaps])
        words = tr("Faults: {count}. Such a template cannot be kept.", count=len(faults)) if faults else tr("No fault.")
        self.verdict.say(words, "error" if faults else "accent")
        lacks = tr("Missing: {count}. Such a version cannot be approved.", count=len(gaps))
        checked = tr("Nothing is missing.") if not faults else tr("Looked at when the faults are mended.")
        self.law_says.say(lacks if gaps else checked, "error" if gaps else "muted" if faults else "accent")

    def _go_to(self, item: QListWidgetItem) -> None:
        self.editor.go_to(self.faults[self.fault_list.row(item)])

    def _write_place(self, item: QListWidgetItem) -> None:
        """Write the field the law wants at the cursor."""
        one = self.gaps[self.law_list.row(item)]
        if one.field and not one.empty:
            self.editor.insert(f"{{{{{one.field}}}}}")

    def _print_beside(self) -> None:
        text = self.editor.toPlainText()
        keeps = text == self.versions.chosen().text and not self.walk.isVisible()
        self.trial.show_trial(Trial(self._shown, self.walk.pointed() if self.walk.isVisible() else text, keeps))

    def _offer(self, one: Version) -> None:
        self.trial.offer(self._candidates, one.tried)

    def _tried(self, sample: Sample) -> None:
        self.versions.note_tried(sample, self._offer)

    def _keep(self) -> None:
        if self.faults:
            self.editor.go_to(self.faults[0])
            return
        self.versions.ask_to_keep(str(self.kind.value()), self.editor.toPlainText())

    def _changed(self, said: str) -> None:
        self.room.drafts.drop(self._draft())
        self.renewed(said)

    def _keep_draft(self) -> None:
        """Keep what was typed for the kind that is shown, unless it is one of the versions."""
        self._soon.stop()
        text = self.editor.toPlainText()
        if self.versions.is_kept(text):
            self.room.drafts.drop(self._draft())
        else:
            self.room.drafts.keep(self._draft(), {"text": text, "blanks": self.walk.counted()[1]})
        self.versions.show_life(edited=text != self.versions.chosen().text)

    def _draft(self) -> str:
        return f"template-{self._shown}"


class _ShortList(QListWidget):
    """As high as its lines, up to a limit; hidden where there are none."""

    HIGHEST = 150
    PADDING = QSize(24, 14)
    """Pixels around the words of a line; Qt counts them out when it wraps, and cuts the last words."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMaximumHeight(self.HIGHEST)
        self.hide()

    def show_lines(self, lines: list[str]) -> None:
        """Show these."""
        self.clear()
        self.addItems(lines)
        self.setVisible(bool(lines))
        self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        """Give each line the room that all its words need."""
        room = QRect(0, 0, self.viewport().width() - self.PADDING.width(), self.height() * 100)
        for item in map(self.item, range(self.count())):
            words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(0, words.height() + self.PADDING.height()))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.HIGHEST)
