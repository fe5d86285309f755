"""The sheets of a pre-printed form: a new one, and putting a printer right for it by two readings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form_fields import CATALOGUES
from salescenter.domain.papers.overlay import (
    AS_IT_IS,
    LEAST_PAPER,
    MOST_PAPER,
    OverlayForm,
    calibrated,
    crosses,
)
from salescenter.domain.papers.starting_form import starting_form, usual_size
from salescenter.domain.refusals import OutOfBounds
from salescenter.i18n import mark, spoken, tr
from salescenter.print.overlay import calibration_sheet_pdf
from salescenter.services.papers.titles import paper_words
from salescenter.services.printing.spooler import Printer
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import FigureEdit, LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.stationery import calibration, keep_calibration


class TenthEdit(FigureEdit):
    """A length in millimetres with one place (`93.3`); `value` is whole tenths or None."""

    cannot = mark("This cannot be read as millimetres; write 93.3.")

    def read(self, text: str) -> int | None:
        whole, _, part = text.strip().removesuffix("mm").strip().replace("．", ".").partition(".")
        if not (whole.isascii() and whole.isdigit()) or len(whole) > 4 or part not in _TENTHS:
            return None
        return 10 * int(whole) + _TENTHS.index(part) % 10

    def write(self, value: Any) -> str:
        return f"{value // 10}.{value % 10}"


_TENTHS = [*"0123456789", ""]


class NewFormSheet(Sheet):
    """For which papers, name and size of a new form; it begins with the usual fields."""

    def __init__(self, begun: Callable[[OverlayForm], object]) -> None:
        super().__init__(tr("New form"), width=520)
        self._begun = begun
        form = FormGrid(columns=2)
        kinds = [(kind, paper_words(kind)) for kind in CATALOGUES]
        form.add("name", tr("Name of the form"), LineEdit(), span=2, required=True,
                 hint=tr("such as Receipt 2026; the old one keeps its own"))
        form.add("kind", tr("For which paper"), ComboBox(kinds), span=2, required=True)
        form.add("width", tr("Width of the paper, mm"), TenthEdit(), required=True)
        form.add("height", tr("Height of the paper, mm"), TenthEdit(), required=True)
        form.put(kind=PaperKind.RECEIPT, **_size(PaperKind.RECEIPT))
        form.changed.connect(lambda name: form.put(**_size(form.value("kind"))) if name == "kind" else None)
        self.put_form(form)
        self.put(None)
        self.main_action(tr("Begin the form"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said = self.form.values()
        for name in ("width", "height"):
            if not LEAST_PAPER <= said[name] <= MOST_PAPER:
                self.form.field(name).set_error(
                    tr("Enter a length from {least} to {most} mm.", least=LEAST_PAPER // 10, most=MOST_PAPER // 10))
                return
        begun = self._begun
        self.finish()
        begun(starting_form(said["name"].strip(), said["width"], said["height"], PaperKind(said["kind"])))


def _size(kind: str) -> dict[str, int]:
    return dict(zip(("width", "height"), usual_size(PaperKind(kind)), strict=True)) if kind else {}


class RenameFormSheet(Sheet):
    """Another name for a form; what puts printers right for it and the books that print on it stay with it."""

    def __init__(self, name: str, rename: Callable[[str], object]) -> None:
        super().__init__(tr("Rename the form"), width=460, subtitle=name)
        self._rename = rename
        form = FormGrid(columns=1)
        form.add("name", tr("Name of the form"), LineEdit(), required=True)
        form.put(name=name)
        self.put_form(form)
        said = tr("Receipt books and printers put right stay with the form. It is called so once it is kept.")
        self.put(Label(said, "muted", wrap=True), None)
        self.main_action(tr("Rename"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            name = self.form.value("name").strip()
            self.finish()
            self._rename(name)


class WithdrawFormSheet(Sheet):
    """Why a form is taken out of use; `withdraw(reason)` goes on."""

    def __init__(self, name: str, withdraw: Callable[[str], object]) -> None:
        super().__init__(tr("Withdraw the form"), width=460, subtitle=name)
        self._withdraw = withdraw
        form = FormGrid(columns=1)
        hint = tr("such as: the printer's shop changed the lines")
        form.add("reason", tr("Why"), LineEdit(), required=True, hint=hint)
        self.put_form(form)
        said = tr("No book may print on it any more. What was printed on it stays as it is.")
        self.put(Label(said, "muted", wrap=True), None)
        self.main_action(tr("Withdraw the form"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            reason = self.form.value("reason")
            self.finish()
            self._withdraw(reason)


class CalibrationSheet(Sheet):
    """Print the ruled sheet on the form's paper, measure where its two crosses came out, type it: done."""

    def __init__(self, room: Room, mark: str, form: OverlayForm) -> None:
        super().__init__(tr("Put the printer right"), width=640, subtitle=form.name)
        self.room, self.mark, self.paper = room, mark, form
        grid = FormGrid(columns=4)
        grid.add("printer", tr("Printer"), ComboBox(placeholder=tr("no printer")), span=4, required=True)
        for number in ("1", "2"):
            left = tr("Cross {number}: from the left edge, mm", number=number)
            grid.add(f"x{number}", left, TenthEdit(), span=2, required=True)
            top = tr("Cross {number}: from the upper edge, mm", number=number)
            grid.add(f"y{number}", top, TenthEdit(), span=2, required=True)
        (x1, y1), (x2, y2) = crosses(form.width, form.height)
        grid.put(x1=x1, y1=y1, x2=x2, y2=y2)
        self.put_form(grid)
        self.said = Label("", "muted", wrap=True)
        self.put(Label(tr("Print the test sheet on a form or on paper of its size. Measure with a ruler where the two "
                          "crosses stand, and type it here. It is kept for this PC, this printer and this form."),
                       "muted", wrap=True), self.said, None)  # fmt: skip
        self.main_action(tr("Keep for this printer"), self._press)
        self.add_action(tr("Test sheet"), lambda: self.show_sheet(checking=False))
        self.add_action(tr("Check sheet"), lambda: self.show_sheet(checking=True))
        grid.changed.connect(lambda name: self._say_how() if name == "printer" else None)
        self._say_how()
        room.papers.run(room.printing().house.spooler.printers, self._offer, owner=self, refused=self.refuse)

    def _offer(self, found: tuple[Printer, ...]) -> None:
        """Offer the printers of this PC, the usual one chosen."""
        assert self.form is not None
        box = self.form.field("printer").editor
        assert isinstance(box, ComboBox)
        box.set_choices([(one.name, one.name) for one in found])
        self.form.put(printer=found[0].name if found else None)
        self._say_how()

    def show_sheet(self, *, checking: bool) -> None:
        """Show the ruled sheet; `checking` prints it as receipts are printed, so that it must come out right."""
        assert self.form is not None
        room, size, lang = self.room, (self.paper.width, self.paper.height), spoken()
        right = calibration(room.drafts, self.form.value("printer") or "", self.mark) if checking else AS_IT_IS
        title, now = tr("Test sheet"), room.now()

        def make() -> Paper:
            return Paper("test-sheet", "", title, calibration_sheet_pdf(size, now, lang, right))

        room.papers.run(make, room.show_paper, owner=self, refused=self.refuse)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said = self.form.values()
        try:
            right = calibrated(crosses(self.paper.width, self.paper.height),
                               [(said["x1"], said["y1"]), (said["x2"], said["y2"])])
        except OutOfBounds:
            self.banner.say(tr("No printer is off by that much."),
                            tr("Measure again, in millimetres from the edges of the paper."), "warning")
            return
        keep_calibration(self.room.drafts, said["printer"], self.mark, right)
        self._say_how()
        self.banner.say(tr("Kept for {printer}.", printer=said["printer"]),
                        tr("Print the check sheet: its crosses must stand where it says."), "accent")

    def _say_how(self) -> None:
        assert self.form is not None
        right = calibration(self.room.drafts, self.form.value("printer") or "", self.mark)
        self.said.say(tr("This printer is not put right for this form yet.") if right == AS_IT_IS else
                      tr("Moved by {x} mm to the right and {y} mm down; stretched by {across} % and {down} %.",
                         x=f"{right.x / 10:+.1f}", y=f"{right.y / 10:+.1f}", across=f"{100 * right.across - 100:+.2f}",
                         down=f"{100 * right.down - 100:+.2f}"))
