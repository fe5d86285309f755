"""What a contract says of the payment follows how the buyer pays: at once, by instalments, with loans."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, update

from salescenter.data.deals import deal, due
from salescenter.domain.money import Money
from salescenter.domain.papers.fields import field_values
from salescenter.services.papers.terms import gather
from tests.services.reception_house import Reception
from tests.services.test_archive import sold

__all__ = ["sold"]
Line = tuple[str, int, date | None, str]
DEPOSIT: Line = ("deposit", 20_000, date(2026, 2, 24), "")
FIELDS = ("付款方式序号", "期数", "首付款", "首付款大写", "首付款日期", "首付比例", "付清日期", "贷款额")


@pytest.mark.parametrize("both", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("plan", "lines", "said"), [
    ("one-off", (DEPOSIT, ("price", 1_960_000, date(2026, 3, 8), "")),
     ("1", "2", "", "", "", "", "2026年3月8日", "")),
    ("instalments", (DEPOSIT, ("instalment-1", 574_000, date(2026, 3, 1), ""),
                     ("instalment-2", 594_000, date(2026, 6, 1), ""), ("instalment-3", 792_000, None, "")),
     ("2", "3", "594,000.00", "伍拾玖万肆仟元整", "2026年3月1日", "30.00", "", "")),
    ("instalments", (("instalment-1", 980_000, date(2026, 3, 1), ""), ("instalment-2", 1_000_000, None, "")),
     ("2", "2", "980,000.00", "玖拾捌万元整", "2026年3月1日", "49.49", "", "")),
    ("mortgage", (DEPOSIT, ("down-payment", 574_000, date(2026, 3, 1), ""),
                  ("loan-commercial", 1_386_000, None, "commercial")),
     ("3", "3", "594,000.00", "伍拾玖万肆仟元整", "2026年3月1日", "30.00", "", "1,386,000.00")),
])  # fmt: skip
def test_what_is_paid_first_and_in_how_many_parts_is_said_as_the_plan_has_it(
    both: Reception, sold: dict[str, int], plan: str, lines: tuple[Line, ...], said: tuple[str, ...]
) -> None:
    with both.house.engine.connect().execution_options(writes=True) as line, line.begin():
        line.execute(update(deal).where(deal.c.id == sold["deal"]).values(plan=plan))
        line.execute(insert(due), [
            {"deal_id": sold["deal"], "position": at, "item": item, "amount": Money.yuan(yuan), "due": day, "loan": loan}
            for at, (item, yuan, day, loan) in enumerate(lines)
        ])  # fmt: skip
        found = field_values(gather(line, sold["deal"]).terms)
    assert tuple(found[name] for name in FIELDS) == said
