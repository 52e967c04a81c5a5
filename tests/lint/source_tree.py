"""What the lint checks share: which files there are, and how findings are told."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERATED = ("node_modules", "dist", "package-lock.json")


def files(*suffixes, under=("src", "tests", "player", "scripts", ".ci", "cmake", "deploy", "pipelines", "systemd")):
    """The project's own files with one of these suffixes, sorted, as paths relative to the root."""
    found = []
    for folder in under:
        for path in (ROOT / folder).rglob("*"):
            relative = path.relative_to(ROOT)
            is_own = not any(part in GENERATED for part in relative.parts)
            if is_own and path.is_file() and (not suffixes or path.suffix in suffixes):
                found.append(relative)
    return sorted(found)


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def run(command, **options):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)


def conclude(findings, what):
    """Prints the findings and ends the program: 0 when there are none."""
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} against: {what}")
        sys.exit(1)
    print(f"ok: {what}")
