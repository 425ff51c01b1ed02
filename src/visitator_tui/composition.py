"""The only place that wires rooms together: clock, store, catalogues, letters, screens."""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import platformdirs

from visitator_tui.resources import asset, sample_data
from visitator_tui.settings import (
    Settings,
    cache_folder,
    data_folder,
    own_catalogues,
    own_letter_texts,
    published_files,
    read_settings,
    settings_file,
)
from visitator_tui.usecases.ports import Actor, CaseStore, Letterhead, LetterPress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visitator_tui.catalogue import CatalogueFolder
    from visitator_tui.domain.case import Case
    from visitator_tui.domain.law_rules import LawRegister
    from visitator_tui.domain.published import User
    from visitator_tui.domain.quality import YearFigures
    from visitator_tui.domain.standard import Standard
    from visitator_tui.store.store import SqlCipherStore
    from visitator_tui.sync.sign_in import SignIn
    from visitator_tui.ui.services import Services
    from visitator_tui.usecases.letter_queue import LetterPrinting
    from visitator_tui.usecases.my_day_reckoning import CaseReckoning
    from visitator_tui.usecases.ports import LetterExport, LetterQueue, Printer
    from visitator_tui.usecases.preventive import PreventiveBook
    from visitator_tui.usecases.published_files import FileCheck
    from visitator_tui.usecases.quality import QualityBook
    from visitator_tui.usecases.sync_ports import Synchronising


def now() -> datetime:
    """The current time with its zone: the one place where the clock is read."""
    return datetime.now().astimezone()


@cache
def catalogues() -> CatalogueFolder:
    """The shipped standards, those that the municipality publishes, and this machine's own."""
    from visitator_tui.catalogue import CatalogueFolder

    published = _published("catalogues")
    between = (published,) if published else ()
    return CatalogueFolder((asset("catalogues"), *between, own_catalogues()), cache_folder())


def _published(*parts: str) -> Path | None:
    """A published file or folder in use; what comes while the program runs is used from the next start on."""
    from visitator_tui.sync.current import current_folder

    folder = current_folder(published_files())
    path = folder.joinpath(*parts) if folder else None
    return path if path and path.exists() else None


@cache
def law_register() -> LawRegister:
    """The law as dated data: which rule may be cited for whom, and when."""
    from visitator_tui.catalogue.law_file import read_law

    return read_law(asset("law", "laws.yaml"), cache_folder())


@cache
def letter_press() -> LetterPress:
    """What makes letters; reportlab is imported when the first PDF is made."""
    from visitator_tui.letters import ReportlabPress

    own = own_letter_texts()
    texts = own if own.exists() else _published("letters", "da.yaml")
    return ReportlabPress(texts, law=law_register())


@cache
def reckoning() -> CaseReckoning:
    """How the tasks kept beside each case are worked out (Min dag)."""
    from visitator_tui.domain.workdays import DanishCalendar
    from visitator_tui.usecases.my_day_reckoning import CaseReckoning

    return CaseReckoning(catalogues(), DanishCalendar(), now)


def catalogue_warnings(municipality: str) -> list[str]:
    """What somebody has to do about the catalogues, in Danish: broken files, and an own standard that is old."""
    from visitator_tui.domain.standard_age import age_warning
    from visitator_tui.usecases.ports import NoStandardError

    told = [str(problem) for problem in catalogues().problems()]
    try:
        standard = catalogues().in_force(municipality, now().date())
    except NoStandardError as problem:
        return [*told, str(problem)]
    return [*told, old] if (old := age_warning(standard, now().date())) else told


def published_users() -> Sequence[User]:
    """The users the municipality has published; none where it has not, or the list cannot be read."""
    from visitator_tui.domain.published import USERS, Users

    file = _published(USERS)
    try:
        return Users.model_validate_json(file.read_bytes()).users if file else ()
    except (OSError, ValueError):
        return ()


def published_check() -> FileCheck:
    """Whether files that a municipality publishes can be used: lists, catalogues, letter texts."""
    from visitator_tui.catalogue.published import check_catalogues
    from visitator_tui.letters.published import check_letter_texts
    from visitator_tui.usecases.published_files import check_lists

    def check(files: Mapping[str, bytes]) -> tuple[str, ...]:
        return (*check_catalogues(files), *check_letter_texts(files), *check_lists(files))

    return check


def letterhead(standard: Standard, settings: Settings | None = None) -> Letterhead:
    """The letterhead for a standard's municipality; this machine's settings go before the catalogue."""
    own = settings or read_settings()
    if own.municipality != standard.municipality:
        own = Settings(municipality=standard.municipality)
    return Letterhead(
        municipality=standard.municipality_name,
        unit=own.unit or standard.unit,
        address=own.address,
        phone=own.phone,
        hours=own.hours,
        email=own.email,
        logo=own.logo,
        show_cpr=own.cpr_in_letters,
    )


@cache
def printer() -> Printer:
    """The system's printers."""
    from visitator_tui.printing import system_printer

    return system_printer(read_settings().sumatra)


@cache
def letter_export() -> LetterExport:
    """Letters as files for other systems."""
    from visitator_tui.printing.export import FileExport

    return FileExport()


def printing(store: CaseStore) -> LetterPrinting:
    """The queue »til print« of a store."""
    from visitator_tui.usecases.letter_queue import LetterPrinting

    return LetterPrinting(cast("LetterQueue", store), printer(), actor(), now)


def preventive(store: CaseStore) -> PreventiveBook:
    """The register of preventive home visits in a store."""
    from visitator_tui.store.kinds import KindStore
    from visitator_tui.usecases.preventive import PreventiveBook

    return PreventiveBook(KindStore(cast("SqlCipherStore", store)), store, law_register(), actor(), now)


