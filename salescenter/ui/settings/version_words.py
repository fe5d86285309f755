"""How a version of a template is named on the screen, and what has happened to it so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salescenter.domain.papers.versions import SHIPPED, Standing, Told, Version, standing, tried_on
from salescenter.i18n import mark, tr
from salescenter.ui.kit import formats
from salescenter.ui.kit.paper_terms import STANDINGS

_DEEDS = {
    "drafted": mark("drafted by {name} on {day}"), "approved": mark("approved by {name} on {day}"),
    "withdrawn": mark("withdrawn by {name} on {day}"),
}  # fmt: skip


def version_words(one: Version, rows: Sequence[Version], today: date) -> str:
    """Name a version and how it stands."""
    name = tr("as shipped") if one.version == SHIPPED else _numbered(one)
    how = standing(one, rows, today)
    day = formats.day(one.since, today) if how is Standing.TO_COME and one.since else ""
    return f"{name} · {tr(STANDINGS[how], day=day) if day else tr(STANDINGS[how])}"


def life_words(one: Version, today: date) -> str:
    """Tell a version's life: who drafted and who approved it, what it was tried on, who withdrew it and why."""
    if one.version == SHIPPED:
        return tr("The text the program ships; it holds until the first version of your own is in force.")
    told = [_told("drafted", one.drafted, today), _tried(one), _told("approved", one.approved, today)]
    if one.since is not None:
        told.append(tr("in force from {day}", day=formats.day(one.since, today)))
    told.append(_told("withdrawn", one.withdrawn, today) + (f"（{one.reason}）" if one.reason else ""))
    return " · ".join(filter(None, told))


def _numbered(one: Version) -> str:
    return tr("version {version}: {name}", version=one.version, name=one.name)


def _tried(one: Version) -> str:
    wanted = tried_on(one.kind)
    done = len(wanted) - len(one.untried())
    return tr("tried on {done} of {wanted} kinds of deals", done=done, wanted=len(wanted)) if done else ""


def _told(deed: str, told: Told | None, today: date) -> str:
    return tr(_DEEDS[deed], name=told.by, day=formats.day(told.at.date(), today)) if told else ""
