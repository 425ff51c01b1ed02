"""From enquiry to the letter, by keyboard alone."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdf
from sample_case import changed, whole_case
from textual.widgets import Input
from visit_kit import LARGE, Desk, catalogues


async def test_a_new_case_goes_from_enquiry_to_pdf_by_keyboard(desk: Desk) -> None:
    keys = [
        "n", *"Åse Ærø Østergård", "tab", *"04051938", "tab", "tab", *"Blåbærvænget 12", "tab", *"3000", "tab",
        *"Helsingør", *["tab"] * 7, "n", "tab", *"Datteren ringer om indkøb.", "tab", *"indkøb af dagligvarer",
        "f9", *"Jeg kan ikke bære varerne hjem.", "tab", *"At blive boende.",
        "f9", *"000", "enter", *"00000", "enter", *"000", "enter", *"0000", "enter", *"00", "enter",
        "b", *"Jeg skriver selv sedlen.", "escape", "3", "enter", "0", "enter", "0", "enter", "n", "enter",
        "b", *"Har det godt.",
        "f9", *"Borgeren kan ikke hente varer på grund af gigt.", "tab", "3",
        "f9", "s", *"på-pladssætning", "enter", "j", "j", "j", "j", "v",
    ]  # fmt: skip
    async with desk.unlocked(size=LARGE) as visit:
        await visit.press(*keys)
        assert visit.case.decision.items
        await visit.press("f9")
        await visit.press(
            "end", "b", *"på-plads", "enter", *"Gigten gør, at hun ikke kan bære varer op ad trappen."
        )
        await visit.press("escape", "home", "down", "enter", "1", "tab", *"Gigten er kronisk.", "escape")
        answers = {"start_on": "13-03-2017", "times": "1", "name": "Vivi Visse"}
        while stops := [one for one in visit.screen.findings() if one.severity == "stop"]:
            await visit.to_finding(0)
            assert visit.where.rpartition(".")[2] in answers, f"{stops[0].message} ({visit.where})"
            await visit.type(answers.pop(visit.where.rpartition(".")[2]))
        await visit.press("f4", "7", "p")
        await visit.until(lambda: visit.store.letters(visit.screen.session.id))
        [letter] = visit.store.letters(visit.screen.session.id)
        kept = visit.store.letter_pdf(letter.id)
        await visit.until(lambda: list(desk.letters_folder.glob("*.pdf")))
        [file] = desk.letters_folder.glob("*.pdf")
        assert file.read_bytes() == kept
        assert "Åse" not in file.name
        said = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(kept)).pages)
        for words in (
            "Åse Ærø Østergård",
            "Indkøbsordning med på-pladssætning",
            "13. marts 2017",
            "Vivi Visse",
        ):
            assert words in " ".join(said.split())


async def test_the_letter_is_read_on_the_screen_before_it_is_written(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "brev", size=LARGE) as visit:
        assert "Brevet er klar" in visit.text()
        assert "Brevhovedet mangler telefon og adresse." in " ".join(visit.text().split())
        assert "Kære Åse Ærø Østergård" in visit.text()
        await visit.press(*["pagedown"] * 8)
        assert "Kære Åse Ærø Østergård" not in visit.text()
        await visit.press("down")
        assert "Kære Åse Ærø Østergård" in visit.text(), "another letter is read from its beginning"
        await visit.press("enter", "down", "down")
        letter = visit.screen.query_one("#letter")
        letter.scroll_end(animate=False)
        await visit.press(*" Bo")
        assert letter.scroll_y == letter.max_scroll_y > 0, (
            "the same letter keeps its place while it is written"
        )


async def test_no_letter_while_something_is_missing(desk: Desk) -> None:
    case = changed(whole_case(), citizen__name="")
    async with desk.visiting(case, "brev", size=LARGE) as visit:
        assert "Borgerens navn mangler" in visit.text()
        await visit.press("p")
        assert "F3" in visit.hint
        assert visit.store.letters(visit.case_id) == []
        assert not desk.letters_folder.exists()


async def test_a_folder_that_cannot_be_written_is_told_and_the_letter_is_in_the_case(desk: Desk) -> None:
    in_the_way = desk.folder / "fil"
    in_the_way.write_text("")
    async with desk.visiting(whole_case(), "brev", documents=in_the_way / "breve") as visit:
        await visit.press("p")
        await visit.until(lambda: "ikke i mappen" in visit.hint)
        assert len(visit.store.letters(visit.case_id)) == 1


async def test_the_file_can_be_given_another_name_and_takes_no_other_files_place(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "brev") as visit:
        other = desk.folder / "andet" / "brev.pdf"
        other.parent.mkdir()
        other.write_bytes(b"et andet brev")
        await visit.until(lambda: "P træffer afgørelsen; derefter kan den kun rettes" in visit.text())
        assert "P Træf afgørelse" in visit.text()
        await visit.press("tab", *["backspace"] * 200, *str(other), "shift+tab", "p")
        await visit.until(lambda: "brev-2.pdf" in visit.hint)
        assert visit.hint.startswith("Afgørelsen er truffet.")
        assert other.with_stem("brev-2").read_bytes().startswith(b"%PDF")
        assert other.read_bytes() == b"et andet brev"
        assert visit.screen.query_one("#file Input", Input).value.endswith("brev-2.pdf")


async def test_the_list_tells_that_the_letter_is_written(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "brev") as visit:
        await visit.press("p")
        await visit.until(lambda: visit.store.letters(visit.case_id))
        await visit.settle()
        await visit.press("f2", "f2")  # Min dag, then the list
        await visit.until(lambda: "Brev skrevet" in visit.text())
        assert Path(desk.letters_folder).exists()


def test_the_standard_of_the_sample_is_the_one_of_its_date() -> None:
    assert catalogues().in_force("helsingor", date(2017, 3, 6)).id == "helsingor-2017"
