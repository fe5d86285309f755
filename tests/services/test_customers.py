"""Customers found, kept, changed, joined, revealed and given to another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from salescenter.domain.refusals import (
    ChangedMeanwhile,
    FieldMalformed,
    FieldMissing,
    IdMalformed,
    NotFound,
    NotYours,
    ReasonMissing,
)
from salescenter.services import customers
from salescenter.services.customer_card import card
from salescenter.services.customer_records import CustomerFacts, cleaned, is_malformed
from salescenter.services.customers import Consent, CustomerChange, JoinFamily, NewCustomer, Reassign
from tests.services.reception_house import Reception

CHEN = CustomerFacts(name="陈一凡", phones=("138 0013 5521",), sex="female", id_number="11010519491231002X")


def keep(house: Reception, facts: CustomerFacts, by: str = "front", **more: object) -> int:
    asked = NewCustomer(facts, **more)  # type: ignore[arg-type]
    return customers.register(house.desk(by), asked, house.later(seconds=1)).id


def found(house: Reception, text: str, by: str = "front") -> list[int]:
    return [hint.id for hint in customers.find(house.desk(by), text)]


PARTS = (
    "138", "0013", "5521", "521", "13800135521", "138 0013", "+8613800135521", "陈", "陈一", "chenyifan", "chenyi",
    "cyf", "cy", "chenyf", "Chen Yi", "002X", "31002x", "11010519491231002X",
)


def test_a_customer_is_found_by_any_part(both: Reception) -> None:
    who = keep(both, CHEN)
    keep(both, CustomerFacts(name="王小明", phones=("15900001111",)))
    assert {text: found(both, text) for text in PARTS} == {text: [who] for text in PARTS}


@pytest.mark.parametrize("text", ["", " ", "1", "55", "8888", "李", "xyz", "一凡", "9X"])
def test_what_fits_nobody_finds_nobody(reception: Reception, text: str) -> None:
    keep(reception, CHEN)
    assert found(reception, text) == []


def test_the_everyday_reading_of_a_surname_finds_the_customer(reception: Reception) -> None:
    who = keep(reception, CustomerFacts(name="单雄信", phones=("13800000001",)))
    assert found(reception, "shanxx") == found(reception, "dxx") == found(reception, "sxx") == [who]


def test_every_phone_of_a_customer_finds_them_once(reception: Reception) -> None:
    who = keep(reception, CustomerFacts(name="陈", phones=("13800138001 / 0755-26661234", "138001")))
    assert found(reception, "138001") == [who]
    assert found(reception, "2666") == [who]


def test_the_last_seen_stand_first(reception: Reception) -> None:
    first = keep(reception, CustomerFacts(name="陈一", phones=("13800000001",)))
    second = keep(reception, CustomerFacts(name="陈二", phones=("13800000002",)))
    assert found(reception, "陈") == [second, first]
    reception.visit("陈一", "13800000001", consultant=reception.people["a"].id)
    assert found(reception, "陈") == [first, second]


def test_customers_of_another_project_are_not_found(reception: Reception) -> None:
    keep(reception, CHEN)
    elsewhere = reception.desk()
    elsewhere = type(elsewhere)(elsewhere.engine, elsewhere.who, 2)
    assert customers.find(elsewhere, "5521") == ()
    assert customers.find(elsewhere, "cyf") == ()


def test_names_are_masked_by_role_and_phones_always(reception: Reception) -> None:
    keep(reception, CHEN, owner=reception.people["a"].id)
    seen = {who: customers.find(reception.desk(who), "5521")[0] for who in ("front", "a", "boss")}
    assert {who: hint.name for who, hint in seen.items()} == {"front": "陈*", "a": "陈一凡", "boss": "陈一凡"}
    assert {hint.phone for hint in seen.values()} == {"138****5521"}


def test_a_hint_tells_whose_the_customer_is_and_how_long(reception: Reception) -> None:
    keep(reception, CHEN, owner=reception.people["a"].id)
    hint = customers.find(reception.desk(), "5521")[0]
    assert (hint.owner_name, hint.protected_until) == ("顾问甲", date(2026, 3, 12))
    assert hint.is_protected(date(2026, 3, 12))
    assert not hint.is_protected(date(2026, 3, 13))


def test_malformed_phones_are_kept_and_flagged(reception: Reception) -> None:
    who = keep(reception, CustomerFacts(name="陈一凡", phones=("1380013552",)))
    shown = card(reception.desk("boss"), who, reception.now.date()).phones
    assert [(phone.text, phone.well_formed) for phone in shown] == [("********52", False)]
    assert is_malformed("1380013552")
    assert not is_malformed("")


def test_a_phone_is_kept_once_however_it_is_written() -> None:
    assert [phone.digits for phone in cleaned(("138-0013-5521", "+86 13800135521", "无"))] == ["13800135521"]


def test_a_card_number_is_checked_and_gives_birth_and_sex(reception: Reception) -> None:
    who = keep(reception, CustomerFacts(name="陈", id_number="11010519491231002x"))
    shown = card(reception.desk(), who, reception.now.date())
    assert (shown.birth, shown.sex, shown.age) == (date(1949, 12, 31), "female", 76)
    with pytest.raises(IdMalformed):
        keep(reception, CustomerFacts(name="王", id_number="110105194912310021"))


def test_the_same_name_and_phone_is_the_same_customer(both: Reception) -> None:
    who = keep(both, CHEN)
    again = customers.register(both.desk(), NewCustomer(CHEN), both.later(seconds=1))
    assert (again.id, again.known) == (who, True)


def test_another_name_on_a_known_phone_joins_the_family_and_its_consultant(reception: Reception) -> None:
    wife = keep(reception, CHEN, owner=reception.people["a"].id)
    husband = keep(reception, CustomerFacts(name="李国强", phones=("13800135521",)))
    shown = card(reception.desk("boss"), husband, reception.now.date())
    assert (shown.owner_name, [one.id for one in shown.family]) == ("顾问甲", [wife])


def test_a_customer_without_name_and_phone_is_nobody(reception: Reception) -> None:
    with pytest.raises(FieldMissing):
        keep(reception, CustomerFacts(sex="male"))


def test_a_change_is_found_by_the_new_words_and_no_longer_by_the_old(both: Reception) -> None:
    who = keep(both, CHEN)
    seen = card(both.desk(), who, both.now.date()).seen
    change = CustomerChange(who, seen, {"name": "单一凡", "phones": ("15912345678",)})
    customers.change(both.desk(), change, both.later(seconds=1))
    assert found(both, "15912") == found(both, "danyf") == found(both, "syf") == [who]
    assert found(both, "5521") == found(both, "chenyf") == found(both, "cyf") == []
    assert both.told("register-visit")[-1]["before"] == {"name": "陈一凡", "phones": ["138****5521"]}


def test_a_change_of_what_another_desk_changed_is_refused(reception: Reception) -> None:
    who = keep(reception, CHEN)
    seen = card(reception.desk(), who, reception.now.date()).seen
    customers.change(reception.desk("a"), CustomerChange(who, seen, {"note": "一"}), reception.later(seconds=1))
    with pytest.raises(ChangedMeanwhile) as told:
        customers.change(reception.desk("b"), CustomerChange(who, seen, {"note": "二"}), reception.later(seconds=1))
    assert told.value.details["by"] == "顾问甲"


def test_a_field_nobody_knows_cannot_be_changed(reception: Reception) -> None:
    who = keep(reception, CHEN)
    seen = card(reception.desk(), who, reception.now.date()).seen
    with pytest.raises(FieldMalformed):
        customers.change(reception.desk(), CustomerChange(who, seen, {"shoe": 42}), reception.now)


def test_a_customer_that_is_not_there_is_not_found(reception: Reception) -> None:
    with pytest.raises(NotFound):
        card(reception.desk(), 99, reception.now.date())


def test_a_family_goes_by_the_member_registered_first(reception: Reception) -> None:
    mother = keep(reception, CHEN, owner=reception.people["a"].id)
    son = keep(reception, CustomerFacts(name="王小明", phones=("15900001111",)), owner=reception.people["b"].id)
    customers.join_family(reception.desk(), JoinFamily(mother, son), reception.later(seconds=1))
    shown = card(reception.desk("boss"), son, reception.now.date())
    assert shown.owner_name == "顾问甲"
    assert [(one.id, one.first) for one in shown.family] == [(mother, True)]
    again = customers.join_family(reception.desk(), JoinFamily(son, mother), reception.later(seconds=1))
    assert again.known


def test_consent_keeps_its_words_and_its_day(reception: Reception) -> None:
    who = keep(reception, CHEN)
    customers.consent(reception.desk(), Consent(who, " 同意保存 "), reception.later(seconds=1))
    shown = card(reception.desk(), who, reception.now.date())
    assert (shown.consent_text, shown.consent_at) == ("同意保存", reception.now)
    with pytest.raises(FieldMissing):
        customers.consent(reception.desk(), Consent(who, " "), reception.now)


def test_looking_behind_the_mask_is_told_to_the_history(reception: Reception) -> None:
    who = keep(reception, CHEN, owner=reception.people["a"].id)
    assert card(reception.desk(), who, reception.now.date()).id_number == "110105********002X"
    for allowed in ("boss", "a"):
        shown = customers.reveal(reception.desk(allowed), who, reception.later(seconds=1))
        assert (shown.phones, shown.id_number) == (("13800135521",), "11010519491231002X")
    for refused in ("front", "b"):
        with pytest.raises(NotYours):
            customers.reveal(reception.desk(refused), who, reception.now)
    assert [line["person_id"] for line in reception.told("reveal")] == [
        reception.people["boss"].id, reception.people["a"].id
    ]


def test_a_supervisor_gives_a_family_to_another_consultant(reception: Reception) -> None:
    mother = keep(reception, CHEN, owner=reception.people["a"].id)
    son = keep(reception, CustomerFacts(name="王小明"), family=mother)
    reception.now += timedelta(days=5)
    asked = Reassign(son, reception.people["b"].id, "顾问甲离职")
    customers.reassign(reception.desk("lead"), asked, reception.now)
    for one in (mother, son):
        shown = card(reception.desk(), one, reception.now.date())
        assert (shown.owner_name, shown.protected_until) == ("顾问乙", date(2026, 3, 17))
    with pytest.raises(ReasonMissing):
        customers.reassign(reception.desk("lead"), Reassign(son, reception.people["a"].id, " "), reception.now)
    with pytest.raises(NotYours):
        customers.reassign(reception.desk("a"), asked, reception.now)
    with pytest.raises(NotFound):
        customers.reassign(reception.desk("lead"), Reassign(son, 99, "x"), reception.now)


def test_one_customer_is_shown_as_search_would(reception: Reception) -> None:
    who = keep(reception, CHEN)
    assert customers.hint_of(reception.desk(), who) == customers.find(reception.desk(), "5521")[0]
    with pytest.raises(NotFound):
        customers.hint_of(reception.desk(), 99)


def test_the_list_shows_the_last_seen_first_and_one_consultants_where_asked(reception: Reception) -> None:
    a, b = reception.people["a"].id, reception.people["b"].id
    ids = [keep(reception, CustomerFacts(name=f"陈{n}", level="A" if n else "B"), owner=(a, b)[n % 2]) for n in range(4)]
    desk = reception.desk()
    assert [hint.id for hint in customers.recent(desk)] == ids[::-1]
    assert [hint.id for hint in customers.recent(desk, owner=a)] == [ids[2], ids[0]]
    assert [hint.id for hint in customers.recent(desk, level="B")] == [ids[0]]
    assert [hint.id for hint in customers.recent(desk, offset=3)] == [ids[0]]
    assert customers.how_many(desk) == 4
