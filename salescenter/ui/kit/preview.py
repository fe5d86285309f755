"""The preview of a finished paper: its pages as they will print, printed or saved from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from salescenter.domain.papers.form_faults import SheetMissing
from salescenter.domain.papers.printing import JobState, PrintJob, Way
from salescenter.domain.papers.sheets import OnSheet
from salescenter.domain.papers.signing import signatures
from salescenter.domain.refusals import ReasonMissing
from salescenter.i18n import tr, trn
from salescenter.services.files import write_file
from salescenter.services.printing.spooler import Printer
from salescenter.ui.kit.before_it_leaves import BeforeItLeaves, places
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.form_run import FormRun, form_words, left_of, run_on_form
from salescenter.ui.kit.frame import fit_screen
from salescenter.ui.kit.icons import icon
from salescenter.ui.kit.issuing import Issuing, Ready, ReasonSheet
from salescenter.ui.kit.labels import ElidedLabel, Label
from salescenter.ui.kit.lane import Runner, Trouble
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import column, row
from salescenter.ui.kit.paper import AS_IT_IS, Keeper, Leaving, OnForm, Paper
from salescenter.ui.kit.paper_search import FindBar, Found, find_in
from salescenter.ui.kit.paper_view import PaperView
from salescenter.ui.kit.print_watch import PrintWatch
from salescenter.ui.kit.printing_words import hitch_words, remark, trouble
from salescenter.ui.kit.saving import ask_where
from salescenter.ui.kit.sending import Order, Sending, on_fresh_sheets
from salescenter.ui.kit.stationery import calibration
from salescenter.ui.kit.turning import Turning
from salescenter.ui.kit.ways import remember_way, way_for, with_printer
from salescenter.ui.kit.which_sheet import WhichSheet

__all__ = ["PaperView", "Preview"]


class Preview(QWidget):
    """A window of its own: Ctrl+P prints, Ctrl+S saves, Ctrl+F finds words, Ctrl +/- zoom, PgUp/PgDn turn, Esc closes.

    A paper that the keeper keeps is kept before it is printed or issued as PDF; printing it a second time asks
    why, marks it, and shows what is printed then. `memory` remembers the printer of each kind of paper on this PC;
    `watch` hears what becomes of the job.
    """

    printed = Signal(object)  # the Paper that was handed to the printer

    def __init__(self, paper: Paper, papers: Runner, parent: QWidget | None = None, *,
                 keeper: Keeper | None = None, memory: Drafts | None = None, watch: PrintWatch | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "page")
        self._papers, self._keeper, self._memory, self._watch = papers, keeper, memory, watch
        self._issuing, self._job = Issuing(paper, keeper), ""
        self._sending: Sending | None = None
        self._silent: Trouble | None = None
        self._found: tuple[Found, ...] = ()
        self._at = -1
        self.setWindowTitle(paper.name)
        self._make_pieces(paper)
        self._lay_out()
        self._connect()
        self._show_page()
        fit_screen(self, 920, 820)
        self.view.setFocus()
        self._ask_what_is_needed()
        if paper.notice:
            self._banner.say(paper.notice, "", "warning")
        elif self._issuing.is_kept() and not paper.reason:
            papers.run(self._issuing.before, self._say_before, owner=self, refused=self._banner.refuse)

    def _make_pieces(self, paper: Paper) -> None:
        self.view = PaperView(paper.pdf)
        self._name, self._page = ElidedLabel(paper.name, "headline"), Label("", "muted")
        self._banner = Banner(tone="danger")
        self.printers = ComboBox(placeholder=tr("no printer"))
        self.printers.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.printers.setMinimumWidth(150)
        self.printers.setAccessibleName(tr("Printer"))
        self._print = FilledButton(tr("Print"), self.print_it, key="Ctrl+P")
        words = tr("Issue as PDF") if self._issuing.is_kept() else tr("Save as PDF")
        self._save = OutlinedButton(words, self.save_as)
        self._on_form = OutlinedButton(tr("On the form"), self.print_on_form, key="Ctrl+T")
        self._on_form.setVisible(bool(paper.on_forms))
        self.finding = FindBar()
        self.leaving = BeforeItLeaves(self._show_place)

    def _lay_out(self) -> None:
        layout = column(self._bar(), self.leaving, self.finding, self._banner, self.view, gap=0)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.view.turned.connect(self._show_page)
        self.finding.sought.connect(self._seek)
        self.finding.turned.connect(self._turn_found)
        self.finding.left.connect(self._leave_finding)
        if self._watch is not None:
            self._watch.moved.connect(self._moved)
            self._papers.run(self._watch.house.spooler.printers, self._offer, owner=self, refused=self._do_without)

    @property
    def paper(self) -> Paper:
        """The paper as it is shown and would print now."""
        return self._issuing.paper

    def print_it(self) -> None:
        """Hand the paper to the chosen printer, a copy for each who gets one."""
        if (order := self._order()) is not None:
            self._print_as(order, lambda: Leaving(order.copies),
                           lambda pdf: (order, on_fresh_sheets(self.paper, pdf, order.way.sides)))

    def print_on_form(self) -> None:
        """Hand the paper's words alone to the printer that holds the pre-printed form; of several one is chosen."""
        there = self.paper.on_forms
        if len(there) == 1:
            self.print_on(there[0])
        elif there:
            menu = QMenu(self)
            menu.aboutToHide.connect(menu.deleteLater)
            for form in there:
                menu.addAction(form_words(form, max(1, len(self.paper.parts))), partial(self.print_on, form))
            menu.setAccessibleName(tr("Which form"))
            menu.setActiveAction(menu.actions()[0])
            menu.popup(self._on_form.mapToGlobal(self._on_form.rect().bottomLeft()))

    def print_on(self, form: OnForm) -> None:
        """Hand the paper's words to the chosen printer, which holds this form."""
        if (order := self._order()) is None or self._memory is None:
            return
        right = calibration(self._memory, order.way.printer, form.mark)
        alone = replace(order, copies=(), form=form.name)  # a form has its copies beneath it

        run: list[FormRun] = []  # laid anew each time: it may be a reprint by then

        def laid() -> Leaving:
            run[:] = [run_on_form(self.paper, form, right)]
            return Leaving(form=form.mark, parts=run[0].parts, sheets=run[0].copies)

        def made(_: bytes) -> tuple[Order, bytes]:
            way, papers = replace(alone.way, sides=run[0].sides), _numbered(self.paper.those(run[0].parts))
            return replace(alone, way=way, papers=papers), run[0].pdf

        self._print_as(order, laid, made, lambda: self._show_left(run[0]))

    def _print_as(self, order: Order, leaving: Callable[[], Leaving], made: Callable[[bytes], tuple[Order, bytes]],
                  then: Callable[[], None] = lambda: None) -> None:
        assert self._watch is not None
        sending = self._sending = self._sending or Sending(self._watch.house, self._watch.now)
        sent: list[PrintJob] = []

        def done() -> None:
            self._was_sent(sent[-1], order.way)
            then()

        ready = Ready(lambda pdf: sending.ready(*made(pdf)), sending.back)
        self._send(lambda _: sent.append(sending.send()), done, leaving, ready)

    def _show_left(self, run: FormRun) -> None:
        """Of a job of which not all went on a form, show what is left, to be printed too; say what did not fit."""
        gone = {one.key for one in self.paper.those(run.parts)}
        if len(gone) == max(1, len(self.paper.parts)):
            return

        def show(rest: Paper) -> None:
            self._show_again(rest, lambda: None)
            self._show_name()
            if run.left:
                self._banner.say(tr("Sent, but for what does not fit on the form: print these on plain paper."),
                                 "\n".join(run.left), "warning")

        job = self.paper
        self._papers.run(lambda: left_of(job, gone), show, owner=self, refused=self._banner.refuse)

    def _show_name(self) -> None:
        self.setWindowTitle(self.paper.name)
        self._name.say(self.paper.name)

    def _order(self) -> Order | None:
        """Say what is printed where; None, and why, where no printer is chosen."""
        printer = self.printers.value()
        if self._silent is not None:
            self._banner.refuse(self._silent)
            return None
        if printer is None or self._watch is None or self._memory is None:
            self._banner.say(tr("No printer is chosen."), tr("Choose one, or save the paper as PDF."), "warning")
            return None
        way = with_printer(way_for(self._memory, self._kind(), (printer,)), printer)
        paper, by = self.paper, self._keeper.by if self._keeper is not None else ""
        return Order(self._kind(), paper.number, self.windowTitle(), self._watch.project, by, way,
                     self.leaving.copies.value(), papers=_numbered(paper.those(())))

    def save_as(self) -> None:
        """Ask where to save the PDF."""
        ask_where(self, self._save.text(), f"{_as_file(self.windowTitle())}.pdf", self.save_to)

    def save_to(self, file: Path) -> None:
        """Write the PDF; a folder that cannot be written is said in words. A paper that is kept is kept first."""
        saved = tr("Saved as {file}", file=file.name)
        self._send(lambda pdf: write_file(file, pdf), lambda: self._banner.say(saved, "", "accent"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        do = _KEYS.get((Qt.Key(event.key()), command))
        if do is None:
            super().keyPressEvent(event)
        else:
            do(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.view.close_document()
        super().closeEvent(event)
        if (host := self.parentWidget()) is not None:  # the keys go on where the eye does: not every desktop sees to it
            left = [one for one in host.findChildren(Preview) if one is not self and one.isVisible()]
            (left[-1] if left else host.window()).activateWindow()

    def _send(self, hand_on: Callable[[bytes], object], done: Callable[[], None],
              leaving: Callable[[], Leaving] = lambda: AS_IT_IS, ready: Ready | None = None) -> None:
        """Keep the paper and hand it on, in the lane; where a reason or a sheet is missing, ask and begin again."""
        issuing = self._issuing
        self._busy(True)

        def refused(trouble: Trouble) -> None:
            if isinstance(trouble, ReasonMissing):
                self._ask_why(lambda: self._send(hand_on, done, leaving, ready))
            elif isinstance(trouble, SheetMissing):
                def on_sheet(on: OnSheet) -> None:
                    self._send(hand_on, done, lambda: replace(leaving(), sheet=on), ready)

                WhichSheet(trouble, on_sheet).stand_over(self)
            else:
                self._banner.refuse(trouble)

        self._papers.run(lambda: issuing.send(hand_on, leaving, ready), lambda _: done(), owner=self, refused=refused,
                         after=lambda: self._busy(False))

    def _ask_why(self, go_on: Callable[[], object]) -> None:
        def told(reason: str) -> None:
            issuing = self._issuing
            self._papers.run(lambda: issuing.again(reason), lambda paper: self._show_again(paper, go_on), owner=self,
                             refused=self._banner.refuse)

        ReasonSheet(self.paper, told).stand_over(self)

    def _show_again(self, paper: Paper, go_on: Callable[[], object]) -> None:
        """Show the marked reprint in the place of the paper and go on with it."""
        self._issuing, self._sending = Issuing(paper, self._keeper), None
        self.view.show_document(paper.pdf)
        self._on_form.setVisible(bool(paper.on_forms))
        go_on()

    def _say_before(self, count: int) -> None:
        if count:
            said = (trn("{count} paper of this job was printed before.",
                        "{count} papers of this job were printed before.", count=count) if self.paper.parts
                    else trn("Printed before: {count} time.", "Printed before: {count} times.", count=count))
            self._banner.say(said, tr("Printing again asks why and marks the paper as a reprint."), "neutral")

    def _busy(self, busy: bool) -> None:
        self._print.setEnabled(not busy)
        self._save.setEnabled(not busy)
        self._on_form.setEnabled(not busy)

    def _kind(self) -> str:
        """The kind whose printer this goes to; a job of one kind goes where each of its papers would."""
        kinds = {part.kind for part in self.paper.parts}
        return kinds.pop() if len(kinds) == 1 else self.paper.kind

    def _was_sent(self, job: PrintJob, way: Way) -> None:
        """The job was handed over, or nobody knows; what becomes of it is said when it is heard."""
        assert self._watch is not None
        self._job = job.key
        if (wrong := trouble(job)) is not None:
            self._banner.say(*wrong, "danger")
        else:
            self._banner.say(tr("Sent to {printer}", printer=job.way.printer), "", "accent")
        if self._memory is not None:
            remember_way(self._memory, self._kind(), way)
        self.printed.emit(self.paper)
        self._watch.wake()

    def _moved(self, jobs: tuple[PrintJob, ...]) -> None:
        """Something became of print jobs: of this paper's it is said here."""
        for job in jobs:
            if job.key != self._job:
                continue
            if (wrong := trouble(job)) is not None:
                self._banner.say(*wrong, "danger")
            elif job.state is JobState.PRINTED:
                self._banner.say(tr("Printed on {printer}", printer=job.way.printer), remark(job), "accent")

    def _ask_what_is_needed(self) -> None:
        """Ask for whom copies are and who signs where; the paper is in sight meanwhile."""
        paper, keeper = self.paper, self._keeper
        if (needed := signatures(paper.kind)) and not paper.parts:
            self._papers.run(lambda: places(paper.pdf, needed), self.leaving.show_places, owner=self,
                             refused=self._banner.refuse)
        if keeper is not None:
            self._papers.run(lambda: keeper.copies(paper), self.leaving.offer_copies, owner=self,
                             refused=self._banner.refuse)

    def _show_place(self, place: Found) -> None:
        self.view.mark_found((place,), 0)

    def _seek(self, words: str) -> None:
        """Find words in the paper; only the newest answer is shown."""
        pdf = self.paper.pdf

        def found(places_: tuple[Found, ...]) -> None:
            if words == self.finding.words.value():
                self._found, self._at = places_, 0 if places_ else -1
                self._show_found()

        if words:
            self._papers.run(lambda: find_in(pdf, words), found, owner=self, refused=self._banner.refuse)
        else:
            found(())

    def _turn_found(self, by: int) -> None:
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._show_found()

    def _show_found(self) -> None:
        self.view.mark_found(self._found, self._at)
        self.finding.say(self._at, len(self._found))

    def _leave_finding(self) -> None:
        self.view.mark_found((), -1)
        self.view.setFocus()

    def _bar(self) -> QWidget:
        """The paper's name and page, and the tools beside them, or below where the name is long."""
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        smaller = OutlinedButton("", lambda: self.view.zoom(-1))
        larger = OutlinedButton("", lambda: self.view.zoom(1))
        for button, name, words in ((smaller, "zoom-out", tr("Smaller")), (larger, "zoom-in", tr("Larger"))):
            button.setIcon(icon(name))
            button.setToolTip(words)
            button.setAccessibleName(words)
        fit = OutlinedButton(tr("Fit"), self.view.fit_width)
        tools = row(smaller, fit, larger, self.printers, self._save, self._on_form, self._print, None)
        bar = QFrame()
        bar.setProperty("look", "topbar")
        layout = row(Turning(row(self._name, self._page, None), tools))
        layout.setContentsMargins(16, 8, 12, 8)
        bar.setLayout(layout)
        return bar

    def _offer(self, found: tuple[Printer, ...]) -> None:
        """Offer the printers, the one this kind of paper goes to chosen; what holds one up is said beside its name."""
        names = [(one.name, hitch_words(one.hitch, one.name) if one.hitch else one.name) for one in found]
        self.printers.set_choices(names)
        way = way_for(self._memory, self._kind(), [one.name for one in found]) if self._memory is not None else None
        self.printers.put(way.printer if way is not None else None)

    def _do_without(self, silent: Trouble) -> None:
        """The print service does not answer: whoever only looks, or saves a PDF, need not be told."""
        self._silent = silent

    def _show_page(self) -> None:
        self._page.setText(tr("page {number} of {count}", number=self.view.page() + 1, count=self.view.pages()))


def _numbered(papers: Sequence[Paper]) -> tuple[tuple[str, str], ...]:
    return tuple(one.key for one in papers if one.number)


def _as_file(name: str) -> str:
    """A name any system takes for a file."""
    return "".join("-" if letter in '/\\:*?"<>|' else letter for letter in name)


_KEYS: dict[tuple[Qt.Key, bool], Callable[[Preview], object]] = {
    (Qt.Key.Key_P, True): Preview.print_it, (Qt.Key.Key_F8, False): Preview.print_it,
    (Qt.Key.Key_T, True): Preview.print_on_form,
    (Qt.Key.Key_S, True): Preview.save_as, (Qt.Key.Key_F, True): lambda self: self.finding.begin(),
    (Qt.Key.Key_Escape, False): Preview.close,
    (Qt.Key.Key_Plus, True): lambda self: self.view.zoom(1), (Qt.Key.Key_Equal, True): lambda self: self.view.zoom(1),
    (Qt.Key.Key_Minus, True): lambda self: self.view.zoom(-1), (Qt.Key.Key_0, True): lambda self: self.view.fit_width(),
    (Qt.Key.Key_PageDown, False): lambda self: self.view.turn(1),
    (Qt.Key.Key_PageUp, False): lambda self: self.view.turn(-1),
    (Qt.Key.Key_Home, False): lambda self: self.view.show_page(0),
    (Qt.Key.Key_End, False): lambda self: self.view.show_page(self.view.pages() - 1),
}
