"""What the house says when it refuses or the weather is bad: the rule in a sentence, and the remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from string import Formatter
from typing import Any

from salescenter.domain import refusals as no
from salescenter.domain.calendar import CHINA
from salescenter.domain.database_refusals import ProgramOlder
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.import_refusals import ImportBuiltOn, ImportTakenBack
from salescenter.domain.led_out import RoleChanged, TakenOffTheList
from salescenter.domain.money import Money
from salescenter.domain.papers.form_faults import Source
from salescenter.domain.papers.needs import Unmet
from salescenter.domain.papers.printing import BetweenTwo, NotNow, PrintingSilent
from salescenter.domain.papers.scan_faults import ScanRefused, ScanTooLarge
from salescenter.domain.papers.versions import Sample
from salescenter.domain.staff import Role
from salescenter.domain.taking_back import DayOver, GoneOn, NeededSince
from salescenter.domain.templates import Fault
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState, Use
from salescenter.domain.waiting import GivenTwice, OfAnother, OtherName, OtherServer, OutOfTurn
from salescenter.i18n import listed, mark, tr
from salescenter.ui.kit.codes import CODES
from salescenter.ui.kit.destroying_words import DESTROYING
from salescenter.ui.kit.form_words import ON_FORMS, source_words
from salescenter.ui.kit.formats import NOTHING
from salescenter.ui.kit.paper_terms import TEMPLATE_FAULTS, sample_words, unmet_words
from salescenter.ui.kit.price_terms import PRICE_FAULTS
from salescenter.ui.kit.sale_terms import SALE_FAULTS
from salescenter.ui.kit.terms import (
    basis_words,
    flag_letter,
    flag_words,
    role_words,
    rounding_words,
    state_letter,
    state_words,
    step_words,
    use_words,
)
from salescenter.ui.kit.typed_terms import TYPED_FAULTS

__all__ = [  # one door for page authors
    "basis_words", "detail_words", "flag_letter", "flag_words", "refusal_words", "role_words", "rounding_words",
    "state_letter", "state_words", "step_words", "use_words",
]

SAID: dict[type[Exception], tuple[str, str]] = {
    Refusal: (mark("This cannot be done."), mark("Ask the sales manager.")),
    Weather: (mark("Something outside the program failed."), mark("Try again in a moment.")),
    no.NotAllowedNow: (
        mark("A unit that is “{state}” does not allow “{step}”."),
        mark("Look at its card for the steps that are open now.")),
    no.NotYours: (
        mark("“{step}” is not a step of the role {role}."), mark("Ask somebody who may: {who}.")),
    no.TakenMeanwhile: (
        mark("{by} was faster: {unit} changed at {at} ({step})."),
        mark("Free beside it: {free}. Or talk to {by}.")),
    no.ChangedMeanwhile: (
        mark("{by} changed this {what} at {at}, after you opened it."),
        mark("Look at the new values, then press again.")),
    no.NotFound: (mark("There is no {what} “{sought}”."), mark("Check the number or name.")),
    no.FieldMissing: (mark("{field} is required."), mark("Fill it in.")),
    no.FieldMalformed: (
        mark("“{value}” cannot be read as {field}: {why}."), mark("Correct it and try again.")),
    no.UnitLocked: (
        mark("{unit} cannot be sold: {flag}."), mark("Have the lock lifted in the estate first.")),
    no.HeldForAnother: (
        mark("{by} holds this unit until {until}: {reason} (approved by {approver})."),
        mark("Wait until the hold ends, or ask {by} or a supervisor to end it.")),
    no.NoPrice: (mark("{unit} has no price."), mark("Set its price in the estate.")),
    no.NoArea: (mark("{unit} has no area."), mark("Enter its area in the estate.")),
    no.NoPermit: (
        mark("No presale permit covers {unit}; before the permit no money may be taken."),
        mark("Enter the permit in the estate when it is granted.")),
    no.AboveFiledPrice: (
        mark("The price {price} is above the filed price {filed}."),
        mark("Sell at the filed price or below, or file a new one.")),
    no.BelowFloorPrice: (
        mark("The price {price} is below the floor price {floor} ({of})."),
        mark("Have the discount approved first: {approver}.")),
    no.AnotherLivingDeal: (
        mark("{unit} already has a living deal, {deal}, with {by}."),
        mark("Cancel that deal first, or choose another unit.")),
    no.PriceListExpired: (
        mark("The price list was in force until {until}; {unit} cannot be sold by it."),
        mark("Set the new prices and their last day in the settings.")),
    no.NoFloorPrice: (
        mark("{unit} has no floor price, and this house sells nothing without one."),
        mark("Enter its floor price in the estate.")),
    no.SoldAlone: (
        mark("{unit} ({use}) may only be sold together with a home."),
        mark("Sell it to the owner of a home, or change the project's rule.")),
    no.NoConsent: (
        mark("{customer} has not agreed that personal data are kept."),
        mark("Have the consent signed and tick it on the customer.")),
    no.NoFirstVisit: (
        mark("{customer} is on record neither as a visitor nor as a caller."),
        mark("Register the first visit at the reception.")),
    no.IdMalformed: (mark("The ID number {value} cannot be right: {why}."), mark("Compare it with the card.")),
    no.UnderAge: (
        mark("{name}, born {birth}, is under eighteen and has no guardian."), mark("Name a guardian.")),
    no.SharesNotWhole: (
        mark("The buyers' shares add up to {total}, not to 100%."), mark("Correct the shares.")),
    no.SplitsNotWhole: (
        mark("The consultants' splits add up to {total}, not to 100%."), mark("Correct the splits.")),
    no.OwnedByAnother: (
        mark("This customer is {owner}'s until {until}."),
        mark("Hand the customer to {owner}, or have a supervisor reassign them.")),
    no.DiscountTooDeep: (
        mark("{rate} of the list price is below your limit of {limit}."),
        mark("Have the discount approved first: {approver}.")),
    no.DiscountsClash: (
        mark("The discounts “{first}” and “{second}” may not stand together: {why}."),
        mark("Take one of them away.")),
    no.ScheduleNotWhole: (
        mark("The payment schedule adds up to {total}, the price is {price}."),
        mark("Change an instalment so that the sum is the price.")),
    no.LoanNotWhole: (mark("A loan of {amount} is not possible: {why}."), mark("Change the loan amount.")),
    no.DepositTooSmall: (
        mark("{received} received, this step needs at least {least}."), mark("Receive the rest first.")),
    no.DepositTooLarge: (
        mark("A deposit may be at most {most}, 20% of the price; {received} is more."),
        mark("Take the rest as down payment (Civil Code, article 586).")),
    DayOver: (
        mark("A registration is taken back on its own day, {day}."),
        mark("Correct the customer's card instead.")),
    **PRICE_FAULTS, **SALE_FAULTS, **TYPED_FAULTS,
    GoneOn: (
        mark("{by} went on with this customer at {at} ({step})."),
        mark("Take that back first, or correct the customer's card instead.")),
    NeededSince: (
        mark("Something you may not see refers to {customer} by now."), mark("Ask a manager to take it back.")),
    no.TooLate: (mark("The time for this is over: {what}, {until}."), mark("Choose a later time.")),
    no.NeedsApproval: (
        mark("“{step}” needs an approval first."), mark("Ask for the approval: {approver}.")),
    no.Oneself: (
        mark("{name} asks and cannot approve it as well: four eyes are needed."),
        mark("Let somebody else who may approve type their password.")),
    no.WrongWay: (
        mark("“{step}” is closed for this deal: {why}."), mark("This way is open: {instead}.")),
    no.AmountNotPositive: (mark("The amount must be above zero, not {amount}."), mark("Enter the amount.")),
    no.BookExhausted: (
        mark("The receipt book {book} has no number left."), mark("Issue a new book in the settings.")),
    no.NoBook: (
        mark("No receipt book is issued to {cashier}."), mark("Issue one in the settings.")),
    no.DayClosed: (
        mark("The cash of {day} is already closed."), mark("Enter it on the next day, or reopen the day.")),
    no.ReasonMissing: (mark("“{step}” needs a reason."), mark("Write one sentence why.")),
    no.RefundTooLarge: (
        mark("{amount} would be returned, but only {received} was received."), mark("Lower the refund.")),
    no.AlreadyVoid: (
        mark("Receipt {number} was already voided by {by}."), mark("Nothing is left to do.")),
    no.MoreThanDue: (
        mark("{amount} is more than the {due} still due."), mark("Lower the amount, or enter another deal.")),
    no.WrongPassword: (
        mark("The name and password do not fit."), mark("Check both, and whether Caps Lock is on.")),
    no.LogInWaits: (
        mark("Too many log-ins failed under this name or at this PC; seconds to wait: {wait}."),
        mark("Wait, or have a manager lift it in the settings under People.")),
    no.DatabaseTooNew: (
        mark("This database was made by a newer version of the program ({found}, this one knows {known})."),
        mark("Update the program on this PC.")),
    no.DatabaseTooOld: (
        mark("{path} was made by an older version of the program ({found}, this one needs {known})."),
        mark("Run “salescenter migrate --database {path}”; a copy is kept.")),
    no.NotADatabase: (
        mark("{path} is not a database of this program, or it is damaged: {why}."),
        mark("Choose another file, or restore a backup.")),
    no.NoDatabaseFile: (mark("There is no file {path}."), mark("Check the folder and the name.")),
    no.NothingOpenedYet: (
        mark("No database was opened here before."), mark("Name one: --database house.db")),
    ImportBuiltOn: (
        mark("The import cannot be taken back: something was done with its units since, {unit} the last: {step}, {by}, "
             "{at}."),
        mark("Correct single units in the estate, or import a corrected list over it.")),
    ImportTakenBack: (
        mark("{by} took this import back at {at}."), mark("Import the file again if it is wanted after all.")),
    no.OnNetworkDrive: (
        mark("{path} lies on a network drive; shared over a network the file would be damaged."),
        mark("Put it on a disk of this PC, or use PostgreSQL for several desks.")),
    no.CannotWrite: (mark("{path} cannot be written: {why}."),
        mark("Check the folder's rights and the free space; where a folder can be chosen, another may do.")),
    no.LookUntold: (mark("Whoever looks is written down first, and nothing can be written now: {why}."),
        mark("Make room on the disk, or mend its rights; whatever is masked can be read meanwhile.")),
    no.NoPolicy: (
        mark("No rule is in force on {day}."), mark("Enter the rule and the day it begins in the settings.")),
    no.PaperNotNow: (
        mark("This paper cannot be made now: {why}."),
        mark("Come back when that has changed; until then the deal's card says how it stands.")),
    no.TemplateFaulty: (
        mark("The template cannot be used: {faults}."),
        mark("Correct these places, or go back to the version before.")),
    **TEMPLATE_FAULTS,
    no.PrinterAway: (
        mark("The printer {printer} does not take the paper: {why}."),
        mark("Check the printer, or choose another; the paper is kept and can be printed again.")),
    NotNow: (
        mark("“{title}” is {state}: this cannot be done with it now."),
        mark("Look at the print centre again; another window of this PC may have been faster.")),
    PrintingSilent: (
        mark("This PC's print service does not answer: {why}."),
        mark("Start it again in the system's settings, or start the PC again; every job is kept.")),
    BetweenTwo: (
        mark("The print service broke off while it was given a job for {printer}: {why}."),
        mark("Look at the printer, then say in the print centre whether the paper came out.")),
    no.DatabaseAway: (
        mark("The database cannot be reached: {why}."),
        mark("Nothing typed is lost. The program keeps trying; check network and server.")),
    no.DatabaseHeld: (
        mark("Another program keeps {path} to itself: {why}."),
        mark("Close whatever else has the file open (a viewer, a copy, a virus scanner). Nothing typed is lost; the "
             "program keeps trying.")),
    no.HeldElsewhere: (
        mark("Another desk is at work on the same thing, and does not finish."),
        mark("Press again in a moment: what is typed stays, and nothing is done twice. If it stays so, start the "
             "server again.")),
    no.ServerDiskFull: (
        mark("The disk of {server} is full: nothing can be kept there."),
        mark("Whoever looks after the server makes room there; nothing typed is lost, and what is there can be read.")),
    no.ServerDamaged: (
        mark("{server} found “{database}” damaged: {why}."),
        mark("Stop working with it, keep the last backup safe, and call whoever looks after the server.")),
    ScanRefused: (
        mark("{name} is not taken as a scan: {why}."),
        mark("Scan the paper again, as PDF, JPEG or PNG, and attach that file.")),
    ScanTooLarge: (
        mark("{name} has {size} MB; this house takes {most} MB at most."),
        mark("Scan with 200 or 300 dots an inch, in grey; a manager may allow more in the house rules.")),
    no.OutOfBounds: (
        mark("{value} is not possible here."), mark("Enter a value from {least} to {most}.")),
    no.LoginTaken: (
        mark("{by} already logs in as “{login}”."), mark("Choose another name to log in with.")),
    no.LastManager: (
        mark("{name} is the last person who may change the settings."),
        mark("Make somebody else a sales manager first.")),
    no.PasswordTooShort: (
        mark("The password is too short."), mark("Use at least {least} characters.")),
    no.NumbersTaken: (
        mark("The receipt book {book} already holds some of these numbers."),
        mark("Choose another prefix, or numbers no book holds.")),
    no.NumbersUsed: (
        mark("{book} has given out numbers up to {last}."), mark("Let it end at {last} or later.")),
    no.SheetUnreadable: (
        mark("{path} cannot be read as a table: {why}."),
        mark("Open it in Excel or WPS, save it as .xlsx without a password, and try again.")),
    no.FormUnreadable: (
        mark("{path} cannot be read as a contract text: {why}."),
        mark("Open it in Word or WPS, save it as .docx without macros and password, and try again.")),
    no.NoHeader: (
        mark("No sheet of {path} has a header that fits."),
        mark("Say in which row the header stands, or choose another file.")),
    no.ColumnsMissing: (
        mark("The sheet has no column that says: {fields}."), mark("Choose it above one of the columns.")),
    no.BadRowsRemain: (
        mark("Rows that cannot be read: {count}. Nothing was written."),
        mark("Correct them in the file, or leave them out on purpose.")),
    TakenOffTheList: (
        mark("{name} is no longer on the house's list of people; nothing was done."),
        mark("Half-filled forms are kept. Ask a sales manager, or log in as somebody else.")),
    RoleChanged: (
        mark("{name} is now {role}, no longer {was}; nothing was done."),
        mark("Half-filled forms are kept. Log in again to go on in the new role.")),
    OtherName: (
        mark("The phone of {name} is on record under another name: {known}."),
        mark("Say whether this is the same person or somebody of the family.")),
    OfAnother: (
        mark("This is {owner}'s customer, received by {consultant}."),
        mark("Say who really received them; {owner} stays the consultant either way.")),
    GivenTwice: (
        mark("Another desk registered this visitor at {at} and handed them to {other}; here it was {consultant}."),
        mark("Say whether that was one visit or two.")),
    OutOfTurn: (
        mark("{consultant} received, but by what is on record now it was the turn of {next}."),
        mark("Say whether it uses up a turn of {consultant}.")),
    OtherServer: (
        mark("It was taken while this PC worked with the server at {server}."),
        mark("Bring it in if that is this house under its former address.")),
    no.PasswordNeeded: (mark("{server} asks for a password."), mark("Enter your log-in name and your password.")),
    no.NoSuchDatabase: (
        mark("{server} has no database “{database}”."),
        mark("Check the name behind the last slash of the address, or prepare the server: salescenter serve-setup.")),
    no.ServerLocksOut: (
        mark("{server} does not let “{login}” into the database “{database}” from this PC."),
        mark("On the server, add a line for the PCs of the house to pg_hba.conf and reload it; the guide shows it.")),
    no.ServerWithoutTls: (
        mark("{server} does not encrypt its connections."),
        mark("Switch TLS on there (the guide shows how). Only in a network you trust wholly: add ?sslmode=disable.")),
    no.CertificateUnknown: (
        mark("The certificate of {server} is not one this PC trusts: {why}."),
        mark("Copy the house's root.crt to this PC as the guide shows, and use the name the certificate is made for.")),
    no.ServerUnknown: (
        mark("No PC named {server} is found in the network."),
        mark("Check the spelling, or use the server's number, such as 192.168.1.10; is the network cable in?")),
    no.ServerSilent: (
        mark("{server} does not answer at port {port}."),
        mark("Is the server on, is PostgreSQL running there, and does its firewall let port {port} in?")),
    no.ServerStarting: (
        mark("{server} is just starting or stopping."), mark("Nothing typed is lost; the program goes on by itself.")),
    no.ServerFull: (
        mark("{server} takes no more connections."),
        mark("Close the program where nobody needs it, or raise max_connections on the server.")),
    no.NoServerToWrite: (
        mark("Of {server} none takes changes: only a standby answers."),
        mark("Promote the standby if the first server is lost; the program goes on by itself then.")),
    no.HouseMoved: (
        mark("The house of {path} was moved to {to}."),
        mark("Open that address. To look at the old file, restore it under another name.")),
    no.MoveUnfinished: (
        mark("A house is being moved to {to} and is not complete yet."),
        mark("Start the move again: it goes on where it stopped.")),
    no.TargetTaken: (
        mark("{to} already holds another house, or a part of one."),
        mark("Name another database in the address; it is made if there is none.")),
    no.MoveDiffers: (
        mark("What arrived on the server is not what left the file ({what}: {left}, {arrived})."),
        mark("The file is still the house and nothing was switched. Start the move again.")),
    no.ServerUnfit: (
        mark("This server cannot hold a house: {why}."), mark("Mend what is said above, then start again.")),
    no.ProgramMissing: (
        mark("This PC has no {program}."),
        mark("Install PostgreSQL's client programs here, or make backups on the server's own PC.")),
    ProgramOlder: (
        mark("{program} on this PC is of PostgreSQL {found}, the server is {server}: it cannot read it."),
        mark("Install PostgreSQL's client programs of version {server} here, or back up on the server's own PC.")),
    no.NoRightToTry: (
        mark("The server does not let {login} make the scratch database a backup is tried in."),
        mark("Back up as the owner of the database, or give the log-in the right: ALTER ROLE … CREATEDB.")),
    no.LawsBroken: (
        mark("The backup {path} was made, but the check of it found faults: {count}."),
        mark("Keep the older backups, and look in Settings under Backup and check.")),
    no.Stopped: (mark("Stopped; nothing was written."), mark("Start it again when you are ready.")),
    **DESTROYING,
    **ON_FORMS,
}
"""The sentence and the remedy of each class; `{places}` are filled from the refusal's details."""


