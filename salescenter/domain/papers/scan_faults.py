"""Why a scan of a signed paper is not taken into the archive."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class ScanRefused(Refusal):
    """A file is no scan that can be kept (name, why)."""

    code = "scan-refused"


class ScanTooLarge(Refusal):
    """A file is larger than the house takes (name; size and most in megabytes)."""

    code = "scan-too-large"
