"""The sections of the settings in their order, and what a role must include to see each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salescenter.domain.staff import Role, may
from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.room import Room
from salescenter.ui.settings.books import BooksSection
from salescenter.ui.settings.clauses import ClausesSection
from salescenter.ui.settings.looks import LooksSection
from salescenter.ui.settings.people import PeopleSection
from salescenter.ui.settings.prices import PricesSection
from salescenter.ui.settings.printers import PrintersSection
from salescenter.ui.settings.project import ProjectSection
from salescenter.ui.settings.reception import ReceptionSection
from salescenter.ui.settings.retention import RetentionSection
from salescenter.ui.settings.rules import RulesSection
from salescenter.ui.settings.section import SectionView
from salescenter.ui.settings.server import ServerSection
from salescenter.ui.settings.stationery import StationerySection
from salescenter.ui.settings.templates import TemplatesSection
from salescenter.ui.settings.upkeep import UpkeepSection


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its key for `Room.go("settings", key)`, its marked title, who sees it, and how it is built."""

    key: str
    title: str
    needs: Step | None
    build: Callable[[Room], SectionView]


SECTIONS: tuple[Section, ...] = (
    Section("project", mark("Project and seller"), Step.EDIT_ESTATE, ProjectSection),
    Section("rules", mark("House rules"), Step.EDIT_SETTINGS, RulesSection),
    Section("prices", mark("Prices and discounts"), Step.EDIT_SETTINGS, PricesSection),
    Section("reception", mark("Reception sheets"), Step.EDIT_SETTINGS, ReceptionSection),
    Section("people", mark("People and roles"), Step.EDIT_SETTINGS, PeopleSection),
    Section("books", mark("Receipt books"), Step.EDIT_SETTINGS, BooksSection),
    Section("templates", mark("Contract templates"), Step.EDIT_TEMPLATES, TemplatesSection),
    Section("clauses", mark("Contract clauses"), Step.EDIT_TEMPLATES, ClausesSection),
    Section("stationery", mark("Pre-printed forms"), Step.EDIT_TEMPLATES, StationerySection),
    Section("printers", mark("Printers"), Step.PRINT_PAPER, PrintersSection),
    Section("retention", mark("Keeping of papers"), Step.DESTROY_PAPERS, RetentionSection),
    Section("upkeep", mark("Backup and check"), Step.EDIT_SETTINGS, UpkeepSection),
    Section("server", mark("Server"), Step.EDIT_SETTINGS, ServerSection),
    Section("looks", mark("Language and looks"), None, LooksSection),
)


def sections_for(role: Role) -> tuple[Section, ...]:
    """Return the sections a role may see."""
    return tuple(section for section in SECTIONS if section.needs is None or may(role, section.needs))
