"""What a page is: one line in the rail, and the steps whose forms it owns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.ui.kit.room import Room

Form = Callable[[Room, int], QWidget]
"""Builds the form of a step for a unit id; a Sheet is opened as it is, any other widget is put into one."""


@dataclass(frozen=True, slots=True)
class Page:
    """One area of the program.

    key: what `Room.go` calls it; title: marked English, said in the rail; icon: file name in resources/icons
    without suffix; build: makes the page's widget the first time it is opened (import heavy things there);
    needs: the step a role must include to see the page, None for everybody; forms: the forms it owns;
    order: place in the rail, 900 and above stands at the foot; own_window: opens beside the main window.

    The widget may have these methods, and the shell calls them when it does:
    `show_argument(arg)` when `Room.go` opens the page with an argument that is not None; `switches()` returns
    a widget for the page's own slot in the top bar (asked once); `status()` returns the page's text for the
    status line when the page comes to the front; `back()` for Esc, True when it went a step back;
    `main_step()` F6, `edit()` F2, `customer_view()` F4, `print_page()` F8, `next_in_rota()` F9,
    `wall_view()` F11, `undo()` Ctrl+Z.
    """

    key: str
    title: str
    icon: str
    build: Callable[[Room], QWidget]
    needs: Step | None = None
    forms: Mapping[Step, Form] = field(default_factory=dict)
    order: int = 100
    own_window: bool = False


def call(widget: QWidget | None, method: str, *arguments: object) -> object:
    """Call a method a page's widget may have; None where it has none."""
    found = getattr(widget, method, None)
    return found(*arguments) if found is not None else None
