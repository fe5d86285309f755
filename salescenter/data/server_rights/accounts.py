"""Accounts: each person of the house is a log-in of the server, and what the house's list says is so there as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, bindparam, func, select, text, update

from salescenter.data.server_rights.scripts import DEFINER, literal
from salescenter.data.staff import person
from salescenter.domain.doors import Write
from salescenter.domain.refusals import FieldMalformed
from salescenter.domain.staff import Role

GROUP = "salescenter_desks"
"""The role whose members are the people at the desks; nobody logs in as the group itself."""


def group_of(role: Role) -> str:
    """Return the role of the server whose members are the house's people of one role."""
    return f"salescenter_{role.value.replace('-', '_')}"


_GROUPS = f"ARRAY[{', '.join(literal(group_of(role)) for role in Role)}]"

_IS_READY = f"""
to_regrole('{GROUP}') IS NOT NULL AND has_any_column_privilege('{GROUP}', 'public.person', 'SELECT')
"""
"""Only where serve-setup prepared the house has the server accounts for it."""

_KEEP = f"""
CREATE FUNCTION doors.keep_account(who bigint, was text, verifier text) RETURNS text LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF NOT doors.is_free() AND NOT EXISTS (
        SELECT FROM doors.writes WHERE step = doors.step() AND word = '{Write.PERSON}'
    ) THEN
        RAISE EXCEPTION 'accounts are kept by whoever may change the list' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN doors.put_account(who, was, verifier);
END $$
"""

_PUT = f"""
CREATE FUNCTION doors.put_account(who bigint, was text, verifier text) RETURNS text LANGUAGE plpgsql {DEFINER} AS $$
DECLARE one public.person; name text; wanted text;
BEGIN
    IF NOT ({_IS_READY}) THEN
        RETURN '';
    END IF;
    SELECT * INTO one FROM public.person WHERE id = who;
    IF doors.is_apart(was) OR doors.is_apart(one.login) THEN
        RETURN CASE WHEN verifier IS NULL AND was = one.login THEN '' ELSE 'account-of-server' END;
    END IF;
    IF was <> one.login AND to_regrole(quote_ident(was)) IS NOT NULL THEN
        IF was = session_user THEN
            RETURN 'own-account';
        ELSIF to_regrole(quote_ident(one.login)) IS NOT NULL THEN
            RETURN 'account-of-server';
        END IF;
        EXECUTE format('ALTER ROLE %I RENAME TO %I', was, one.login);
    END IF;
    IF to_regrole(quote_ident(one.login)) IS NULL THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN IN ROLE {GROUP}', one.login);
    END IF;
    wanted := 'salescenter_' || replace(one.role, '-', '_');
    FOREACH name IN ARRAY {_GROUPS} LOOP
        IF (name = wanted) <> doors.is_member(one.login, name) THEN
            EXECUTE format(CASE WHEN name = wanted THEN 'GRANT %I TO %I' ELSE 'REVOKE %I FROM %I' END, name, one.login);
        END IF;
    END LOOP;
    EXECUTE format('ALTER ROLE %I %s', one.login, CASE WHEN one.active THEN 'LOGIN' ELSE 'NOLOGIN' END);
    IF verifier = '' THEN
        EXECUTE format('ALTER ROLE %I PASSWORD NULL', one.login);
    ELSIF verifier LIKE 'SCRAM-SHA-256$%' THEN
        EXECUTE format('ALTER ROLE %I PASSWORD %L', one.login, verifier);
    ELSIF verifier IS NOT NULL THEN
        RAISE EXCEPTION 'a password never comes here as it is typed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN '';
END $$
"""

_MEMBER = f"""
CREATE FUNCTION doors.is_member(login text, name text) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS
$$ SELECT EXISTS (SELECT FROM pg_auth_members
    WHERE roleid = to_regrole(quote_ident(name)) AND member = to_regrole(quote_ident(login))) $$
"""

_APART = f"""
CREATE FUNCTION doors.is_apart(login text) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS
$$ SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = login
    AND (rolsuper OR rolcreaterole OR rolreplication OR NOT doors.is_member(login, '{GROUP}')))
    OR octet_length(login) > 63 OR login LIKE 'pg\\_%' OR login LIKE 'salescenter\\_%' OR login IN ('public', 'none') $$
"""
"""An account the house did not make, or that may do more on the server than any person of the house."""

