"""Watches: every table a person may write is watched, and a writing that no opened step may do is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Table

from salescenter.data.archive import paper_words, scan, scan_bytes
from salescenter.data.customers import customer, customer_phone, phone_tail, spelling
from salescenter.data.deals import (
    approval,
    deal,
    deal_buyer,
    deal_consultant,
    deal_discount,
    due,
    hold,
    quotation,
)
from salescenter.data.estate import (
    building,
    import_mapping,
    permit,
    phase,
    project,
    setting,
    stair,
    stock,
    unit,
    unit_moment,
    unit_type,
)
from salescenter.data.history import answered, history, series, tally
from salescenter.data.papers import destruction, destruction_line, keep_mark, paper, template
from salescenter.data.payments import closed_day, receipt, receipt_book
from salescenter.data.server_rights.openings import ANY_STEP
from salescenter.data.server_rights.prices import AGREED
from salescenter.data.server_rights.scripts import OF_THIS_WORK, SPELLED, literal
from salescenter.data.staff import failed_log_in, person
from salescenter.data.visits import follow_up, rota_event, visit, word
from salescenter.domain.doors import ALSO, WRITES, Write
from salescenter.domain.staff import MAY, Role

PAPER_SECRET = "paper_secret"
"""The one setting that is made by whoever prints first."""

_W = Write


@dataclass(frozen=True, slots=True)
class Watch:
    """One way of writing a table, and the parts of the house one of which a step must be allowed to write.

    columns: those of an UPDATE, none means all; row: a condition on a new row, which is then looked at row by row.
    """

    table: Table
    way: str  # INSERT | UPDATE | DELETE
    words: tuple[str, ...]
    columns: tuple[str, ...] = ()
    row: str = ""

    @property
    def name(self) -> str:
        """The trigger's name."""
        return f"door_{self.way.lower()}_{'_or_'.join(self.words).replace('-', '_')}"


_LIFE = ("state", "since", "until", "released", "deal_id", "buyer")
_PRICE = ("basis", "unit_price", "list_total", "filed_total", "floor_total")
_NEWS = ("quoted", "touched")
_FREE = ("revision", "project_id", "id")
_DECIDED = ("decided_by", "decided_at", "granted", "note")
_SERVED = ("next",)
_TRIED = ("tried",)
_PATH = (
    "living", "state", "sign_by", "drafted", "signed", "filed", "handed_over", "closed", "ending", "reason",
    "contract_number",
)  # fmt: skip
"""How far a deal is; what it is about and from which day on is never written again."""
_APPROVED = ("since", "approved_by", "approved_at", "withdrawn_by", "withdrawn_at", "reason")


def _others(table: Table, *named: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in {*named, *_FREE})


def _added(word_: str, *tables: Table) -> Iterator[Watch]:
    yield from (Watch(table, "INSERT", (word_,)) for table in tables)


def _changed(word_: str, *tables: Table) -> Iterator[Watch]:
    yield from (Watch(table, "UPDATE", (word_,)) for table in tables)


def _taken_away(word_: str, *tables: Table) -> Iterator[Watch]:
    yield from (Watch(table, "DELETE", (word_,)) for table in tables)


def watches() -> Iterator[Watch]:
    """Give every way of writing that people have at all; what is not named here no person may do."""
    yield from _units()
    yield from _estate()
    yield from _deals()
    yield from _money()
    yield from _reception()
    yield from _office()


def _units() -> Iterator[Watch]:
    yield Watch(unit, "UPDATE", (_W.UNIT_LIFE,), _LIFE)
    yield Watch(unit, "UPDATE", (_W.UNIT_PRICE,), _PRICE)
    yield Watch(unit, "UPDATE", (_W.UNIT_FLAGS,), ("flags",))
    yield Watch(unit, "UPDATE", (_W.UNIT_NEWS, _W.ESTATE), _NEWS)
    yield Watch(unit, "UPDATE", (_W.UNIT_LIFE, _W.UNIT_PRICE), ("total",))
    yield Watch(unit, "UPDATE", (_W.ESTATE,), _others(unit, *_LIFE, *_PRICE, *_NEWS, "flags", "total"))
    yield Watch(unit_moment, "INSERT", (_W.UNIT_LIFE, _W.UNIT_PRICE, _W.UNIT_FLAGS, _W.ESTATE))


def _estate() -> Iterator[Watch]:
    parts = (building, stair, phase, permit, unit_type)
    yield from _added(_W.ESTATE, unit, *parts)
    yield from _changed(_W.ESTATE, *parts)
    yield from _taken_away(_W.ESTATE, unit, unit_moment, *parts)
    yield from (*_added(_W.TAUGHT, import_mapping), *_changed(_W.TAUGHT, import_mapping))
    yield from _changed(_W.PROJECT, project)


def _deals() -> Iterator[Watch]:
    yield from _added(_W.HOLD, hold)
    yield Watch(hold, "UPDATE", (_W.HOLD,), ("ended",))
    yield from _added(_W.DEAL_NEW, deal, deal_consultant, deal_discount, due)
    yield from _taken_away(_W.DEAL_NEW, deal_consultant)
    yield Watch(deal, "UPDATE", (_W.DEAL_NEW,), AGREED)
    yield Watch(deal, "UPDATE", (_W.DEAL,), (*_PATH, "terms"))
    yield from (*_added(_W.BUYERS, deal_buyer), *_taken_away(_W.BUYERS, deal_buyer))
    yield Watch(deal_buyer, "UPDATE", (_W.BUYERS,), ("active",))
    yield from _added(_W.QUOTATION, quotation)
    yield from _added(_W.ASK, approval)
    yield Watch(approval, "UPDATE", (_W.DECIDE,), _DECIDED)
    yield Watch(approval, "UPDATE", (_W.GRANT,), ("used",))


