"""A print service of a test's own: CUPS with its own folder, socket and printers, whose sheets land in files."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest

from tests import cluster

PRINTERS = ("Contracts", "Receipts")

_BACKEND = """#!/bin/sh
# The printer: takes a job's sheets into a file, unless its state says that it cannot.
[ $# -eq 0 ] && { echo 'direct paper "Paper" "a printer of paper"'; exit 0; }
folder="${DEVICE_URI#paper:}"
while [ -f "$folder/trouble" ]; do
    kill -0 $PPID || exit 1
    read -r trouble < "$folder/trouble"
    case "$trouble" in
        fail) exit 1;;
        stop) exit 4;;
        give-up) exit 5;;
        refuse) exit 6;;
        after*) while [ "${out:-0}" -lt "${trouble#after }" ]; do out=$((${out:-0} + 1)); echo "PAGE: $out 1" >&2; done;;
        *) [ "$told" = "$trouble" ] || echo "STATE: +$trouble" >&2; told="$trouble";;
    esac
    sleep 0.05
done
[ -n "$told" ] && echo "STATE: -$told" >&2
[ -n "$out" ] || echo "PAGE: 1 1" >&2
cat "${6:--}" > "$folder/$1.part"
printf '%s\\n' "$4" "$5" > "$folder/$1.options"
mv "$folder/$1.part" "$folder/$1.pdf"
"""

_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*Manufacturer: "House"
*ModelName: "Paper"
*NickName: "Paper"
*ShortNickName: "Paper"
*Product: "(Paper)"
*PSVersion: "(3010) 0"
*PCFileName: "PAPER.PPD"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*cupsVersion: 2.3
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*cupsFilter2: "application/pdf application/pdf 0 -"
*HWMargins: 0 0 0 0
*VariablePaperSize: True
*MaxMediaWidth: "1000"
*MaxMediaHeight: "2000"
*CustomPageSize True: "pop pop pop"
*ParamCustomPageSize Width: 1 points 100 1000
*ParamCustomPageSize Height: 2 points 100 2000
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 0
*OpenUI *PageSize/Paper: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*PageSize A5/A5: ""
*CloseUI: *PageSize
*OpenUI *PageRegion/Region: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*PageRegion A5/A5: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4: "0 0 595 842"
*ImageableArea A5: "0 0 420 595"
*DefaultPaperDimension: A4
*PaperDimension A4: "595 842"
*PaperDimension A5: "420 595"
*OpenUI *InputSlot/Tray: PickOne
*DefaultInputSlot: Upper
*InputSlot Upper/Upper: ""
*InputSlot Lower/Lower: ""
*CloseUI: *InputSlot
*OpenUI *Duplex/Sides: PickOne
*DefaultDuplex: None
*Duplex None/One: ""
*Duplex DuplexNoTumble/Long: ""
*Duplex DuplexTumble/Short: ""
*CloseUI: *Duplex
"""


@dataclass(frozen=True, slots=True)
class PrintService:
    """A running print service and what its printers put out."""

    socket: Path
    paper: Path
    _start: Callable[[], subprocess.Popen[bytes]]
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def up(self) -> None:
        """Start the service; returns when it listens."""
        self._running.append(self._start())
        _wait_for(self.socket, self._running[-1], self.paper.parent / "log" / "error")

    def down(self, *, lost: bool = False) -> None:
        """End the service in order; or as a power cut does, with the jobs that were not on the disk yet lost."""
        running = self._running.pop()
        if lost:
            running.kill()
        else:
            running.terminate()
        running.wait(timeout=30)
        self.socket.unlink(missing_ok=True)
        for file in (*self.paper.parent.glob("spool/c*"), *self.paper.parent.glob("cache/job.cache*")) if lost else ():
            file.unlink()

    def trouble(self, printer: str, words: str) -> None:
        """Let a printer jam ("media-jam-error"), stop its queue ("stop"), wait after pages ("after 3"), ...; "" mends it."""
        file = self.paper / printer / "trouble"
        if words:
            file.with_suffix(".new").write_text(f"{words}\n")
            file.with_suffix(".new").replace(file)
        else:
            file.unlink(missing_ok=True)

    def sheets(self, printer: str) -> list[bytes]:
        """Return the files a printer put out, oldest first."""
        return [file.read_bytes() for file in self._files(printer, "pdf")]

    def options(self, printer: str) -> list[tuple[int, frozenset[str]]]:
        """Return the copies and the options each of them was printed with."""
        told = [file.read_text().splitlines() for file in self._files(printer, "options")]
        return [(int(copies), frozenset(options.split())) for copies, options in told]

    def _files(self, printer: str, ending: str) -> list[Path]:
        return sorted((self.paper / printer).glob(f"*.{ending}"), key=lambda file: int(file.stem))


