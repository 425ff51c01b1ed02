"""Time of suggest() and of a letter, side by side with what one would otherwise pick.

    python benchmarks/engine.py

``suggest`` is compared with the same level rules as JsonLogic (package ``json-logic-qubit``), which only
answers met / not met and explains nothing. The letter is compared with fpdf2 and WeasyPrint writing the same
text without tags. Packages that are not installed are left out (``pip install 'visitator-tui[bench]'``).
"""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable
from datetime import date

from visitator_tui import composition
from visitator_tui.domain.completeness import findings
from visitator_tui.domain.matching import suggest
from visitator_tui.domain.rules import ActivityRange, AllOf, AnyOf, AtLeast, OverallRange, Rule
from visitator_tui.resources import asset, sample_data
from visitator_tui.usecases.casefile import read_case


def median_ms(work: Callable[[], object], times: int) -> float:
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def as_json_logic(rule: Rule) -> object:
    match rule:
        case ActivityRange(activity=name, min=low, max=high):
            return {"<=": [low, {"var": name}, high]}
        case OverallRange(overall=span):
            return {"<=": [span.min, {"var": "overall"}, span.max]}
        case AllOf(all=parts):
            return {"and": [as_json_logic(part) for part in parts]}
        case AnyOf(any=parts):
            return {"or": [as_json_logic(part) for part in parts]}
        case AtLeast(at_least=least, of=parts):
            return {">=": [{"+": [{"if": [as_json_logic(part), 1, 0]} for part in parts]}, least]}


def line(name: str, ms: float, base: float) -> None:
    print(f"  {name:44} {ms:9.2f} ms   x {ms / base:6.2f}")


def main() -> None:
    # The sample with the most decided items: the longest letter.
    cases = [read_case(file) for file in sorted(sample_data().glob("helsingor-*.json"))]
    complete = [
        case for case in cases
        if case.matched_on
        and not [
            f for f in findings(case, composition.catalogues().in_force("helsingor", case.matched_on), date.max)
            if f.severity == "stop"
        ]
    ]  # fmt: skip
    case = max(complete, key=lambda one: len(one.decision.items))
    standard = composition.catalogues().in_force(case.municipality, case.matched_on or date(2017, 1, 1))

    print(f"suggest(): {len(standard.delydelse_by_id)} delydelser, verdict and reasons for each")
    ours = median_ms(lambda: suggest(case, standard), 50)
    line("suggest()", ours, ours)
    if importlib.util.find_spec("json_logic"):
        from json_logic import jsonLogic

        rules = [as_json_logic(i.level_rule.when) for i in standard.delydelse_by_id.values() if i.level_rule]
        data = {name: case.scores.get(name, 0) for name in standard.activity_by_id} | {"overall": 2}
        line(f"JsonLogic, the {len(rules)} level rules alone", median_ms(
            lambda: [jsonLogic(rule, data) for rule in rules], 50), ours)  # fmt: skip
    line("findings() (what is missing)", median_ms(lambda: findings(case, standard, date.max), 50), ours)

    press = composition.letter_press()
    head = composition.letterhead(standard)
    text = press.text(case, standard, head)
    pages = press.pdf(case, standard, head).count(b"/Type /Page\n") or "?"
    print(f"\nletter: {len(text)} characters, {pages} pages, warm")
    ours = median_ms(lambda: press.pdf(case, standard, head), 10)
    line("visitator-tui (tagged, PDF/UA-1 + PDF/A-2a)", ours, ours)
    if importlib.util.find_spec("fpdf"):
        line("fpdf2 (plain text, untagged)", median_ms(lambda: with_fpdf(text), 10), ours)
    if importlib.util.find_spec("weasyprint"):
        line("WeasyPrint (plain text, untagged)", median_ms(lambda: with_weasyprint(text), 5), ours)


def with_fpdf(text: str) -> bytes:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.add_font("s", fname=next(asset("fonts").glob("*Regular*.ttf")))
    pdf.set_font("s", size=11)
    pdf.add_page()
    pdf.multi_cell(0, 5, text)
    return bytes(pdf.output())


def with_weasyprint(text: str) -> bytes:
    import html

    from weasyprint import HTML

    made: bytes = HTML(string=f"<pre style='white-space:pre-wrap'>{html.escape(text)}</pre>").write_pdf()
    return made


if __name__ == "__main__":
    main()
