"""What makes the plots that need pyqtgraph, handed on so that nobody imports it before it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Plots:
    """Makes an empty plot of columns, or of dots."""

    columns: Callable[[], QWidget]
    dots: Callable[[], QWidget]
