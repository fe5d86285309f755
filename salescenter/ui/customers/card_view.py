"""A customer's card at the right: who, whose, how to reach them, the family, deals, follow-ups, visits, changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.received import Document
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr, trn
from salescenter.reception_words import contact_words, field_words, sex_words
from salescenter.services.customer_card import ChangeLine, CustomerCard, DealLine, FollowUpLine, VisitLine
from salescenter.services.customers import Revealed
from salescenter.services.papers.given import Given
from salescenter.services.papers.scans import ScanRow
from salescenter.services.papers.titles import document_words
from salescenter.ui.customers.edit_sheet import ID_KINDS
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import FilledButton, LinkButton, OutlinedButton, QuietButton
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.given_lines import given_line
from salescenter.ui.kit.labels import Badge, Label, SectionLabel
from salescenter.ui.kit.lines import Line, LineList
from salescenter.ui.kit.panel import Card, row, scrolled
from salescenter.ui.kit.records import Mark
from salescenter.ui.kit.terms import state_words, step_words

CHANGES = {
    "reveal": mark("looked at the full phone and ID number"), "register-visit": mark("registered or changed"),
    "follow-up": mark("followed up"), "reassign": mark("gave to another consultant"),
    "take-back-visit": mark("took a registration back"),
}


class CardView(Card):
    """Shows one customer; its buttons are told to the page, which does the rest."""

    wanted = Signal(str)        # visit | edit | plan | reassign | family | consent | reveal
    relative = Signal(int)      # another customer's id
    follow_up = Signal(int)     # a follow-up's id
    unit = Signal(int)          # a unit's id
    paper = Signal(int)         # the archive's id of a paper
    document = Signal(int)      # the id of a scan

    def __init__(self) -> None:
        super().__init__()
        self.name = Label("", "title", wrap=True)
        self.level = Badge("", "accent")
        self.whose = Label("", "", wrap=True)
        self.phones = Label("", "strong", wrap=True)
        self.reveal = LinkButton(tr("Show in full"), lambda: self.wanted.emit("reveal"))
        self.reveal.setToolTip(tr("The history is told who looked."))
        self.facts = FactsTable()
        self._sections: dict[str, tuple[SectionLabel, LineList]] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._lay_head()
        self._section("family", tr("Family", context="customers"), self.relative)
        self._section("deals", tr("Deals", context="customers"), self.unit)
        self._section("papers", tr("Papers they hold"), self.paper)
        self._section("documents", tr("Documents they brought"), self.document)
        self._section("follow_ups", tr("Follow-ups", context="customers"), self.follow_up)
        self._section("visits", tr("Visits and calls"))
        self._section("history", tr("History", context="customers"))
        self._column.addStretch(1)
        self.put(scrolled(inside))

    def _lay_head(self) -> None:
        self.visit = FilledButton(tr("Register a visit"), lambda: self.wanted.emit("visit"))
        self.edit = OutlinedButton(tr("Change", context="customers"), lambda: self.wanted.emit("edit"), key="F2")
        self.plan = OutlinedButton(tr("Plan a follow-up"), lambda: self.wanted.emit("plan"))
        self.give = OutlinedButton(tr("Reassign", context="customers"), lambda: self.wanted.emit("reassign"))
        self.papers = OutlinedButton(tr("Print a paper …"), lambda: self.wanted.emit("papers"), key="F8")
        self.family = QuietButton(tr("Same family as …"), lambda: self.wanted.emit("family"))
        self.consent = QuietButton(tr("Consent …"), lambda: self.wanted.emit("consent"))
        actions = QWidget()
        flow = FlowLayout(actions)
        for button in (self.visit, self.edit, self.plan, self.give, self.papers, self.family, self.consent):
            flow.addWidget(button)
        for piece in (row(self.name, self.level, None), row(self.phones, self.reveal, None)):
            self._column.addLayout(piece)
        for widget in (self.whose, actions, self.facts):
            self._column.addWidget(widget)

    def _section(self, name: str, title: str, opened: object = None) -> None:
        label, lines = SectionLabel(title), LineList(title)
        self._sections[name] = (label, lines)
        self._column.addSpacing(4)
        self._column.addWidget(label)
        self._column.addWidget(lines)
        if opened is not None:
            lines.opened.connect(lambda key: opened.emit(int(str(key))))  # type: ignore[attr-defined]

    # --- showing

    def lines(self, section: str) -> LineList:
        """Return the list of a section: family, deals, papers, documents, follow_ups, visits, history."""
        return self._sections[section][1]

    def show_customer(self, card: CustomerCard, revealed: Revealed | None, now: datetime, *, may_give: bool) -> None:
        """Show a customer, masked unless revealed."""
        self.name.setText(revealed.name if revealed else card.name or tr("Name not given"))
        self.level.setText(card.level)
        self.level.setVisible(bool(card.level))
        self._show_phones(card, revealed)
        words, tone = whose_words(card, now)
        self.whose.say(words, tone)
        self.give.setVisible(may_give)
        self.papers.setVisible(any(deal.active for deal in card.deals))
        self.consent.setVisible(card.consent_at is None)
        self.facts.show_facts(facts_of(card, revealed, now))
        self.show_papers((), now)
        self.show_documents((), now)
        self._show("family", [family_line(one.id, one.name, one.phone, first=one.first) for one in card.family])
        self._show("deals", [deal_line(deal, now) for deal in card.deals])
        self._show("follow_ups", [follow_up_line(one, now) for one in card.follow_ups])
        self._show("visits", [visit_line(visit, now) for visit in card.visits])
        self._show("history", [change_line(at, change, now) for at, change in enumerate(card.history)])

    def show_papers(self, papers: Sequence[Given], now: datetime) -> None:
        """Show what the customer holds, what is to come back first."""
        self._show("papers", [given_line(one, now) for one in papers])

    def show_documents(self, brought: Sequence[tuple[str, ScanRow]], now: datetime) -> None:
        """Show the copies of what the customer brought, the newest first."""
        self._show("documents", [document_line(deal, one, now) for deal, one in brought])

    def _show_phones(self, card: CustomerCard, revealed: Revealed | None) -> None:
        shown = []
        for at, phone in enumerate(card.phones):
            text = revealed.phones[at] if revealed and at < len(revealed.phones) else phone.text
            shown.append(text if phone.well_formed else tr("{phone} (malformed)", phone=text))
        self.phones.setText("   ".join(shown) or tr("No phone known"))
        self.reveal.setVisible(card.may_reveal and revealed is None)

    def _show(self, name: str, lines: Sequence[Line]) -> None:
        label, shown = self._sections[name]
        shown.set_lines(lines)
        shown.setFixedHeight(shown.wanted_height())
        label.setVisible(bool(lines))
        shown.setVisible(bool(lines))


def whose_words(card: CustomerCard, now: datetime) -> tuple[str, str]:
    """Say whose the customer is and until when, and the tone of saying it."""
    if not card.owner or card.protected_until is None:
        return tr("Nobody's customer yet: the rota decides at the next visit."), "muted"
    until = formats.day(card.protected_until, now.date())
    left = formats.days_left(card.protected_until, now.date())
    if card.protected_until >= now.date():
        return tr("{owner}'s customer, protected until {until} ({left})", owner=card.owner_name, until=until,
                  left=left), "warning"
    return tr("Was {owner}'s customer; the protection ended on {until}", owner=card.owner_name, until=until), "muted"


def facts_of(card: CustomerCard, revealed: Revealed | None, now: datetime) -> list[Fact]:
    """List what is known of a person; what is not known has no line."""
    today = now.date()
    age = trn("{count} year", "{count} years", count=card.age, context="customers") if card.age is not None else ""
    document = tr(ID_KINDS.get(card.id_kind, card.id_kind)) if card.id_kind else ""
    number = revealed.id_number if revealed else card.id_number
    seen = f"{contact_words(card.last_kind)} {formats.moment(card.last_seen, now)}".strip() if card.last_seen else ""
    consented = formats.moment(card.consent_at, now) if card.consent_at else tr("not asked yet")
    pairs = (
        (field_words("sex"), " · ".join(part for part in (sex_words(card.sex), age) if part)),
        (document, number), (field_words("address"), revealed.address if revealed else card.address),
        (field_words("guardian"), card.guardian), (tr("Last seen", context="customers"), seen),
        (tr("Registered on"), formats.day(card.created.astimezone(now.tzinfo).date(), today)),
        (field_words("consent"), consented), (field_words("note"), card.note),
    )
    return [
        Fact(label, value, tone="warning" if label == field_words("consent") and card.consent_at is None else "",
             tip=card.consent_text if label == field_words("consent") else value)
        for label, value in pairs if label and value
    ]


def family_line(number: int, name: str, phone: str, *, first: bool) -> Line:
    """Write a relative."""
    return Line(number, name or phone, detail=phone if name else "", right=tr("registered first") if first else "")


def deal_line(deal: DealLine, now: datetime) -> Line:
    """Write a deal: unit, state, total."""
    badges = (Mark(state_words(deal.state), "accent" if deal.living else "neutral"),)
    ended = "" if deal.living else tr("ended", context="customers")
    gone = "" if deal.active else tr("no longer a buyer")
    detail = " · ".join(part for part in (deal.number, formats.day(deal.opened, now.date()), ended, gone) if part)
    return Line(deal.unit, deal.unit_code, badges=badges, detail=detail, right=formats.money(deal.total),
                faint=not deal.living)


def document_line(deal: str, one: ScanRow, now: datetime) -> Line:
    """Write the copy of a document."""
    pages = trn("{count} page", "{count} pages", count=one.pages)
    detail = " · ".join((deal, pages, formats.moment(one.at, now)))
    return Line(one.id, document_words(Document(one.document)), detail=detail, right=one.by, tip=one.name)


def follow_up_line(one: FollowUpLine, now: datetime) -> Line:
    """Write a follow-up: open ones with their day, done ones with what came of them."""
    if one.done_at is None:
        late = one.due < now.date()
        badges = (Mark(formats.days_left(one.due, now.date()), "danger" if late else "warning"),)
        what = one.what or tr("follow up", context="customers")
        return Line(one.id, what, formats.day(one.due, now.date()), badges=badges, right=one.person)
    missed = () if one.effective else (Mark(tr("not reached")),)
    return Line(-one.id, one.outcome, formats.day(one.done_at.astimezone(now.tzinfo).date(), now.date()),
                badges=missed, detail=one.what, right=one.person, faint=True)


def visit_line(visit: VisitLine, now: datetime) -> Line:
    """Write a visit or call with the answers of its sheet."""
    first = (Mark(tr("first", context="customers"), "accent"),) if visit.first else ()
    answers = [word for words in visit.answers.values() for word in words]
    people = tr("{count} people", count=visit.party) if visit.party > 1 else ""
    detail = " · ".join(part for part in (visit.channel, people, *answers, visit.note) if part)
    when = formats.moment(visit.at, now)
    return Line(visit.id, contact_words(visit.kind), when, badges=first, detail=detail, right=visit.consultant,
                tip=detail)


def change_line(at: int, change: ChangeLine, now: datetime) -> Line:
    """Write a line of the history."""
    if change.subject == "scan":
        words = tr("opened a copy of a document")
    else:
        words = tr(CHANGES[change.step]) if change.step in CHANGES else _step(change.step)
    told = change.after if isinstance(change.after, dict) else {}
    detail = " · ".join(str(value) for value in told.values() if value and not isinstance(value, list | dict))
    return Line(at, words, formats.moment(change.at, now), right=change.who, faint=True, tip=detail)


def _step(step: str) -> str:
    return step_words(Step(step)) if step in {each.value for each in Step} else step
