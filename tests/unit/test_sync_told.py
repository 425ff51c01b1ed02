"""What is said of sync and of a case's fields, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from visitator_tui.domain.edit import MISSING
from visitator_tui.usecases.path_words import field_name, value_text
from visitator_tui.usecases.sync_ports import SyncState, UnsentRow
from visitator_tui.usecases.sync_wire import FoundCase, Trouble
from visitator_tui.usecases.sync_words import compared, found_text, sentences, short, waiting

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
EXPIRED = SyncState(unsent=1, conflicts=2, error="Du er logget ud.", trouble=Trouble.EXPIRED)
ROWS = (UnsentRow("a", "case", "Åse", NOW), UnsentRow("a", "letter", "Åse", NOW))


def test_the_title_tells_what_waits_and_never_synchronised_while_something_does() -> None:
    assert short(None, (), NOW) == "ikke sat op"
    assert short(SyncState(synced=True, last_success=NOW), (), NOW) == "synkroniseret kl. 09.30"
    yesterday = SyncState(synced=True, last_success=NOW - timedelta(days=1))
    assert short(yesterday, (), NOW) == "synkroniseret 1. marts 2026 kl. 09.30"
    assert short(SyncState(unsent=2), ROWS, NOW) == "1 sag ikke sendt"
    assert short(EXPIRED, ROWS, NOW) == "2 konflikter · 1 sag ikke sendt"
    assert short(SyncState(), (), NOW) == "ikke synkroniseret"


def test_what_a_person_must_mend_comes_before_her_choices() -> None:
    assert "logget ud" in waiting(EXPIRED)
    assert "2 felter venter på dit valg" in waiting(SyncState(conflicts=2))
    assert waiting(SyncState(error="Intet net.", trouble=Trouble.OFFLINE)) == ""
    assert "Tryk L for at logge ind." in sentences(EXPIRED, NOW)


def test_what_came_and_cannot_be_read_is_told_as_the_reason_why_it_is_not_synchronised() -> None:
    told = sentences(SyncState(last_success=NOW, parked=1), NOW)
    assert "1 del af dine sager kan ikke læses her endnu" in told[-1]
    assert "nyeste udgave" in told[-1]


def test_a_logbook_that_the_service_does_not_know_is_told_and_what_to_do_about_it() -> None:
    doubted = SyncState(synced=True, last_success=NOW, audit_doubted=NOW - timedelta(days=1))
    told = sentences(doubted, NOW)[-1]
    for said in ("! ", "logbogen", "1. marts 2026 kl. 09.30", "Intet", "arbejde videre", "it-afdelingen"):
        assert said in told
    assert "logbogen" in waiting(doubted)
    assert short(doubted, (), NOW) == "synkroniseret kl. 09.30", "it holds nothing up"


def test_a_found_case_reads_in_danish() -> None:
    told = found_text(FoundCase("c", "Bodil Sø", "1941-05-06", "open", "anna", ""))
    assert told.split() == ["Bodil", "Sø", "06-05-1941", "ikke", "afgjort", "anna"]


def test_only_what_differs_is_marked() -> None:
    assert compared("Går med stok.", "Går med rollator.") == ("Går med ►stok◄.", "Går med ►rollator◄.")
    assert compared("Ja", "Nej") == ("Ja", "Nej")


def test_values_and_fields_read_as_a_person_says_them() -> None:
    assert field_name((), None) == "Hele sagen"
    assert value_text(("decision", "decided_on"), "2017-03-20") == "20-03-2017"
    assert value_text(("decision", "items", "x", "outcome"), "refused") == "afslag"
    assert value_text(("summary", "text"), "") == "(tomt)"
    assert value_text(("summary", "text"), MISSING) == "(står der ikke)"
