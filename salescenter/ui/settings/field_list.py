"""The texts a house may edit, by name, and the list of everything each of them may say."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from salescenter.domain.papers.needs import COMPLETED, PRESALE, SUBSCRIPTION
from salescenter.domain.papers.texts import ENGLISH, LETTER_TEXTS, text_blocks, text_fields
from salescenter.i18n import mark, tr
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.search_box import SearchBox

KINDS: dict[str, str] = {
    PRESALE: mark("Presale contract"),
    COMPLETED: mark("Contract for completed homes"),
    SUBSCRIPTION: mark("Subscription"),
}


class FieldList(QWidget):
    """Every field and block a template may name; Enter or a double click writes it at the cursor (`chosen`)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchBox(tr("Find a field"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Fields"))
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.text()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self.search.searched.connect(self._narrow)

    def show_tags(self, tags: list[str]) -> None:
        """Show the tags of another text."""
        self.list.clear()
        self.list.addItems(tags)

    def _narrow(self, text: str) -> None:
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(text not in item.text())


def tags(name: str) -> list[str]:
    """All tags a text may name: fields, lists, blocks."""
    fields = text_fields(name)
    lists = [f"{{{{#each {field}}}}}{{{{/each}}}}" for field, entries in fields.items() if entries]
    return [*(f"{{{{{field}}}}}" for field, entries in fields.items() if not entries), *lists,
            *(f"{{{{@{block}}}}}" for block in text_blocks(name))]  # fmt: skip


def text_words(name: str) -> str:
    """Name a text: Presale contract, Payment reminder · English, ..."""
    if name in KINDS:
        return tr(KINDS[name], context="templates")
    kind, lang = LETTER_TEXTS[name]
    return paper_words(kind) + (" · English" if lang == ENGLISH else "")
