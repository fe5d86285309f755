"""What the page at the door says of who receives and of what was registered."""

from __future__ import annotations

from salescenter.i18n import tr
from salescenter.reception_words import field_words
from salescenter.services.receiving import Expected
from salescenter.services.visits import Registered
from salescenter.ui.kit.buttons import Button

LONGEST = 14
"""Letters of a name on the main button; the whole stands in its tip."""


def say_who(button: Button, name: str) -> None:
    """Say on the main button who will receive."""
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    button.setText(tr("Register and hand to {name}", name=short) if name else tr("Register"))
    button.setToolTip(tr("Register and hand to {name}", name=name) if name != short else "")
    button.updateGeometry()


def helping_words(told: Expected) -> str:
    """Say that somebody helps with a customer whose consultant is not here."""
    return tr("{owner} is not here: {name} helps and is owed a turn", owner=told.owner_name, name=told.name)


def done_words(done: Registered, kind: str) -> str:
    """Say in one line what was registered and who receives."""
    if done.helped:
        return tr("{kind} registered: {name} helps with {owner}'s customer", kind=kind, name=done.consultant_name,
                  owner=done.owner_name)
    return tr("{kind} registered and handed to {name}", kind=kind, name=done.consultant_name)


def lacking_words(done: Registered) -> str:
    """Say without which fields the registration protects nobody; nothing where it does."""
    if not done.lacking or done.owner:
        return ""
    fields = tr(", ", context="reception").join(field_words(field) for field in done.lacking.split(",") if field)
    return tr("It protects nobody until this is known: {fields}.", fields=fields)
