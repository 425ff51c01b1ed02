"""Letters: one from a cold start, and a batch, beside typst and WeasyPrint making the same letter.

    python benchmarks/letters.py [--runs 5] [--batch 500]

All three get the same content (our ``Letter`` of the finished sample cases, each with its own case
number, so that nothing can be kept from the one before) and write a tagged PDF. Cold is a new process that
makes one letter: its time from start to end, and CPU. The batch is one process. Memory is the peak.
``pip install 'visitator-tui[bench]' typst`` brings the two; one that is not there is left out.
Linux and macOS.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from visitator_tui.resources import asset, sample_data

if TYPE_CHECKING:
    from visitator_tui.letters.model import Block, Letter

MAKERS = {"visitator (reportlab)": "ours", "typst": "typst", "WeasyPrint": "weasyprint"}


# -- the content, the same for all -----------------------------------------------------------------


def letters() -> Iterator[Letter]:
    """The decision letters of the finished samples, again and again, each a letter of its own."""
    from visitator_tui.catalogue import CatalogueFolder
    from visitator_tui.letters import ReportlabPress
    from visitator_tui.settings import cache_folder
    from visitator_tui.usecases.casefile import read_case
    from visitator_tui.usecases.ports import Letterhead

    press, catalogues = ReportlabPress(), CatalogueFolder((asset("catalogues"),), cache_folder())
    cases = [read_case(file) for file in sorted(sample_data().glob("*.json"))]
    finished = [case for case in cases if case.decision.decided_on]
    for number in count():
        case = finished[number % len(finished)].model_copy(update={"case_number": f"PRØVE-{number}"})
        standard = catalogues.in_force(case.municipality, case.decision.decided_on)
        head = Letterhead(standard.municipality_name, standard.unit, ("Rådhuset",), "12 34 56 78")
        yield press.letter(case, standard, head)


# -- three ways to a PDF ---------------------------------------------------------------------------


def ours() -> Callable[[Letter], bytes]:
    from visitator_tui.letters.layout import letter_pdf

    return lambda letter: letter_pdf(letter, None)


def typst() -> Callable[[Letter], bytes]:
    import typst as compiler

    fonts = [str(asset("fonts"))]

    def make(letter: Letter) -> bytes:
        made: bytes = compiler.compile(as_typst(letter).encode(), font_paths=fonts, ignore_system_fonts=True)
        return made

    return make


def weasyprint() -> Callable[[Letter], bytes]:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()

    def make(letter: Letter) -> bytes:
        page = HTML(string=as_html(letter), base_url=str(asset("fonts")))
        made: bytes = page.write_pdf(pdf_variant="pdf/ua-1", font_config=fonts)
        return made

    return make


def as_typst(letter: Letter) -> str:
    """The letter as a typst document."""
    front = [
        f"#set document(title: {_quoted(letter.title)})",
        '#set text(font: "Source Sans 3", size: 11.5pt, lang: "da")',
        f"#set page(margin: (left: 22mm, right: 20mm, y: 20mm), footer: text({_quoted(letter.footer)}))",
        f"#text(weight: 700, {_quoted(letter.municipality)})\n",
        "#v(30mm)\n" + " \\\n".join(f"#text({_quoted(one)})" for one in letter.recipient),
        f"#heading(level: 1, {_quoted(letter.title)})",
        f"#text({_quoted(letter.greeting)})\n",
    ]
    return "\n".join([*front, *(_typst(block) for one in letter.sections for block in one.blocks)])


def _typst(block: Block) -> str:
    from visitator_tui.letters.model import Bullets, Facts, Heading, LevelProfile, Paragraph, Table

    match block:
        case Heading(text=text, level=level):
            return f"#heading(level: {level}, {_quoted(text)})"
        case Paragraph(text=text, lead=lead):
            return f"#par[#text(weight: 700, {_quoted(lead)}) #text({_quoted(text)})]"
        case Bullets(items=items):
            return f"#list({', '.join(f'[#text({_quoted(one)})]' for one in items)})"
        case Facts(rows=rows):
            return _typst_table(2, [cell for row in rows for cell in row])
        case Table(header=header, rows=table_rows):
            return _typst_table(len(header), [*header, *(cell for row in table_rows for cell in row)])
        case LevelProfile(bars=bars):
            drawn = [f"#text({_quoted(one.label)}) #box(width: {1 + (one.level or 0) * 15}mm, height: 3mm, "
                     "fill: navy)" for one in bars]  # fmt: skip
            return f"#figure(alt: {_quoted(block.alt)})[{' #linebreak() '.join(drawn)}]"


def _typst_table(columns: int, cells: list[str]) -> str:
    return f"#table(columns: {columns}, {', '.join(f'[#text({_quoted(one)})]' for one in cells)})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_STYLE = """