def quality(store: CaseStore) -> QualityBook:
    """The year's figures and samples of a store."""
    from visitator_tui.domain.workdays import DanishCalendar
    from visitator_tui.store.kinds import KindStore
    from visitator_tui.usecases.quality import QualityBook

    documents = KindStore(cast("SqlCipherStore", store))
    return QualityBook(documents, store, catalogues(), DanishCalendar(), actor(), now)


def quality_pdf(figures: YearFigures) -> bytes:
    """The year's report, with this municipality's letterhead. Raises LetterError."""
    from visitator_tui.letters.quality_report import quality_pdf as pdf

    settings, today = read_settings(), now().date()
    head = letterhead(catalogues().in_force(settings.municipality, today), settings)
    return pdf(figures, head, today)


@cache
def sign_in(store: CaseStore) -> SignIn | None:
    """Who this laptop is to the municipality's service; None where no service is set up."""
    from visitator_tui.sync.making import make_sign_in

    address = read_settings().sync_address
    return make_sign_in(store, address, actor(), now) if address else None


def sync(store: CaseStore) -> Synchronising | None:
    """What synchronises a store with the municipality's service; None where no service is set up."""
    from visitator_tui.sync.making import Store, make_loop

    settings, known = read_settings(), sign_in(store)  # type: ignore[arg-type]
    if known is None:
        return None
    kept = timedelta(days=settings.retention_days)
    return make_loop(
        *(cast("Store", store), known, settings.sync_address, actor(), now),
        *(kept, published_files(), published_check()),
    )


def actor() -> Actor:
    """The user and the device as the audit log names them."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no such user in the password database (containers)
        user = "ukendt"
    return Actor(user=user, device=platform.node())


def write_file(path: Path, data: bytes) -> None:
    """Put bytes in a file in one step: a reader sees the old file or the new one, never half. OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".visitator-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def run_app() -> int:
    """The app on this machine's database. Returns the exit code. Raises SettingsError."""
    from visitator_tui.store import SqlCipherVault

    settings = read_settings()
    device = platform.node()
    return _run(
        own_services(settings, vault=lambda: SqlCipherVault(data_folder(), device, reckoning=reckoning))
    )


def own_services(settings: Settings, **given: object) -> Services:
    """What the app on this machine's database is given; it synchronises where a service is set up."""
    return _services(
        settings,
        **{
            "sync": sync,
            "sign_in": sign_in,
            "sync_setup": f"Tjenestens adresse står i {settings_file()} som sync_address.",
            "sync_tenant": settings.sync_tenant,
            "users": published_users,
            **given,
        },
    )


def run_demo() -> int:
    """The app on a throw-away database filled from the sample cases. Returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="visitator-demo-", ignore_cleanup_errors=True) as folder:
        return _run(_services(Settings(), start=lambda: _demo_store(Path(folder))))


def _pdf(case: Case) -> bytes:
    """The decision letter of a sample case."""
    standard = catalogues().in_force(case.municipality, case.matched_on or now().date())
    return letter_press().pdf(case, standard, letterhead(standard))


def _demo_store(folder: Path) -> CaseStore:
    from visitator_tui.domain.preventive import KIND as PREVENTIVE
    from visitator_tui.store import open_throwaway
    from visitator_tui.store.kinds import KindStore
    from visitator_tui.usecases.casefile import read_case
    from visitator_tui.usecases.deciding import make_decision
    from visitator_tui.usecases.demo import as_if_today, is_under_way
    from visitator_tui.usecases.demo_register import demo_register
    from visitator_tui.usecases.ports import LetterError

    store = open_throwaway(folder, now(), platform.node())
    store.reckoning = reckoning()
    for file in sorted(sample_data().glob("*.json")):
        case = as_if_today(read_case(file), file.stem, now().date())
        record = store.create(case, Actor("demo"), now())
        if is_under_way(case):
            with contextlib.suppress(LetterError):  # when its law is another some day, it stays a draft
                make_decision(record, _pdf, store, Actor("demo"), now)
    citizens = [(one.name, one.model_dump_json()) for one in demo_register(now().date())]
    KindStore(store).add_documents(PREVENTIVE, citizens, Actor("demo"), now())
    return store


def _services(settings: Settings, **given: object) -> Services:
    from visitator_tui.ui.services import Services

    return Services(
        **{  # type: ignore[arg-type]
            "vault": _no_vault,
            "catalogues": catalogues,
            "law": law_register,
            "letter_press": letter_press,
            "letterhead": letterhead,
            "printer": printer,
            "printing": printing,
            "preventive": preventive,
            "quality": quality,
            "quality_pdf": quality_pdf,
            "letter_export": letter_export,
            "actor": actor(),
            "clock": now,
            "documents": platformdirs.user_documents_path(),
            "write_file": write_file,
            "municipality": settings.municipality,
            "visitator": settings.visitator_name,
            "visitator_title": settings.visitator_title,
            "theme": settings.theme,
            "cvr": settings.cvr,
            "first_printer": settings.printer,
            "prepare": _prepare,
            "catalogue_warnings": lambda: catalogue_warnings(settings.municipality),
            **given,
        }
    )


def _no_vault() -> None:
    raise AssertionError("the demo has no vault")


def _prepare() -> None:
    """Import and read what the next screens need, while the passphrase is typed."""
    from visitator_tui.domain.workdays import DanishCalendar, is_weekday
    from visitator_tui.store import preload

    preload()
    catalogues().all()
    law_register()
    _ = reckoning().stamp
    is_weekday(now().date(), DanishCalendar())  # the library of holidays takes a third of a second to import


def _run(services: Services) -> int:
    from visitator_tui.ui.app import VisitatorApp

    app = VisitatorApp(services)
    return app.run() or app.return_code or 0
