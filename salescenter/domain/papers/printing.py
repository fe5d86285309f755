"""Print jobs (打印任务): what state they are in, what may be done then, why a printer holds one up, how it prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from salescenter.domain.errors import Refusal, Weather


class JobState(StrEnum):
    """Where a job is; the value is what the PC keeps."""

    WAITING = "waiting"      # 待打印: kept on this PC, not handed to any printer
    SENDING = "sending"      # 交付中: being handed over; found so after a crash nobody knows whether it was taken
    QUEUED = "queued"        # 排队: the print service has it, the printer is busy with others or stopped
    PRINTING = "printing"    # 打印中
    PRINTED = "printed"      # 已打印
    FAILED = "failed"        # 失败: nothing more will come of it by itself
    CANCELLED = "cancelled"  # 已取消
    DOUBTFUL = "doubtful"    # 待确认: it may have come out or not, somebody must look


class Move(StrEnum):
    """What happens to a job."""

    SEND = "send"            # it is being handed over, from here on sheets may come
    TAKE = "take"            # the print service took it
    BEGIN = "begin"          # the printer began
    FINISH = "finish"        # the last sheet is out, or a person saw it
    FAIL = "fail"            # the printer or the service gave it up, or never took it
    CANCEL = "cancel"        # 取消: a person took it back
    LOSE = "lose"            # nobody knows what became of it
    AGAIN = "again"          # 重新打印: a person wants it handed over once more, here or elsewhere


_S, _M = JobState, Move
NEXT: dict[tuple[JobState, Move], JobState] = {
    (_S.WAITING, _M.SEND): _S.SENDING,
    (_S.WAITING, _M.CANCEL): _S.CANCELLED,
    (_S.WAITING, _M.AGAIN): _S.WAITING,
    (_S.SENDING, _M.TAKE): _S.QUEUED,
    (_S.SENDING, _M.FINISH): _S.PRINTED,
    (_S.SENDING, _M.FAIL): _S.FAILED,
    (_S.SENDING, _M.LOSE): _S.DOUBTFUL,
    (_S.QUEUED, _M.BEGIN): _S.PRINTING,
    (_S.PRINTING, _M.TAKE): _S.QUEUED,  # the printer stopped and gave it back to the queue
    **{(state, move): after for state in (_S.QUEUED, _S.PRINTING) for move, after in (
        (_M.FINISH, _S.PRINTED), (_M.FAIL, _S.FAILED), (_M.CANCEL, _S.CANCELLED), (_M.LOSE, _S.DOUBTFUL),
        (_M.AGAIN, _S.WAITING),
    )},
    **{(state, _M.AGAIN): _S.WAITING for state in (_S.FAILED, _S.CANCELLED, _S.DOUBTFUL)},
    **{(state, _M.FINISH): _S.PRINTED for state in (_S.FAILED, _S.DOUBTFUL)},
    **{(state, _M.CANCEL): _S.CANCELLED for state in (_S.FAILED, _S.DOUBTFUL)},
}  # fmt: skip
"""Which state a job is in after a move; what is not here cannot happen."""

AT_THE_PRINTER = frozenset({_S.SENDING, _S.QUEUED, _S.PRINTING})
"""These change by themselves: somebody must go on looking."""

ASKS = frozenset({_S.WAITING, _S.FAILED, _S.DOUBTFUL})
"""These wait for a person."""

OVER = frozenset({_S.PRINTED, _S.CANCELLED})


class Hitch(StrEnum):
    """What holds a printer up; the value is what jobs keep."""

    PAPER = "paper"          # 缺纸
    JAM = "jam"              # 卡纸
    OPEN = "open"            # 盖板未合
    INK = "ink"              # 缺墨、缺碳粉
    OFFLINE = "offline"      # 脱机、连接不上
    STOPPED = "stopped"      # 打印队列已暂停
    OTHER = "other"          # 打印机报告故障


class Sides(StrEnum):
    """On how many sides of a sheet is printed; the value is the print services' own word (RFC 8011, 5.2.8)."""

    ONE = "one-sided"                # 单面
    LONG = "two-sided-long-edge"     # 双面，长边翻页
    SHORT = "two-sided-short-edge"   # 双面，短边翻页


