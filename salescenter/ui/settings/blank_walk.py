"""From blank to blank of a contract form: one key takes the proposal, another field, the pen or a stroke."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from salescenter.domain.papers.blanks import Style, put_in
from salescenter.domain.papers.guess_nearest import nearest
from salescenter.domain.papers.guesses import (
    HIGH,
    STRUCK,
    Proposal,
    asked_again,
    by_hand,
    close_words,
    propose,
    tagged,
)
from salescenter.i18n import tr
from salescenter.services.names import spell
from salescenter.ui.kit.buttons import OutlinedButton, QuietButton
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.search_box import SearchBox
from salescenter.ui.settings.template_edit import TemplateEdit

TAG = Qt.ItemDataRole.UserRole
POINTER = "▶"
"""Stands on the printed paper before the blank that is asked about."""

MOST = 9
"""Proposals that have a number key."""

MANY = 2
"""Unknown blanks of an article from which on their number is said."""

_HEAD = re.compile(r"(?:第[^ 　]{1,5}条|附件[^ 　]{1,3})?[ 　]*[^ 　，、：:▁]{0,10}")
"""As much of the heading of an article as a line beside the list has room for."""

LINE = 28
"""Pixels one proposal is high."""

AS_IT_IS = "="
"""Begins an answer that is no field but words of the form's own: 30, 国家标准."""


