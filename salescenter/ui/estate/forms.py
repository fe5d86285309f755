"""The sheets of the estate: phase, permit, unit type, building; each keeps its facts by one deed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from salescenter.i18n import mark, tr, trn
from salescenter.services.estate import deeds
from salescenter.services.estate.views import BuildingLine, PermitLine, PhaseLine, TypeLine, rooms_said
from salescenter.services.papers.voiding import EstateEdit, VoidPaper, about_to_be_edited
from salescenter.services.work import Deed
from salescenter.ui.estate.lists import PERMIT_KINDS
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet, ask
from salescenter.ui.kit.void_list import FORETOLD_AFTER, name_voids

LARGEST_PICTURE = 4_000_000
"""Bytes a unit type's picture may have; every desk loads it."""

BUILDING_FACTS: tuple[tuple[str, str], ...] = (
    ("structure", mark("Structure")), ("floors_above", mark("Floors above ground")),
    ("floors_below", mark("Floors below ground")), ("height", mark("Storey height, m")),
    ("handover", mark("Handover day")),
)  # fmt: skip
"""What contracts cite of a building, by the names they look it up with."""


class EstateSheet(Sheet):
    """A sheet whose form is kept by one deed, in the lane, once; it names the papers that would say otherwise then."""

    deed: ClassVar[Deed[Any, Any]]

    def __init__(self, room: Room, title: str, parent: QWidget, *, columns: int = 2, width: int = 560) -> None:
        super().__init__(title, parent, width=width)
        self.room = room
        self.key = uuid.uuid4().hex  # one press, however often it is sent
        self.grid = FormGrid(columns)
        self.voids = Banner(tone="warning")
        self._told: object = None
        self._soon = QTimer(self, singleShot=True, interval=FORETOLD_AFTER)
        self._soon.timeout.connect(self.foretell)

    def ready(self) -> None:
        """Show the form with its main action."""
        self.put_form(self.grid)
        self.keep_in_sight(self.voids)
        self.put(None)
        self.main_action(tr("Save"), self.save)
        self.grid.changed.connect(lambda _: self._soon.start())

    def save(self) -> None:
        """Keep what stands in the form."""
        if self.grid.check():
            asked, desk, now = self.asked(), self.room.desk, self.room.now()
            self.keep(lambda: self.deed(desk, asked, now))

    def asked(self) -> Any:
        """Return what stands in the form as its deed wants it."""
        raise NotImplementedError

    def foretell(self) -> None:
        """Name the printed papers that would say otherwise once this is saved."""
        asked, desk, now = self.asked(), self.room.desk, self.room.now()
        if asked == self._told or not isinstance(asked, EstateEdit):
            return
        self._told = asked

        def show(void: Sequence[VoidPaper]) -> None:
            if asked == self._told:
                self.voids.hide()
                said = tr("Once this is saved, these papers say otherwise than the estate:")
                name_voids(self, void, self.voids, said)

        self.room.lane.run(lambda: about_to_be_edited(desk, asked, now), show, owner=self, refused=self.refuse)

    def keep(self, job: Callable[[], Any]) -> None:
        """Do a deed and close with its answer."""
        self.busy()
        self.room.lane.run(job, self._kept, owner=self, refused=self.refuse)

    def _kept(self, answer: object) -> None:
        self.room.changed()
        self.finish(answer)


class PhaseSheet(EstateSheet):
    """A phase (分期)."""

    deed = deeds.keep_phase

    def __init__(self, room: Room, parent: QWidget, line: PhaseLine | None = None) -> None:
        super().__init__(room, tr("Phase"), parent, columns=1, width=440)
        self.line = line
        self.grid.add("name", tr("Name", context="estate"), LineEdit(line.name if line else ""), required=True)
        self.ready()

    def asked(self) -> Any:
        return deeds.PhaseRequest(self.grid.value("name"), self.line.id if self.line else 0, self.key)


class PermitSheet(EstateSheet):
    """A presale permit (预售许可证) and the buildings it covers."""

    deed = deeds.keep_permit

    def __init__(self, room: Room, parent: QWidget, buildings: tuple[BuildingLine, ...], line: PermitLine | None = None
                 ) -> None:  # fmt: skip
        super().__init__(room, tr("Permit"), parent)
        self.line = line
        day = DayEdit(lambda: room.now().date())
        kinds = ChipGroup([(kind, tr(words)) for kind, words in PERMIT_KINDS.items()])
        covers = ChipGroup([(one.id, one.name) for one in buildings], multi=True)
        self.grid.add("number", tr("Number of the permit"), LineEdit(), span=2, required=True)
        self.grid.add("issued", tr("Issued"), day, required=True)
        self.grid.add("kind", tr("Kind of sale"), kinds)
        self.grid.add("buildings", tr("Covers all units of"), covers, span=2,
                      hint=tr("Buildings not chosen keep the permit they have."))  # fmt: skip
        kept = {"number": line.number, "issued": line.issued, "kind": line.kind} if line else {"kind": "presale"}
        self.grid.put(**kept)
        self.ready()

    def asked(self) -> Any:
        said = self.grid.values()
        return deeds.PermitRequest(
            said["number"], said["issued"], said["kind"] or "presale", tuple(said["buildings"] or ()),
            self.line.id if self.line else 0, self.key,
        )  # fmt: skip


