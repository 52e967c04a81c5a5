"""Shell scripts are executable, stop at the first error, and parse."""

import os

from source_tree import ROOT, conclude, files, run, text

findings = []
for path in files("", under=("scripts", ".ci")):
    source = text(path)
    if not source.startswith("#!/usr/bin/env bash\n"):
        continue
    if not os.access(ROOT / path, os.X_OK):
        findings.append(f"{path}: not executable")
    if "\nset -euo pipefail\n" not in source:
        findings.append(f"{path}: lacks set -euo pipefail")
    if run(["bash", "-n", str(path)]).returncode != 0:
        findings.append(f"{path}: does not parse")
conclude(findings, "shell scripts stop at the first error")
