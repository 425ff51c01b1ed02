"""What the visitator is told when a sync does not come to its end: what happened, and what she can do."""

from __future__ import annotations

import ssl
from datetime import datetime

import httpx

from visitator_tui.usecases.sync_wire import SyncError, Trouble

_SAFE = "Det, du har skrevet, er gemt på maskinen."


def unreachable(problem: httpx.TransportError) -> SyncError:
    """No answer: no network, or nobody there, or a certificate that does not hold."""
    return certificate(problem) or SyncError(
        Trouble.OFFLINE,
        f"Kommunens tjeneste kan ikke nås. {_SAFE} Programmet prøver selv igen, når der er net.",
    )


def certificate(problem: BaseException) -> SyncError | None:
    """A certificate that does not hold, if that is behind it: a wrong clock, or somebody else who answers."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate(cause)
        cause = cause.__cause__ or cause.__context__
    return None


def _certificate(problem: ssl.SSLCertVerificationError) -> SyncError:
    if problem.verify_code in (9, 10):  # not valid yet, or no more
        return SyncError(
            Trouble.CLOCK,
            "Forbindelsens certifikat gælder ikke i dag. Se efter, om maskinens ur og dato passer; "
            "passer de, så sig det til it-afdelingen.",
        )
    return SyncError(
        Trouble.PORTAL,
        "Forbindelsen er ikke til kommunens tjeneste. Er du på et net, der kræver log ind, så åbn en "
        "browser først. Bliver det ved, så sig det til it-afdelingen.",
    )


def portal() -> SyncError:
    """Somebody else answered."""
    return SyncError(
        Trouble.PORTAL,
        "Det er ikke kommunens tjeneste, der svarer. Er du på et net, der kræver log ind (hotel, tog, "
        "café), så åbn en browser og log ind dér først.",
    )


def clock(theirs: datetime, ours: datetime) -> SyncError:
    """The clocks are too far apart."""
    minutes = round(abs((theirs - ours).total_seconds()) / 60)
    how = "bagud" if theirs > ours else "foran"
    return SyncError(
        Trouble.CLOCK,
        f"Maskinens ur er {minutes} minutter {how}. Ret det (dato, klokkeslæt og tidszone), så synkroniseres der igen.",
    )


def version() -> SyncError:
    """The answer cannot be understood."""
    return SyncError(
        Trouble.VERSION,
        f"Programmet og kommunens tjeneste er af forskellige udgaver. {_SAFE} Installer den nyeste udgave.",
    )


def service(wait: float | None) -> SyncError:
    """The service is ill."""
    return SyncError(
        Trouble.SERVICE, f"Kommunens tjeneste virker ikke lige nu. {_SAFE} Programmet prøver selv igen.", wait
    )


def fault(problem: Exception) -> SyncError:
    """A fault of the program, by its kind alone: its words may quote what it failed on."""
    return SyncError(
        Trouble.FAULT,
        f"Synkroniseringen gik i stå på grund af en fejl i programmet ({type(problem).__name__}). {_SAFE} "
        "Programmet prøver selv igen; sker det stadig, så sig det til it-afdelingen.",
    )


def of_answer(status: int, code: str, wait: float | None) -> SyncError:
    """An answer that says no."""
    if status == 401:
        return SyncError(
            Trouble.EXPIRED, f"Du er ikke længere logget ind. {_SAFE} Log ind igen for at synkronisere."
        )
    if status == 403 and code == "revoked":
        return SyncError(
            Trouble.REVOKED,
            f"Denne maskine er spærret for synkronisering. {_SAFE} Tal med it-afdelingen.",
        )
    if status == 403:
        return SyncError(
            Trouble.DENIED, f"Du har ikke adgang til at synkronisere. {_SAFE} Bed it-afdelingen om adgang."
        )
    if status == 413:
        return SyncError(
            Trouble.TOO_LARGE, f"Det, der sendes, fylder for meget. {_SAFE} Sig det til it-afdelingen."
        )
    if status == 429:
        return SyncError(
            Trouble.BUSY, "Kommunens tjeneste har travlt. Programmet prøver selv igen om lidt.", wait
        )
    if status == 507 or code == "disk_full":
        return SyncError(
            Trouble.FULL, f"Disken på kommunens server er fuld. {_SAFE} Sig det til it-afdelingen.", wait
        )
    if status == 404 and not code:
        return version()
    if status in (400, 404, 405, 409, 422, 426):
        return SyncError(
            Trouble.VERSION if status in (400, 405, 426) else Trouble.DENIED,
            f"Kommunens tjeneste kunne ikke gøre det. {_SAFE} Installer den nyeste udgave, "
            "og sig det til it-afdelingen, hvis det bliver ved.",
        )
    return service(wait)
