"""The queue »til print«: letters wait, go to the printer in order, and only a person prints one again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from store_kit import ANNA, NOW, a_case, a_telling_case, by_hand, later, new_store, opened

from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.letter_queue import LetterPrinting, PrintRun, WrongStateError, queue_text
from visitator_tui.usecases.ports import (
    QUEUE_STATES,
    Actor,
    JobState,
    JobStatus,
    LetterQueue,
    Printer,
    PrinterError,
    PrinterInfo,
    QueuedLetter,
    QueueState,
    StaleError,
    StoreError,
    UncertainPrintError,
)


class Tray:
    """A printer whose paper and moods the test owns."""

    def __init__(self) -> None:
        self.paper: list[bytes] = []
        self.asked: list[tuple[int, bool, str]] = []
        self.cancelled: list[str] = []
        self.status = JobStatus(JobState.UNDER_WAY, "Printer nu.")
        self.before: PrinterError | None = None
        self.after: PrinterError | None = None
        self.silent: PrinterError | None = None

    def printers(self) -> tuple[PrinterInfo, ...]:
        """One."""
        return (PrinterInfo("Bakke", "Bakken", True, True, "klar", True),)

    def print(
        self,
        pdf: bytes,
        printer: str = "",
        *,
        copies: int = 1,
        two_sided: bool = False,
        title: str = "Brev",
        started: Callable[[str], None] = lambda _: None,
    ) -> str:
        """Put it in the tray."""
        if self.before:
            raise self.before
        job = f"Bakke-{len(self.asked) + 1}"
        started(job)
        if self.after:
            raise self.after
        self.paper.append(pdf)
        self.asked.append((copies, two_sided, title))
        return job

    def job(self, job: str) -> JobStatus:
        """What the test says."""
        if self.silent:
            raise self.silent
        return self.status

    def cancel(self, job: str) -> None:
        """Remember it."""
        if self.silent:
            raise self.silent
        self.cancelled.append(job)


def queued(store: SqlCipherStore, count: int, **how: int) -> list[QueuedLetter]:
    """That many letters of one case in the queue."""
    case_id = store.create(a_case(), ANNA, NOW).id
    kept = [store.add_letter(case_id, "afgoerelse", f"%PDF {n}".encode(), ANNA, NOW) for n in range(count)]
    return [
        store.queue_letter(one.id, how.get("copies", 1), bool(how.get("two_sided", 0)), ANNA, later(1))
        for one in kept
    ]


def desk(queue: LetterQueue, printer: Printer) -> LetterPrinting:
    return LetterPrinting(queue, printer, ANNA, lambda: later(5))


def shown(printing: LetterPrinting) -> list[QueueState]:
    return [entry.state for entry in printing.entries(done=True)]


def test_a_queued_letter_waits_through_a_restart(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        (entry,) = queued(store, 1, copies=2, two_sided=1)
    with opened(tmp_path) as store:
        (found,) = store.queued_letters()
        assert found == entry
        assert (found.name, found.kind, found.made_at) == ("Åse Ærø Østergård", "afgoerelse", NOW)
        assert (found.copies, found.two_sided, found.state) == (2, True, QueueState.WAITING)
        assert QUEUE_STATES[found.state] == "venter"


def test_a_letter_is_not_queued_twice_but_again_once_it_is_printed(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        (entry,) = queued(store, 1)
        printing = desk(store, Tray())
        assert printing.add(entry.letter_id, copies=3) == entry
        store.mark_queued(replace(entry, state=QueueState.PRINTED), ANNA, NOW)
        assert printing.add(entry.letter_id).number == entry.number + 1
        with pytest.raises(StoreError, match="Brevet findes ikke"):
            printing.add("nope")


def test_the_letters_go_to_the_printer_in_order_with_neutral_titles(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queued(store, 3, copies=2, two_sided=1)
        tray = Tray()
        run = desk(store, tray).print_all("Bakke")
        assert tray.paper == [b"%PDF 0", b"%PDF 1", b"%PDF 2"]
        assert tray.asked == [(2, True, "Brev 1"), (2, True, "Brev 2"), (2, True, "Brev 3")]
        assert [(one.state, one.printer, one.job) for one in run.sent] == [
            (QueueState.SENT, "Bakke", f"Bakke-{number}") for number in (1, 2, 3)
        ]
        assert [one.state for one in store.queued_letters()] == [QueueState.SENT] * 3


def test_only_the_chosen_letters_are_printed(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        entries = queued(store, 3)
        tray = Tray()
        desk(store, tray).print_all(only={entries[1].number})
        assert tray.paper == [b"%PDF 1"]
        assert shown(desk(store, tray)) == [QueueState.WAITING, QueueState.SENT, QueueState.WAITING]


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        (JobState.PRINTED, QueueState.PRINTED),
        (JobState.CANCELLED, QueueState.WAITING),
        (JobState.FAILED, QueueState.FAILED),
        (JobState.UNKNOWN, QueueState.UNCERTAIN),
        (JobState.INCOMPLETE, QueueState.WAITING),
        (JobState.UNDER_WAY, QueueState.SENT),
    ],
)
def test_the_letter_follows_its_job(tmp_path: Path, state: JobState, becomes: QueueState) -> None:
    with new_store(tmp_path) as store:
        queued(store, 1)
        tray = Tray()
        printing = desk(store, tray)
        printing.print_all()
        tray.status = JobStatus(state, "Sådan gik det.")
        printing.refresh()
        assert shown(printing) == [becomes]
        assert tray.cancelled == (["Bakke-1"] if state is JobState.INCOMPLETE else [])
        if becomes not in (QueueState.PRINTED,) and state is not JobState.INCOMPLETE:
            assert printing.entries()[0].reason == "Sådan gik det."


def test_asking_again_writes_nothing_new(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queued(store, 1)
        tray = Tray()
        printing = desk(store, tray)
        printing.print_all()
        for state in (JobState.UNDER_WAY, JobState.UNKNOWN):
            tray.status = JobStatus(state, "Det samme.")
            first = printing.refresh()
            assert printing.refresh() == first


def test_a_printer_that_cannot_be_used_stops_the_run_and_all_wait(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queued(store, 3)
        tray = Tray()
        printing = desk(store, tray)
        for tray.before, tray.after in ((PrinterError("Slukket."), None), (None, PrinterError("Slukket."))):
            run = printing.print_all()
            assert (run.sent, run.stopped, run.text()) == ((), "Slukket.", "Slukket.")
            assert shown(printing) == [QueueState.WAITING] * 3
            assert printing.entries()[0].reason == "Slukket."
        tray.after = None
        assert printing.print_all().text() == "3 breve er sendt til printeren."
        assert printing.entries()[0].reason == "", "an old reason does not stand at a letter that is sent"


def test_an_uncertain_letter_is_printed_again_only_when_a_person_says_so(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queued(store, 2)
        tray = Tray()
        tray.after = UncertainPrintError("Det er uvist, om brevet kommer ud.")
        printing = desk(store, tray)
        run = printing.print_all()
        assert [one.state for one in run.uncertain] == [QueueState.UNCERTAIN]
        tray.after = None
        tray.status = JobStatus(JobState.UNKNOWN, "Ukendt.")
        printing.print_all()
        assert tray.paper == [b"%PDF 1"], "the uncertain one is left alone"
        uncertain, sent = printing.refresh()
        assert (uncertain.state, sent.state) == (QueueState.UNCERTAIN, QueueState.UNCERTAIN)
        printing.answer([sent], came_out=True)
        printing.answer([uncertain], came_out=False)
        assert shown(printing) == [QueueState.WAITING, QueueState.PRINTED]
        assert "igen" in printing.entries()[0].reason
        printing.print_all()
        assert tray.paper == [b"%PDF 1", b"%PDF 0"]


def test_what_did_not_come_out_is_taken_off_the_printer_if_it_can_be_reached(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queued(store, 1)
        tray = Tray()
        printing = desk(store, tray)
        (sent,) = printing.print_all().sent
        printing.answer([sent], came_out=False)
        assert tray.cancelled == ["Bakke-1"]
        (again,) = printing.print_all().sent
        tray.silent = PrinterError("Slukket.")
        printing.answer([again], came_out=False)
        assert shown(printing) == [QueueState.WAITING]


def test_a_printer_out_of_reach_leaves_the_states_as_they_are(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queued(store, 1)
        tray = Tray()
        printing = desk(store, tray)
        printing.print_all()
        tray.silent = PrinterError("Slukket.")
        with pytest.raises(PrinterError):
            printing.refresh()
        assert shown(printing) == [QueueState.SENT]
        assert printing.print_all() == PrintRun()


def test_what_an_interrupted_run_left_is_settled_before_the_next(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        done, unfinished = queued(store, 2)
        for entry in (done, unfinished):
            store.mark_queued(
                replace(entry, state=QueueState.SENDING, job=f"Bakke-{entry.number}"), ANNA, NOW
            )
        tray = Tray()
        asked = {"Bakke-1": JobState.PRINTED, "Bakke-2": JobState.INCOMPLETE}
        tray.job = lambda job: JobStatus(asked[job], "")  # type: ignore[method-assign]
        printing = desk(store, tray)
        printing.print_all()
        assert tray.cancelled == ["Bakke-2"]
        assert tray.paper == [b"%PDF 1"]
        assert shown(printing) == [QueueState.PRINTED, QueueState.SENT]


def test_a_refresh_in_the_middle_of_a_run_leaves_the_run_alone(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queued(store, 1)
        tray = Tray()
        tray.status = JobStatus(JobState.INCOMPLETE, "Mangler.")
        printing = desk(store, tray)
        seen: list[QueueState] = []
        mark = store.mark_queued

        def meanwhile(entry: QueuedLetter, actor: Actor, now: datetime) -> QueuedLetter:
            marked = mark(entry, actor, now)
            seen.extend(one.state for one in printing.refresh())
            return marked

        store.mark_queued = meanwhile  # type: ignore[method-assign]
        printing.print_all()
        assert seen == [QueueState.SENDING, QueueState.SENT]
        assert tray.cancelled == []


def test_two_hands_on_one_entry_are_told_apart(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        (entry,) = queued(store, 1)
        store.mark_queued(replace(entry, state=QueueState.REMOVED), ANNA, NOW)
        with pytest.raises(StaleError, match="ændret et andet sted"):
            store.mark_queued(replace(entry, state=QueueState.PRINTED), ANNA, NOW)
        assert [one.state for one in store.queued_letters(done=True)] == [QueueState.REMOVED]


def test_what_cannot_be_done_now_is_refused(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        (waiting,) = queued(store, 1)
        tray = Tray()
        printing = desk(store, tray)
        for wrong in (
            lambda: printing.answer([waiting], came_out=True),
            lambda: printing.retry(waiting),
            lambda: printing.cancel(waiting),
        ):
            with pytest.raises(WrongStateError, match="Se køen igen"):
                wrong()
        (sent,) = printing.print_all().sent
        with pytest.raises(WrongStateError):
            printing.remove(sent)
        assert shown(printing) == [QueueState.SENT]


def test_a_damaged_letter_fails_and_the_others_are_printed(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queued(store, 3)
    with by_hand(tmp_path) as connection:
        connection.execute("UPDATE letters SET pdf = x'255044' WHERE number = 1")
    with opened(tmp_path) as store:
        tray = Tray()
        run = desk(store, tray).print_all()
        assert tray.paper == [b"%PDF 1", b"%PDF 2"]
        assert run.text().startswith(
            "2 breve er sendt til printeren. Et brev er fejlet: Brevet er ikke længere"
        )


def test_the_queue_is_told_in_one_line(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        entries = queued(store, 4)
        assert queue_text([]) == ""
        assert queue_text(entries[:1]) == "1 brev venter på at blive printet."
        mixed = [
            *entries[:2],
            replace(entries[2], state=QueueState.UNCERTAIN),
            replace(entries[3], state=QueueState.FAILED),
        ]
        assert queue_text(mixed) == (
            "2 breve venter på at blive printet. 1 brev er måske ikke kommet ud af printeren. "
            "1 brev kunne ikke printes."
        )
        assert desk(store, Tray()).print_all(only=()).text() == (
            "Der er ingen breve, der venter på at blive printet."
        )


def test_the_audit_says_when_and_where_a_letter_was_printed_and_nothing_of_the_citizen(
    tmp_path: Path,
) -> None:
    with new_store(tmp_path) as store:
        case_id = store.create(a_telling_case(), ANNA, NOW).id
        letter = store.add_letter(case_id, "afgoerelse", b"%PDF", ANNA, NOW)
        tray = Tray()
        printing = desk(store, tray)
        printing.add(letter.id)
        printing.print_all("Bakke")
        tray.status = JobStatus(JobState.PRINTED, "")
        printing.refresh()
        store.verify_audit()
    with by_hand(tmp_path) as connection:
        log = connection.execute(
            "SELECT action, actor, detail FROM audit WHERE entity_id = ? ORDER BY seq", (letter.id,)
        ).fetchall()
    assert [action for action, _, _ in log] == [
        "letter.made",
        "letter.queued",
        "letter.print.sending",
        "letter.print.sent",
        "letter.print.printed",
    ]
    assert json.loads(log[-1][2]) == {"job": "Bakke-1", "printer": "Bakke", "queue": 1}
    assert {actor for _, actor, _ in log} == {"anna"}


def test_every_state_has_its_danish_name() -> None:
    assert set(QUEUE_STATES) == set(QueueState)
