"""Whose customer it is: first to receive and register, as long as the window lasts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.ownership import (
    MANDATORY,
    SPLITS,
    Contact,
    ContactKind,
    Dispute,
    Ownership,
    OwnershipRule,
    Relation,
    channel_protects,
    may_claim_deal,
    may_claim_visit,
    missing_fields,
    needs_manager,
    owner_on,
    receiver,
    same_customer,
)
from salescenter.domain.shares import check_whole

K = ContactKind
RULE = OwnershipRule()


def march(day: int) -> date:
    return date(2025, 3, day)


def visit(day: int, who: str, complete: bool = True) -> Contact:
    return Contact(march(day), who, K.VISIT, complete)


def follow(day: int, who: str, effective: bool = True) -> Contact:
    return Contact(march(day), who, K.FOLLOW_UP, effective=effective)


def test_the_trades_own_case() -> None:
    contacts = [visit(1, "A"), follow(5, "A")]
    assert owner_on(contacts, march(15), RULE) == Ownership("A", march(1), march(15), K.VISIT)
    assert owner_on(contacts, march(16), RULE) is None
    assert (receiver(contacts, march(15), RULE), receiver(contacts, march(16), RULE)) == ("A", None)


@pytest.mark.parametrize(("contacts", "day", "owner"), [
    ([visit(1, "A")], 11, "A"),
    ([visit(1, "A")], 12, None),
    ([Contact(march(1), "A", K.CALL)], 8, "A"),
    ([Contact(march(1), "A", K.CALL)], 9, None),
    ([Contact(march(1), "A", K.CALL), visit(3, "A")], 13, "A"),      # came after calling: the longer window
    ([visit(1, "A", complete=False)], 2, None),                      # a registration with holes protects nobody
    ([visit(1, "A", complete=False), visit(2, "B")], 3, "B"),
    ([visit(1, "A"), visit(5, "B")], 6, "A"),                        # B only helped out
    ([visit(1, "A"), visit(5, "B")], 12, None),                      # and won nothing by it
    ([visit(1, "A"), visit(12, "B")], 12, "B"),                      # lapsed on the eleventh
    ([visit(1, "A"), follow(5, "A", effective=False)], 12, None),    # no answer is no follow-up
    ([visit(1, "A"), follow(5, "B")], 12, None),                     # nor is another's
    ([visit(1, "A"), follow(20, "A")], 25, "A"),                     # counted from the last effective follow-up
    ([visit(1, "A"), visit(12, "B"), follow(13, "A")], 14, "B"),     # too late, B has won
    ([follow(1, "A")], 2, None),
    ([follow(5, "A"), visit(1, "A")], 15, "A"),                      # told in any order
    ([visit(1, "A"), visit(20, "A")], 10, "A"),                      # the future is not known yet
    ([], 1, None),
])
def test_who_owns_a_customer(contacts: list[Contact], day: int, owner: str | None) -> None:
    held = owner_on(contacts, march(day), RULE)
    assert (held.owner if held else None) == owner


def test_a_friend_goes_to_whom_they_ask_for_unless_owned() -> None:
    assert receiver([], march(1), RULE, asked_for="C") == "C"
    assert receiver([visit(1, "A")], march(2), RULE, asked_for="C") == "A"


@given(st.lists(st.tuples(st.integers(1, 31), st.sampled_from("ABC"), st.sampled_from(K), st.booleans(), st.booleans())))
def test_an_owner_was_in_touch_within_the_window(rows: list[tuple[int, str, ContactKind, bool, bool]]) -> None:
    contacts = [Contact(march(d), who, kind, complete, effective) for d, who, kind, complete, effective in rows]
    held = owner_on(contacts, march(31), RULE)
    if held:
        own = [c for c in contacts if c.who == held.owner]
        assert any(c.complete and c.kind is not K.FOLLOW_UP and c.day == held.since for c in own)
        assert march(31) - max(c.day for c in own) <= timedelta(days=10)


def test_six_fields_make_a_registration() -> None:
    full: dict[str, object] = dict.fromkeys(MANDATORY, "x")
    assert missing_fields(full) == ()
    assert missing_fields(full | {"phone": "", "type": None}) == ("phone", "type")
    assert missing_fields({}) == MANDATORY


def test_near_family_counts_as_the_customer() -> None:
    assert [r for r in Relation if not same_customer(r, RULE)] == [Relation.SIBLING, Relation.FRIEND]
    assert same_customer(Relation.SIBLING, OwnershipRule(family=RULE.family | {Relation.SIBLING}))


def test_claims_have_their_time() -> None:
    assert [may_claim_visit(march(1), march(d), RULE) for d in (1, 3, 4)] == [True, True, False]
    assert [may_claim_deal(march(1), march(d), RULE) for d in (8, 9)] == [True, False]
    assert [needs_manager(march(1), march(d), RULE) for d in (30, 31)] == [False, True]


def test_a_channel_reports_before_the_visit() -> None:
    assert [channel_protects(march(5), march(d), RULE) for d in (4, 5, 20, 21)] == [False, True, True, False]


def test_every_split_is_whole() -> None:
    assert set(SPLITS) == set(Dispute)
    for owner, server in SPLITS.values():
        check_whole([share for share in (owner, server) if share])
    assert SPLITS[Dispute.OWNER_ABSENT] == (5_000, 5_000)
