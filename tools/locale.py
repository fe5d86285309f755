"""The catalogues from the command line: `python -m tools.locale check | compile | missing | obsolete`."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tools import catalogues


def check() -> int:
    """Say what the Chinese catalogues lack, and which .mo files are older than their .po; 1 if anything."""
    stale = [
        file.name
        for file in sorted(catalogues.CHINESE.glob("*.po"))
        if not file.with_suffix(".mo").exists()
        or catalogues.contents(file.with_suffix(".mo").read_bytes()) != catalogues.contents(catalogues.compiled(file))
    ]
    for name in stale:
        print(f"{name}: compile it again")
    return missing() or int(bool(stale))


def compile_all() -> int:
    """Compile every .po file beside itself; what says the same already is left alone."""
    for file in sorted(catalogues.CHINESE.glob("*.po")):
        target, made = file.with_suffix(".mo"), catalogues.compiled(file)
        if not target.exists() or target.read_bytes() != made:
            target.write_bytes(made)
            print(target.name)
    return 0


def missing() -> int:
    """Print every sentence without Chinese, as entries to be filled in; 1 if there is any."""
    unsaid = catalogues.unsaid(catalogues.sentences(), catalogues.all_entries())
    for sentence in unsaid:
        context = f"msgctxt {_quoted(sentence.context)}\n" if sentence.context else ""
        empty = f'msgid_plural {_quoted(sentence.many)}\nmsgstr[0] ""' if sentence.many else 'msgstr ""'
        print(f"#: {sentence.place}\n{context}msgid {_quoted(sentence.text)}\n{empty}\n")
    return int(bool(unsaid))


def obsolete() -> int:
    """Name every entry whose sentence nobody says any more; 1 if there is any."""
    left = catalogues.obsolete(catalogues.all_entries(), catalogues.spoken_of())
    for entry in left:
        print(f"{entry.place} {entry.text!r}")
    return int(bool(left))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


COMMANDS: dict[str, Callable[[], int]] = {
    "check": check, "compile": compile_all, "missing": missing, "obsolete": obsolete,
}


def main(words: list[str]) -> int:
    """Do what the one word asks."""
    if len(words) != 1 or words[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    return COMMANDS[words[0]]()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
