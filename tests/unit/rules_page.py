"""``assets/docs/regler.md``, written from the register of process rules.

    python tests/unit/rules_page.py

writes the page anew; a test compares it with the register.
"""

from __future__ import annotations

import yaml

from visitator_tui.domain.process_rules import as_markdown, read_rules
from visitator_tui.resources import asset

if __name__ == "__main__":
    found = read_rules(yaml.safe_load(asset("rules", "process-rules.yaml").read_text("utf-8")))
    asset("docs", "regler.md").write_text(as_markdown(found), encoding="utf-8", newline="\n")
