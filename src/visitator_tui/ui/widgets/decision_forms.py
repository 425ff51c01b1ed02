"""The forms of the decision: about it as a whole, a consideration, one item."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from visitator_tui.domain.completeness import item_name
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.domain.standard import Delydelse, Standard
from visitator_tui.domain.visit_minutes import as_sentences, by_time_of_day
from visitator_tui.domain.wording import extent, joined, long_date
from visitator_tui.usecases.card import deadline_lines
from visitator_tui.usecases.session import CaseSession

from .choice import YES_NO, ChoiceField
from .fields import LineField, TextField
from .row_lines import numbers_held

PER = (
    ("day", "dag"), ("week", "uge"), ("two_weeks", "to uger"), ("four_weeks", "fire uger"),
    ("month", "måned"), ("course", "forløb"), ("once", "i alt"),
)  # fmt: skip
"""In words: a digit picks by place, unless it is a label itself."""

TIMES_OF_DAY = (
    (["day"], "dag"), (["evening"], "aften"), (["night"], "nat"),
    (["day", "evening"], "dag og aften"), (["day", "evening", "night"], "hele døgnet"),
)  # fmt: skip
"""What the field offers; any other choice can come with a case file and is left as it is."""

OUTCOME_NAMES = (
    ("granted", "Bevilling"), ("partly", "Delvis bevilling"), ("refused", "Afslag"),
    ("changed", "Ændring"), ("stopped", "Ophør"),
)  # fmt: skip


class DecisionForm(Vertical):
    """Date, who decides, enclosure; and what the law needs to know of the citizen, where it does."""

    DEFAULT_CSS = """
    DecisionForm { height: auto; }
    DecisionForm .law-question { height: auto; }
    DecisionForm .law-question Static { height: auto; }
    DecisionForm #hearing, DecisionForm #corrects { height: auto; }
    DecisionForm #corrects Static { height: auto; }
    DecisionForm #hearing Static { height: auto; }
    """

    def __init__(self, law: LawRegister) -> None:
        super().__init__()
        self._law = law

    def compose(self) -> ComposeResult:
        """The fields."""
        yield Static(
            "Tilføj punkter fra Forslag (F8) eller med T. B bevilger, A giver afslag. Afgørelsen er et udkast, til "
            "brevet er skrevet: P under Brev (F9) træffer den.",
            id="how",
            classes="quiet",
        )
        with Vertical(id="corrects"):
            yield Static(markup=False)
            yield TextField("Hvorfor den tidligere afgørelse rettes", "decision.corrects.why")
        yield LineField("Afgørelse den", "decision.decided_on", "date", hint="dd-mm-åååå")
        yield LineField("Afgjort af", "decision.by.name", hint="dit navn")
        yield LineField("Titel", "decision.by.title")
        yield ChoiceField("Vedlæg vurdering", "decision.enclose_assessment", YES_NO)
        yield Static("Ved afslag er funktionsvurderingen altid vedlagt.", classes="quiet")
        with Vertical(id="hearing"):
            yield Static(
                "\nPartshøring: vejer oplysninger fra andre imod borgeren, skal borgeren have set dem og have "
                "kunnet svare (forvaltningsloven § 19).",
                classes="quiet",
            )
            yield ChoiceField(
                "Partshøring", "decision.hearing.needed", ((True, "skal ske"), (False, "ikke nødvendig"))
            )
            yield TextField("Hvorfor den ikke er nødvendig", "decision.hearing.reason")
            yield LineField("Sendt den", "decision.hearing.held_on", "date", hint="dd-mm-åååå")
            yield LineField("Svar senest", "decision.hearing.answer_by", "date", hint="dd-mm-åååå")
            yield TextField("Borgerens svar", "decision.hearing.answer")
        for question in self._law.questions:
            with Vertical(classes="law-question", id=f"law-{question.id}"):
                yield Static(f"\n{question.text}", markup=False)
                if question.note:
                    yield Static(question.note, classes="quiet", markup=False)
                yield ChoiceField("Svar", f"answers.{question.id}", YES_NO)

    def bind(self, session: CaseSession) -> None:
        """Ask only what the findings ask for, or what has been answered."""
        self.query_one("#how").display = not session.case.decision_is_made
        asked = {finding.where for finding in session.findings()}
        old = session.case.decision.corrects
        self.query_one("#corrects").display = old.named
        if old.named:
            day = f" af {long_date(old.decided_on)}" if old.decided_on else ""
            told = f"Denne afgørelse træder i stedet for den{day}."
            self.query_one("#corrects Static", Static).update(told)
        needed_now = session.case.decision.hearing.needed
        wanted = any(where.startswith("decision.hearing.") for where in asked)
        self.query_one("#hearing").display = wanted or needed_now is not None
        written: list[TextField | LineField] = [*self.query("#hearing TextField").results(TextField)]
        written += self.query("#hearing LineField").results(LineField)
        for shown in written:
            for_no = shown.field.where.endswith(".reason")
            shown.display = needed_now is not None and needed_now is not for_no
        for question in self._law.questions:
            where = f"answers.{question.id}"
            needed = where in asked or session.value(where) is not None
            self.query_one(f"#law-{question.id}").display = needed


class ConsiderationForm(Vertical):
    """What the law wants weighed first, with its outcome and reason."""

    DEFAULT_CSS = "ConsiderationForm { height: auto; } ConsiderationForm Static { height: auto; }"

    def compose(self) -> ComposeResult:
        """Question, outcome, reason."""
        yield Static(id="question", markup=False)
        yield ChoiceField("Vurdering", "considerations.none.outcome", ())
        yield TextField("Hvad vurderingen bygger på", "considerations.none.reason")
        yield Static(id="note", classes="quiet", markup=False)

    def bind(self, session: CaseSession, consideration_id: str) -> None:
        """Show a consideration."""
        one = next(c for c in session.standard.considerations if c.id == consideration_id)
        base = f"considerations.{consideration_id}"
        page = f" (s. {one.page})" if one.page else ""
        law = joined([str(ref) for ref in one.law])
        name = f"{one.name} · {law}" if law else one.name
        self.query_one("#question", Static).update(numbers_held(f"{name}\n{one.question}{page}"))
        choice = self.query_one(ChoiceField).field
        choice.where = f"{base}.outcome"
        choice.options = [(outcome.id, outcome.label) for outcome in one.outcomes]
        choice.refresh(layout=True)
        self.query_one(TextField).field.where = f"{base}.reason"
        picked = session.value(f"{base}.outcome")
        note = next((o.note for o in one.outcomes if o.id == picked and o.note), "")
        self.query_one("#note", Static).update(note or "")


class ItemForm(Vertical):
    """One item of the decision."""

    DEFAULT_CSS = (
        "ItemForm { height: auto; } ItemForm #about-item { height: auto; } ItemForm #grant { height: auto; }"
        "ItemForm #before { height: auto; }"
    )

    def __init__(self, standard: Standard) -> None:
        super().__init__()
        self._goals = [(goal.id, goal.name) for goal in standard.goals]

    def compose(self) -> ComposeResult:
        """Outcome and reason first; what only a grant needs after."""
        base = "decision.items.0"
        yield Static(id="about-item", markup=False)
        yield ChoiceField("Udfald", f"{base}.outcome", OUTCOME_NAMES)
        yield LineField("Lovgrundlag", f"{base}.law", hint="fx ældreloven § 10")
        yield TextField("Begrundelse (det konkrete for denne borger)", f"{base}.reason")
        yield TextField("Faglig begrundelse for at gå uden for kriterierne", f"{base}.professional_reason")
        yield TextField("Det, der ikke bevilges", f"{base}.refused_part")
        with Vertical(id="before"):
            yield TextField("Hvad der har ændret sig, siden hjælpen blev bevilget", f"{base}.changed_because")
            yield LineField("Før: antal gange", f"{base}.former_extent.times", "number")
            yield ChoiceField("Før: pr.", f"{base}.former_extent.per", PER)
            yield LineField("Før: i øvrigt", f"{base}.former_extent.text", "optional")
        with Vertical(id="grant"):
            yield TextField("Formål med hjælpen", f"{base}.purpose")
            yield LineField("Konkret mål", f"{base}.aim", hint="fx selv at klare øvre vask")
            yield ChoiceField("Mål", f"{base}.goal", [*self._goals, (None, "som det overordnede")])
            yield ChoiceField("Variant", f"{base}.variant", ())
            yield LineField("Antal gange", f"{base}.extent.times", "number")
            yield ChoiceField("Pr.", f"{base}.extent.per", PER)
            yield LineField("Minutter", f"{base}.extent.minutes", "number", hint="ad gangen; kan være tom")
            yield ChoiceField("Tidsrum", f"{base}.extent.time_of_day", TIMES_OF_DAY)
            yield LineField(
                "Omfang i øvrigt", f"{base}.extent.text", "optional", hint="fx hverdage, formiddag"
            )
            yield Static(id="extent", classes="quiet", markup=False)
            yield LineField("Starter", f"{base}.start_on", "date", hint="dd-mm-åååå")
            yield LineField("Revurderes", f"{base}.review_on", "date", hint="dd-mm-åååå")
            yield LineField("Leverandør", f"{base}.supplier", hint="borgerens valg; kan vente")
        yield LineField("Sidste dag", f"{base}.ends_on", "date", hint="når hjælpen skal slutte")
        yield TextField("Forhold, der har vejet i dette punkt (kan være tomt)", f"{base}.facts")
        yield TextField("Det sagde borgeren om dette punkt (kan være tomt)", f"{base}.citizen_said")

    def ask(self, words: str) -> None:
        """An application that is not answered yet."""
        for field in self.query("LineField, TextField, ChoiceField"):
            field.display = False
        for part in self.query("#before, #grant"):
            part.display = False
        self.query_one("#about-item", Static).update(
            f"Borgeren har søgt om: {words}\n\n"
            "B: bevilg (vælg delydelsen)\n"
            "A: giv afslag (vælg delydelsen, eller svar på ansøgningens egne ord)\n"
            "Enter: vælg delydelsen, og tag stilling bagefter"
        )

    def bind(self, session: CaseSession, place: int) -> None:
        """Bind every field to an item, and show only the fields its outcome needs."""
        standard, item = session.standard, session.case.decision.items[place]
        for field in self.query("BoundInput, BoundText, Choice").results():
            tail = str(getattr(field, "where", "")).split(".", 3)[3]
            field.where = f"decision.items.{place}.{tail}"  # type: ignore[attr-defined]
        for shown in self.query("LineField, TextField, ChoiceField"):
            shown.display = True
        known = item.delydelse in standard.delydelse_by_id
        suggestion = next((s for s in session.suggestions() if s.delydelse == item.delydelse), None)
        outside = item.gives_help and (
            not known
            or bool(suggestion and suggestion.verdict == "ruled_out")
            or bool(item.professional_reason)
        )
        fields = {f.field.where.split(".", 3)[3]: f for f in self.query(LineField)}
        texts = {f.field.where.split(".", 3)[3]: f for f in self.query(TextField)}
        fields["law"].display = not known
        texts["professional_reason"].display = outside
        texts["refused_part"].display = item.outcome == "partly"
        fields["ends_on"].display = item.outcome != "refused"
        self.query_one("#before").display = item.outcome in ("changed", "stopped")
        self.query_one("#grant").display = item.outcome not in ("refused", "stopped")
        self._bind_variant(standard.delydelse_by_id.get(item.delydelse))
        whole = extent(item.extent) if item.extent else ""
        self.query_one("#extent", Static).update(
            "\n".join(
                [
                    f"I brevet: {whole}" if whole else "I brevet: (intet omfang endnu)",
                    *as_sentences(by_time_of_day(session.case.decision.items, standard)),
                ]
            )
        )
        law = session.legal_basis(item)
        lines = [item_name(item, standard) + (f" · {law}" if law else " · findes ikke i standarden")]
        if item.answers:
            lines.append(f"Svarer på ansøgningen: {item.answers}")
        if suggestion:
            lines += [f"- {reason}" for reason in suggestion.because[:4]]
        lines += deadline_lines(standard, item.delydelse)
        self.query_one("#about-item", Static).update(numbers_held("\n".join(lines)))

    def _bind_variant(self, known: Delydelse | None) -> None:
        field = next(f for f in self.query(ChoiceField) if f.field.where.endswith(".variant"))
        variants = known.variants if known else ()
        field.display = bool(variants)
        field.field.options = [(variant.id, variant.name) for variant in variants]
        field.field.refresh(layout=True)
