"""Words for the codes that stand in the details of a refusal (what is missing, why something cannot be)."""

from __future__ import annotations

from salescenter.i18n import mark

CODES: dict[str, str] = {
    "unit": mark("unit"), "buyer": mark("buyer"), "customer": mark("customer"), "project": mark("project"),
    "database": mark("database"), "deal": mark("deal"), "receipt": mark("receipt"), "person": mark("person"),
    "visit": mark("visit"), "template": mark("template"), "building": mark("building"), "hold": mark("hold"),
    "until": mark("the end"), "exists": mark("the file already exists"),
    "no-tables": mark("it holds no tables of this program"),
}
"""Code -> marked English; a code without words is shown as it is."""
