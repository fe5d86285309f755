"""What the screens call the state of a print job, what holds a printer up, and how a paper goes on paper."""

from __future__ import annotations

from salescenter.domain.papers.printing import Hitch, JobState, PrintJob, Sides, Size, SpoiledAt
from salescenter.i18n import listed, mark, tr
from salescenter.services.printing.jobs import GIVEN_UP, HANDED, UNKEPT

_STATES: dict[JobState, tuple[str, str]] = {
    JobState.WAITING: (mark("waiting"), "warning"),
    JobState.SENDING: (mark("being handed over"), "neutral"),
    JobState.QUEUED: (mark("in the queue"), "neutral"),
    JobState.PRINTING: (mark("printing"), "accent"),
    JobState.PRINTED: (mark("printed"), "accent"),
    JobState.FAILED: (mark("failed"), "danger"),
    JobState.CANCELLED: (mark("cancelled"), "neutral"),
    JobState.DOUBTFUL: (mark("did it come out?"), "danger"),
}

_HITCHES: dict[Hitch, tuple[str, str]] = {
    Hitch.PAPER: (mark("{printer} is out of paper."), mark("Put paper in; the job goes on by itself.")),
    Hitch.JAM: (mark("Paper is jammed in {printer}."),
                mark("Clear the jam. Count the sheets that came out before it goes on.")),
    Hitch.OPEN: (mark("A cover of {printer} is open."), mark("Close it; the job goes on by itself.")),
    Hitch.INK: (mark("{printer} is out of ink, toner or ribbon."), mark("Change it; the job goes on by itself.")),
    Hitch.OFFLINE: (mark("{printer} cannot be reached."),
                    mark("Check that it is switched on and connected; the job waits for it.")),
    Hitch.STOPPED: (mark("{printer} is paused."),
                    mark("Let it go on in this PC's printer settings, or print elsewhere; the job waits.")),
    Hitch.OTHER: (mark("{printer} reports a fault."), mark("Look at its display; the job waits.")),
}  # fmt: skip

_ASKED: dict[JobState, tuple[str, str]] = {
    JobState.WAITING: (mark("This paper was never handed to a printer."),
                       mark("The program ended before. Print it, or cancel it.")),
    JobState.FAILED: (mark("The printer did not print this paper."),
                      mark("Nothing is lost: print it again, on this printer or another.")),
    JobState.DOUBTFUL: (mark("Nobody knows whether this paper came out."),
                        mark("Look at the printer. Say that it came out, or print it again.")),
}  # fmt: skip
_UNKEPT = (mark("This paper was never handed to a printer: the program ended while the archive kept it."),
           mark("Cancel this job, and print the paper again from where it was made."))  # fmt: skip
_SOME_OUT = (mark("Only {sheets} of {pages} pages came out."),
             mark("Count them, and hand the rest over again, on this printer or another."))  # fmt: skip
_WHYS = {
    GIVEN_UP: mark("cancelled at the printer or in this PC's printer settings"),
    "no-such-printer": mark("no such printer"),
}
"""What the program itself keeps as the reason; anything else is the print service's own words."""
_NOBODY_TELLS = mark("Handed to the printer; this system does not say whether it came out.")

_SIDES = {Sides.ONE: mark("one side"), Sides.LONG: mark("both sides"), Sides.SHORT: mark("both sides, turned upwards")}
_SIZES = {Size.OWN: mark("the paper's own size"), Size.K16: mark("16K")}

_TRAYS = {
    "auto": mark("as the printer likes"), "main": mark("main tray"), "top": mark("upper tray"),
    "upper": mark("upper tray"), "middle": mark("middle tray"), "bottom": mark("lower tray"),
    "lower": mark("lower tray"), "manual": mark("by hand"), "by-pass-tray": mark("by hand"),
    "rear": mark("rear feed"), "tractor": mark("tractor"), "envelope": mark("envelopes"),
    "cassette": mark("cassette"), "large-capacity": mark("large tray"), "side": mark("side tray"),
}  # fmt: skip


_SPOILED = {
    SpoiledAt.PRINTING: mark("when printing"), SpoiledAt.WRITING: mark("when writing"),
    SpoiledAt.SEALING: mark("when sealing"), SpoiledAt.STORING: mark("in storage"),
}  # fmt: skip


def spoiled_at_words(at: SpoiledAt) -> str:
    """Say at which step a sheet was spoiled."""
    return tr(_SPOILED[at])


def state_mark(state: JobState) -> tuple[str, str]:
    """Say a job's state, with its tone."""
    said, tone = _STATES[state]
    return tr(said), tone


def trouble(job: PrintJob) -> tuple[str, str] | None:
    """Say what is the matter with a job and what to do; None where all goes well."""
    if job.state in _ASKED:
        if job.why == UNKEPT:
            return tr(_UNKEPT[0]), tr(_UNKEPT[1])
        sentence, remedy = _SOME_OUT if job.state is JobState.FAILED and job.sheets else _ASKED[job.state]
        why = tr(_WHYS[job.why]) if job.why in _WHYS else job.why
        said = tr(sentence, sheets=job.sheets, pages=job.pages)
        return (tr("{sentence} ({why})", sentence=said, why=why) if why else said), tr(remedy)
    if job.hitch is not None:
        sentence, remedy = _HITCHES[job.hitch]
        return tr(sentence, printer=job.way.printer), tr(remedy)
    return None


def hitch_words(hitch: Hitch, printer: str) -> str:
    """Say what holds a printer up."""
    return tr(_HITCHES[hitch][0], printer=printer)


def remark(job: PrintJob) -> str:
    """Say in one line what is to be known about a job."""
    if (found := trouble(job)) is not None:
        return found[0]
    return tr(_NOBODY_TELLS) if job.why == HANDED else job.why


def pages_words(job: PrintJob) -> str:
    """Say how many pages of how many are out: 3 / 15."""
    out = job.pages if job.state is JobState.PRINTED else min(job.sheets, job.pages)
    return f"{out} / {job.pages}"


def copies_words(copies: tuple[str, ...]) -> str:
    """Say for whom the copies are."""
    return listed(copies)


def tray_words(tray: str) -> str:
    """Say a tray; one the house has no word for keeps the printer's own."""
    if tray in _TRAYS:
        return tr(_TRAYS[tray])
    kind, _, number = tray.rpartition("-")
    return tr("tray {number}", number=number) if kind == "tray" else tray


def sides_words(sides: Sides) -> str:
    """Say on how many sides is printed."""
    return tr(_SIDES[sides])


def size_words(size: Size) -> str:
    """Say a size of paper."""
    return tr(_SIZES[size]) if size in _SIZES else size.name
