"""Everything the house refuses, one class for each gate."""

from __future__ import annotations

from salescenter.domain.database_refusals import *  # noqa: F403  one door for whoever refuses
from salescenter.domain.errors import Refusal, Weather


class NotAllowedNow(Refusal):
    """The unit or deal is not in a state that allows this step (state, step)."""

    code = "not-allowed-now"


class NotYours(Refusal):
    """The person's role does not include this step (step, role)."""

    code = "not-yours"


class TakenMeanwhile(Refusal):
    """Another desk changed the unit since it was shown here (unit, by, at, step, free)."""

    code = "taken-meanwhile"


class ChangedMeanwhile(Refusal):
    """Another desk changed this record since it was opened (what, by, at)."""

    code = "changed-meanwhile"


class NotFound(Refusal):
    """Nothing carries this number or name (what, sought)."""

    code = "not-found"


class FieldMissing(Refusal):
    """A required field is empty (field)."""

    code = "field-missing"


class FieldMalformed(Refusal):
    """A field cannot be read (field, value, why)."""

    code = "field-malformed"


class UnitLocked(Refusal):
    """A flag forbids the sale (unit, flag)."""

    code = "unit-locked"


class HeldForAnother(Refusal):
    """A hold stands on the unit (by, until, reason, approver)."""

    code = "held-for-another"


class NoPrice(Refusal):
    """The unit has no list price (unit)."""

    code = "no-price"


class NoArea(Refusal):
    """The unit's area is zero or unknown (unit)."""

    code = "no-area"


class NoPermit(Refusal):
    """No presale permit covers the unit (unit); no money may be taken (presale rules)."""

    code = "no-permit"


class AboveFiledPrice(Refusal):
    """The price is above the filed price 备案价 (price, filed)."""

    code = "above-filed-price"


class BelowFloorPrice(Refusal):
    """The price is below the floor price 底价 (price, floor, of whom, approver who could say yes)."""

    code = "below-floor-price"


class AnotherLivingDeal(Refusal):
    """The unit already has a living deal (unit, deal, by)."""

    code = "another-living-deal"


class SoldAlone(Refusal):
    """A parking space or store may only be sold with a home here (unit, use)."""

    code = "sold-alone"


class PriceListExpired(Refusal):
    """The price list is out of date and no new one stands yet (unit, until)."""

    code = "price-list-expired"


class NoFloorPrice(Refusal):
    """The house sells nothing without a floor price 底价, and the unit has none (unit)."""

    code = "no-floor-price"


class NoFirstVisit(Refusal):
    """The buyer has neither visited nor called, as far as anybody registered (customer)."""

    code = "no-first-visit"


class NoConsent(Refusal):
    """The customer has not consented to keeping personal data (customer)."""

    code = "no-consent"


class IdMalformed(Refusal):
    """The ID number cannot be right (value, why)."""

    code = "id-malformed"


class UnderAge(Refusal):
    """A buyer is under eighteen and has no guardian named (name, birth)."""

    code = "under-age"


class SharesNotWhole(Refusal):
    """The buyers' shares do not add up to 100 % (total, in hundredths of a percent)."""

    code = "shares-not-whole"


class SplitsNotWhole(Refusal):
    """The consultants' splits do not add up to 100 % (total, in hundredths of a percent)."""

    code = "splits-not-whole"


class OwnedByAnother(Refusal):
    """The customer is another consultant's, still protected (owner, until)."""

    code = "owned-by-another"


class DiscountTooDeep(Refusal):
    """The discount is beyond the person's limit and not approved (rate, limit, approver)."""

    code = "discount-too-deep"


class DiscountsClash(Refusal):
    """Two discounts may not stand together (first, second, why)."""

    code = "discounts-clash"


class ScheduleNotWhole(Refusal):
    """The payment schedule does not add up to the price (total, price)."""

    code = "schedule-not-whole"


class LoanNotWhole(Refusal):
    """A loan is not in whole 万, beyond its cap, or twice of one kind (amount, why)."""

    code = "loan-not-whole"


class DepositTooSmall(Refusal):
    """The deposit received is less than this step demands (received, least)."""

    code = "deposit-too-small"


class DepositTooLarge(Refusal):
    """A deposit may not exceed 20 % of the price (Civil Code art. 586) (received, most)."""

    code = "deposit-too-large"


