"""Step 1: who the citizen is, and what she asks for (p. 15)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Label, Static

from visitator_tui.domain.decision_items import application_name
from visitator_tui.usecases.ports import CaseStore, NoStandardError
from visitator_tui.usecases.session import CaseSession
from visitator_tui.usecases.triage import triage_text

from ...panel import Panel
from ...services import Services
from ...widgets.choice import YES_NO, ChoiceField
from ...widgets.fields import LineField, TextField
from ...widgets.household import Household


class Enquiry(Panel):
    """Citizen, address, household, enquiry, what is applied for."""

    def __init__(self, session: CaseSession, services: Services) -> None:
        super().__init__(session, id="henvendelse")
        self._services = services

    def compose(self) -> ComposeResult:
        """The fields, in the order they are asked."""
        municipalities = {
            standard.municipality: standard.municipality_name.removesuffix(" Kommune")
            for standard in self._services.catalogues().all()
        }
        with VerticalScroll(can_focus=False):
            yield LineField("Navn", "citizen.name")
            yield LineField("Fødselsdato", "citizen.birth_date", "date", hint="dd-mm-åååå")
            yield LineField(
                "CPR-nummer", "citizen.cpr", "optional", hint="kan vente; kommer ikke med i brevet"
            )
            yield LineField("Vej og nummer", "citizen.address.street")
            yield LineField("Postnummer", "citizen.address.postal_code")
            yield LineField("By", "citizen.address.town")
            yield LineField("Telefon", "citizen.phone")
            yield LineField("Bolig", "citizen.housing", hint="fx eget hjem, ældrebolig")
            yield ChoiceField("Kommune", "municipality", list(municipalities.items()))
            yield LineField("Sagsnummer", "case_number")
            yield LineField("Henvendelse den", "enquiry.received_on", "date", hint="dd-mm-åååå")
            yield LineField("Henvendelse fra", "enquiry.from", hint="borger, pårørende, læge, sygehus …")
            yield ChoiceField("Akut behov", "enquiry.acute", YES_NO)
            yield Static(id="triage", classes="quiet", markup=False)
            yield TextField("Hvad henvendelsen handler om", "enquiry.text")
            yield TextField(
                "Søgt om (én ting pr. linje; alt får et svar)", "enquiry.applied_for", kind="lines",
                hint="fx indkøb, rengøring, hjælp til bad",
            )  # fmt: skip
            yield Static(id="asked", classes="quiet", markup=False)
            yield ChoiceField("Bor alene", "citizen.lives_alone", YES_NO)
            yield Label("Andre i husstanden", classes="quiet")
            yield Household(self.session)

    def present(self) -> None:
        """Fields and household."""
        self.query_one(Household).present()
        self._tell()
        super().present()

    def _tell(self) -> None:
        """What is acute, until it is decided whether this need is; and what ids of the standard are called.

        A case file may name what is applied for by ids.
        """
        asked, triage = self.query_one("#asked", Static), self.query_one("#triage", Static)
        try:
            standard = self.session.standard
        except NoStandardError:
            asked.display = triage.display = False
            return
        acute = triage_text(standard) if self.session.case.enquiry.acute is None else ""
        triage.display = bool(acute)
        triage.update(acute)
        ids = self.session.case.enquiry.applied_for
        named = [f"{one}: {name}" for one in ids if (name := application_name(one, standard)) != one]
        asked.display = bool(named)
        asked.update("\n".join(named))

    def settle(self) -> None:
        """A line for the next person, when one more has been written; names of what is asked for."""
        self.query_one(Household).make_room()
        self._tell()


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    del store
    return Enquiry(session, services)
