"""Qt's types are made before a lane can make one beside the screen."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LAZY = {**os.environ, "PYSIDE6_OPTION_LAZY": "1"}
"""As the program runs: a type is made when it is first named."""

BOTH_MAKE = """
import random, sys, threading
from PySide6.QtWidgets import QApplication
from salescenter.ui.kit import qt_types
from PySide6 import QtCore, QtGui, QtWidgets

app = QApplication([])
{before}
names = [(module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module)]
made = len([name for module, name in names if name in module.__dict__])
print(made, len(names), flush=True)
sys.setswitchinterval(1e-5)

def use(seed):
    order = names[:]
    random.Random(seed).shuffle(order)
    for module, name in order:
        getattr(module, name)

lanes = [threading.Thread(target=use, args=(seed,)) for seed in (1, 2)]
for lane in lanes:
    lane.start()
use(3)
for lane in lanes:
    lane.join()
"""

LANES = """
import time
from PySide6.QtCore import QCoreApplication, QObject
from PySide6 import QtGui, QtPrintSupport
from salescenter.ui.kit import qt_types
from salescenter.ui.kit.lane import Lane

app = QCoreApplication([])
lane, owner, seen = Lane("papers", first=qt_types.make_the_rest), QObject(), []
print("QImageReader" in QtGui.__dict__)
lane.run(lambda: None, lambda _: seen.append("QImageReader" in QtGui.__dict__), owner=owner)
print("QImageReader" in QtGui.__dict__, "QPrinter" in QtPrintSupport.__dict__)
lane.close()
"""

IN_TURN = """
import time
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6 import QtWidgets
from salescenter.ui.kit import qt_types

app, looks = QCoreApplication([]), []
qt_types.make_in_turn()
print("QWizard" in QtWidgets.__dict__)

def look():
    looks.append(1)
    app.quit() if "QWizard" in QtWidgets.__dict__ else QTimer.singleShot(0, look)

QTimer.singleShot(0, look)
app.exec()
print(len(looks) > 2)
"""


def said(program: str) -> list[str]:
    """What a program of its own says; it must come to its end."""
    run = subprocess.run([sys.executable, "-c", program], env=LAZY, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


@pytest.mark.parametrize("make", ["make_the_rest", "make_in_turn"])
def test_threads_may_use_what_is_made(make: str) -> None:
    last = "PySide6.QtPrintSupport"  # its turn comes when all the others' types are made
    waiting = f"while {last!r} not in sys.modules: app.processEvents()"
    before = f"qt_types.{make}()" + (f"\n{waiting}" if make == "make_in_turn" else "")
    made, names = said(BOTH_MAKE.format(before=before))
    assert made == names


def test_the_first_paper_finds_them_made() -> None:
    assert said(LANES) == ["False", "True", "True"]


def test_the_keys_are_answered_in_between() -> None:
    assert said(IN_TURN) == ["False", "True"]
