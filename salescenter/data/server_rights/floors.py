"""Floor prices (底价): a server tells them to who may see them, and to a work while it agrees to a price."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER, literal
from salescenter.domain.prices import FLOORS
from salescenter.domain.staff import MAY, Role
from salescenter.domain.units import Step

SEES = frozenset({Step.SEE_FLOOR_PRICE, Step.IMPORT})
"""Steps whose roles read floor prices as they stand; who imports price lists is shown what these change."""

AGREES = frozenset({Step.SUBSCRIBE, Step.CHANGE_UNIT})
"""Steps that hold a price against its floor, and say in their refusal which it is."""

SETTINGS = ("floor_rate", FLOORS)
"""The settings that give floors as shares of the list price."""

_TOLD = (Step.EDIT_SETTINGS, Step.IMPORT, Step.SET_PRICE)
"""Lines of the history of these steps may tell a floor."""

_IN = "'{%s}'::text[]"

_SEES = f"""
CREATE FUNCTION doors.sees_floors() RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS $$
BEGIN
    RETURN coalesce(doors.step() = ANY ({_IN % ",".join(sorted(AGREES))}), false) OR doors.is_free()
        OR EXISTS (SELECT FROM public.person AS p JOIN doors.may AS m ON m.role = p.role
            WHERE p.login = session_user AND p.active AND m.step = ANY ({_IN % ",".join(sorted(SEES))}));
END $$
"""

_FLOOR = f"""
CREATE FUNCTION doors.floor_total(one bigint) RETURNS bigint LANGUAGE plpgsql STABLE {DEFINER} AS $$
BEGIN
    IF doors.sees_floors() THEN
        RETURN (SELECT floor_total FROM public.unit WHERE id = one);
    END IF;
    RETURN NULL;
END $$
"""

_HAS = f"""
CREATE FUNCTION doors.has_floor(one bigint) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN (SELECT coalesce(floor_total, 0) <> 0 FROM public.unit WHERE id = one); END $$
"""
"""Whether, not how much: a house may demand that what it sells has one."""

_KEYS = (*SETTINGS, "floor_total")
_SAYS = ", ".join(f"{column} -> {literal(key)}" for column in ("before", "after") for key in _KEYS)

_HIDING = {
    "setting": f"name NOT IN ({', '.join(map(literal, SETTINGS))})",
    "history": f"step NOT IN ({', '.join(map(literal, _TOLD))}) OR coalesce({_SAYS}) IS NULL",
}
"""Rows of these tables that tell no floor."""


def sees(role: Role) -> bool:
    """Say whether a role reads floor prices as they stand."""
    return not SEES.isdisjoint(MAY[role])


def orders() -> Iterator[str]:
    """Give the orders that make the functions, and the policies that keep back rows that tell a floor."""
    yield from (_SEES, _FLOOR, _HAS)
    yield "ALTER TABLE public.setting ENABLE ROW LEVEL SECURITY"
    yield "CREATE POLICY door_seen ON public.setting USING (true) WITH CHECK (true)"
    for table, harmless in _HIDING.items():
        yield (
            f"CREATE POLICY door_floor ON public.{table} AS RESTRICTIVE FOR SELECT "
            f"USING ({harmless} OR (SELECT doors.sees_floors()))"
        )
