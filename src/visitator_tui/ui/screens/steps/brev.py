"""Step 7: the letters of the case: choosing a kind, what it asks for, its text, and the PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Label, Static

from visitator_tui.domain.finding import Finding
from visitator_tui.domain.letter_facts import LETTER_KINDS, LetterKind
from visitator_tui.domain.readability import Lix
from visitator_tui.usecases.letter_names import kind_name
from visitator_tui.usecases.ports import VISITATOR_NAME, CaseStore, LetterRow
from visitator_tui.usecases.session import CaseSession

from ...actions import Context, bindings
from ...here import is_leaving
from ...in_thread import in_thread
from ...letter_preview import READY, LetterPreview, Wanted, wanted_letter
from ...panel import Panel
from ...services import Services
from ...widgets.fields import Typed
from ...widgets.line import Line
from ...widgets.line_list import LineList, Row
from ..letters.facts_form import FactsForm, asks, kind_asking
from ..letters.lix_text import lix_line, lix_text
from ..letters.made import about_letter, file_name, made_rows, title_of
from ..letters.writing import Written, changes_case, decides_with, refusal, what_p_does, write_letter


class LetterPanel(Panel):
    """The kinds and the made letters at the left; the letter, or the fields of its kind, at the right."""

    context: Context = "letter"
    bar_contexts = ("letter",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("letter")]
    DEFAULT_CSS = """
    LetterPanel #kinds { width: 34; border-right: vkey $panel; }
    LetterPanel #letter { width: 1fr; padding: 0 1; }
    LetterPanel #facts { width: 1fr; padding: 0 1; display: none; }
    LetterPanel #lix { width: 38; padding: 0 1; border-left: vkey $panel; display: none; }
    LetterPanel #lix Static { height: auto; }
    LetterPanel.-asking #letter { display: none; }
    LetterPanel.-asking #facts { display: block; }
    LetterPanel TextField BoundText { max-height: 55vh; }
    LetterPanel #file { height: 1; }
    LetterPanel #file Label { width: 13; color: $text-muted; } LetterPanel #file Input { width: 1fr; }
    LetterPanel #state { height: auto; max-height: 4; padding: 0 1; text-style: bold; }
    """

    def __init__(self, session: CaseSession, services: Services, store: CaseStore) -> None:
        super().__init__(session, id="brev")
        self._services, self._store = services, store
        self._key: str = "afgoerelse"
        self._lix: Lix | None = None
        self._named = (Path(), Path())

    def compose(self) -> ComposeResult:
        """State, list, letter, fields, readability, where the file goes."""
        yield Static(id="state", markup=False)
        with Horizontal():
            yield LineList(id="kinds")
            yield LetterPreview(self._services, id="letter")
            with VerticalScroll(id="facts", can_focus=False):
                yield FactsForm()
            with Vertical(id="lix"):
                yield Static(markup=False)
        with Horizontal(id="file"):
            yield Label(" Gemmes som")
            yield Line(str(self._proposal("afgoerelse")))

    # -- showing -------------------------------------------------------------------------------------

    @property
    def kind(self) -> LetterKind:
        """The kind the cursor stands on; of a made letter, its own."""
        letter = self._made()
        name = letter.kind if letter else self._key
        return next((kind for kind in LETTER_KINDS if kind == name), "afgoerelse")

    def _made(self) -> LetterRow | None:
        """The made letter the cursor stands on."""
        if self._key in LETTER_KINDS:
            return None
        return next((one for one in self._store.letters(self.session.id) if one.id == self._key), None)

    def _title(self, letter: LetterRow) -> str:
        return title_of(letter, self._store.letters(self.session.id), self.session.case.made)

    def _proposal(self, kind: LetterKind) -> Path:
        return self._services.documents / file_name(
            kind, self.session.case.case_number or self.session.id[:8]
        )

    def wanted(self, kind: LetterKind) -> Wanted:
        """The letter of a kind as the case stands."""
        stored = self._store.setting(VISITATOR_NAME)
        writer = str(json.loads(stored)) if stored else ""
        return wanted_letter(self.session, self._services, self.case_screen.findings(), kind, writer)

    def present(self) -> None:
        """List, letter and fields, as what the cursor stands on has it."""
        self.settle()
        super().present()

    def settle(self) -> None:
        """What was typed just before may have come in after the step was shown."""
        self._draw()
        self.query_one(FactsForm).bind(self.session, self.kind)

    def _draw(self) -> None:
        letters = self._store.letters(self.session.id)
        rows = [
            Row(kind, f"{'!' if self.wanted(kind).lacks else '√'} {name}")
            for kind, name in LETTER_KINDS.items()
        ]
        rows += made_rows(letters, self.session.case.made)
        if self._key not in {row.key for row in rows}:
            self._key = "afgoerelse"
        self.query_one("#kinds", LineList).show(rows, self._key)
        preview, state = self.query_one(LetterPreview), self.query_one("#state", Static)
        if letter := self._made():
            state.update(f"{self._title(letter)}: ligger i sagen.")
            queued = self._services.printing(self._store).entries(done=True)
            preview.tell(about_letter(self._store, letter, queued, self.session.case.made), letter.id)
        else:
            preview.ask(self.wanted(self.kind))
        self.case_screen._show_keys()

    def keys_here(self) -> str:
        """P says so where it makes the decision."""
        keys = super().keys_here()
        if self._made() or self.session.case.decision_is_made or not decides_with(self.wanted(self.kind)):
            return keys
        return keys.replace("P Skriv", "P Træf afgørelse")

    @on(LetterPreview.Shown)
    def _shown(self, event: LetterPreview.Shown) -> None:
        preview = event.preview
        self._lix = preview.lix
        state = preview.state
        if preview.state == READY and preview.lix:
            state = f"{READY} {what_p_does(preview.wanted)} {lix_line(preview.lix)}. {preview.head_lacks}".rstrip()
        self.query_one("#state", Static).update(state)
        self.query_one("#lix Static", Static).update(lix_text(preview.lix) if preview.lix else "")

    # -- moving --------------------------------------------------------------------------------------

    def lacks(self) -> tuple[Finding, ...] | None:
        """What F3 shows here: what the letter of this kind lacks; of the decision, everything."""
        return None if self.kind == "afgoerelse" else self.wanted(self.kind).lacks

    def enter(self, where: str = "") -> None:
        """To the list, to a kind, or to a field by its path."""
        if where in LETTER_KINDS:
            self._go(where)
        elif not asks(self.kind, where, self.session.case):
            self._go(kind_asking(where, self.session.case) or self._key)
        if where and asks(self.kind, where, self.session.case):
            self.set_class(True, "-asking")
            if self.focus_field(where):
                return
        self.action_back()

    def place(self) -> tuple[str, int]:
        """A field's path, or the kind."""
        where = getattr(self.app.focused, "where", "")
        return str(where or self.kind), 0

    def _go(self, key: str) -> None:
        if key == self._key:
            return
        self._key = key
        self.session.pause()
        self.query_one(Input).value = str(self._proposal(self.kind))
        self.present()

    def _follow(self) -> None:
        """Show what the cursor stands on. Actions call it too: the list's message may still be under way."""
        key = self.query_one("#kinds", LineList).key
        if key:
            self._go(key)

    @on(LineList.Moved, "#kinds")
    def _moved(self) -> None:
        self._follow()

    @on(LineList.Chosen, "#kinds")
    def _chosen(self) -> None:
        """To the first field that lacks something, or the first of all."""
        self._follow()
        if self._made():
            self.case_screen.hint("Et skrevet brev ændres ikke. L printer det, E eksporterer det.")
            return
        self.set_class(True, "-asking")
        lacking = {one.where for one in self.wanted(self.kind).lacks}
        self.app.set_focus(self.query_one(FactsForm).first(lacking))

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        self.query_one(FactsForm).open_after(event.where)

    def action_back(self) -> None:
        """From the fields to the list."""
        self.set_class(False, "-asking")
        self.app.set_focus(self.query_one("#kinds", LineList))

    def action_scroll(self, direction: int) -> None:
        """Turn the letter's page."""
        letter = self.query_one(LetterPreview)
        letter.scroll_relative(y=direction * max(1, letter.size.height - 2), animate=False)

    # -- doing ---------------------------------------------------------------------------------------

    def action_lix(self) -> None:
        """How hard the letter is to read, and the sentences that make it so."""
        from ..dialogs import ReadScreen

        self._follow()
        if self._lix is None or self._made():
            self._refuse("Lix regnes ud, når brevet kan skrives.")
            return
        self.app.push_screen(ReadScreen(f"Læsbarhed: {kind_name(self.kind)}", lix_text(self._lix)))

    def _refuse(self, why: str) -> None:
        self.case_screen.hint(why, wrong=True)

    def _chosen_letter(self) -> LetterRow | None:
        """The made letter the cursor stands on, else the newest of the kind; a hint when there is none."""
        self._follow()
        newest = reversed(self._store.letters(self.session.id))
        letter = self._made() or next((one for one in newest if one.kind == self.kind), None)
        if letter is None:
            self._refuse("Skriv brevet med P først.")
        return letter

    def action_print(self) -> None:
        """Print a made letter, or let it wait."""
        from ..letters.printing import PrintScreen

        if letter := self._chosen_letter():
            printing = self._services.printing(self._store)
            self.app.push_screen(
                PrintScreen(self._services, printing, letter, self._title(letter)), self._done
            )

    def action_export(self) -> None:
        """A made letter as a file for another system."""
        from ..letters.export import ExportScreen

        if letter := self._chosen_letter():
            sender = self._services.letterhead(self.session.standard).municipality
            given = (self._services, self._store, self.session.case, letter, sender, self._title(letter))
            self.app.push_screen(ExportScreen(*given), self._done)

    def _done(self, said: str | None) -> None:
        if said:
            self.case_screen.hint(said)
            self.notify(said, timeout=10)
            self.present()

    def action_pdf(self) -> None:
        """Write the PDF and keep it in the case; never while something is missing."""
        self._follow()
        if self.case_screen.writes_letter:
            return
        if self._made():
            self._refuse("Brevet er skrevet. Stil markøren på en slags brev for at skrive et nyt.")
            return
        wanted = self.wanted(self.kind)
        if why := refusal(wanted):
            self._refuse(why)
            return
        if changes_case(wanted) and not self.case_screen.save_everything():
            return
        self.session.being_made = decides_with(wanted)
        self.case_screen.writes_letter = True
        self.case_screen.flush()
        self.case_screen.hint("Skriver brevet …")
        self._write(wanted, self._file())

    def _file(self) -> Path:
        """The file to write; where the name the last letter got still stands, the one that was asked for then."""
        shown = Path(self.query_one(Input).value).expanduser()
        return self._named[1] if shown == self._named[0] else shown

    @in_thread()
    def _write(self, wanted: Wanted, path: Path) -> None:
        written = write_letter(self._services, self._store, self.session.record, wanted, path)
        self.call_later(self._ended, written, path)

    def _ended(self, written: Written, asked: Path) -> None:
        self.case_screen.writes_letter = self.session.being_made = False
        if written.decided is not None:
            self.session.decided(written.decided)
        if written.changed is not None:
            self.case_screen.take_typing()
            self.session.take_in(written.changed)
        if is_leaving(self):  # what came of it stands in the case; there is no screen left to tell it on
            return
        if written.trouble:
            self.case_screen.hint(written.trouble.partition("\n")[0], wrong=True)
            self.notify(written.trouble, severity="error", timeout=15)
        else:
            self.case_screen.hint(written.told)
        if written.file is not None and self._file() == asked:
            self._named = (written.file, asked)  # the name it got is not always the one asked for
            self.query_one(Input).value = str(written.file)
        if written.letter is not None:
            self.settle()
        for shown in (one for one in self.screen.query("#forslag, #afgoerelse, #forloeb") if one.display):
            cast(Panel, shown).present()  # the letter closed the decision meanwhile, or is told in the course


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    return LetterPanel(session, services, store)