@font-face { font-family: S; src: url(SourceSans3-Regular.ttf) }
@font-face { font-family: S; font-weight: bold; src: url(SourceSans3-Bold.ttf) }
@page { size: A4; margin: 20mm 20mm 20mm 22mm; @bottom-right { content: counter(page) " af " counter(pages) } }
body { font: 11.5pt/15pt S } td, th { text-align: left; vertical-align: top; border-bottom: 1px solid #9fb3c8 }
"""


def as_html(letter: Letter) -> str:
    """The letter as an HTML document."""
    said = html.escape
    front = [
        f'<html lang="da"><head><title>{said(letter.title)}</title><style>{_STYLE}</style></head><body>',
        f"<p><b>{said(letter.municipality)}</b></p><p>{'<br>'.join(map(said, letter.recipient))}</p>",
        f"<h1>{said(letter.title)}</h1><p>{said(letter.greeting)}</p>",
    ]
    blocks = (_html(block) for section in letter.sections for block in section.blocks)
    return "\n".join([*front, *blocks, "</body></html>"])


def _html(block: Block) -> str:
    from visitator_tui.letters.model import Bullets, Facts, Heading, LevelProfile, Paragraph, Table

    said = html.escape
    match block:
        case Heading(text=text, level=level):
            return f"<h{level}>{said(text)}</h{level}>"
        case Paragraph(text=text, lead=lead):
            return f"<p><b>{said(lead)}</b> {said(text)}</p>"
        case Bullets(items=items):
            return f"<ul>{''.join(f'<li>{said(one)}</li>' for one in items)}</ul>"
        case Facts(rows=rows):
            return (
                f"<table>{''.join(f'<tr><th>{said(a)}</th><td>{said(b)}</td></tr>' for a, b in rows)}</table>"
            )
        case Table(header=header, rows=table_rows):
            head = "".join(f"<th>{said(one)}</th>" for one in header)
            body = "".join(f"<tr>{''.join(f'<td>{said(c)}</td>' for c in row)}</tr>" for row in table_rows)
            return f"<table><tr>{head}</tr>{body}</table>"
        case LevelProfile(bars=bars):
            return "".join(
                f'<div>{said(one.label)} <span style="background: navy; padding-left: {(one.level or 0) * 15}mm">'
                "</span></div>"
                for one in bars
            )


# -- measuring -------------------------------------------------------------------------------------


def work(maker: str, number: int) -> None:
    """In a process of its own: make so many letters, and print what it took."""
    began = time.perf_counter()
    make: Callable[[Letter], bytes] = globals()[maker]()
    size = sum(len(make(letter)) for letter in islice(letters(), number))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "seconds": time.perf_counter() - began,
        "cpu": usage.ru_utime + usage.ru_stime,
        "mib": usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024),
        "kib_each": size / number / 1024,
    }))  # fmt: skip


def measured(maker: str, number: int) -> dict[str, float]:
    """What a new process takes to make so many letters; ``wall`` counts from its start."""
    began = time.perf_counter()
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    words = [sys.executable, __file__, "--worker", maker, "--batch", str(number)]
    done = subprocess.run(words, capture_output=True, check=False, env=env)
    if done.returncode:
        raise SystemExit(f"{maker}:\n{done.stderr.decode(errors='replace')}")
    figures: dict[str, float] = json.loads(done.stdout)
    return {**figures, "wall": time.perf_counter() - began}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.worker:
        work(chosen.worker, chosen.batch)
        return
    there = {name: maker for name, maker in MAKERS.items() if maker == "ours" or find_spec(maker)}
    print(
        f"{'one letter, cold':24} {'wall ms':>8} {'CPU ms':>8} {'peak MiB':>9} {'KiB':>6}   (median of {chosen.runs})"
    )
    for name, maker in there.items():
        measured(maker, 1)  # warms the caches
        runs = [measured(maker, 1) for _ in range(chosen.runs)]
        cold: dict[str, Any] = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        wall, cpu = cold["wall"] * 1000, cold["cpu"] * 1000
        print(f"{name:24} {wall:8.0f} {cpu:8.0f} {cold['mib']:9.0f} {cold['kib_each']:6.0f}", flush=True)
    print(f"\n{f'{chosen.batch} letters':24} {'seconds':>8} {'ms each':>8} {'peak MiB':>9}")
    for name, maker in there.items():
        batch = measured(maker, chosen.batch)
        each = batch["wall"] / chosen.batch * 1000
        print(f"{name:24} {batch['wall']:8.1f} {each:8.1f} {batch['mib']:9.0f}", flush=True)


if __name__ == "__main__":
    main()
