"""Pre-printed forms: the designer, its scan and fields, tried on a paper, kept as versions, carried as one file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QStackedWidget

from salescenter.domain.errors import Refusal
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.overlay import FormField, OverlayForm, demand_sound_form
from salescenter.domain.papers.overlay_file import SUFFIX, form_file
from salescenter.i18n import mark, tr
from salescenter.print.overlay import overlay_pdf
from salescenter.services.files import write_file
from salescenter.services.papers import stationery
from salescenter.services.papers.form_examples import example
from salescenter.services.papers.stationery import FormKept, FormRequest, FormRow, WithdrawForm
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import column, hold, row
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.turning import Turning
from salescenter.ui.settings.field_edit import FieldEdit
from salescenter.ui.settings.form_canvas import FormArea, FormCanvas
from salescenter.ui.settings.form_drafts import FormDrafts
from salescenter.ui.settings.form_files import form_of, lies_askew, with_scan_of
from salescenter.ui.settings.form_pages import FormPages
from salescenter.ui.settings.form_sheets import CalibrationSheet, NewFormSheet, RenameFormSheet, WithdrawFormSheet
from salescenter.ui.settings.section import SectionView

MOST_UNDONE = 200

_HOW_ON: dict[bool, str] = {
    True: mark("The form {name} is kept. Choose it for a receipt book under “Receipt books”."),
    False: mark("The form {name} is kept. The preview of such a paper offers it under “On the form”."),
}
"""Whether it is a receipt's -> what to do next."""


