"""Where a file lies: on a disk of this PC, or on a network drive, where SQLite's locks cannot be trusted."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "davfs", "ceph", "glusterfs",
    "fuse.glusterfs", "fuse.sshfs", "fuse.davfs", "fuse.rclone", "fuse.gvfsd-fuse",
})  # fmt: skip
"""Kinds of file systems that lie on another machine; the last is where a desktop's file manager puts shares."""

REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def is_on_network(path: Path) -> bool:
    """Say whether a file, there or to be made, would lie on a network drive; False where the system cannot tell."""
    whole = path.absolute()
    if sys.platform == "win32":
        return _is_remote_drive(whole)
    mounts = Path("/proc/mounts")
    return mounts.exists() and kind_of(whole.resolve(), mounts.read_text("utf-8", "replace")) in NETWORK


def kind_of(path: Path, mounts: str) -> str:
    """Return the kind of file system a path lies on, by the system's table of mounts (device, folder, kind, ...)."""
    best, found = "", ""
    for line in mounts.splitlines():
        _, folder, kind, *_ = [*line.split(), "", "", ""]
        where = folder.encode().decode("unicode_escape")  # a blank is written \040 there
        if len(where) >= len(best) and path.is_relative_to(where):
            best, found = where, kind
    return found


def _is_remote_drive(path: PurePath) -> bool:
    """A share under its own name, or one that has a letter; Windows alone knows which letters those are."""
    if path.drive.startswith("\\\\"):
        return True
    import ctypes  # noqa: PLC0415  only where there is such a system

    drive_kind: int = getattr(ctypes, "windll").kernel32.GetDriveTypeW(f"{path.drive}\\")  # noqa: B009
    return drive_kind == REMOTE_DRIVE