class BlankWalk(QWidget):
    """Stands beside the editor while blanks are answered; each answer is one step that the editor can undo.

    The text is all it knows: a blank that was answered is a tag, so a draft goes on where it was left.
    """

    ended = Signal()
    stepped = Signal()
    moved = Signal()

    def __init__(self, editor: TemplateEdit) -> None:
        super().__init__()
        self._editor = editor
        self._fields: tuple[str, ...] = ()
        self._blanks: tuple[Proposal, ...] = ()
        self._at = self._total = 0
        self._told: dict[str, str] = {}
        self._again: Proposal | None = None
        self._near: tuple[str, ...] = ()
        self.progress, self.words = SectionLabel(""), Label("", "muted", wrap=True)
        self.choices = _Choices(self)
        self.choices.setAccessibleName(tr("What belongs in this blank"))
        self.search = SearchBox(tr("Another field, or = and your words"))
        self.search.searched.connect(self._narrow)
        self.search.returnPressed.connect(self._take_current)
        self.choices.itemActivated.connect(lambda item: self.answer(str(item.data(TAG))))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        back = QuietButton(tr("Back to the text"), self.ended.emit, key="Esc")
        layout.addLayout(row(self.progress, None, back))
        for piece in (self.words, self.search, self.choices):
            layout.addWidget(piece, 1 if piece is self.choices else 0)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        for at, (text, key, pressed) in enumerate((
            (tr("By pen"), "Del", self.leave),
            (tr("Strike out"), "-", lambda: self.answer(STRUCK)),
            (tr("Next blank"), "→", lambda: self.go(1)), (tr("Take back"), "⌫", self.take_back),
            (tr("All sure ones"), "⇧⏎", self.take_sure), (tr("Take article"), tr("Space"), self.take_article),
            (tr("Rest by pen"), "⇧Del", self.leave_article), (tr("All by pen"), "Ctrl Del", self.leave_rest),
        )):  # fmt: skip
            buttons.addWidget(OutlinedButton(text, pressed, key=key), at // 2, at % 2)
        layout.addLayout(buttons)

    def expect(self, total: object) -> None:
        """Say how many blanks the text had when it was opened, as a draft remembers it; 0 where nobody knows."""
        self._total = total if isinstance(total, int) else 0

    def begin(self, fields: tuple[str, ...]) -> None:
        """Begin at the first blank of the editor's text."""
        self._fields, self._at, self._again = fields, 0, None
        self._look()

    def counted(self) -> tuple[int, int]:
        """Return how many blanks are answered, and how many there were."""
        return self._total - len(self._blanks), self._total

    def current(self) -> Proposal | None:
        """Return the blank that is asked about; None where none is left."""
        return self._again or (self._blanks[self._at] if self._at < len(self._blanks) else None)

    def ask_at(self, at: int) -> None:
        """Ask about the blank at this place of the text, or once more about the answer that stands there."""
        here = next((count for count, one in enumerate(self._blanks) if one.blank.start <= at <= one.blank.end), None)
        again = asked_again(self._editor.toPlainText(), at) if here is None else None
        if here is None and again is None:
            return
        self._at, self._again = self._at if here is None else here, again
        self._show()
        self.moved.emit()

    def pointed(self) -> str:
        """Return the text with the blank that is asked about filled as proposed, a pointer before it."""
        text, here = self._editor.toPlainText(), self.current()
        if here is None:
            return text
        filled = here.text if here.tag else text[here.blank.start:here.blank.end]
        return put_in(text, [(here.blank, POINTER + filled)])

    def answer(self, tag: str) -> None:
        """Write a tag into the blank and go on to the next one."""
        words = tag.removeprefix(AS_IT_IS).replace("{", "").replace("}", "").strip()
        if words:
            self._told[self._like(self.current())] = tag
            self._write(words if tag.startswith(AS_IT_IS) else tagged(tag))

    def _like(self, here: Proposal | None) -> str:
        """What blanks that ask the same share; "" where nothing tells them."""
        return close_words(self._editor.toPlainText(), here.blank) if here is not None else ""

    def leave(self) -> None:
        """Leave the blank to the pen and go on to the next one."""
        here = self.current()
        if here is not None:
            self._write(self._by_hand(here))

    def _write(self, words: str) -> None:
        here = self.current()
        if here is not None:
            self._answer_all([(here, words)])

    def take_sure(self) -> None:
        """Take every proposal that is sure, as one step."""
        self._answer_all([(one, one.text) for one in self._blanks if one.sure >= HIGH and one.tag])

    def take_article(self) -> None:
        """Take every proposal of the article or annex that was just read, the likely ones too, as one step."""
        self._answer_all([(one, one.text) for one in self._proposed_here()])

    def _proposed_here(self) -> list[Proposal]:
        here = self.current()
        return [one for one in self._blanks if here is not None and one.tag and one.article == here.article]

    def leave_article(self) -> None:
        """Leave what is still unknown in this article or annex to the pen, as one step."""
        self._answer_all([(one, self._by_hand(one)) for one in self._unknown_here()])

    def leave_rest(self) -> None:
        """Leave everything unknown in the whole form to the pen, as one step."""
        self._answer_all([(one, self._by_hand(one)) for one in self._blanks if not one.tag])

    def strike_article(self) -> None:
        """Strike what is still unknown in this article or annex, as one step."""
        self._answer_all([(one, tagged(STRUCK)) for one in self._unknown_here()])

    def _unknown_here(self) -> list[Proposal]:
        here = self.current()
        same = [one for one in self._blanks[self._at:] if here is not None and one.article == here.article]
        return [one for one in same if one is here or not one.tag]

    def _by_hand(self, one: Proposal) -> str:
        return by_hand(self._editor.toPlainText(), one.blank)

    def _answer_all(self, answers: list[tuple[Proposal, str]]) -> None:
        if answers:
            self._editor.replace_all([(one.blank.start, one.blank.end, words) for one, words in answers])
            self._look()
            self.stepped.emit()

    def go(self, by: int) -> None:
        """Go to another blank and answer nothing; from an answer asked about again back to the blank before that."""
        by, self._again = (0 if self._again else by), None
        self._at = min(max(0, self._at + by), max(0, len(self._blanks) - 1))
        self._show()
        self.moved.emit()

    def go_to_proposed(self) -> None:
        """Go to the next blank that something is proposed for, past the unknown ones; from the last to the first."""
        around = (*range(self._at + 1, len(self._blanks)), *range(self._at))
        self._at, self._again = next((at for at in around if self._blanks[at].tag), self._at), None
        self._show()
        self.moved.emit()

    def take_back(self) -> None:
        """Undo the last answer and stand at its blank again."""
        before, self._again = {one.blank.start for one in self._blanks}, None
        self._editor.undo()
        self._blanks = propose(self._editor.toPlainText())
        again = next((at for at, one in enumerate(self._blanks) if one.blank.start not in before), self._at)
        self._at = min(again, self._at)
        self._show()
        self.stepped.emit()

    def _look(self) -> None:
        self._blanks, self._again = propose(self._editor.toPlainText()), None
        self._total = max(self._total, len(self._blanks))
        self._at = min(self._at, max(0, len(self._blanks) - 1))
        self._show()

    def _show(self) -> None:
        done, total = self.counted()
        self.progress.setText(tr("{done} of {total} answered", done=done, total=total))
        self.search.clear()
        self.choices.clear()
        here = self.current()
        if here is None:
            self.words.say(tr("No blank is left: keep it as a version."), "accent")
            return
        self._editor.show_place(here.blank.start, here.blank.end)
        self._near = () if here.tag else nearest(self._editor.toPlainText(), here.blank, MOST)
        said = tr("answered so far with the first") if self._again else tr("sure") if here.sure >= HIGH else ""
        self.words.say(said or self._known(here), "accent" if said else "muted")
        self._offer_here(here)
        self.choices.setFocus()

    def _tags(self, here: Proposal) -> list[str]:
        """What may stand in a blank; where nothing is known, what was written into one with the same words around."""
        like = self._like(here)
        told = self._told.get(like, "") if like and not here.tag else ""
        return [tag for tag in dict.fromkeys((here.tag, told, *here.others)) if tag][:MOST]

    def _offer_here(self, here: Proposal) -> None:
        """Offer what may stand in a blank; what is only nearest in words by its number alone."""
        known = self._tags(here)
        is_first = bool(here.tag or (known and known[0] not in here.others))
        others = [tag for tag in _also_under(here.when, list(self._near)) if tag not in known]
        self._offer([*known, *others][:MOST], 0 if is_first else None)

    def _known(self, here: Proposal) -> str:
        """What is known of a blank, or how many like it its article has: whether to answer them together."""
        is_known, head = bool(self._tags(here)), _HEAD.match(here.article.strip())
        count = len(self._proposed_here() if is_known else self._unknown_here())
        if not here.article or head is None or count < MANY:
            return tr("likely") if is_known else self._unknown()
        if is_known:
            return tr("likely; {count} proposals in {article}", count=count, article=head[0])
        said = tr("{count} unknown in {article}", count=count, article=head[0])
        return f"{said}\n{tr('nearest in words, by number:')}" if self._near else said

    def _unknown(self) -> str:
        return tr("not known; nearest in words, by number:") if self._near else tr("nothing known: choose, or leave it")

    def _offer(self, tags: list[str], taken: int | None = 0) -> None:
        """List tags; `taken` is the row Enter takes, None where nothing may be taken unread."""
        self.choices.clear()
        for count, tag in enumerate(tags, start=1):
            said = tr("Write “{words}”", words=tag[1:]) if tag.startswith(AS_IT_IS) else tag
            item = QListWidgetItem(f"{count}  {said}" if count <= MOST else f"    {said}", self.choices)
            item.setData(TAG, tag)
        if taken is not None:
            self.choices.setCurrentRow(taken)

    def _narrow(self, typed: str) -> None:
        here, sought = self.current(), typed.strip().lower()
        if here is None:
            return
        if not sought:
            self._offer_here(here)
            return
        mark = "?" if here.blank.style in (Style.NAMED, Style.TICK) else ""
        said = typed.strip().lstrip(AS_IT_IS)
        alone = typed.startswith(AS_IT_IS) or not any(map(str.isalpha, said))
        named = [] if alone else [mark + name for name in self._named(sought)]
        as_it_is = [AS_IT_IS + said] if said and not mark and (alone or not said.isascii()) else []
        self._offer([*_also_under(here.when, named), *as_it_is])

    def _named(self, sought: str) -> list[str]:
        """The fields that are meant: those whose beginning was typed before the others, whole ones before parts (·)."""
        fits = {name: fit for name in self._fields if (fit := _sounds(name, sought))}
        return sorted(fits, key=lambda name: (-fits[name], "·" in name))

    def _take_current(self) -> None:
        self.search.search_now()
        self.choices.take()


def _also_under(when: str, named: list[str]) -> list[str]:
    """The fields under the condition of the way a blank is part of first, each also without it."""
    return [tag for name in named for tag in dict.fromkeys((name + when, name))]


class _Choices(QListWidget):
    """The proposals; the keys of the walk work here, any other letter begins to search."""

    def __init__(self, walk: BlankWalk) -> None:
        super().__init__()
        self._walk = walk

    def sizeHint(self) -> QSize:
        """Ask for three lines: the keys below stay in sight in a low window, and the list takes what room there is."""
        return QSize(super().sizeHint().width(), 3 * LINE)

    def take(self) -> None:
        """Answer with the row that is marked; a list nobody has marked a row of stays as it is."""
        for item in self.selectedItems():
            self._walk.answer(str(item.data(TAG)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        walk, key, typed = self._walk, event.key(), event.text()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier and key in _WHOLE:
            _WHOLE[Qt.Key(key)](walk)
        elif key == Qt.Key.Key_Space:
            walk.take_article()
        elif held & Qt.KeyboardModifier.ShiftModifier and key in _AT_ONCE:
            _AT_ONCE[Qt.Key(key)](walk)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held & Qt.KeyboardModifier.ControlModifier:
            self.take()
        elif event.matches(QKeySequence.StandardKey.Undo):
            walk.take_back()
        elif key in _KEYS:
            _press(walk, key)
        elif typed.isdecimal() and 0 < int(typed) <= self.count():
            walk.answer(str(self.item(int(typed) - 1).data(TAG)))
        elif typed.isalnum() or typed == AS_IT_IS:
            walk.search.setText(typed)
            walk.search.setFocus()
        else:
            super().keyPressEvent(event)


_WHOLE = {Qt.Key.Key_Delete: BlankWalk.leave_rest, Qt.Key.Key_Right: BlankWalk.go_to_proposed}
"""What Ctrl and a key do with the whole form."""

_AT_ONCE = {
    Qt.Key.Key_Return: BlankWalk.take_sure, Qt.Key.Key_Enter: BlankWalk.take_sure,
    Qt.Key.Key_Delete: BlankWalk.leave_article,
    **dict.fromkeys((Qt.Key.Key_Minus, Qt.Key.Key_Underscore), BlankWalk.strike_article),
}  # fmt: skip
"""What Shift and a key answer at once."""

_KEYS = {
    Qt.Key.Key_Delete: ("pen", 0), Qt.Key.Key_Minus: (STRUCK, 0), Qt.Key.Key_Right: ("", 1), Qt.Key.Key_Left: ("", -1),
    Qt.Key.Key_Backspace: ("", 0), Qt.Key.Key_Escape: ("end", 0),
}  # fmt: skip
"""What a key writes, or how far it goes; ⌫ takes the last answer back."""


def _press(walk: BlankWalk, key: int) -> None:
    tag, by = _KEYS[Qt.Key(key)]
    if tag == "end":
        walk.ended.emit()
    elif tag == "pen":
        walk.leave()
    elif tag:
        walk.answer(tag)
    elif by:
        walk.go(by)
    else:
        walk.take_back()


def _sounds(name: str, sought: str) -> int:
    """How well a field is meant by what was typed: 2 by how its name or pinyin begins, 1 by a part of them, else 0."""
    spelt = spell(name)
    forms = (name.lower(), *((spelt.pinyin, spelt.initials, *spelt.others) if sought.isascii() else ()))
    if any(form.startswith(sought) for form in forms):
        return 2
    return int(len(sought) > 1 and any(sought in form for form in (forms[0], *forms[2:3])))