def program() -> str | None:
    """Return where the print service is, if this PC has one."""
    return shutil.which("cupsd", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


def do_without() -> NoReturn:
    """Give the test up: fail it in continuous integration, skip it on a PC without CUPS."""
    why = "no CUPS on this PC: install cups-daemon"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@contextmanager
def printing(cupsd: str) -> Iterator[PrintService]:
    """Run a print service in a folder of its own until the test is over; no other service and no port is touched."""
    base = Path(tempfile.mkdtemp(prefix="sales-cups-"))
    _furnish(base)
    who = cluster._somebody_else(base)
    if who:
        for place in base.rglob("*"):
            os.chown(place, who["user"], who["group"], follow_symlinks=False)
    command = [cupsd, "-f", "-c", str(base / "cupsd.conf"), "-s", str(base / "cups-files.conf")]
    none = subprocess.DEVNULL

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, stdin=none, stdout=none, stderr=none, **who)

    service = PrintService(base / "socket", base / "paper", start)
    try:
        service.up()
        yield service
    finally:
        if service._running:
            service.down()
        shutil.rmtree(base, ignore_errors=True)


def _furnish(base: Path) -> None:
    for name in ("root/ppd", "cache", "spool/tmp", "state/certs", "log", "bin", *(f"paper/{name}" for name in PRINTERS)):
        (base / name).mkdir(parents=True)
    (base / "bin" / "backend").mkdir()
    for part in ("filter", "daemon"):  # the service's own programs; the printers alone are ours
        (base / "bin" / part).symlink_to(_programs() / part)
    backend = base / "bin" / "backend" / "paper"
    backend.write_text(_BACKEND)
    backend.chmod(0o755)
    (base / "cupsd.conf").write_text(
        f"Listen {base}/socket\nLogLevel debug\nDefaultAuthType None\nBrowsing Off\nPreserveJobHistory Yes\n"
        "PreserveJobFiles No\nJobRetryInterval 1\nFilterNice 0\nJobKillDelay 1\nIdleExitTimeout 0\n"
        "<Location />\nOrder deny,allow\n</Location>\n<Policy default>\nJobPrivateAccess all\n"
        "JobPrivateValues none\nSubscriptionPrivateAccess all\nSubscriptionPrivateValues none\n"
        "<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n"
    )
    (base / "cups-files.conf").write_text(
        f"ServerRoot {base}/root\nServerBin {base}/bin\nCacheDir {base}/cache\nRequestRoot {base}/spool\n"
        f"TempDir {base}/spool/tmp\nStateDir {base}/state\nErrorLog {base}/log/error\nAccessLog {base}/log/access\n"
        f"PageLog {base}/log/page\nPrintcap\nFileDevice Yes\n"
    )
    (base / "root" / "printers.conf").write_text("".join(
        f"<Printer {name}>\nInfo {name}\nDeviceURI paper:{base}/paper/{name}\nState Idle\nAccepting Yes\nShared No\n"
        "JobSheets none none\nOpPolicy default\nErrorPolicy stop-printer\n</Printer>\n" for name in PRINTERS
    ))
    for name in PRINTERS:
        (base / "root" / "ppd" / f"{name}.ppd").write_text(_PPD)


def _programs() -> Path:
    """Where the system keeps the programs that the service runs."""
    places = map(Path, ("/usr/lib/cups", "/usr/libexec/cups"))
    return next((place for place in places if place.is_dir()), Path("/usr/lib/cups"))


def _wait_for(socket: Path, running: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the service listens."""
    until = time.monotonic() + 60
    while not socket.exists():
        if running.poll() is not None or time.monotonic() > until:
            pytest.fail(f"the print service does not start: {log.read_text() if log.exists() else running.poll()}")
        time.sleep(0.02)
