"""A finished paper as every screen hands it on: what it is called and its PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """One printed paper.

    kind: the paper's key ("receipt", "contract", ...); number: its own number, "" where it has none;
    title: said above the preview and offered as file name, in the reader's language; pdf: the whole file.
    """

    kind: str
    number: str
    title: str
    pdf: bytes
