"""The register's file: the shipped one is whole, and a broken one is named at its line, in Danish."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from law_kit import law

from visitator_tui.catalogue.law_file import BrokenLawError, parse_law, read_law
from visitator_tui.catalogue.problems import CatalogueProblem
from visitator_tui.domain.law import ACT_NAMES
from visitator_tui.resources import asset

SHIPPED = asset("law", "laws.yaml")

GOOD = """\
format: visitator-law/1
checked_on: 2026-01-01
pension_age:
  source: Lov om social pension
  verification: verified
  bands:
    - {years: 65}
    - {born_from: 1954-01-01, years: 66}
    - {born_from: 1963-01-01, years: 68}
questions:
  - {id: faar_tilskud, text: Får borgeren tilskud?}
  - {id: er_gammel, text: Er borgeren omfattet?, told_by: [{act: serviceloven, paragraph: "95"}]}
groups:
  - id: gamle
    name: gamle borgere
    valid_from: 2025-07-01
    minimum: folkepensionsalder
    decided_by: er_gammel
    shut_out_by: faar_tilskud
    presumed: Det er kun alderen, der siger det.
    law: {act: aeldreloven, paragraph: "2"}
    source: Ældreloven
    verification: seen
rules:
  - act: aeldreloven
    paragraph: "2"
    about: Hvem loven er for.
    valid_from: 2025-07-01
    source: Ældreloven
    verification: verified
  - act: serviceloven
    paragraph: "95"
    about: Tilskud.
    valid_from: 2007-01-01
    ages: [{minimum: 18, below: folkepensionsalder}]
    source: Serviceloven
    verification: seen
  - act: serviceloven
    paragraph: "83"
    about: Hjælp.
    valid_from: 2007-01-01
    valid_to: 2019-06-30
    source: Serviceloven
    verification: seen
  - act: serviceloven
    paragraph: "83"
    about: Anden hjælp.
    valid_from: 2019-07-01
    not_for:
      - {group: gamle, valid_from: 2025-07-01, instead: [{act: aeldreloven, paragraph: "2"}]}
    source: Serviceloven
    verification: not_verified
    doubt: Ikke læst.
