"""Text breaks into lines and boxes flow over pages as a careful typist would have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter_kit import letter_of

from visitator_tui.letters.layout.blocks import section_boxes
from visitator_tui.letters.layout.boxes import Gap, Page, PageBreak, Piece, RowBox, TextBox
from visitator_tui.letters.layout.flow import LEAST_LAST, STRETCH, paginate
from visitator_tui.letters.layout.lines import SOFT_HYPHEN, Line, break_lines
from visitator_tui.letters.layout.style import BODY, CELL
from visitator_tui.letters.pdf import BOLD, REGULAR, Element, width_of
from visitator_tui.letters.pdf.fonts import to_unicode

BOTTOM = 780.0
TOP = 57.0


def said(line: Line) -> str:
    return "".join(run.text for run in line)


def wide(line: Line) -> float:
    return sum(width_of(run.text, run.font, BODY.size) for run in line)


@given(st.text(alphabet="abcæøå -/.@§ÅE", max_size=400), st.integers(40, 400))
def test_lines_hold_every_word_and_fit(text: str, width: int) -> None:
    lines = break_lines(text, BODY, width)
    space = width_of(" ", REGULAR, BODY.size)
    assert all(wide(line) <= width + space + 0.01 for line in lines)
    together = "".join(said(line) for line in lines)
    assert (
        together.replace(SOFT_HYPHEN, "").split() == text.split()
        or SOFT_HYPHEN in together
        or any(said(line).rstrip()[-1:] in "-/@._" for line in lines)
    )
    kept = together.replace(SOFT_HYPHEN, "").replace(" ", "").replace("\u00a0", "")
    assert kept == text.replace(" ", "")


def test_a_long_compound_is_divided_between_its_syllables() -> None:
    lines = break_lines("Hverdagsrehabiliteringsforløb", CELL, 70)
    assert [said(line) for line in lines] == [
        f"Hverdagsreha{SOFT_HYPHEN}",
        f"biliteringsfor{SOFT_HYPHEN}",
        "løb",
    ]


def test_a_paragraph_sign_and_a_day_never_end_a_line() -> None:
    text = "Det er efter serviceloven § 83 fra den 8. marts 2017, se også stk. 2, niveau 1 – lette"
    for width in range(60, 300, 7):
        for line in break_lines(text, BODY, width):
            assert not said(line).rstrip().endswith(("§", "8.", "marts", "stk.", "1", "–"))


def test_the_lead_is_bold_and_the_rest_is_not() -> None:
    (line,) = break_lines("At komme i bad.", BODY, 400, "Vigtigst for dig:")
    assert [(run.font, run.text) for run in line] == [
        (BOLD, "Vigtigst for dig: "),
        (REGULAR, "At komme i bad."),
    ]


def flow_of(kind: str) -> list[Piece]:
    root = Element("Document")
    return [box for section in letter_of(kind).sections for box in section_boxes(section, root, 476)]


def lines_of(boxes: list[Piece]) -> list[str]:
    found = []
    for box in boxes:
        if isinstance(box, TextBox):
            found += [said(line) for line in box.lines]
    return found


@pytest.mark.parametrize("kind", ["delvis", "flere love", "tredive punkter"])
def test_wherever_the_pages_break_it_looks_meant(kind: str) -> None:
    flow = flow_of(kind)
    for first_top in range(60, 460, 37):
        pages = paginate(flow, 62, first_top, TOP, BOTTOM)
        for page in pages:
            last = page.placed[-1]
            assert last.y + last.box.height <= BOTTOM + STRETCH + 0.01
            assert not last.box.keep, "en overskrift eller indledning står alene nederst på siden"
        placed: list[Piece] = [one.box for page in pages for one in page.placed]
        assert lines_of(placed) == lines_of(flow)


def row(text: str, repeat: RowBox | None = None) -> RowBox:
    cell = TextBox(break_lines(text, CELL, 200), CELL, Element("TD"))
    return RowBox((cell,), (0.0,), 200, repeat=repeat)


def row_texts(page: Page) -> list[str]:
    rows = (one.box for one in page.placed)
    return ["".join(said(line) for line in box.cells[0].lines) for box in rows if isinstance(box, RowBox)]


def test_the_head_of_a_table_stands_again_on_every_page() -> None:
    head = row("Aktivitet")
    pages = paginate([head, *(row(f"Række {n}", head) for n in range(120))], 0, 100, TOP, BOTTOM)
    assert len(pages) > 2
    assert all(row_texts(page)[0] == "Aktivitet" for page in pages)
    assert [text for page in pages for text in row_texts(page)[1:]] == [f"Række {n}" for n in range(120)]


def test_a_row_higher_than_a_page_runs_on_and_a_low_one_stays_whole() -> None:
    words = " ".join(f"ord{n}" for n in range(900))
    pages = paginate([row("Lav"), row(words), row("Sidst")], 0, 100, TOP, BOTTOM)
    texts = [text for page in pages for text in row_texts(page)]
    assert texts[0] == "Lav"
    assert texts[-1] == "Sidst"
    assert "".join(texts[1:-1]) == words


def test_a_paragraph_leaves_at_least_two_lines_on_either_side() -> None:
    text = break_lines("ord " * 120, BODY, 200)
    for first_top in range(int(BOTTOM) - 100, int(BOTTOM) - 10):
        pages = paginate([TextBox(text, BODY, Element("P"))], 0, first_top, TOP, BOTTOM)
        for page in pages:
            for one in page.placed:
                assert isinstance(one.box, TextBox)
                assert len(one.box.lines) >= 2 or first_top > BOTTOM - 30


def test_a_page_break_at_the_top_of_a_page_gives_no_empty_page() -> None:
    pages = paginate([PageBreak(), row("Først"), Gap(20), PageBreak(), row("Næste")], 0, 100, TOP, BOTTOM)
    assert [row_texts(page) for page in pages] == [["Først"], ["Næste"]]


def test_the_map_of_characters_has_no_code_for_nothing_and_small_blocks() -> None:
    written = to_unicode("AAAAAA+Font", [0, 65, *range(1000, 1150)])
    assert "<00>" not in written.split("endcodespacerange")[1]
    assert "<01> <0041>" in written
    assert [int(n.split()[0]) for n in written.splitlines() if n.endswith("beginbfchar")] == [100, 51]


def blocks_of(lines: int, count: int) -> list[Piece]:
    """Paragraphs of so many lines that each stand whole."""
    text = "\n".join(["ord"] * lines)
    return [TextBox(break_lines(text, BODY, 200), BODY, Element("P"), after=6) for _ in range(count)]


def filled(page: Page) -> float:
    return max(one.y + one.box.height for one in page.placed) - TOP


def test_a_last_page_is_never_left_with_next_to_nothing() -> None:
    for count in range(10, 60):
        for first_top in (100, 240):
            pages = paginate(blocks_of(3, count), 0, first_top, TOP, BOTTOM)
            assert len(pages) == 1 or filled(pages[-1]) >= LEAST_LAST
            assert sum(len(page.placed) for page in pages) >= count


def test_each_part_that_begins_a_page_is_filled_on_its_own() -> None:
    flow = [*blocks_of(3, 15), PageBreak(), *blocks_of(3, 15)]
    pages = paginate(flow, 0, 100, TOP, BOTTOM)
    assert filled(pages[1]) >= LEAST_LAST
    assert filled(pages[-1]) >= LEAST_LAST
