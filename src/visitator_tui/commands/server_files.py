"""``server key`` and ``server publish``: the files that a municipality's laptops get, checked and signed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visitator_tui import composition
from visitator_tui.domain.published import LARGEST_FILE, MOST_FILES, may_be_published
from visitator_tui.server import publishing, signing
from visitator_tui.usecases.files import FileError, read_limited

from .console import say
from .server_admin import must_be_here, owners_database


def key(arguments: Namespace) -> None:
    """Make the key that a municipality signs with."""
    with _in_words():
        public = signing.create_key(Path(arguments.file))
    say(f"Nøglen er skrevet til {arguments.file}. Tag en kopi, og gem den et sikkert sted.")
    say(f"Den offentlige del: {public}")


def publish(arguments: Namespace) -> None:
    """Check the files of a folder, sign them, and let laptops have them as the next version."""
    with _in_words():
        secret = signing.read_key(Path(arguments.key))
    files = read_folder(Path(arguments.folder))
    if problems := composition.published_check()(files):
        raise FileError("\n".join(["Intet er udgivet, for der er fejl i filerne:", *problems]))
    with owners_database(arguments) as database, database.engine.begin() as connection:
        must_be_here(connection, arguments.tenant)
        version = publishing.publish(
            connection, arguments.tenant, files, secret, composition.now(), new_key=arguments.new_key
        )
    say(f"Udgave {version} med {len(files)} filer er udgivet til »{arguments.tenant}«.")


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder by their published names. Raises FileError for one that has no place there."""
    if not folder.is_dir():
        raise FileError(f"Mappen {folder} findes ikke.")
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or path.name.startswith("."):
            continue
        if not may_be_published(name) or path.is_symlink():
            raise FileError(
                f"{path} kan ikke udgives. Mappen må have catalogues/*.yaml (små bogstaver, tal og bindestreg), "
                "letters/da.yaml, suppliers.json og users.json."
            )
        files[name] = read_limited(path, LARGEST_FILE)
    if not files or len(files) > MOST_FILES:
        raise FileError(f"{folder} skal have mindst én og højst {MOST_FILES} filer.")
    return files


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except signing.SigningKeyError as problem:
        raise FileError(str(problem)) from None