"""


@dataclass(frozen=True)
class Broken:
    name: str
    old: str
    new: str
    at: str
    field: str
    says: str


TABLE = [
    Broken("an act that does not exist", "act: serviceloven\n    paragraph: \"95\"\n",
           "act: servicelov\n    paragraph: \"95\"\n", "act: servicelov", "rules/servicelov § 95/act",
           "Mente du »serviceloven«?"),
    Broken("no first day", "    about: Hjælp.\n    valid_from: 2007-01-01\n", "    about: Hjælp.\n",
           "- act: serviceloven", "rules/serviceloven § 83/valid_from", "feltet mangler"),
    Broken("a day in Danish", "2019-06-30", "30-06-2019", "30-06-2019",
           "rules/serviceloven § 83/valid_to", "åååå-mm-dd"),
    Broken("a day that does not exist", "2019-06-30", "2019-06-31", "2019-06-31",
           "rules/serviceloven § 83/valid_to", "dato"),
    Broken("an end before the beginning", "valid_to: 2019-06-30", "valid_to: 2006-06-30", "valid_to: 2006",
           "rules/serviceloven § 83/valid_to", "ligger før"),
    Broken("two wordings on one day", "valid_to: 2019-06-30", "valid_to: 2019-07-01",
           "valid_from: 2019-07-01", "rules/serviceloven § 83/valid_from", "gælder to gange"),
    Broken("two wordings for ever", "    valid_to: 2019-06-30\n", "", "valid_from: 2019-07-01",
           "rules/serviceloven § 83/valid_from", "uden sidste dag"),
    Broken("replaced without a last day", "    about: Anden hjælp.\n",
           "    about: Anden hjælp.\n    replaced_by: [{act: aeldreloven, paragraph: \"2\"}]\n",
           "replaced_by", "rules/serviceloven § 83/replaced_by", "Skriv valid_to."),
    Broken("a reference to nothing", 'instead: [{act: aeldreloven, paragraph: "2"}]',
           'instead: [{act: aeldreloven, paragraph: "200"}]', "instead:", "instead", "ældreloven § 200 står ikke"),
    Broken("a reference to an unknown act", 'instead: [{act: aeldreloven, paragraph: "2"}]',
           'instead: [{act: aeldrelov, paragraph: "2"}]', "instead:", "instead", "aeldrelov § 2 står ikke"),
    Broken("an unknown group", "group: gamle", "group: unge", "group: unge", "", "gruppen »unge« kendes ikke"),
    Broken("an unknown question", "decided_by: er_gammel", "decided_by: er_gamel", "decided_by",
           "groups/gamle/decided_by", "Mente du »er_gammel«?"),
    Broken("a question twice", "id: faar_tilskud", "id: er_gammel", "id: er_gammel, text: Er",
           "questions/er_gammel/id", "flere gange"),
    Broken("a number as a paragraph", 'paragraph: "95"\n    about', "paragraph: 95\n    about", "paragraph: 95",
           "rules/serviceloven § 95/paragraph", "citationstegn"),
    Broken("an age in words", "minimum: 18", "minimum: atten", "atten",
           "rules/serviceloven § 95/ages/nr. 1/minimum", "antal hele år eller ordet folkepensionsalder"),
    Broken("an age nobody has", "minimum: 18", "minimum: 180", "minimum: 180",
           "rules/serviceloven § 95/ages/nr. 1/minimum", "120"),
    Broken("an age window without ends", "{minimum: 18, below: folkepensionsalder}", "{}", "ages",
           "rules/serviceloven § 95/ages/nr. 1", "minimum, below"),
    Broken("a wrong verification", "verification: not_verified", "verification: måske", "måske",
           "rules/serviceloven § 83/verification", "'not_verified'"),
    Broken("a doubt that is not told", "    doubt: Ikke læst.\n", "", "- act: serviceloven",
           "rules/serviceloven § 83", "doubt"),
    Broken("ages out of order", "born_from: 1963-01-01", "born_from: 1953-01-01", "1953-01-01",
           "pension_age/bands/nr. 3/born_from", "rækkefølge"),
    Broken("no first age", "- {years: 65}", "- {born_from: 1950-01-01, years: 65}", "1950-01-01",
           "pension_age/bands/nr. 1/born_from", "Slet born_from"),
    Broken("a misspelt key", "about: Tilskud.", "abuot: Tilskud.", "abuot",
           "rules/serviceloven § 95/abuot", "Mente du »about«?"),
    Broken("a list that is a text", 'told_by: [{act: serviceloven, paragraph: "95"}]', "told_by: § 95",
           "told_by", "questions/er_gammel/told_by", "liste"),
    Broken("a key twice", "about: Tilskud.", "about: Tilskud.\n    about: Igen.", "about: Igen",
           "rules/nr. 2/about", "linje"),
    Broken("a wrong format", "visitator-law/1", "visitator-law/9", "format:", "format", "'visitator-law/1'"),
    Broken("bad YAML", "about: Tilskud.", "about: Tilskud: mere", "Tilskud: mere", "", "citationstegn"),
    Broken("a text with a tab", "    about: Tilskud.", "\tabout: Tilskud.", "Tilskud", "", "mellemrum"),
]  # fmt: skip


def problems_of(text: str) -> tuple[CatalogueProblem, ...]:
    with pytest.raises(BrokenLawError) as caught:
        parse_law(text.encode(), "laws.yaml")
    return caught.value.problems


def test_the_good_file_is_good() -> None:
    register, _ = parse_law(GOOD.encode(), "laws.yaml")
    assert [rule.about for rule in register.rules if rule.paragraph == "83"] == ["Hjælp.", "Anden hjælp."]


@pytest.mark.parametrize("broken", TABLE, ids=lambda broken: broken.name)
def test_a_broken_file_is_named_at_its_line(broken: Broken) -> None:
    assert GOOD.count(broken.old) >= 1
    text = GOOD.replace(broken.old, broken.new, 1)
    found = problems_of(text)
    lines = text.splitlines()
    fitting = [
        one
        for one in found
        if one.line and broken.at in lines[one.line - 1] and broken.says in f"{one.message} {one.mend}"
    ]
    assert fitting, [str(one) for one in found]
    assert broken.field in fitting[0].field
    assert str(fitting[0]).startswith(f"laws.yaml, linje {fitting[0].line}")


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "tom"), (b"- a\n- b\n", "felter"), ("format: æ".encode("cp1252"), "UTF-8")],
)
def test_what_is_no_register_at_all(data: bytes, says: str) -> None:
    with pytest.raises(BrokenLawError, match=says):
        parse_law(data, "laws.yaml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BrokenLawError, match="findes ikke"):
        read_law(tmp_path / "laws.yaml")


def test_the_parsed_form_is_kept_and_noticed_when_it_is_old(tmp_path: Path) -> None:
    file, cache = tmp_path / "laws.yaml", tmp_path / "cache"
    file.write_text(GOOD, "utf-8")
    first = read_law(file, cache)
    (kept,) = cache.iterdir()
    kept.write_text(kept.read_text("utf-8").replace("Anden hjælp.", "Forkert."), "utf-8")
    assert read_law(file, cache) == first  # a damaged cache counts as absent
    file.write_text(GOOD.replace("Anden hjælp.", "Ny hjælp."), "utf-8")
    assert "Ny hjælp." in [rule.about for rule in read_law(file, cache).rules]


def test_reading_the_kept_form_is_fast(tmp_path: Path) -> None:
    read_law(SHIPPED, tmp_path)
    took = []
    for _ in range(5):
        began = time.process_time()
        read_law(SHIPPED, tmp_path)
        took.append(time.process_time() - began)
    assert min(took) < 0.015


# -- the shipped register ------------------------------------------------------------------------------


def test_every_rule_says_where_it_is_from() -> None:
    for rule in law().rules:
        assert rule.source.strip()
        assert rule.about.endswith(".")
        assert rule.verification in ("verified", "seen") or rule.doubt


@pytest.mark.parametrize(
    ("act", "paragraphs"),
    [
        ("serviceloven", "79|79 a|81|83|83 a|83 b|84|85|86|88|89|90|91|94|95|96|97|98|122|192"),
        ("sundhedsloven", "119|138|138 a|139 a|140"),
        ("almenboligloven", "54|54 a"),
        ("aeldreloven", "2|10|13|14|16|17|18|29|30|46"),
        ("retssikkerhedsloven", "3|60|66|67|72"),
        ("forvaltningsloven", "19|22|24|25|32 b"),
        ("klage_og_erstatningsloven", "5"),
    ],
)
def test_the_register_holds_what_letters_and_standards_cite(act: str, paragraphs: str) -> None:
    held = {rule.paragraph for rule in law().rules if rule.act == act}
    assert set(paragraphs.split("|")) <= held


def test_no_act_is_known_by_the_program_alone() -> None:
    assert {rule.act for rule in law().rules} == set(ACT_NAMES)