class TooLate(Refusal):
    """A day or moment has passed (what, until)."""

    code = "too-late"


class NeedsApproval(Refusal):
    """The step waits for an approval (step, approver)."""

    code = "needs-approval"


class Oneself(Refusal):
    """Nobody approves at their own desk what they ask for themselves (name)."""

    code = "oneself"


class WrongWay(Refusal):
    """This change is closed for this deal; another way is open (step, why, instead)."""

    code = "wrong-way"


class AmountNotPositive(Refusal):
    """An amount must be above zero (amount)."""

    code = "amount-not-positive"


class BookExhausted(Refusal):
    """The receipt book has no number left (book)."""

    code = "book-exhausted"


class NoBook(Refusal):
    """No receipt book is issued to this cashier (cashier)."""

    code = "no-book"


class DayClosed(Refusal):
    """The day's cash is already closed (day)."""

    code = "day-closed"


class ReasonMissing(Refusal):
    """This step needs a reason (step)."""

    code = "reason-missing"


class RefundTooLarge(Refusal):
    """More would be returned than was received (amount, received)."""

    code = "refund-too-large"


class AlreadyVoid(Refusal):
    """The receipt was voided before (number, by)."""

    code = "already-void"


class MoreThanDue(Refusal):
    """The money is more than what is still due (amount, due)."""

    code = "more-than-due"


class NoGlyph(Refusal):
    """No font we ship can print a character (character, codepoint, field)."""

    code = "no-glyph"


class WrongPassword(Refusal):
    """The name and password do not fit (login; wait: seconds until the next try, where there are any)."""

    code = "wrong-password"


class LogInWaits(Refusal):
    """Too many log-ins failed under this name or at this PC (wait: seconds until the next try)."""

    code = "log-in-waits"


class SheetUnreadable(Refusal):
    """A file cannot be read as a table (path, why, said)."""

    code = "sheet-unreadable"


class NoHeader(Refusal):
    """No sheet of the workbook has a header that sounds like this list (path, kind, sheets)."""

    code = "no-header"


class ColumnsMissing(Refusal):
    """The sheet has no column for what such a list must say (fields)."""

    code = "columns-missing"


class BadRowsRemain(Refusal):
    """Rows cannot be read, and nobody decided to leave them out (count)."""

    code = "bad-rows-remain"


class Stopped(Refusal):
    """The user stopped long work; nothing of it was kept (what)."""

    code = "stopped"


class LawsBroken(Refusal):
    """A backup was made and opened again, but so many laws do not hold in it (count, path)."""

    code = "laws-broken"


class NoPolicy(Refusal):
    """No row of a policy is in force on this day (day)."""

    code = "no-policy"


class TemplateFaulty(Refusal):
    """A paper template cannot be read or names what there is not (faults: line, column, code, what)."""

    code = "template-faulty"


class PrinterAway(Weather):
    """The printer does not take the paper (printer, why)."""

    code = "printer-away"


class OutOfBounds(Refusal):
    """A setting is outside what makes sense or the law allows (field, value, least, most)."""

    code = "out-of-bounds"


class LoginTaken(Refusal):
    """Somebody already logs in under this name (field, login, by)."""

    code = "login-taken"


class LastManager(Refusal):
    """The house would be left without anybody who may change its settings (name)."""

    code = "last-manager"


class PasswordTooShort(Refusal):
    """A password must have so many characters (field, least)."""

    code = "password-too-short"


class NumbersTaken(Refusal):
    """Another receipt book already holds some of these numbers (field, book)."""

    code = "numbers-taken"


class NumbersUsed(Refusal):
    """A receipt book may not end below a number it has given out (field, book, last)."""

    code = "numbers-used"


class ProgramMissing(Refusal):
    """This PC lacks a program of PostgreSQL that is needed (program)."""

    code = "program-missing"


class NoRightToTry(Refusal):
    """The server lets this log-in make no scratch database, in which a backup is tried (login)."""

    code = "no-right-to-try"


class PaperNotNow(Refusal):
    """This paper cannot be made of the deal as it stands (why)."""

    code = "paper-not-now"


class FormUnreadable(Refusal):
    """A file cannot be read as the text of a contract form (path, why)."""

    code = "form-unreadable"