def refusal_words(trouble: Exception) -> tuple[str, str]:
    """Return the sentence and the remedy for a Refusal or Weather; a class without words speaks as its parent."""
    said = next(SAID[kind] for kind in type(trouble).__mro__ if kind in SAID)
    details = getattr(trouble, "details", {})
    return _fill(said[0], details), _fill(said[1], details)


def detail_words(value: object) -> str:
    """Write one detail of a refusal: enums in the trade's words, amounts and days as the screen writes them."""
    if value is None or value in ("", ()):
        return NOTHING
    writer = next((write for kind, write in _WRITERS if isinstance(value, kind)), str)
    return writer(value)


def _fill(sentence: str, details: dict[str, object]) -> str:
    names = [name for _, name, _, _ in Formatter().parse(sentence) if name]
    return tr(sentence, **{name: _detail(name, details.get(name)) for name in names}) if names else tr(sentence)


def _detail(name: str, value: object) -> str:
    if name == "total" and isinstance(value, int):  # shares and splits: hundredths of a percent
        return f"{Decimal(value) / 100:.2f}%"
    return detail_words(value)


def _code(value: object) -> str:
    return tr(CODES[str(value)]) if str(value) in CODES else str(value)


def _several(values: Iterable[object]) -> str:
    return listed(detail_words(value) for value in values)


def _fault(fault: Fault) -> str:
    return tr("line {line}, column {column}: {why} “{what}”", line=fault.line, column=fault.column,
              why=_code(fault.code), what=fault.what)


def _moment(value: Any) -> str:
    return f"{value.astimezone(CHINA) if value.tzinfo else value:%Y-%m-%d %H:%M}"  # the house's clock, not this PC's


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (UnitState, state_words), (Step, step_words), (Flag, flag_words), (Use, use_words),
    (Role, role_words), (PriceBasis, basis_words), (Money, str), (datetime, _moment),
    (date, date.isoformat), (Decimal, lambda share: f"{(share * 100).normalize():f}%"),
    (Sample, sample_words), (Enum, lambda one: _code(one.value)), (Fault, _fault), (Unmet, unmet_words),
    ((tuple, list, frozenset), _several), (Source, source_words), (str, _code),
)
"""How each kind of detail is written; the first that fits."""
