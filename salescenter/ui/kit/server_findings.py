"""What was found when a server was looked over, in words: what it is, what is missing, and how to mend it."""

from __future__ import annotations

from typing import Any

from salescenter.i18n import mark, tr
from salescenter.services.server.survey import Finding, Grade

LABELS: dict[str, str] = {
    "version": mark("PostgreSQL"), "no-database": mark("Database on the server"),
    "no-right": mark("Database on the server"), "encoding": mark("Encoding"), "collation": mark("Order of names"),
    "collation-stale": mark("Order of names"), "clock": mark("Clock"), "connections": mark("Connections"),
    "listen": mark("Reachable"), "tls": mark("Encryption (TLS)"), "doors": mark("Who is let in"),
    "passwords": mark("Passwords"), "durable": mark("Power cut"), "backup-archive": mark("Backup there"),
    "backup-program": mark("Backup there"), "backup-failing": mark("Backup there"),
    "backup-unproved": mark("Backup there"), "backup-none": mark("Backup there"),
    "messages": mark("Language of errors"), "log": mark("The server's log"), "log-errors": mark("The server's log"),
    "log-statements": mark("The server's log"), "log-details": mark("The server's log"),
}  # fmt: skip

GOOD: dict[str, str] = {
    "version": mark("version {found}"),
    "no-database": mark("is not there yet and can be made"),
    "encoding": mark("{found}: every Chinese character has its place"),
    "collation": mark("{found}: names are found by their beginning"),
    "clock": mark("agrees with this PC ({seconds} s)"),
    "connections": mark("{found}, {needed} are needed for {desks} desks"),
    "listen": mark("listens at {found}"),
    "tls": mark("is on"),
    "doors": mark("nobody from another PC without a password, as far as may be seen"),
    "passwords": mark("are kept as SCRAM"),
    "durable": mark("loses nothing that was acknowledged"),
    "backup-archive": mark("the log is shipped away; pieces so far: {count}"),
    "backup-program": mark("the program keeps a verified backup"),
    "log": mark("errors are told there without anybody's name or number"),
}
"""What is said where all is well; `{places}` come from the finding."""

MISSING: dict[str, tuple[str, str]] = {
    "version": (
        mark("version {found} is too old"), mark("Install PostgreSQL 13 or newer; 15 and later are best.")),
    "no-right": (
        mark("is not there, and this log-in may not make one"),
        mark("Run this with the server's own account, such as postgres, or have the database made.")),
    "encoding": (
        mark("{found} does not hold every Chinese character"),
        mark("Name another database in the address: it is made with UTF8.")),
    "collation": (
        mark("{found} orders characters by a language; names would be searched for in vain"),
        mark("Name another database in the address: it is made with the order C.")),
    "collation-stale": (
        mark("{found}: the system's rules changed since the database was made"),
        mark("Run as the server's own account: REINDEX DATABASE, then ALTER DATABASE … REFRESH COLLATION VERSION.")),
    "clock": (
        mark("differs from this PC by {seconds} s; the server's clock decides"),
        mark("Let both set their clocks from the network (Windows: time settings; Debian: timedatectl set-ntp true).")),
    "connections": (
        mark("{found} are too few: {desks} desks need {needed}"),
        mark("ALTER SYSTEM SET max_connections = {needed}; then restart PostgreSQL.")),
    "listen": (
        mark("listens only at {found}: no other PC can join"),
        mark("ALTER SYSTEM SET listen_addresses = '*'; then restart PostgreSQL.")),
    "tls": (
        mark("is off: names and ID numbers would be readable in the network"),
        mark("Put server.crt and server.key into the data folder, ALTER SYSTEM SET ssl = on, reload; see the guide.")),
    "doors": (
        mark("pg_hba.conf lets other PCs in without a password, or with one that can be read; lines: {count}"),
        mark("Write scram-sha-256 in place of trust and password there, and reload.")),
    "passwords": (
        mark("are kept as {found}, which can be guessed"),
        mark("ALTER SYSTEM SET password_encryption = 'scram-sha-256', reload, and set the passwords again.")),
    "durable": (
        mark("{found} is off: a power cut may lose receipts that were printed"),
        mark("ALTER SYSTEM RESET each of these, and reload.")),
    "backup-failing": (
        mark("shipping the log away fails; tries: {count}"),
        mark("Read the server's log: is the place it ships to full, or gone?")),
    "backup-unproved": (
        mark("the log is to be shipped away, but nothing has been yet"),
        mark("SELECT pg_switch_wal(); and look here again.")),
    "backup-none": (
        mark("none was found; archive_mode is off, standbys: {count}"),
        mark("Switch on the daily backup under Settings, or schedule pg_dump as the guide shows.")),
    "messages": (
        mark("are written in {found}; desks tell troubles apart in English or Chinese (UTF-8)"),
        mark("ALTER SYSTEM SET lc_messages = 'C', and reload.")),
    "log-errors": (
        mark("an error there tells the names and numbers of customers; not set: {found}"),
        mark("Run serve-setup as a superuser, such as postgres; a managed server has a page for such settings.")),
    "log-statements": (
        mark("is told whatever goes to the server, names and numbers of customers too: {found}"),
        mark("ALTER SYSTEM RESET each of these, and reload; or keep the log as safe as the house.")),
    "log-details": (
        mark("{found} tells the rows an error is about, which may hold a customer's name or phone"),
        mark("ALTER SYSTEM SET log_destination = 'stderr', and reload; or keep the log as safe as the house.")),
}
"""What is said where something is missing, and the remedy."""

MADE: dict[str, str] = {
    "database": mark("the database was made"), "tables": mark("the tables and their guards were made"),
    "group": mark("the group of the desks was made"), "house": mark("the project and its first manager were made"),
    "rights": mark("what each person may do was written into the server anew"),
    "log": mark("the server's log was told to hold nobody's name or number"),
}
"""What preparing a server made."""

TOTALS: dict[str, str] = {
    "receipts": mark("all receipts"), "deals": mark("all deals"),
    "schedule": mark("all schedules"), "paid": mark("paid on schedules"),
}
"""The kinds of money that are added up on both sides of a move."""


def total_words(what: str) -> str:
    """Name a kind of money that was added up."""
    return tr(TOTALS[what])


def label_words(one: Finding) -> str:
    """Name what was looked at."""
    return tr(LABELS[one.code])


def finding_words(one: Finding) -> tuple[str, str]:
    """Say what was found, and the remedy, "" where nothing is to mend."""
    details: dict[str, Any] = dict(one.found)
    if one.grade is Grade.GOOD:
        return tr(GOOD[one.code], **details), ""
    sentence, remedy = MISSING[one.code]
    return tr(sentence, **details), tr(remedy, **details)
