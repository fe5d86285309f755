"""Money: a receipt bears its book's number on a day that is open, and a line is paid by what receipts laid on it.

What the laws of `check` find afterwards, a server refuses to whoever comes with another program. Every sale pays for
each of these looks: they ride on what is written anyway, and ask by keys alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER, IS, SPELLED, opened_to
from salescenter.domain.doors import Write
from salescenter.domain.units import Step

_ISO = "to_char('0001-01-01'::date + (NEW.day - 1), 'YYYY-MM-DD')"
_ON_ITS_DAY = f"pg_advisory_xact_lock_shared(hashtextextended('day:' || NEW.project_id || ':' || {_ISO}, 0))"
"""As `data.money.is_closed` stands in line: whoever closes the day waits for this work, and it for the close."""

RECEIPT_STANDS = f"""
    PERFORM {_ON_ITS_DAY};
    IF NOT EXISTS (
        SELECT FROM public.receipt_book AS b WHERE b.id = NEW.book_id AND b.project_id = NEW.project_id
        AND NEW.serial >= b.first AND NEW.serial < b.next
        AND NEW.number = b.prefix || lpad(NEW.serial::text, greatest(b.digits, length(NEW.serial::text)), '0')
        AND NOT EXISTS (SELECT FROM public.closed_day WHERE project_id = NEW.project_id AND day = NEW.day)
    ) THEN
        RAISE EXCEPTION 'a receipt bears the number its book gave, on a day that is open'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
"""
"""What is looked at in every new receipt, beside who took the money (`truths`)."""

_PLUS, _LEAST, _MOST = (f"OPERATOR(pg_catalog.{sign})" for sign in ("+", ">=", "<="))

_LAY = f"""
CREATE FUNCTION doors.lay(by_receipt bigint, line bigint, part bigint) RETURNS void LANGUAGE plpgsql {SPELLED} AS $$
BEGIN
    IF doors.is_open(ARRAY['{Write.RECEIPT}']) OR doors.is_free() THEN
        INSERT INTO public.allocation (receipt_id, due_id, amount) VALUES (by_receipt, line, part);
        UPDATE public.due AS d SET paid = d.paid {_PLUS} part FROM public.receipt AS r
            WHERE d.id {IS} line AND r.id {IS} by_receipt AND r.deal_id {IS} d.deal_id
            AND d.paid {_PLUS} part {_LEAST} 0 AND d.paid {_PLUS} part {_MOST} d.amount
            AND (SELECT pg_catalog.sum(l.amount) {_LEAST} least(r.amount, 0)
                AND pg_catalog.sum(l.amount) {_MOST} greatest(r.amount, 0)
                FROM public.allocation AS l WHERE l.receipt_id {IS} by_receipt);
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    RAISE EXCEPTION 'a receipt pays lines of its own deal, no more than it brought'
        USING ERRCODE = 'insufficient_privilege';
END $$
"""
"""The only way to pay a line: nobody at a desk may write what was paid, so that it never differs from the receipts."""

_NEXT = f"""
CREATE FUNCTION doors.true_next() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() THEN
        RETURN NEW;
    ELSIF TG_TABLE_NAME = 'receipt_book' THEN
        IF {opened_to(Write.BOOK)}
                OR doors.step() = '{Step.RECEIVE_MONEY}' AND NEW.next > OLD.next AND NEW.next <= NEW.last + 1 THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'numbers are given one after the other' USING ERRCODE = 'insufficient_privilege';
END $$
"""
"""A cashier takes as many sheets out of a book as a reprint needs (`papers.sheets`)."""

_NEXT_AT = (
    ("", "UPDATE ON public.series", "(NEW.project_id, NEW.name, NEW.next) <> (OLD.project_id, OLD.name, OLD.next + 1)"),
    ("_first", "INSERT ON public.series", "NEW.next <> 2"),
    ("", "UPDATE OF next ON public.receipt_book", "NEW.next <> OLD.next + 1"),
)
"""Only what is not the next number is looked at."""


def orders() -> Iterator[str]:
    """Give the orders that put them up."""
    yield from (_LAY, _NEXT)
    for name, what, when in _NEXT_AT:
        yield (
            f"CREATE TRIGGER door_true_next{name} BEFORE {what} FOR EACH ROW WHEN ({when}) "
            "EXECUTE FUNCTION doors.true_next()"
        )
