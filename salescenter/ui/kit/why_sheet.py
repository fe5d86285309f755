"""A sheet that asks for a reason before something is done that stays told."""

from __future__ import annotations

from collections.abc import Callable

from salescenter.ui.kit.sheet import Sheet


class WhySheet(Sheet):
    """Its form has a field `reason`; `told(reason)` goes on once there is one."""

    def __init__(self, title: str, subtitle: str, told: Callable[[str], object]) -> None:
        super().__init__(title, width=460, subtitle=subtitle)
        self._told = told

    def press(self) -> None:
        """Close and go on with the reason, where there is one."""
        assert self.form is not None
        if self.form.check():
            reason = self.form.value("reason")
            self.finish()
            self._told(reason)
