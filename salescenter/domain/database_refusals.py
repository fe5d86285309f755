"""Why a database, its file or its server cannot be opened, written, or moved to."""

from __future__ import annotations

from salescenter.domain.errors import Refusal, Weather

__all__ = [
    "CannotWrite", "CertificateUnknown", "DatabaseAway", "DatabaseHeld", "DatabaseTooNew", "DatabaseTooOld",
    "HeldElsewhere", "HouseMoved", "LookUntold", "MoveDiffers", "MoveUnfinished", "NoDatabaseFile", "NoServerToWrite",
    "NoSuchDatabase", "NotADatabase", "NothingOpenedYet", "OnNetworkDrive", "PasswordNeeded", "ServerDamaged",
    "ServerDiskFull", "ServerFull", "ServerLocksOut", "ServerSilent", "ServerStarting", "ServerUnfit", "ServerUnknown",
    "ServerWithoutTls", "TargetTaken",
]


class DatabaseTooNew(Refusal):
    """The database was made by a newer program (found, known)."""

    code = "database-too-new"


class DatabaseTooOld(Refusal):
    """The database was made by an older program and must be migrated first (path, found, known)."""

    code = "database-too-old"


class NoDatabaseFile(Refusal):
    """Where a database or a backup was looked for there is no file (path, absolute)."""

    code = "no-database-file"


class NotADatabase(Refusal):
    """The file is not a sales-centre database, or is damaged (path, why)."""

    code = "not-a-database"


class NothingOpenedYet(Refusal):
    """A command names no database, and this user's window never opened one."""

    code = "nothing-opened-yet"


class OnNetworkDrive(Refusal):
    """SQLite cannot be shared over a network drive (path)."""

    code = "on-network-drive"


class CannotWrite(Weather):
    """A file or folder cannot be written (path, why)."""

    code = "cannot-write"


class LookUntold(Weather):
    """Nothing can be written, so the history cannot be told who looks, and nothing is shown whole (why)."""

    code = "look-untold"


class DatabaseAway(Weather):
    """The database cannot be reached or is locked (why)."""

    code = "database-away"


class DatabaseHeld(DatabaseAway):
    """Another program keeps the file to itself (path, why)."""

    code = "database-held"


class HeldElsewhere(Weather):
    """Another desk's work, or an earlier press of this one, has what is needed and does not finish."""

    code = "held-elsewhere"


class ServerDiskFull(Weather):
    """The server's disk takes nothing more; what is there can be read (server, why)."""

    code = "server-disk-full"


class ServerDamaged(Weather):
    """The server found that something it keeps is damaged (server, database, why)."""

    code = "server-damaged"


class PasswordNeeded(Refusal):
    """The server lets nobody in without a password, and none was given (server)."""

    code = "password-needed"


class NoSuchDatabase(Refusal):
    """The server has no database of that name (server, database)."""

    code = "no-such-database"


class ServerLocksOut(Refusal):
    """The server's own rules let nobody of that name in from this PC (server, login, database)."""

    code = "server-locks-out"


class ServerWithoutTls(Refusal):
    """The server has no encryption, and the address demands it (server, address)."""

    code = "server-without-tls"


class CertificateUnknown(Refusal):
    """The server's certificate is not one this PC trusts, or is another server's (server, why)."""

    code = "certificate-unknown"


class ServerUnknown(DatabaseAway):
    """No PC of that name is found (server, why)."""

    code = "server-unknown"


class ServerSilent(DatabaseAway):
    """Nothing answers at the server's address (server, port, why)."""

    code = "server-silent"


class ServerStarting(DatabaseAway):
    """The server is just starting, stopping or mending itself (server, why)."""

    code = "server-starting"


class ServerFull(DatabaseAway):
    """The server takes no more connections (server, why)."""

    code = "server-full"


class NoServerToWrite(DatabaseAway):
    """Of the servers in the address only standbys answer; they take no changes (server, why)."""

    code = "no-server-to-write"


class HouseMoved(Refusal):
    """The file's house lives on a server now (path, to)."""

    code = "house-moved"


class MoveUnfinished(Refusal):
    """A house is being moved to this server and is not complete yet (to)."""

    code = "move-unfinished"


class TargetTaken(Refusal):
    """The database on the server already holds a house, or half of another one (to)."""

    code = "target-taken"


class MoveDiffers(Refusal):
    """What arrived on the server is not what left the file; the file stays the house (what, left, arrived)."""

    code = "move-differs"


class ServerUnfit(Refusal):
    """The server cannot hold a house as it is set up (why)."""

    code = "server-unfit"


class ProgramOlder(Refusal):
    """A program of PostgreSQL on this PC is older than the server (program, found, server: main versions)."""

    code = "program-older"