class Size(StrEnum):
    """On which paper; the value is the print services' own word (PWG 5101.1), none is the paper's own size."""

    OWN = ""
    A3 = "iso_a3_297x420mm"
    A4 = "iso_a4_210x297mm"
    A5 = "iso_a5_148x210mm"
    B5 = "jis_b5_182x257mm"
    K16 = "prc_16k_146x215mm"        # 16 开


class SpoiledAt(StrEnum):
    """At which step a sheet of numbered stationery was spoiled; the value is what the history keeps."""

    PRINTING = "at-printing"  # 打印时
    WRITING = "at-writing"    # 填写时
    SEALING = "at-sealing"    # 盖章时
    STORING = "at-storing"    # 保管中


@dataclass(frozen=True, slots=True)
class Way:
    """How a paper goes on paper: the printer's name, its tray ("" as the printer likes), sides and size."""

    printer: str
    tray: str = ""
    sides: Sides = Sides.ONE
    size: Size = Size.OWN


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One job as the PC keeps it, without its file.

    key: its own, made once; kind, number, title: which paper, title in the language of whoever printed; by: that
    person's name; copies: for whom each copy is, empty is one without a name; pages: of the whole file; paper: width
    and height of the first, in points; form: the pre-printed form it goes on, "" none; spool: its number at the print
    service, 0 none; tries: how often it was handed over; sheets: how many pages the printer says are out; hitch:
    what holds it up now; why: what the service said in its own words; papers: kind and number of each paper in it.
    """

    key: str
    project: int
    kind: str
    number: str
    title: str
    by: str
    at: datetime
    way: Way
    copies: tuple[str, ...] = ()
    pages: int = 0
    paper: tuple[float, float] = (0.0, 0.0)
    form: str = ""
    state: JobState = JobState.WAITING
    spool: int = 0
    tries: int = 0
    sheets: int = 0
    hitch: Hitch | None = None
    why: str = ""
    changed: datetime | None = None
    papers: tuple[tuple[str, str], ...] = ()


class NotNow(Refusal):
    """A print job is in a state that does not allow this (title, state)."""

    code = "print-job-not-now"


class PrintingSilent(Weather):
    """The print service of this PC does not answer (why)."""

    code = "printing-silent"


class BetweenTwo(Weather):
    """The print service broke off while it was given a job: it may have it or not (printer, why)."""

    code = "printing-broke-off"


def after(state: JobState, move: Move, title: str = "") -> JobState:
    """Return a job's state after a move; refuses what its state does not allow."""
    if (found := NEXT.get((state, move))) is None:
        raise NotNow(title=title, state=state)
    return found


def may(state: JobState, move: Move) -> bool:
    """Say whether a move is open."""
    return (state, move) in NEXT


def hitch_of(reasons: tuple[str, ...]) -> Hitch | None:
    """Read what holds a printer up from its state reasons (RFC 8011, 5.4.12); what only warns holds up nothing."""
    grave = [reason for reason in reasons if "offline" in reason or not reason.endswith(("-warning", "-report"))]
    for word, hitch in _REASONS.items():
        if any(word in reason for reason in grave):
            return hitch
    return Hitch.OTHER if any(reason.endswith("-error") for reason in grave) else None


_REASONS = {
    "media-jam": Hitch.JAM, "media-empty": Hitch.PAPER, "media-needed": Hitch.PAPER, "input-tray-missing": Hitch.PAPER,
    "cover-open": Hitch.OPEN, "door-open": Hitch.OPEN, "interlock-open": Hitch.OPEN, "toner-empty": Hitch.INK,
    "marker-supply-empty": Hitch.INK, "ribbon": Hitch.INK, "offline": Hitch.OFFLINE,
    "timed-out": Hitch.OFFLINE, "shutdown": Hitch.OFFLINE, "paused": Hitch.STOPPED,
}  # fmt: skip
"""The worst first: a jam is told before the paper that is out too."""
