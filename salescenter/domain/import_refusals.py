"""Why an import cannot be taken back."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class ImportBuiltOn(Refusal):
    """Something was done with its units since: with how many, and the last with one (unit, step, by, at, count)."""

    code = "import-built-on"


class ImportTakenBack(Refusal):
    """The import was taken back before (file, by, at)."""

    code = "import-taken-back"