class StationerySection(SectionView):
    """The page of the form at the left, what stands in the chosen field at the right; each step can be undone."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Pre-printed forms", context="settings"),
            tr("Where each field of a paper goes on a form printed beforehand. Arrow keys move the chosen field "
               "by 0.1 mm, with Shift by 1 mm; Page Up and Page Down go from field to field, with Ctrl from page to "
               "page."),
            fills=True,
        )  # fmt: skip
        self.form_shown: OverlayForm | None = None
        self.mark = ""
        self.undone: list[OverlayForm] = []
        self._before: OverlayForm | None = None
        self._examples: dict[PaperKind, Filling] = {}
        self._rows: dict[str, FormRow] = {}
        self._drafts = FormDrafts(room.drafts)
        self.which = ComboBox(placeholder=tr("no form yet"))
        self.which.setMinimumWidth(230)
        self.which.setAccessibleName(tr("Which form"))
        self.canvas, self.edit, self.pages = FormCanvas(), FieldEdit(), FormPages()
        self._page = FormArea(self.canvas)
        self._tools = self._make_tools()
        self._lay_out()
        self._connect()
        self._enable_tools()

    def _make_tools(self) -> tuple[OutlinedButton, ...]:
        smaller = OutlinedButton("−", lambda: self.canvas.zoom_by(-1))
        larger = OutlinedButton("+", lambda: self.canvas.zoom_by(1))
        for button, words in ((smaller, tr("Smaller")), (larger, tr("Larger"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._undo = OutlinedButton(tr("Undo"), self.undo, key="Ctrl+Z")
        self._rename = OutlinedButton(tr("Rename …"), self._ask_name)
        return (
            OutlinedButton(tr("Scan …"), self._choose_scan), OutlinedButton(tr("Export …"), self._choose_export),
            OutlinedButton(tr("Put the printer right …"), self._calibrate), self._undo, smaller, larger,
        )  # fmt: skip

    def _lay_out(self) -> None:
        side = hold(column(self.edit, None))
        side.setFixedWidth(270)
        across = row(self._page, side, gap=12)
        across.setStretch(0, 1)
        self.empty = EmptyState(
            tr("No pre-printed form yet"),
            tr("For receipts, agreements and notices printed beforehand, with the house's lines and seal: here you say "
               "where each word goes on them. Begin with the paper and its size, or import the file of another house."),
            tr("New form …"), self._begin, icon="papers",
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self._work = hold(column(self.pages, across, gap=6))
        self.stack.addWidget(self._work)
        begin = OutlinedButton(tr("New …"), self._begin), OutlinedButton(tr("Import …"), self._choose_import)
        self.put(Turning(row(self.which, *begin, self._rename, None), row(*self._tools, None)), self.stack)
        self._body.setStretch(self._body.count() - 1, 1)
        self._plain = OutlinedButton(tr("On plain paper"), self.preview)
        self._away = OutlinedButton(tr("Withdraw …"), self._ask_why_away)
        self.main_action(tr("Keep the form"), self._keep, self._plain, self._away)

    def _connect(self) -> None:
        self.which.edited.connect(self._change_form)
        self.canvas.picked.connect(self._pick)
        self.canvas.moved.connect(self._move)
        self.canvas.dropped.connect(self._settle)
        self.canvas.removed.connect(self.remove)
        self.canvas.turned.connect(self.pages.turn)
        self.pages.turned.connect(self.turn_to)
        self.pages.changed.connect(self._change_pages)
        self.edit.changed.connect(self._change_field)
        self.edit.added.connect(self.add)
        self.edit.removed.connect(self.remove)

    def load(self) -> None:
        """Look up the forms there are, the one that is shown, and a paper of its kind to try it on."""
        desk, now, shown, drafts = self.room.desk, self.room.now(), self.which.value(), self._drafts.all()

        def look() -> tuple[tuple[FormRow, ...], str, OverlayForm | None, Filling | None]:
            rows = stationery.forms(desk)
            marks = [*(one.mark for one in rows), *drafts]
            mark = shown if shown in marks else next(iter(marks), "")
            form = drafts.get(mark) or (stationery.form_marked(desk, mark) if mark else None)
            return rows, mark, form, example(desk, form.kind, now) if form is not None else None

        self.fetch(look, lambda found: self._show(*found))

    def discard(self) -> None:
        """Go back to the form as it is kept."""
        self._drafts.drop(self.mark)
        super().discard()

    def begin(self, form: OverlayForm) -> None:
        """Show a form that was begun or brought in; of one that has its name already it is the next version."""
        same = (one.mark for one in self._rows.values() if (one.kind, one.name) == (form.kind, form.name))
        which = next(same, uuid4().hex)
        desk, now = self.room.desk, self.room.now()
        self.room.lane.run(lambda: example(desk, form.kind, now), lambda said: self._begun(which, form, said),
                           owner=self, refused=self.refuse)

    def _begun(self, which: str, form: OverlayForm, said: Filling) -> None:
        self._examples[form.kind] = said
        self._drafts.keep(which, form)
        self.mark, self._before = which, form
        self._offer()
        self.undone.clear()
        self._put(form, 0)
        self._page.fit()

    def take_scan(self, file: Path) -> None:
        """Lay a scan, a photo or a PDF of the form under its fields; it is read beside the window."""
        if (form := self.form_shown) is not None:
            page, mark = self.canvas.page, self.mark
            self.room.papers.run(lambda: with_scan_of(form, page, file), lambda laid: self._lay(mark, laid),
                                 owner=self, refused=self.refuse)

    def _lay(self, mark: str, laid: OverlayForm) -> None:
        if self.form_shown is None or self.mark != mark:
            return
        self._step(replace(self.form_shown, picture=laid.picture, more=laid.more))
        if lies_askew(laid, self.canvas.page):
            self.say(tr("The scan has other proportions than the paper, so it is stretched to it."),
                     tr("Cut it at the edges of the form, or fields placed on it will stand elsewhere on paper."),
                     "warning")

    def bring_in(self, file: Path) -> None:
        """Read a form from a file of another house."""
        self.room.papers.run(lambda: form_of(file), self.begin, owner=self, refused=self.refuse)

    def export_to(self, file: Path) -> None:
        """Write the form that is shown as one file."""
        if self.form_shown is not None:
            written, said = form_file(self.form_shown), tr("Saved as {file}", file=file.name)
            self.room.papers.run(lambda: write_file(file, written), lambda _: self.say(said), owner=self,
                                 refused=self.refuse)

    def preview(self) -> None:
        """Show the whole form with a paper's words, as plain paper would carry it."""
        if (form := self.form_shown) is None:
            return
        said, title = self._examples[form.kind], tr("Form {name}", name=form.name)
        self.room.papers.run(lambda: Paper("form", "", title, overlay_pdf(form, said, whole=True)),
                             self.room.show_paper, owner=self, refused=self.refuse)

    def add(self, field: FormField) -> None:
        """Put another field on the page."""
        if self.form_shown is not None:
            here = replace(field, page=self.canvas.page)
            form = replace(self.form_shown, fields=(*self.form_shown.fields, here))
            self._step(form, len(form.fields) - 1)
            self.canvas.setFocus()

    def rename(self, name: str) -> None:
        """Give the form another name; it stays the same form to its books and printers."""
        if self.form_shown is not None:
            self._step(replace(self.form_shown, name=name))
            self._offer()

    def remove(self) -> None:
        """Take the chosen field off the page."""
        form, at = self.form_shown, self.canvas.chosen
        if form is not None and 0 <= at < len(form.fields):
            left = form.without(at)
            before = [one for one in left.on_page(self.canvas.page) if one <= at]
            self._step(left, next(reversed(before), -1))

    def turn_to(self, page: int) -> None:
        """Show another page, its first field chosen."""
        if self.form_shown is not None:
            self._put(self.form_shown, next(iter(self.form_shown.on_page(page)), -1), page)

    def _change_pages(self, form: OverlayForm, page: int) -> None:
        self._put(form, next(iter(form.on_page(page)), -1), page)
        self._settle()

    def undo(self) -> None:
        """Take the last step back."""
        if self.undone:
            before = self.undone.pop()
            self._put(before, min(self.canvas.chosen, len(before.fields) - 1))
            self._before = before
            self._drafts.keep(self.mark, before)
            self._offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    def _show(self, rows: tuple[FormRow, ...], mark: str, form: OverlayForm | None, said: Filling | None) -> None:
        self._rows = {one.mark: one for one in rows}
        same, self.mark, self._before = mark == self.mark, mark, form
        self.undone.clear()
        self._offer()
        if form is None or said is None:
            self.form_shown = None
            self._enable_tools()
            return
        if mark in self._drafts.all():
            self.banner.say(tr("What was typed last time and not kept stands here again."),
                            tr("Keep it, or discard the changes."), "neutral")  # fmt: skip
        self._examples[form.kind] = said
        self._put(form, min(self.canvas.chosen, len(form.fields) - 1) if same else 0)
        if not same:
            self._page.fit()

    def _offer(self) -> None:
        """Offer every form by its paper and name, as a draft calls it where there is one."""
        called = {mark: (one.kind, one.name) for mark, one in self._rows.items()}
        called |= {mark: (form.kind, form.name) for mark, form in self._drafts.all().items()}
        self.which.set_choices([(mark, f"{paper_words(kind)} · {name}") for mark, (kind, name) in called.items()])
        self.which.put(self.mark or None)

    def _change_form(self) -> None:
        if self.which.value():
            self.banner.hide()
            self.load()

    def _put(self, form: OverlayForm, chosen: int, page: int = 0) -> None:
        """Show a form: the page of the chosen field, else a page that is named, else the one that was shown."""
        if self.form_shown is None or self.form_shown.kind is not form.kind:
            self.edit.offer(form.kind)
        field = form.fields[chosen] if 0 <= chosen < len(form.fields) else None
        page = field.page if field is not None else min(page or self.canvas.page, form.pages)
        self.form_shown = form
        self.canvas.show_form(form, self._examples[form.kind], chosen, page)
        self.pages.show_page(form, page)
        self._page.follow()
        self.edit.show_field(field, form.pages)
        self._enable_tools()

    def _pick(self, at: int) -> None:
        if self.form_shown is not None:
            self._put(self.form_shown, at)

    def _move(self, field: FormField) -> None:
        """Show a field where the mouse or a key takes it, never off the paper."""
        form, at = self.form_shown, self.canvas.chosen
        if form is not None and 0 <= at < len(form.fields):
            x = min(max(0, field.x), form.width - field.width)
            y = min(max(0, field.y), form.height - field.deep)
            self._put(form.with_field(at, replace(field, x=x, y=y)), at)

    def _change_field(self, field: FormField) -> None:
        form, at = self.form_shown, self.canvas.chosen
        if form is None or not 0 <= at < len(form.fields):
            return
        changed = form.with_field(at, field)
        try:
            demand_sound_form(changed)
        except Refusal as trouble:
            self.edit.refuse(trouble)
        else:
            self._step(changed, at)

    def _step(self, form: OverlayForm, chosen: int | None = None) -> None:
        self._put(form, self.canvas.chosen if chosen is None else chosen)
        self._settle()

    def _settle(self) -> None:
        """A step is done: it can be undone, and it is kept as a draft."""
        if self.form_shown is None or self.form_shown == self._before:
            return
        if self._before is not None:
            self.undone = [*self.undone[1 - MOST_UNDONE:], self._before]
        self._before = self.form_shown
        self._drafts.keep(self.mark, self.form_shown)
        self._enable_tools()

    def _keep(self) -> None:
        form = self.form_shown
        if form is None:
            return
        desk, now = self.room.desk, self.room.now()
        asked = FormRequest(form, now.date(), self.mark, self.key)

        def done(kept: FormKept) -> None:
            self._drafts.drop(kept.mark)
            self.renewed(tr(_HOW_ON[form.kind is PaperKind.RECEIPT], name=kept.name))

        self.room.lane.run(lambda: stationery.keep_form(desk, asked, now), done, owner=self, refused=self.refuse)

    def _ask_why_away(self) -> None:
        if (form := self.form_shown) is not None:
            WithdrawFormSheet(form.name, self.withdraw).stand_over(self.window())

    def withdraw(self, reason: str) -> None:
        """Take the form that is shown out of use; a form that was never kept is only thrown away."""
        assert self.form_shown is not None
        name, mark, desk, now = self.form_shown.name, self.mark, self.room.desk, self.room.now()
        asked = WithdrawForm(mark, reason, self.key)

        def done(_: object) -> None:
            self._drafts.drop(mark)
            self.form_shown = None
            self.renewed(tr("The form {name} is withdrawn; its versions stay in the record.", name=name))

        if mark in self._rows:
            self.room.lane.run(lambda: stationery.withdraw_form(desk, asked, now), done, owner=self,
                               refused=self.refuse)
        else:
            done(None)

    def _begin(self) -> None:
        NewFormSheet(self.begin).stand_over(self.window())

    def _ask_name(self) -> None:
        if self.form_shown is not None:
            RenameFormSheet(self.form_shown.name, self.rename).stand_over(self.window())

    def _calibrate(self) -> None:
        if self.form_shown is not None:
            CalibrationSheet(self.room, self.mark, self.form_shown).stand_over(self.window())

    def _choose_scan(self) -> None:
        kinds = "JPEG, PNG, PDF (*.jpg *.jpeg *.png *.bmp *.pdf)"
        _open(QFileDialog(self, tr("Scan or photo of the form"), "", kinds), self.take_scan)

    def _choose_import(self) -> None:
        _open(QFileDialog(self, tr("Import a form"), "", f"*.{SUFFIX}"), self.bring_in)

    def _choose_export(self) -> None:
        if self.form_shown is not None:
            dialog = QFileDialog(self, tr("Export the form"), f"{self.form_shown.name}.{SUFFIX}", f"*.{SUFFIX}")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(SUFFIX)
            _open(dialog, self.export_to)

    def _enable_tools(self) -> None:
        has = self.form_shown is not None
        self.stack.setCurrentIndex(int(has))
        fits, gives_way = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
        for page, shown in ((self.empty, not has), (self._work, has)):  # what is not shown makes nothing scroll
            page.setSizePolicy(fits, fits if shown else gives_way)
        for piece in (*self._tools, self._rename, self._plain, self._away):
            piece.setVisible(has)
        self._undo.setEnabled(bool(self.undone))
        self._enable(has)


def _open(dialog: QFileDialog, chosen: object) -> None:
    dialog.fileSelected.connect(lambda file: chosen(Path(file)) if callable(chosen) else None)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
