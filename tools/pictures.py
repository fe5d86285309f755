"""The pictures of READMEs and guides, taken from a tour in each language: `python -m tools.pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import cluster
from tests.rush.server import serving

LANGUAGES = ("zh_CN", "en")
ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"

SHOWN = {
    "grid": "grid-card-subscribed",
    "reception": "reception-known-visitor",
    "deal": "subscribe",
    "paper": "preview-receipt",
    "print-centre": "print-centre",
    "reports": "reports",
    "contract-blanks": "template-blanks",
    "contract-walk": "template-walk",
    "contract-tried": "template-tried",
    "contract-approve": "template-approve",
}
"""Name in the READMEs and guides -> name of the tour's picture."""

SHOWN_OF_LAN = {
    "server": "server-looked-over",
    "moved": "house-moved",
    "join": "join-a-desk",
    "two-desks": "both-subscribed",
}
"""The same of the tour at two desks of a server."""

SHOWN_AWAY = {"away": "away"}
"""The same of a desk whose server goes away (`tools.away`)."""


def main() -> int:
    """Run the tours in both languages and copy what READMEs and guides show; 1 where a tour failed."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return int(not all(taken(language) for language in LANGUAGES for taken in (_toured, _toured_lan, _away)))


def _toured(language: str) -> bool:
    return _taken(SHOWN, language, "main.py", "--lang", language, "--tour")


def _toured_lan(language: str) -> bool:
    with serving(cluster.programs() or cluster.do_without()) as server:
        return _taken(SHOWN_OF_LAN, language, "main.py", "--lang", language, "--server", server.make("tour"), "--tour")


def _away(language: str) -> bool:
    return _taken(SHOWN_AWAY, language, "-m", "tools.away", language)


def _taken(shown: dict[str, str], language: str, *tour: str) -> bool:
    """Run a tour, the folder being its last word, and copy what is shown of it; False where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run([sys.executable, *tour, folder], cwd=ROOT, check=False).returncode:
            return False
        for name, taken in shown.items():
            found = min(Path(folder).glob(f"[0-9][0-9][0-9]-{taken}.png"))
            shutil.copyfile(found, PICTURES / f"{name}-{language}.png")
    return True


if __name__ == "__main__":
    sys.exit(main())
