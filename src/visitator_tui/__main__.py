"""``python -m visitator_tui``."""

from visitator_tui.cli import main

raise SystemExit(main())
