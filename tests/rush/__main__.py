"""Rush a real server: `python -m tests.rush --connections 200 --units 1000 --seconds 60 --kill --cut --stop`.

`--after 1` sends every desk after one and the same unit, `--delay 1` makes every round trip take a second, `--wrong 7200`
sets the desks' clocks two hours wrong. Ends with 1 when anything acknowledged is missing, anything refused left a trace,
a unit was sold twice, a deed is half done, or a law of the house does not hold.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import fields
from pathlib import Path

from tests import cluster
from tests.rush.rush import Day, Plan, Rush
from tests.rush.server import serving


def asked() -> Plan:
    """Read the command line."""
    words = argparse.ArgumentParser(prog="python -m tests.rush", description=(__doc__ or "").partition("\n")[0])
    for one in fields(Plan):
        if isinstance(one.default, bool):
            words.add_argument(f"--{one.name}", action="store_true")
        else:
            words.add_argument(f"--{one.name}", type=type(one.default), default=one.default)
    return Plan(**vars(words.parse_args()))


def tell(day: Day) -> None:
    """Print how it went."""
    report = day.report
    done = report.seconds or [0.0]
    share = {name: done[int((len(done) - 1) * part)] * 1000 for name, part in (("p50", 0.5), ("p99", 0.99))}
    print(f"{day.seconds:.0f} s, {day.killed} PCs killed, {day.cuts} cables cut, {day.stops} servers stopped")
    print(f"{report.asked} asked: {', '.join(f'{n} {what}' for what, n in report.told.most_common())}")
    print(f"refused or unknown: {', '.join(f'{n} {what}' for what, n in report.why.most_common(8)) or 'none'}")
    print(f"{report.sold} sales; {len(report.seconds) / day.seconds:.0f} deeds/s; p50 {share['p50']:.0f} ms, "
          f"p99 {share['p99']:.0f} ms")
    print("\n".join(report.faults[:40]) or "no double sale, no half deed, nothing lost, no trace of a refusal, laws hold")


def main() -> int:
    """Run one day."""
    plan, programs = asked(), cluster.programs()
    if programs is None:
        cluster.do_without()
    with tempfile.TemporaryDirectory() as folder, serving(programs) as server:
        day = Rush(server, plan, Path(folder)).run()
    tell(day)
    return int(bool(day.report.faults))


if __name__ == "__main__":
    raise SystemExit(main())
