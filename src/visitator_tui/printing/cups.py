"""The system's printers on Linux and macOS: CUPS, asked over IPP."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from visitator_tui.usecases.ports import (
    JobState,
    JobStatus,
    PrinterError,
    PrinterInfo,
    UncertainPrintError,
)

from .cups_answers import LONG_EDGE, info, must_be_well, number, text, words
from .cups_words import UNKNOWN_JOB, job_status
from .ipp import Answer, Attribute, Group, IppError, Operation, Tag, decode, encode
from .ipp_http import Server, post

_NOT_FOUND: Final = 0x0406
_NOT_POSSIBLE: Final = 0x0404
_ASKED: Final = (
    "printer-name",
    "printer-info",
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "sides-supported",
)


class CupsPrinter:
    """The Printer on this machine's CUPS.

    ``user`` is the login name jobs belong to, ``timeout`` (seconds) holds for each step of a request.
    ``environment`` and ``home`` say where the user's own choice of printer stands.
    """

    def __init__(
        self,
        server: Callable[[], Server],
        user: str,
        environment: Mapping[str, str],
        home: Path,
        timeout: float = 20.0,
    ) -> None:
        self._server = server
        self._user = user
        self._environment = environment
        self._home = home
        self._timeout = timeout
        self._numbers = itertools.count(1)

    def printers(self) -> tuple[PrinterInfo, ...]:
        """All printers, the default first."""
        answer = self._ask(Operation.CUPS_GET_PRINTERS, "/", [(Tag.KEYWORD, "requested-attributes", _ASKED)])
        if answer.status == _NOT_FOUND:
            return ()
        must_be_well(answer)
        default = self._default()
        found = [info(one, default) for one in answer.of(Group.PRINTER)]
        return tuple(sorted(found, key=lambda one: (not one.default, one.name.casefold())))

    def print(
        self,
        pdf: bytes,
        printer: str = "",
        *,
        copies: int = 1,
        two_sided: bool = False,
        title: str = "Brev",
        started: Callable[[str], None] = lambda _: None,
    ) -> str:
        """Make a job, tell its id, then send the bytes: until they are all there, CUPS prints none."""
        chosen = self._chosen(printer, two_sided)
        made = self._create(chosen.name, copies, two_sided, title)
        job = f"{chosen.name}-{made}"
        try:
            started(job)
        except BaseException:
            self._cancel_quietly(job)
            raise
        self._send(job, pdf, title)
        return job

    def job(self, job: str) -> JobStatus:
        """What became of a job; jobs of other printers than it names are not it."""
        name, numbered = _parts(job)
        wanted = ("job-state", "job-state-reasons", "job-printer-uri")
        answer = self._ask(
            Operation.GET_JOB_ATTRIBUTES,
            "/jobs/",
            [(Tag.URI, "job-uri", _job_uri(numbered)), (Tag.KEYWORD, "requested-attributes", wanted)],
        )
        if answer.status == _NOT_FOUND:
            return UNKNOWN_JOB
        must_be_well(answer)
        found = (answer.of(Group.JOB) or [{}])[0]
        uri = text(found, "job-printer-uri")
        if uri and uri.rpartition("/")[2] != quote(name):
            return UNKNOWN_JOB
        return job_status(number(found, "job-state"), words(found, "job-state-reasons"))

    def cancel(self, job: str) -> None:
        """Stop a job; one that has ended or is not known stays as it is."""
        _, numbered = _parts(job)
        answer = self._ask(Operation.CANCEL_JOB, "/jobs/", [(Tag.URI, "job-uri", _job_uri(numbered))])
        if answer.status not in (_NOT_FOUND, _NOT_POSSIBLE):
            must_be_well(answer)

    def _chosen(self, name: str, two_sided: bool) -> PrinterInfo:
        wanted = name or self._default()
        if not wanted:
            raise _none_chosen(self.printers())
        uri: Attribute = (Tag.URI, "printer-uri", _printer_uri(wanted))
        answer = self._ask(
            Operation.GET_PRINTER_ATTRIBUTES,
            f"/printers/{quote(wanted)}",
            [uri, (Tag.KEYWORD, "requested-attributes", _ASKED)],
        )
        if answer.status == _NOT_FOUND:
            raise PrinterError(f"Printeren »{wanted}« findes ikke på denne maskine. Vælg en anden printer.")
        must_be_well(answer)
        chosen = info((answer.of(Group.PRINTER) or [{}])[0], wanted)
        if not chosen.ready:
            raise PrinterError(
                f"Printeren »{wanted}« kan ikke bruges nu: {chosen.state}. Gør den klar, eller vælg en anden printer."
            )
        if two_sided and chosen.two_sided is False:
            raise PrinterError(
                f"Printeren »{wanted}« kan ikke printe på begge sider. Vælg én side, eller vælg en anden printer."
            )
        return chosen

    def _create(self, printer: str, copies: int, two_sided: bool, title: str) -> int:
        answer = self._ask(
            Operation.CREATE_JOB,
            f"/printers/{quote(printer)}",
            [(Tag.URI, "printer-uri", _printer_uri(printer)), (Tag.NAME, "job-name", title)],
            job=[
                (Tag.INTEGER, "copies", copies),
                (Tag.KEYWORD, "sides", LONG_EDGE if two_sided else "one-sided"),
                (Tag.KEYWORD, "media", "iso_a4_210x297mm"),
                (Tag.KEYWORD, "print-scaling", "none"),  # the address must stay in the envelope's window
            ],
        )
        must_be_well(answer)
        return number((answer.of(Group.JOB) or [{}])[0], "job-id")

    def _send(self, job: str, pdf: bytes, title: str) -> None:
        _, numbered = _parts(job)
        try:
            answer = self._ask(
                Operation.SEND_DOCUMENT,
                "/jobs/",
                [
                    (Tag.URI, "job-uri", _job_uri(numbered)),
                    (Tag.NAME, "document-name", title),
                    (Tag.MIME_TYPE, "document-format", "application/pdf"),
                    (Tag.BOOLEAN, "last-document", True),
                ],
                document=pdf,
            )
            must_be_well(answer)
        except PrinterError as problem:
            raise self._given_up(job, problem) from None

    def _given_up(self, job: str, problem: PrinterError) -> PrinterError:
        """The job is taken back; if it cannot be seen that it was, nobody knows what will come out."""
        try:
            self.cancel(job)
            if self.job(job).state in (JobState.CANCELLED, JobState.FAILED):
                return problem
        except PrinterError:
            pass
        return UncertainPrintError(f"{problem} Det er uvist, om brevet kommer ud. Se efter ved printeren.")

    def _cancel_quietly(self, job: str) -> None:
        """Without its document the job dies by itself; this only spares the printer's list the wait."""
        try:
            self.cancel(job)
        except PrinterError:
            return

    def _default(self) -> str:
        """The user's choice, as CUPS' own programs find it, or else the machine's; empty if there is none."""
        for variable in ("LPDEST", "PRINTER"):
            if named := self._environment.get(variable, ""):
                return named
        if own := _own_default(self._home / ".cups" / "lpoptions"):
            return own
        answer = self._ask(
            Operation.CUPS_GET_DEFAULT, "/", [(Tag.KEYWORD, "requested-attributes", ("printer-name",))]
        )
        if answer.status == _NOT_FOUND:
            return ""
        must_be_well(answer)
        return text((answer.of(Group.PRINTER) or [{}])[0], "printer-name")

    def _ask(
        self,
        operation: Operation,
        resource: str,
        attributes: Sequence[Attribute],
        job: Sequence[Attribute] = (),
        document: bytes = b"",
    ) -> Answer:
        # RFC 8011, 4.1.5: the target stands before everything else about the operation.
        target = [one for one in attributes if one[0] is Tag.URI]
        others = [one for one in attributes if one[0] is not Tag.URI]
        who: Attribute = (Tag.NAME, "requesting-user-name", self._user)
        request = encode(operation, next(self._numbers), (*target, who, *others), job)
        try:
            return decode(post(self._server(), resource, request + document, self._timeout))
        except IppError:
            raise PrinterError(
                "Printersystemet (CUPS) svarede noget, der ikke kan forstås. Prøv igen."
            ) from None


def _own_default(file: Path) -> str:
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        parts = line.split()
        if len(parts) > 1 and parts[0].lower() == "default":
            return parts[1].partition("/")[0]  # what follows the slash is a named set of options
    return ""


def _none_chosen(printers: Sequence[PrinterInfo]) -> PrinterError:
    if not printers:
        return PrinterError("Der er ingen printer på denne maskine. Brevet kan vente i køen, til der er en.")
    names = ", ".join(one.name for one in printers)
    return PrinterError(
        f"Der er ikke valgt nogen printer, og maskinen har ingen standardprinter. Vælg en: {names}."
    )


def _parts(job: str) -> tuple[str, int]:
    name, _, numbered = job.rpartition("-")
    if not name or not numbered.isdigit():
        raise PrinterError("Udskriften hører ikke til denne maskines printere.")
    return name, int(numbered)


def _printer_uri(name: str) -> str:
    return f"ipp://localhost/printers/{quote(name)}"


def _job_uri(numbered: int) -> str:
    return f"ipp://localhost/jobs/{numbered}"
