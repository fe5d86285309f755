"""A registration slip (来访登记表, 来电登记表) as it will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of the form, in the paper's language; a wide one takes the whole line."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class RegistrationPaper:
    """Everything on a slip: the fields the project asks, in their order, and the consent that was given."""

    title: str                 # 来访登记表
    number: str
    day: date
    made: datetime
    house: str
    project: str
    answers: tuple[Answer, ...]
    consultant: str = ""
    receptionist: str = ""
    consent: str = ""          # the text the customer agreed to, "" where none was asked
    consented: date | None = None
    lang: str = "zh_CN"
