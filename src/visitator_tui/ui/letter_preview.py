"""The letter as it stands, for the screen: its text and how hard it is to read, or what keeps it from being made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from visitator_tui.domain.case import Case
from visitator_tui.domain.completeness import Finding, blocking
from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.domain.letter_facts import LetterFacts, LetterKind
from visitator_tui.domain.letter_needs import OF_A_WHOLE_DECISION, letter_needs
from visitator_tui.domain.readability import Lix
from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.letter_facts_of import letter_facts_of
from visitator_tui.usecases.ports import LetterError
from visitator_tui.usecases.session import CaseSession

from .latest import Latest
from .services import Services

READY = "Brevet er klar."


@dataclass(frozen=True)
class Wanted:
    """A letter of a case as both stand now; nothing of it changes while the letter is made."""

    kind: LetterKind
    case: Case
    standard: Standard
    facts: LetterFacts
    lacks: tuple[Finding, ...]
    width: int = 78


@dataclass(frozen=True)
class Preview:
    """The letter's text and readability; or its lacks; or what else is wrong, in words.

    ``head_lacks``: what the letterhead of a letter that can be made does not tell.
    """

    wanted: Wanted
    state: str
    text: str
    lix: Lix | None = None
    head_lacks: str = ""


def wanted_letter(
    session: CaseSession, services: Services, found: tuple[Finding, ...], kind: LetterKind, writer: str = ""
) -> Wanted:
    """The letter to make of a case now; ``found`` is what the case as a whole lacks.

    ``writer`` signs a letter that nobody else signs.
    """
    signed = DecisionMaker(name=writer or services.visitator, title=services.visitator_title)
    facts = letter_facts_of(session.case, session.today, signed)
    stops = blocking(found)
    if kind not in OF_A_WHOLE_DECISION:
        stops = tuple(one for one in stops if one.code == "draft" and one.step in ("brev", "forloeb"))
    lacks = letter_needs(kind, session.case, session.standard, facts, services.calendar)
    return Wanted(kind, session.case, session.standard, facts, (*stops, *lacks))


def made_preview(services: Services, wanted: Wanted) -> Preview:
    """The letter's text and readability (any thread; it may take a second)."""
    if wanted.lacks:
        things = "1 ting" if len(wanted.lacks) == 1 else f"{len(wanted.lacks)} ting"
        state = f"Brevet kan ikke skrives endnu: der mangler {things}. F3 viser dem."
        return Preview(wanted, state, "\n".join(f"- {one.message}" for one in wanted.lacks))
    press, head = services.letter_press(), services.letterhead(wanted.standard)
    case, standard, kind, facts = wanted.case, wanted.standard, wanted.kind, wanted.facts
    try:
        text = press.text(case, standard, head, wanted.width, kind, facts)
        lix = press.readability(case, standard, head, kind, facts)
    except LetterError as problem:
        return Preview(wanted, str(problem), "\n".join(f"- {one}" for one in problem.missing))
    return Preview(wanted, READY, text, lix, head.lack)


class LetterPreview(VerticalScroll, can_focus=False):
    """The newest letter, made in a thread while typing goes on. ``state_on_top``: it says how it stands."""

    DEFAULT_CSS = "LetterPreview Static { height: auto; }"

    class Shown(Message):
        """Another letter is shown."""

        def __init__(self, preview: Preview) -> None:
            self.preview = preview
            super().__init__()

    def __init__(self, services: Services, *, id: str, state_on_top: bool = False) -> None:
        super().__init__(id=id)
        self._services, self._state_on_top = services, state_on_top
        self._latest = Latest[Wanted, Preview](self, self._make, self._show)
        self._wanted: Wanted | None = None
        self._asked: Wanted | None = None
        self._about: object = None
        self.text = ""

    def compose(self) -> ComposeResult:
        """One long text."""
        yield Static(markup=False)

    def ask(self, wanted: Wanted) -> None:
        """Show this letter as soon as it is made; nothing is made again for the same."""
        self._wanted = wanted
        if not self.size.width:
            return  # the letter's width comes with the first layout
        sized = replace(wanted, width=max(30, self.size.width - 3))
        if sized != self._asked:
            self._asked = sized
            self._latest.ask(sized)

    def on_resize(self) -> None:
        """The letter's lines follow the width."""
        if self._wanted is not None:
            self.ask(self._wanted)

    def tell(self, text: str, about: object) -> None:
        """Show a text of another kind; ``about`` is the same as long as it is about the same letter."""
        self._wanted = self._asked = None
        self._latest.forget()
        self._put(text, about)

    def _make(self, wanted: Wanted) -> Preview:
        return made_preview(self._services, wanted)

    def _show(self, preview: Preview) -> None:
        text = f"{preview.state}\n\n{preview.text}" if self._state_on_top else preview.text
        self._put(text, (preview.wanted.kind, preview.lix is None))
        self.post_message(self.Shown(preview))

    def _put(self, text: str, about: object) -> None:
        """Show a text from its beginning, unless it is one that is read already, made anew."""
        self.text = text
        self.query_one(Static).update(text)
        if about != self._about:
            self._about = about
            self.scroll_home(animate=False)
