"""A paper made of a template that is still being written: on the newest deal there is, else on a fictional one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, select

from salescenter.data.deals import deal
from salescenter.data.estate import project
from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.deal import Buyer, DueLine, Estate, Home, Payment, Price, Terms
from salescenter.domain.papers.form import Section
from salescenter.domain.papers.head import Head, number_for
from salescenter.domain.papers.letter import LETTERS, LetterPaper
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.papers.texts import LETTER_TEXTS
from salescenter.domain.units import UnitState
from salescenter.services.papers.contracts import COMPLETED, SUBSCRIPTION, midnight
from salescenter.services.papers.terms import gather, seller
from salescenter.services.papers.titles import paper_words
from salescenter.services.work import Desk

EDITIONS = {COMPLETED: "（现售）"}


def example_paper(desk: Desk, kind: str, text: str, now: datetime) -> ContractPaper | SubscriptionPaper | LetterPaper:
    """Return the paper a template would make; a contract is marked as a draft, none carries a check value.

    A letter's own fields are answered by their names: what it owes or is due stands in no other deal.
    """
    with desk.reading() as connection:
        found = _newest(connection, desk.project)
        if found is not None:
            gathered = gather(connection, found)
            number, terms = gathered.deal.contract_number or gathered.deal.number, gathered.terms
        else:
            number, terms = "RG000000000", _fictional(connection, desk.project, now.date())
    if kind in LETTER_TEXTS:
        return _letter(kind, terms, text, now)
    if kind == SUBSCRIPTION:
        return SubscriptionPaper(number, terms, text, midnight(now.date(), now))
    made = ContractPaper(number, terms, text, midnight(now.date(), now), draft=True)
    return replace(made, edition=EDITIONS.get(kind, made.edition))


def _letter(name: str, terms: Terms, text: str, now: datetime) -> LetterPaper:
    kind, lang = LETTER_TEXTS[name]
    number, made = number_for(kind, now.date(), 0), midnight(now.date(), now)
    title, wording = paper_words(kind, lang), LETTERS[kind]
    head = Head(kind, number, title, terms.seller.name, terms.estate.name, now.date(), made, lang=lang)
    tables = {block: Section(columns=(Column(block),), rows=(ListRow(("…",)),)) for block in wording.blocks}
    return LetterPaper(head, terms, text, {field: f"〔{field}〕" for field in wording.fields}, tables)


def _newest(connection: Connection, project_id: int) -> int | None:
    return connection.scalar(
        select(deal.c.id)
        .where(deal.c.project_id == project_id, deal.c.living, deal.c.state >= int(UnitState.SUBSCRIBED))
        .order_by(deal.c.subscribed.desc(), deal.c.id.desc())
        .limit(1)
    )


def _fictional(connection: Connection, project_id: int, today: date) -> Terms:
    row = connection.execute(select(project).where(project.c.id == project_id)).one()
    total, deposit = Money.yuan("2340482.47"), Money.yuan(20_000)
    bare = Price(total, in_words(total))
    price = replace(
        bare, unit_price=Money.yuan("21747.65"), boxes=digit_boxes(total, bare.places), deposit=deposit,
        deposit_words=in_words(deposit), deposit_boxes=digit_boxes(deposit, bare.deposit_places),
    )  # fmt: skip
    week = today + timedelta(days=7)
    lines = (
        DueLine("定金", deposit, today, words=in_words(deposit)),
        DueLine("房款", total - deposit, week, words=in_words(total - deposit)),
    )
    home = Home(
        "3号楼1单元1201", "3号楼", "1单元", "12", "1201", "三室两厅两卫", "南北", "住宅",
        gross=Decimal("107.62"), inner=Decimal("85.77"), shared=Decimal("21.85"),
    )  # fmt: skip
    buyer = Buyer("张三", sex="男", born=date(1990, 1, 1), origin="中国", address="示例地址", phone="13800000000")
    payment = Payment("一次性", lines, paid_by=week)
    return Terms(seller(row), Estate(row.name), home, (buyer,), price, payment, sign_by=week)
