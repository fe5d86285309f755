"""Sets a quotation (置业计划书) on A4: the unit, price and discounts, plan, loan both ways, costs, what to bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from salescenter.domain.money import Money
from salescenter.domain.papers.fields import written
from salescenter.domain.papers.quotation import LoanLine, QuotationPaper
from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, words, yuan
from salescenter.print.page import GREY, MM, Colour, Ink, Page
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.table import Cell, Grid, table
from salescenter.print.text import TITLE, Style, paragraph, sized

_LEFT, _RIGHT = 18 * MM, 18 * MM
_PALE: Colour = (0.965, 0.97, 0.975)
_RULE: Colour = (0.72, 0.75, 0.79)
_SECTION = Style(Ink(Face.SANS_BOLD, 10.5), leading=15, indent=0, align="left", before=3, leads=True)
_TITLE = replace(sized(TITLE, 18, 26), before=0, after=0)
_LINE = Style(Ink(Face.SANS, 9), leading=14, indent=0, align="left")
_WARNING = Style(Ink(Face.SANS_BOLD, 9.5), leading=15, indent=0, align="left", before=6)


def quotation_pdf(paper: QuotationPaper) -> bytes:
    """Return a quotation as a PDF."""
    book = Book()
    draw_quotation(book, paper)
    return book.pdf(f"{words(paper.lang)('Purchase plan')} {paper.number}", paper.house, paper.made, paper.lang)


def draw_quotation(book: Book, paper: QuotationPaper) -> None:
    """Add a quotation to a book."""
    frame = Frame(left=_LEFT, right=_RIGHT, top=18 * MM, bottom=15 * MM,
                  margins=lambda page, at, of: _margins(page, paper, at, of))
    Sheet(book, frame).lay(_blocks(paper, frame.measure))


def _blocks(paper: QuotationPaper, measure: float) -> Iterator[Block]:
    say = words(paper.lang)
    yield paragraph(say("Purchase plan"), _TITLE, measure)
    yield _unit(paper, measure)
    yield paragraph(say("Price"), _SECTION, measure)
    yield _price(paper, measure)
    yield paragraph(f"{say('Payment plan')}: {paper.plan}".replace(": ", "：" if paper.lang == "zh_CN" else ": "),
                    _SECTION, measure)
    yield _schedule(paper, measure)
    if paper.loans:
        yield paragraph(say("Loan, both ways of paying back"), _SECTION, measure)
        yield _loans(paper, measure)
    if paper.costs:
        yield paragraph(say("Costs beside the price"), _SECTION, measure)
        yield _costs(paper, measure)
    if paper.bring:
        yield paragraph(say("Please bring"), _SECTION, measure)
        yield paragraph("　".join(f"□ {thing}" for thing in paper.bring), _LINE, measure)
    yield paragraph(say("All figures are for reference only; the contract and the bank's approval decide."),
                    _WARNING, measure)


def _grid(measure: float, *shares: float) -> Grid:
    return Grid(tuple(share * measure for share in shares), size=9, leading=12.5, least=17, inset=4,
                face=Face.SANS, bold=Face.SANS_BOLD, rule=_RULE)


def _pairs(measure: float, facts: Sequence[tuple[str, str]]) -> Block:
    """Facts two to a line, label and value."""
    padded = [*facts, ("", "")] if len(facts) % 2 else list(facts)
    rows = [
        [cell for label, value in padded[at:at + 2] for cell in (Cell(label, ground=_PALE, colour=GREY), Cell(value))]
        for at in range(0, len(padded), 2)
    ]
    return table(_grid(measure, 0.2, 0.3, 0.2, 0.3), [], rows, after=3)


def _unit(paper: QuotationPaper, measure: float) -> Block:
    say, home = words(paper.lang), paper.home
    facts = (
        ("Project", paper.project), ("Unit", home.room), ("Type", home.type), ("Facing", home.facing),
        ("Construction area", _area(home.gross)), ("Inner area", _area(home.inner)),
        ("Price (construction)", _each(paper.unit_price)), ("Price (inner)", _each(paper.inner_price)),
        ("Customer", "  ".join(filter(None, (paper.customer, paper.phone)))),
        ("Consultant", "  ".join(filter(None, (paper.consultant, paper.consultant_phone)))),
    )
    return _pairs(measure, [(say(label), value) for label, value in facts])


def _area(area: object) -> str:
    return f"{area:.2f} ㎡" if area else ""


def _each(price: Money) -> str:
    return f"{yuan(price)}/㎡" if price else ""


def _price(paper: QuotationPaper, measure: float) -> Block:
    say = words(paper.lang)
    rows: list[list[Cell | str]] = [[say("List total"), "", Cell(str(paper.list_total), "right")]]
    rows += [[line.name, line.said, Cell(f"-{line.less}", "right")] for line in paper.discounts]
    after = say("{price} a square metre", price=yuan(paper.final_price)) if paper.final_price else ""
    rows.append([Cell(say("Final total"), bold=True, ground=_PALE), Cell(after, ground=_PALE),
                 Cell(str(paper.total), "right", bold=True, ground=_PALE)])
    rows.append([Cell(say("In words"), colour=GREY), Cell(f"人民币{paper.words}", span=2)])
    return table(_grid(measure, 0.3, 0.42, 0.28), [], rows, foot=1, after=3)


def _schedule(paper: QuotationPaper, measure: float) -> Block:
    say = words(paper.lang)
    rows: list[list[Cell | str]] = [
        [line.name, line.condition or written(line.due, paper.lang), Cell(str(line.amount), "right")]
        for line in paper.schedule
    ]
    extra = ((say("Paid already"), paper.paid), (say("Due now"), paper.due_now))
    rows += [[Cell(name, bold=True, ground=_PALE), Cell("", ground=_PALE),
              Cell(str(amount), "right", bold=True, ground=_PALE)] for name, amount in extra if amount]
    return table(_grid(measure, 0.3, 0.42, 0.28), [[say("Item"), say("Due"), say("Amount (yuan)")]], rows, after=3)


def _loans(paper: QuotationPaper, measure: float) -> Block:
    say = words(paper.lang)
    loan = f"{say('Loan')} · {say('Rate, term')}"
    head = [loan, *map(say, ("Amount", "Way", "First month", "Last month", "Fall", "Interest"))]
    rows = [row for loan in paper.loans for row in _both_ways(loan, paper.total, paper.lang)]
    if len(paper.loans) > 1:
        level, first = (Money.sum(getattr(loan, way) for loan in paper.loans) for way in ("level", "first"))
        together = say("Together a month: level {level}, falling from {first}", level=level, first=first)
        rows.append([Cell(together, span=7, bold=True, ground=_PALE)])
    if paper.income:
        proof = say("Proof of a monthly income of at least {income} yuan is needed.", income=paper.income)
        rows.append([Cell(proof, span=7)])
    grid = replace(_grid(measure, 0.22, 0.135, 0.105, 0.135, 0.135, 0.12, 0.15), size=8.5, leading=12)
    return table(grid, [head], rows, after=3)


def _both_ways(loan: LoanLine, total: Money, lang: str) -> list[list[Cell | str]]:
    """A loan by equal payments and by equal principal, with its share of the price (成数)."""
    say = words(lang)
    share = f"{Decimal(loan.amount.fen) * 100 / total.fen:.2f}%"
    term = say("{rate}, {months} months, {share} of the price", rate=loan.rate, months=loan.months, share=share)
    ways = (
        ("Level", loan.level, loan.level, "—", loan.level_interest),
        ("Falling", loan.first, loan.last, str(loan.fall), loan.falling_interest),
    )
    facts: tuple[list[Cell | str], ...] = (
        [loan.name, Cell(str(loan.amount), "right")], [Cell(term, span=2)],
    )
    return [
        [*fact, Cell(say(way), "centre"), Cell(str(first), "right", bold=True), Cell(str(last), "right"),
         Cell(fall, "right"), Cell(str(interest), "right")]
        for fact, (way, first, last, fall, interest) in zip(facts, ways, strict=True)
    ]


def _costs(paper: QuotationPaper, measure: float) -> Block:
    say = words(paper.lang)
    rows: list[list[Cell | str]] = [
        [line.name, line.basis, line.taken_by, Cell(str(line.amount), "right")] for line in paper.costs
    ]
    total = Money.sum(line.amount for line in paper.costs)
    rows.append([Cell(say("Total"), span=3, bold=True, ground=_PALE),
                 Cell(str(total), "right", bold=True, ground=_PALE)])
    head = [say(name) for name in ("Cost", "Counted on", "Taken by", "Amount (yuan)")]
    return table(_grid(measure, 0.2, 0.36, 0.26, 0.18), [head], rows, foot=1, after=3)


def _margins(page: Page, paper: QuotationPaper, at: int, of: int) -> None:
    say, small = words(paper.lang), Ink(Face.SANS, 8, GREY)
    left, right = _LEFT, page.width - _RIGHT
    fitted(page, left, page.height - 13 * MM, 90 * MM, paper.house, Ink(Face.SANS, 9, GREY))
    until = say("valid until {day}", day=written(paper.valid_until, paper.lang)) if paper.valid_until else ""
    said = "  ".join(filter(None, (f"№ {paper.number}", written(paper.day, paper.lang), until)))
    free = right - left - 92 * MM
    fitted(page, right - free, page.height - 13 * MM, free, said, Ink(Face.SANS, 9, GREY), "right")
    page.line(left, page.height - 15.5 * MM, right, page.height - 15.5 * MM, 0.5, _RULE)
    page.text(left, 11 * MM, say("For reference only"), small)
    page.right(right, 11 * MM, say("Page {at} of {of}", at=at, of=of), small)