class TypeSheet(EstateSheet):
    """A unit type (户型) with its picture."""

    deed = deeds.keep_type

    def __init__(self, room: Room, parent: QWidget, line: TypeLine | None = None) -> None:
        super().__init__(room, tr("Unit type"), parent, columns=3)
        self.line, self.picture = line, b""
        self.grid.add("name", tr("Name", context="estate"), LineEdit(), span=3, required=True)
        for name, words in (("rooms", tr("Rooms")), ("halls", tr("Halls")), ("baths", tr("Baths"))):
            self.grid.add(name, words, WholeEdit())
        self._said = Label(tr("a picture is kept") if line and line.has_picture else "", "muted")
        self.grid.add_row_piece(hold(row(OutlinedButton(tr("Choose a picture …"), self.choose), self._said, None)))
        if line:
            self.grid.put(name=line.name, rooms=line.rooms, halls=line.halls, baths=line.baths)
        self.grid.changed.connect(self._count_rooms)
        self.ready()

    def choose(self) -> None:
        """Ask for a picture."""
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Choose a picture"), "", "PNG, JPEG (*.png *.jpg *.jpeg)")
        if chosen:
            self.take_picture(Path(chosen))

    def take_picture(self, path: Path) -> None:
        """Take a picture that is not too large."""
        data = path.read_bytes() if path.stat().st_size <= LARGEST_PICTURE else b""
        self._said.say(path.name if data else tr("The picture is larger than 4 MB."), "muted" if data else "error")
        self.picture = data or self.picture

    def _count_rooms(self, name: str) -> None:
        """三室两厅两卫 fills the counts, as long as none was typed."""
        counts = [self.grid.value(one) for one in ("rooms", "halls", "baths")]
        if name == "name" and not any(counts) and any(found := rooms_said(self.grid.value("name"))):
            self.grid.put(rooms=found[0], halls=found[1], baths=found[2])

    def asked(self) -> Any:
        said = self.grid.values()
        return deeds.TypeRequest(
            said["name"], said["rooms"] or 0, said["halls"] or 0, said["baths"] or 0, self.picture or None,
            self.line.id if self.line else 0, self.key,
        )  # fmt: skip


class BuildingSheet(EstateSheet):
    """A building's name, phase and the facts contracts cite; one made by mistake is removed here."""

    deed = deeds.keep_building

    def __init__(self, room: Room, parent: QWidget, line: BuildingLine, phases: tuple[PhaseLine, ...]) -> None:
        super().__init__(room, line.name, parent)
        self.line = line
        self.grid.add("name", tr("Name", context="estate"), LineEdit(line.name), required=True)
        self.grid.add("phase", tr("Phase"), ComboBox([(one.name, one.name) for one in phases], free=True))
        for name, words in BUILDING_FACTS:
            self.grid.add(name, tr(words), LineEdit(line.facts.get(name, "")))
        self.grid.put(phase=line.phase or None)
        self.ready()
        self.danger_action(tr("Remove …"), self.remove)

    def asked(self) -> Any:
        said = self.grid.values()
        facts = {**self.line.facts, **{name: said[name] for name, _ in BUILDING_FACTS}}
        return deeds.BuildingRequest(self.line.id, said["name"], said["phase"] or "", facts, self.key)

    def remove(self) -> None:
        """Ask, then remove the building."""
        asked = deeds.RemoveBuilding(self.line.id, self.key)
        words = trn("{building} and its {count} unit are taken out of the estate. This is refused once anybody held, "
                    "quoted or bought it.",
                    "{building} and its {count} units are taken out of the estate. This is refused once anybody held, "
                    "quoted or bought one of them.", count=self.line.units, building=self.line.name)  # fmt: skip
        ask(self, tr("Remove {building}?", building=self.line.name), words, tr("Remove"),
            lambda: self.keep(lambda: deeds.remove_building(self.room.desk, asked, self.room.now())), danger=True)