_PASSWORD = f"""
CREATE FUNCTION doors.set_password(who bigint, hash text, verifier text) RETURNS text LANGUAGE plpgsql {DEFINER} AS $$
DECLARE login text;
BEGIN
    SELECT p.login INTO login FROM public.person p WHERE p.id = who;
    IF who IS DISTINCT FROM doors.me() AND NOT doors.is_free() AND NOT EXISTS (
        SELECT FROM doors.writes WHERE step = doors.step() AND word = '{Write.PERSON}'
    ) THEN
        RAISE EXCEPTION 'this is somebody else''s password' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.person SET password = hash WHERE id = who;
    RETURN doors.put_account(who, login, verifier);
END $$
"""


_HASH = f"""
CREATE FUNCTION doors.hash_of(who bigint) RETURNS text LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN
    RETURN (SELECT password FROM public.person WHERE id = who AND (login = session_user OR doors.is_free()));
END $$
"""
"""One's own, to compare what is typed with before it is changed."""

_HAS_PASSWORD = f"""
CREATE FUNCTION doors.has_password(who bigint) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN (SELECT password <> '' FROM public.person WHERE id = who); END $$
"""


def orders() -> Iterator[str]:
    """Give the orders that make the functions."""
    yield from (_MEMBER, _APART, _PUT, _KEEP, _PASSWORD, _HASH, _HAS_PASSWORD)
    yield "REVOKE EXECUTE ON FUNCTION doors.put_account(bigint, text, text) FROM PUBLIC"


# --- what the program calls


def keep(connection: Connection, number: int, login: str, was: str = "", password: str | None = None) -> None:
    """Bring somebody's account in line with the house's list; on SQLite there is none.

    `was` is the log-in name before; a password "" takes it away, None leaves it. Refuses a name that belongs to the
    server itself, and to rename the account that is at work.
    """
    if connection.dialect.name == "sqlite":
        return
    known = {"who": number, "was": was or login, "verifier": _verifier(connection, login, password)}
    _demand_done(connection.scalar(_KEEP_ACCOUNT, known), login)


def set_password(connection: Connection, number: int, login: str, password: str, hashed: str) -> None:
    """Give somebody a password, in the house and on its server at once; one's own, or as whoever keeps the list."""
    if connection.dialect.name == "sqlite":
        connection.execute(update(person).where(person.c.id == number).values(password=hashed))
        return
    known = {"who": number, "hash": hashed, "verifier": _verifier(connection, login, password)}
    _demand_done(connection.scalar(_SET_PASSWORD, known), login)


def hash_of(connection: Connection, number: int) -> str:
    """Return the hash of somebody's password; a server gives people no other than their own: ""."""
    asked = _PASSWORD_OF if connection.dialect.name == "sqlite" else _HASH_OF
    return connection.scalar(asked, {"who": number}) or ""


def has_password(connection: Connection) -> ColumnElement[bool]:
    """Return the condition on a row of `person` that a password is set."""
    if connection.dialect.name == "sqlite":
        return person.c.password != ""
    return func.doors.has_password(person.c.id, type_=Boolean)


def refresh(connection: Connection) -> None:
    """Bring every account there is in line with the house's list, as an older version left it."""
    connection.execute(_REFRESH)


_REFRESH = text(
    f"SELECT doors.keep_account(id, login, NULL) FROM person WHERE doors.is_member(login, '{GROUP}') ORDER BY id"
)
_PASSWORD_OF = select(person.c.password).where(person.c.id == bindparam("who"))
_HASH_OF = text("SELECT doors.hash_of(:who)")
_KEEP_ACCOUNT = text("SELECT doors.keep_account(:who, CAST(:was AS text), CAST(:verifier AS text))")
_SET_PASSWORD = text("SELECT doors.set_password(:who, CAST(:hash AS text), CAST(:verifier AS text))")


def _verifier(connection: Connection, login: str, password: str | None) -> str | None:
    """The password leaves this PC only as its SCRAM verifier, so that no log of the server can hold it."""
    if not password:
        return password
    raw: Any = connection.connection.driver_connection
    return str(raw.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode())


def _demand_done(why: str | None, login: str) -> None:
    if why:
        raise FieldMalformed(field="login", value=login, why=why)