def _money() -> Iterator[Watch]:
    yield from _added(_W.RECEIPT, receipt)  # what a receipt pays is written by the server itself: `money`
    yield Watch(receipt_book, "UPDATE", (_W.RECEIPT, _W.BOOK), _SERVED)
    yield Watch(receipt_book, "UPDATE", (_W.BOOK,), _others(receipt_book, *_SERVED))
    yield from _added(_W.BOOK, receipt_book)
    yield from (*_added(_W.DAY, closed_day), *_taken_away(_W.DAY, closed_day))


def _reception() -> Iterator[Watch]:
    yield from _added(_W.CUSTOMER, customer, customer_phone, phone_tail, spelling)
    yield from _changed(_W.CUSTOMER, customer)
    yield Watch(customer_phone, "UPDATE", (_W.CUSTOMER,), ("position",))
    yield from _taken_away(_W.CUSTOMER, customer_phone, spelling)
    for word_, table in ((_W.VISIT, visit), (_W.FOLLOW_UP, follow_up), (_W.WORD, word)):
        yield from (*_added(word_, table), *_changed(word_, table))
    yield from _added(_W.ROTA, rota_event)
    yield from _taken_away(_W.TAKEN_BACK, customer, visit, follow_up, rota_event)


def _office() -> Iterator[Watch]:
    yield from _added(_W.PAPER, paper, paper_words, scan, scan_bytes)
    yield Watch(scan, "UPDATE", (_W.SCAN_GONE, _W.DESTRUCTION), ("gone", "why"))
    yield Watch(scan_bytes, "DELETE", (_W.SCAN_GONE, _W.DESTRUCTION))
    yield from _destruction()
    yield Watch(template, "INSERT", (_W.TEMPLATE,))
    approved = "NEW.approved_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL"
    yield Watch(template, "INSERT", (_W.TEMPLATE_LIFE,), row=approved)
    yield Watch(template, "UPDATE", (_W.TEMPLATE,), _TRIED)
    yield Watch(template, "UPDATE", (_W.TEMPLATE_LIFE,), _APPROVED)
    yield Watch(setting, "INSERT", (_W.SETTING,), row=f"NEW.name <> '{PAPER_SECRET}'")
    yield Watch(setting, "INSERT", (_W.SETTING, _W.SECRET), row=f"NEW.name = '{PAPER_SECRET}'")
    yield from _changed(_W.SETTING, setting)
    yield from (*_added(_W.PERSON, person), *_changed(_W.PERSON, person), *_taken_away(_W.PERSON, failed_log_in))
    for table in (series, tally, stock):
        yield Watch(table, "INSERT", (ANY_STEP,))
        yield Watch(table, "UPDATE", (ANY_STEP,))
    yield from (Watch(answered, "INSERT", (ANY_STEP,)), Watch(history, "INSERT", (ANY_STEP,)))


def _destruction() -> Iterator[Watch]:
    yield from (*_added(_W.DESTRUCTION, destruction, destruction_line), *_taken_away(_W.DESTRUCTION, paper_words))
    yield Watch(destruction, "UPDATE", (_W.DESTRUCTION,), ("approval_id", "witness", "done_by", "done_at"))
    yield Watch(destruction_line, "UPDATE", (_W.DESTRUCTION,), ("stays",))
    yield Watch(paper, "UPDATE", (_W.DESTRUCTION,), ("destruction_id", "said", "pdf"))
    yield Watch(scan, "UPDATE", (_W.DESTRUCTION,), ("destruction_id",))
    yield from _added(_W.KEEP_MARK, keep_mark)
    yield Watch(keep_mark, "UPDATE", (_W.KEEP_MARK,), ("lifted_by", "lifted_at", "lifted_why"))


_IS_OPEN = f"""
CREATE FUNCTION doors.is_open(wanted text[]) RETURNS boolean LANGUAGE plpgsql STABLE {SPELLED} AS
$$ BEGIN
    RETURN (SELECT o.words OPERATOR(pg_catalog.&&) wanted FROM doors.opening AS o WHERE {OF_THIS_WORK});
END $$
"""

_DEMAND = """
CREATE FUNCTION doors.demand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_catalog.has_table_privilege(TG_RELID, 'TRUNCATE') OR doors.is_open(TG_ARGV) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'no step that may do this was opened: % %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$
"""
"""Not a definer's: what our own functions write with the owner's rights they have looked at themselves.

Nobody but a table's owner may empty it. Asked a dozen times in each deed, so it sets no path of its own: there is no
word in it that a path could give another meaning.
"""


def orders() -> Iterator[str]:
    """Give the orders that put the watches up."""
    yield from (_IS_OPEN, _DEMAND)
    for watch in watches():
        columns = f" OF {quoted(watch.columns)}" if watch.columns else ""
        level = f"ROW WHEN ({watch.row})" if watch.row else "STATEMENT"
        words = ", ".join(literal(word_) for word_ in watch.words)
        yield (
            f"CREATE TRIGGER {watch.name} BEFORE {watch.way}{columns} ON public.{watch.table.name} "
            f"FOR EACH {level} EXECUTE FUNCTION doors.demand({words})"
        )


def quoted(names: Iterable[str]) -> str:
    """Write names of columns as SQL."""
    return ", ".join(f'"{name}"' for name in names)


def _has_also(role: Role, word_: Write) -> bool:
    return word_ not in ALSO or ALSO[word_] in MAY[role]


def open_to(role: Role) -> Iterator[Watch]:
    """Give the ways of writing that some step of a role needs."""
    words = {ANY_STEP, *(word_ for step in MAY[role] for word_ in WRITES.get(step, ()) if _has_also(role, word_))}
    yield from (one for one in watches() if words & set(one.words))
