"""Every kind of letter from the step Brev: what it asks, where it is kept, how it leaves the house."""

from __future__ import annotations

from typing import Any, cast

import pytest
from sample_case import changed, whole_case
from visit_kit import LARGE, Desk, Visit

from visitator_tui.domain.case import Case
from visitator_tui.domain.letter_facts import LETTER_KINDS, LetterKind
from visitator_tui.ui.letter_preview import LetterPreview
from visitator_tui.usecases.ports import JobState, JobStatus, PrinterError, PrinterInfo

DOWN: dict[LetterKind, int] = {kind: number for number, kind in enumerate(LETTER_KINDS)}
COMPLAINT = {
    "received_on": "2017-03-20", "text": "Jeg kan ikke selv gøre rent.", "outcome": "not_upheld",
    "reason": "Datteren støvsuger stadig hver uge.",
}  # fmt: skip


def complaining() -> Case:
    return changed(whole_case(), course__complaints=[COMPLAINT])


def letter(visit: Visit) -> str:
    return visit.screen.query_one("#letter", LetterPreview).text


async def kept(visit: Visit, number: int = 1) -> list[str]:
    await visit.until(lambda: len(visit.store.letters(visit.case_id)) == number)
    return [one.kind for one in visit.store.letters(visit.case_id)]


READY: dict[LetterKind, tuple[str, ...]] = {
    "afgoerelse": (),
    "kvittering": (),
    "forsinkelse": ("enter", *"20-03-2017", "tab", *"Lægen har ikke svaret", "escape"),
    "partshoering": ("enter", *"20-03-2017", "tab", "tab", *"Han kan gå selv", "escape"),
    "genvurdering": (),
    "oversendelse": (),
    "bestilling": (),
    "leverandoervalg": (),
}


@pytest.mark.parametrize("kind", READY)
async def test_a_letter_of_every_kind_is_written_and_kept_with_its_kind(desk: Desk, kind: LetterKind) -> None:
    async with desk.visiting(complaining(), "brev", kind) as visit:
        if READY[kind]:
            assert "kan ikke skrives endnu" in visit.text()
        for key in READY[kind]:
            await visit.press(key) if len(key) > 1 else visit.burst(key)
        await visit.settle()
        await visit.until(lambda: "Brevet er klar" in visit.text())
        await visit.press("p")
        assert await kept(visit) == [kind]
        await visit.until(lambda: "Skrevne breve" in visit.text())
        assert f"06-03-17 {LETTER_KINDS[kind].partition(' ')[0]}" in visit.text()
        if kind == "forsinkelse":
            [notice] = visit.case.course.delay_notices
            assert str(notice.given_on) == "2017-03-06", "the letter is the notice"
            await visit.settle()
            assert visit.store.load(visit.case_id).case == visit.case


async def test_what_was_typed_for_a_letter_survives_closing_also_half_a_date(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "brev", "forsinkelse") as visit:
        await visit.press("enter")
        await visit.press("tab", *"Lægen tøver", "shift+tab", *"20-3")
        await visit.until(lambda: visit.saving == "gemt")
        await visit.press("f10")
    async with desk.unlocked() as visit:
        await visit.until(lambda: "Lægen tøver" in visit.text())
        assert visit.where == "course.delay_notices.0.expected_on"
        assert visit.field == "20-3"


async def test_f3_shows_what_this_letter_lacks_and_goes_there(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "brev", "oversendelse") as visit:
        await visit.press("f3")
        assert "Skriv, hvad borgeren klager over." in visit.text()
        await visit.press("down", "enter")
        assert visit.where == "course.complaints.0.text"
        await visit.type("For lidt hjælp")
        assert visit.case.course.complaints[0].text == "For lidt hjælp"


async def test_what_another_step_lacks_is_one_key_away(desk: Desk) -> None:
    async with desk.visiting(changed(whole_case(), citizen__name=""), "brev", "leverandoervalg") as visit:
        await visit.press("f3", "enter")
        await visit.until(lambda: visit.where == "citizen.name")


async def test_a_supplier_more_can_be_written_when_one_is(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "brev", "leverandoervalg") as visit:
        await visit.press(
            "enter", *"Rent Hus", "tab", *"rengøring", "tab", *"49 00 11 11", "tab", *"Hjem Nu", "escape"
        )
        await visit.until(lambda: "Rent Hus" in letter(visit) and "Hjem Nu" in letter(visit))


async def test_the_readability_is_one_key_away_at_80_columns_and_beside_at_120(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "brev") as visit:
        assert "Lix " in visit.text()
        assert "Tunge sætninger" not in visit.text()
        await visit.press("i")
        assert "Tunge sætninger" in visit.text()
    async with desk.visiting(whole_case(), "brev", size=LARGE) as visit:
        assert "Tunge sætninger" in visit.text()
        assert "Visitation, Helsingør" not in visit.text()


# -- print and export ------------------------------------------------------------------------------------


class Tray:
    """A printer that keeps what it gets; ``trouble`` is what it says instead."""

    def __init__(self, trouble: str = "") -> None:
        self.trouble, self.printed = trouble, []  # type: ignore[var-annotated]

    def printers(self) -> tuple[PrinterInfo, ...]:
        names = ("Kontor", "Reception")
        return tuple(PrinterInfo(name, name, name == "Kontor", True, "klar") for name in names)

    def print(self, pdf: bytes, printer: str = "", **how: Any) -> str:
        if self.trouble:
            raise PrinterError(self.trouble)
        how["started"]("7")
        self.printed.append((pdf, printer, how["copies"], how["two_sided"]))
        return "7"

    def job(self, job: str) -> JobStatus:
        return JobStatus(JobState.PRINTED, job)

    def cancel(self, job: str) -> None:
        raise AssertionError(job)


