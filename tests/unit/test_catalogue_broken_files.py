"""A broken catalogue file is named at its line, with the field and the mend; never a traceback.

Each row breaks one place of a good file. ``at`` is text of the line that must be named.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from visitator_tui.catalogue.problems import BrokenCatalogueError, CatalogueProblem
from visitator_tui.catalogue.reader import check_catalogue, parse_catalogue
from visitator_tui.catalogue.source import LARGEST

GOOD = Path(__file__).parents[1] / "fixtures" / "catalogues" / "provby-2020.yaml"


@dataclass(frozen=True)
class Broken:
    name: str
    old: str
    new: str
    at: str
    field: str
    says: str


TABLE = [
    Broken("a colon in a text", "title: Kvalitets", "title: Nye: Kvalitets", "title: Nye", "",
           "citationstegn"),
    Broken("a tab", "  file: provby.pdf", "\tfile: provby.pdf", "provby.pdf", "", "mellemrum"),
    Broken("an open list", "criteria: [har_plan]", "criteria: [har_plan", "criteria: [har_plan", "",
           "ikke lukket"),
    Broken("an open quote", 'label: "Nej"}', 'label: "Nej}', '"Nej}', "", "citationstegn"),
    Broken("an open group", "meaning: Klarer intet., page: 2}", "meaning: Klarer intet.", "Klarer intet", "",
           "}"),
    Broken("an indentation", "    name: Arbejde", "   name: Arbejde", "   name: Arbejde", "", "indrykning"),
    Broken("no colon", "unit: Visi", "unit Visi", "unit Visi", "", "kolon"),
    Broken("a backslash", "file: provby.pdf", r'file: "c:\provby.pdf"', r"c:\provby", "", "skråstreg"),
    Broken("a control character", "unit: Visi", "unit: V\x07isi", "V\x07isi", "", "styretegn"),
    Broken("a second document", "goals:", "---\ngoals:", "---", "", "dokument"),
    Broken("a python tag", "unit: ", "unit: !!python/object/apply:os.getcwd [] #", "unit: !!", "unit",
           "mærker"),
    Broken("an own tag", "unit: ", "unit: !sti ", "unit: !sti", "unit", "mærker"),
    Broken("a merge key", "    name: Huset", "    <<: {name: Huset}", "<<:", "areas/nr. 1", "felterne ud"),
    Broken("an alias to nothing", "unit: ", "unit: *intet #", "unit: *intet", "unit", "&intet"),
    Broken("an alias to itself", "goals:", "notes: &mig [*mig]\ngoals:", "notes: &mig", "notes/nr. 1",
           "&mig"),
    Broken("a key twice", "unit: ", "title: To\nunit: ", "title: Kval", "title", "linje 6"),
    Broken("a list as a key", "goals:", "? [a, b]\n: x\ngoals:", "? [a", "", "navnet på et felt"),
    Broken("an unknown key", "    name: Huset", "    navn: Huset", "navn: Huset", "areas/huset/navn",
           "»name«"),
    Broken("an unknown key at the top", "unit: Vis", "enhed: Vis", "enhed:", "enhed", "Her kan stå: "),
    Broken("a missing field", "unit: Visitationen i Prøvby\n", "", "format: ", "unit", "mangler"),
    Broken("a wrong format", "catalogue/1", "catalogue/9", "format:", "format", "'visitator-catalogue/1'"),
    Broken("a wrong id", "id: provby-2020", "id: Prøvby 2020", "id: Prøvby", "id", "små bogstaver"),
    Broken("a date as text", "2020-01-01", "nytår", "nytår", "valid_from", "åååå-mm-dd"),
    Broken("a date in Danish", "2020-01-01", "01-01-2020", "01-01-2020", "valid_from", "åååå-mm-dd"),
    Broken("a day that is not", "2022-12-31", "2022-02-30", "2022-02-30", "valid_to", "dato"),
    Broken("dates in the wrong order", "2022-12-31", "2019-12-31", "valid_to", "valid_to", "før valid_from"),
    Broken("text for a number", "    page: 5", '    page: "fem"', '"fem"', "deadlines/praktisk_hjaelp/page",
           "helt tal"),
    Broken("yes for a number", "    page: 5", "    page: true", "page: true",
           "deadlines/praktisk_hjaelp/page", "helt tal"),
    Broken("page nought", "    page: 5", "    page: 0", "page: 0", "deadlines/praktisk_hjaelp/page",
           "under 1"),
    Broken("a number for text", 'paragraph: "60"', "paragraph: 60", "paragraph: 60", "law/nr. 1/paragraph",
           "citationstegn"),
    Broken("a comma in a price", "12.50", '"12,50"', '"12,50"', "price/nr. 1/amount", "punktum"),
    Broken("an endless price", "12.50", ".inf", ".inf", "price/nr. 1/amount", "skal være et tal"),
    Broken("a Danish yes", "graded: false", "graded: nej", "graded: nej", "activities/har_arbejde/graded",
           "true for ja"),
    Broken("text for a list", "not_with: [toejvask]", "not_with: toejvask", "not_with:",
           "rengoering/not_with", "bindestreg"),
    Broken("a group for a list", "criteria: [har_plan]", "criteria: {a: b}", "{a: b}", "traening/criteria",
           "liste"),
    Broken("text for a group", "extent: {times: 1, times_max", "extent: ofte #", "ofte #",
           "rengoering/extent", "gruppe"),
    Broken("level 5", "{level: 4,", "{level: 5,", "{level: 5", "levels/nr. 5/level", "over 4"),
    Broken("level 4 twice", "{level: 3,", "{level: 4,", "levels:", "levels", "netop én gang"),
    Broken("a level missing", "  - {level: 4, name: Totale begrænsninger, meaning: Klarer intet., page: 2}\n",
           "",
           "levels:", "levels", "mindst 5"),
    Broken("level 5 in a rule", "min: 3, max: 4}", "min: 3, max: 5}", "max: 5}",
           "toejvask/level_rule/when/max", "over 4"),
    Broken("a level below nought", "vaske_toej, min: 1}", "vaske_toej, min: -1}", "min: -1", "nr. 1/min",
           "under 0"),
    Broken("min above max", "min: 3, max: 4}", "min: 4, max: 3}", "min: 4", "toejvask/level_rule/when",
           "større end"),
    Broken("times the wrong way", "times_max: 2", "times_max: 0", "times_max: 0", "extent/times_max",
           "under 1"),
    Broken("weeks the wrong way", "decision: {amount: 4,", "decision: {amount: 4, amount_max: 2,",
           "amount_max",
           "deadlines/praktisk_hjaelp/decision/amount_max", "Byt dem om"),
    Broken("an unknown activity", "{activity: goere_rent, min", "{activity: gore_rent, min", "gore_rent",
           "rengoering/level_rule/when/all/nr. 1/activity", "»goere_rent«"),
    Broken("an activity without levels", "{activity: goere_rent, min", "{activity: har_arbejde, min",
           "har_arbejde, min",
           "rengoering/level_rule/when/all/nr. 1/activity", "ingen niveauer"),
    Broken("an unknown activity in a remark", "{activity: vaske_toej, min: 4}", "{activity: vaske, min: 4}",
           "vaske, min: 4",
           "toejvask/remarks/nr. 1/when/activity", "»vaske_toej«"),
    Broken("an unknown key in a rule", "{activity: goere_rent, min: 2", "{activity: goere_rent, mim: 2",
           "mim: 2",
           "when/all/nr. 1/mim", "»min«"),
    Broken("a rule without a kind", "when: {activity: vaske_toej, min: 3", "when: {mindst: 3", "{mindst",
           "toejvask/level_rule/when", "activity, overall"),
    Broken("a derived rule as a condition", "          page: 9\n",
           "          page: 9\n          origin: name\n",
           "        level_rule:\n          page: 9", "toejvask/level_rule", "vejledende"),
    Broken("an unknown criterion", "criteria: [har_plan]", "criteria: [har_plann]", "[har_plann]",
           "traening/criteria/nr. 1",
           "»har_plan«"),
    Broken("an unknown criterion inside", "{all: [har_plan, kan_ikke_selv]}", "{all: [har_plan, kan_selv]}",
           "kan_selv]",
           "rengoering/criteria/nr. 1/any/nr. 2/all/nr. 2", "»kan_ikke_selv«"),
    Broken("one of one", "- any: [ingen_i_hjemmet, {all", "- any: [{all", "- any:",
           "rengoering/criteria/nr. 1/any", "mindst 2"),
    Broken("a number as a criterion", "criteria: [har_plan]", "criteria: [7]", "[7]",
           "traening/criteria/nr. 1", "id"),
    Broken("an unknown route", "complaint_routes: [almindelig]", "complaint_routes: [alm]", "[alm]",
           "praktisk_hjaelp/complaint_routes/nr. 1", "klageadgangen »alm«"),
    Broken("an unknown deadline", "deadlines: [praktisk_hjaelp]", "deadlines: [praktisk]", "[praktisk]",
           "praktisk_hjaelp/deadlines/nr. 1", "»praktisk_hjaelp«"),
    Broken("an unknown delydelse", "not_with: [toejvask]", "not_with: [tøjvask_2]", "not_with",
           "not_with/nr. 1", "a-z"),
    Broken("a delydelse that is not there", "not_with: [toejvask]", "not_with: [toej]", "not_with",
           "not_with/nr. 1",
           "»toej« findes ikke"),
    Broken("an id twice", "id: toejvask", "id: rengoering", "id: rengoering\n        name: Tøjvask", "id",
           "flere gange"),
    Broken("a variant twice", '{id: "2"', '{id: "1"', "name: Stor", "variants/1/id", "flere gange"),
    Broken("a criterion twice", "{id: ingen_i_hjemmet", "{id: kan_ikke_selv", "Kan ingen",
           "criteria/kan_ikke_selv/id",
           "flere gange"),
    Broken("no page", "        name: Tøjvask\n        page: 9\n", "        name: Tøjvask\n", "id: toejvask",
           "delydelser/toejvask/page", "siden i kilden mangler"),
    Broken("no page on a rule", "        level_rule:\n          page: 9\n", "        level_rule:\n",
           "level_rule:\n          when: {",
           "toejvask/level_rule/page", "siden i kilden mangler"),
    Broken("no page on a criterion", "gate: true, page: 7}", "gate: true}", "har_plan, q",
           "criteria/har_plan/page", "page"),
    Broken("no law", '    law: [{act: serviceloven, paragraph: "83", stk: "1", nr: "2"}]\n', "",
           "id: toejvask",
           "toejvask/law", "lovgrundlag mangler"),
    Broken("no route", "    complaint_routes: [almindelig]\n", "", "id: toejvask",
           "toejvask/complaint_routes",
           "klageadgang mangler"),
    Broken("two cues", "label: at gøre rent,", "label: at gøre rent, cues: [a, b],", "cues:",
           "activities/goere_rent",
           "fem korte"),
    Broken("an unknown period", "per: two_weeks", "per: two_week", "two_week,", "extent/per", "»two_weeks«"),
]  # fmt: skip


def line_of(text: str, at: str) -> int:
    assert at in text, "the row does not break what it means to break"
    return text[: text.index(at)].count("\n") + 1


def problems(text: str) -> tuple[CatalogueProblem, ...]:
    with pytest.raises(BrokenCatalogueError) as broken:
        parse_catalogue(text.encode(), "min.yaml")
    return broken.value.problems


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_the_line_the_field_and_the_mend_are_named(row: Broken) -> None:
    good = GOOD.read_text("utf-8")
    assert row.old in good
    text = good.replace(row.old, row.new, 1)
    found = problems(text)
    wanted = line_of(text, row.at)
    fitting = [
        one for one in found if one.line == wanted and one.field.endswith(row.field) and row.says in str(one)
    ]
    assert fitting, f"line {wanted}, {row.field}, {row.says}; got:\n" + "\n".join(map(str, found))
    assert all(str(one).startswith("min.yaml, linje ") for one in found)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_no_english_reaches_the_maintainer(row: Broken) -> None:
    text = GOOD.read_text("utf-8").replace(row.old, row.new, 1)
    for one in problems(text):
        words = f"{one.message} {one.mend}".lower().split()
        assert not {"the", "should", "input", "expected", "not", "invalid", "found", "field"} & set(words)


def test_the_good_file_is_good() -> None:
    assert check_catalogue(GOOD).standard.id == "provby-2020"


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "filen er tom"),
        (b"# kun en bem\xc3\xa6rkning\n", 1, "filen er tom"),
        (b"null\n", 1, "filen er tom"),
        (b"- et\n- to\n", 1, "skal bestå af felter"),
        (b"bare tekst\n", 1, "skal bestå af felter"),
        (b"format: x\ntitle: R\xe6v\n", 2, "ikke gemt som UTF-8"),
        ("format: x\n".encode("utf-16"), 1, "UTF-16"),
        (b"\x00\x01\x02\n", 1, "styretegn"),
        (b"a: " + b"[" * 100 + b"]" * 100, 1, "lag i hinanden"),
        (b"a: " + b"{b: " * 5000, 1, "lag i hinanden"),
    ],
)
def test_files_that_are_no_catalogue_at_all(data: bytes, line: int, says: str) -> None:
    with pytest.raises(BrokenCatalogueError) as broken:
        parse_catalogue(data, "min.yaml")
    (problem,) = broken.value.problems
    assert (problem.line, says in problem.message) == (line, True), str(problem)


def test_a_bomb_of_aliases_is_stopped_while_it_is_read() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (problem,) = problems("\n".join(lines))
    assert "for stort" in problem.message
    assert problem.line is not None
    assert problem.line < 8


def test_aliases_that_share_a_text_are_allowed() -> None:
    text = (
        GOOD.read_text("utf-8")
        .replace("name: Huset", "name: &navn Huset")
        .replace("name: Arbejde", "name: *navn")
    )
    assert parse_catalogue(text.encode(), "min.yaml").standard.areas[1].name == "Huset"


def test_words_that_other_yaml_readers_change_stay_words() -> None:
    text = GOOD.read_text("utf-8").replace("minutes: 45", "minutes: 45, clock: 7:00, text: no")
    extent = parse_catalogue(text.encode(), "x").standard.delydelse_by_id["rengoering"].extent
    assert extent is not None
    assert (extent.clock, extent.text) == ("7:00", "no")


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem() -> None:
    data = b"\xef\xbb\xbf" + GOOD.read_bytes().replace(b"\n", b"\r\n")
    assert parse_catalogue(data, "x").standard.title == "Kvalitetsstandarder 2020"


def test_a_huge_file_a_folder_and_no_file_are_named(tmp_path: Path) -> None:
    huge = tmp_path / "stor.yaml"
    huge.write_bytes(b"#" * (LARGEST + 1))
    for path, says in ((huge, "4 MB"), (tmp_path, "er en mappe"), (tmp_path / "x.yaml", "findes ikke")):
        with pytest.raises(BrokenCatalogueError, match=says) as broken:
            check_catalogue(path)
        assert str(path) in str(broken.value)


def test_every_problem_of_a_file_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = (
        GOOD.read_text("utf-8")
        .replace("not_with: [toejvask]", "not_with: [toej]")
        .replace("[har_plan]", "[plan]")
    )
    found = problems(text)
    assert [one.message.split("«")[0] for one in found] == ["delydelsen »toej", "kriteriet »plan"]
    lines = [one.line for one in found]
    assert lines == sorted(lines, key=lambda line: line or 0)


def test_a_misspelt_key_is_told_once_not_also_as_missing() -> None:
    found = problems(GOOD.read_text("utf-8").replace("municipality_name:", "municipality_nam:"))
    assert [one.field for one in found] == ["municipality_nam"]


def test_dates_that_overlap_with_another_catalogue_are_named(tmp_path: Path) -> None:
    text = GOOD.read_text("utf-8").replace("provby-2020", "provby-2022").replace("2020-01-01", "2022-06-01")
    file = tmp_path / "provby-2022.yaml"
    file.write_text(text.replace("valid_to: 2022-12-31\n", ""), "utf-8")
    with pytest.raises(BrokenCatalogueError) as broken:
        check_catalogue(file, [check_catalogue(GOOD).standard])
    (problem,) = broken.value.problems
    assert problem.line == line_of(text, "valid_from")
    assert "overlapper provby-2020 (1. januar 2020 til 31. december 2022)" in problem.message
