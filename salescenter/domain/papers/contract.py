"""A sale contract (商品房买卖合同) as it will be printed: a deal's terms and the template version it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from salescenter.domain.papers.boxes import demand_boxes, demand_parts, demand_pledges, demand_seats
from salescenter.domain.papers.check import PaperKind, code_text
from salescenter.domain.papers.deal import Terms
from salescenter.domain.papers.fields import BLOCKS, FIELDS, NEEDED, field_values
from salescenter.domain.refusals import TemplateFaulty
from salescenter.domain.templates import Fault, Said, Template, faults_in, fill, left_empty, read_template


@dataclass(frozen=True, slots=True)
class ContractPaper:
    """Everything on a contract; `template` is the text of the version in force when it was drafted."""

    number: str
    terms: Terms
    template: str
    made: datetime
    title: str = "商品房买卖合同"
    edition: str = "（预售）"     # 现售 has its own
    check: str = ""
    draft: bool = False           # marked 草签 on each page until it is signed

    def code(self) -> str:
        """What its QR code says."""
        return code_text(PaperKind.CONTRACT, self.number, self.terms.price.total.fen, self.check)

    def left_empty(self) -> tuple[str, ...]:
        """Return the legally needed fields this contract would print empty; none is as it should be."""
        return left_empty(sound_template(self.template), field_values(self.terms, self.number), NEEDED)


@lru_cache(maxsize=32)
def sound_template(text: str) -> Template:
    """Read a template to print from; raises TemplateFaulty (faults) where it names what there is not."""
    faults = template_faults(text)
    if faults:
        raise TemplateFaulty(faults=faults)
    return read_template(text)


def filled(text: str, terms: Terms, number: str) -> list[Said]:
    """Fill the text of a paper from a deal's terms; raises TemplateFaulty; what a form has no room for is refused."""
    template, values = sound_template(text), field_values(terms, number)
    demand_boxes(template, values, terms)
    demand_seats(template, values, terms)
    demand_parts(template, values, terms)
    demand_pledges(template, values, terms)
    return fill(template, values)


def template_faults(text: str) -> tuple[Fault, ...]:
    """Check a contract or subscription template before it is saved: every fault with its line and column."""
    return faults_in(text, FIELDS, BLOCKS)