def with_printer(tray: Tray) -> dict[str, Any]:
    from visit_kit import ACTOR, NOW

    from visitator_tui.usecases.letter_queue import LetterPrinting

    return {
        "printer": lambda: tray,
        "printing": lambda store: LetterPrinting(store, tray, ACTOR, lambda: NOW),
    }


async def test_a_letter_is_printed_from_its_step_with_printer_copies_and_sides(desk: Desk) -> None:
    tray = Tray()
    async with desk.visiting(whole_case(), "brev", **with_printer(tray)) as visit:
        await visit.press("l")
        assert "Skriv brevet med P først" in visit.hint
        await visit.press("p")
        await kept(visit)
        await visit.press("l")
        await visit.until(lambda: "Reception" in visit.text())
        await visit.press("2", "k", "k", "down", "enter")
        await visit.until(lambda: tray.printed)
        pdf = visit.store.letter_pdf(visit.store.letters(visit.case_id)[0].id)
        assert tray.printed == [(pdf, "Reception", 3, True)]
        await visit.until(lambda: "sendt til printeren" in visit.hint)


async def test_a_printer_that_fails_is_told_and_the_letter_waits(desk: Desk) -> None:
    tray = Tray("Printeren er slukket. Tænd den.")
    async with desk.visiting(whole_case(), "brev", **with_printer(tray)) as visit:
        await visit.press("p")
        await kept(visit)
        await visit.press("l")
        await visit.until(lambda: "Reception" in visit.text())
        await visit.press("enter")
        await visit.until(lambda: "Printeren er slukket" in visit.text())
        await visit.press("escape", "end")
        await visit.until(lambda: "Print: venter" in letter(visit))
        [made] = visit.store.letters(visit.case_id)
        await visit.press("f2", "t")
        which = f"Afgørelse    {made.made_at.astimezone():%d-%m %H.%M} én side  venter"
        await visit.until(lambda: which in visit.text())


async def test_a_made_letter_is_exported_to_a_folder(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "brev") as visit:
        await visit.press("p")
        await kept(visit)
        folder = desk.folder / "til arkivet"
        folder.mkdir()
        await visit.press("e", "f3", *["backspace"] * 200, *str(folder), "enter", "enter")
        await visit.until(lambda: "Brevet er gemt som" in visit.hint)
        [pdf] = folder.glob("*.pdf")
        assert pdf.read_bytes() == visit.store.letter_pdf(visit.store.letters(visit.case_id)[0].id)
        assert pdf.with_suffix(".json").exists()
        await visit.press("end")
        await visit.until(lambda: "Eksport: gemt i en mappe" in letter(visit))


CPR = "040538-1232"


@pytest.mark.parametrize(
    ("cvr", "cpr", "kind", "told"),
    [
        ("", CPR, "afgoerelse", "CVR-nummer"),
        ("12345678", None, "afgoerelse", "CPR-nummer"),
        ("12345678", CPR, "bestilling", "Brevet er til leverandøren"),
        ("12345678", CPR, "afgoerelse", ""),
    ],
    ids=["no_cvr", "no_cpr", "not_to_the_citizen", "whole"],
)
async def test_digital_post_is_made_or_it_is_told_what_is_missing(
    desk: Desk, cvr: str, cpr: str | None, kind: str, told: str
) -> None:
    case = changed(whole_case(), citizen__cpr=cpr)
    async with desk.visiting(case, "brev", kind, cvr=cvr) as visit:
        await visit.press("p")
        await kept(visit)
        await visit.press("e", "down", "enter")
        if told:
            await visit.until(lambda: "! " in visit.text() and told in visit.text())
            assert not list(desk.letters_folder.glob("*.xml"))
        else:
            await visit.until(lambda: "Beskeden til Digital Post er gemt" in visit.hint)
            [file] = desk.letters_folder.glob("*.memo.xml")
            assert CPR.replace("-", "") in file.read_text()
            assert CPR[:6] not in file.name


def forge(visit: Visit) -> None:
    """Somebody changes the bytes of a kept letter behind the program's back."""
    with cast(Any, visit.store).writing() as work:
        sql = work.connection.exec_driver_sql
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'letters'"
        for (name,) in sql(guards).fetchall():
            sql(f"DROP TRIGGER {name}")
        sql("UPDATE letters SET pdf = CAST(replace(pdf, x'312E37', x'312E36') AS BLOB)")


async def test_a_kept_letter_whose_bytes_were_tampered_with_is_not_shown_printed_or_exported(
    desk: Desk,
) -> None:
    tray, changed_it = Tray(), "Brevet er ikke længere, som det blev lavet"
    async with desk.visiting(whole_case(), "brev", **with_printer(tray)) as visit:
        await visit.press("p")
        await kept(visit)
        await visit.press("end")
        await visit.until(lambda: "Kontrolsum" in letter(visit))
        forge(visit)
        await visit.press("home", "end")
        await visit.until(lambda: changed_it in letter(visit))
        folder = desk.folder / "til arkivet"
        folder.mkdir()
        await visit.press("e", "f3", *["backspace"] * 200, *str(folder), "enter", "enter")
        await visit.until(lambda: changed_it in " ".join(visit.text().split()))
        assert list(folder.iterdir()) == []
        await visit.press("escape", "l")
        await visit.until(lambda: "Reception" in visit.text())
        await visit.press("enter")
        await visit.until(lambda: "! " in visit.text() and "Sender til" not in visit.text())
        assert tray.printed == []
