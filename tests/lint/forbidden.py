"""What must not stand in the source: sleeps and skips in tests, machine paths, registry hosts, loose ends."""

import re

from source_tree import ROOT, conclude, files, text

HERE = "tests/lint/forbidden.py"
SLEEPS = re.compile(
    r"sleep_for|sleep_until|\busleep\(|\bnanosleep\(|\bg_usleep\(|(?<![\w.])sleep\(|waitForTimeout|"
    r"GTEST_SKIP|\b(test|it|describe)\.(skip|todo)\b|setTimeout\(\s*(r|resolve|done|ok)\s*,|timers/promises"
)
RULES = [
    (SLEEPS, ("tests/unit/", "tests/integration/", "tests/e2e/", "tests/support/", "player/test/"), "tests wait for events, never for time, and never skip"),
    (re.compile(r"(?<![\w.])/(work|home|root|Users)/\w"), ("",), "no path of one machine"),
    (re.compile(r"registry\.npmjs|npm\.pkg|jfrog|artifactory|pkg\.dev|pypi\.org", re.I), ("",), "no registry host"),
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))"), ("src/", "player/", "tests/", "scripts/"), "no loose end without an issue number"),
]

findings = []
for path in files(".h", ".cpp", ".ts", ".mjs", ".js", ".py", ".cmake", ".json", ".txt", ".css", ".service", ""):
    if str(path) == HERE or not (ROOT / path).is_file():
        continue
    try:
        lines = text(path).splitlines()
    except UnicodeDecodeError:
        continue
    for pattern, places, rule in RULES:
        if not str(path).startswith(places):
            continue
        for number, line in enumerate(lines, 1):
            # A line that must stand says why: "lint: allow" and the reason, on it or just above.
            above = lines[number - 2] if number > 1 else ""
            if pattern.search(line) and "lint: allow" not in line + above:
                findings.append(f"{path}:{number}: {rule}: {line.strip()[:100]}")
conclude(findings, "no sleeps, machine paths, registry hosts, loose ends")
