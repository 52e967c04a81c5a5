"""Each header of src/ compiles alone. Takes the build folder: the flags are those of the build."""

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

from source_tree import ROOT, conclude, files

KEPT = re.compile(r"-(I|D|std|isystem|pthread)")


def kept(words):
    """The flags that decide what a header means; `-isystem DIR` is two words."""
    return [word for before, word in zip(["", *words], words) if KEPT.match(word) or before == "-isystem"]


build = pathlib.Path(sys.argv[1])
flags_of_layer = {}
for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
    match = re.search(r"/src/([a-z]+)/[^/]*(?:/[^/]*)?\.cpp$", entry["file"])
    if match and match.group(1) not in flags_of_layer:
        words = shlex.split(entry["command"])
        flags_of_layer[match.group(1)] = kept(words)


def compile_alone(path):
    flags = flags_of_layer.get(path.parts[1])
    if flags is None:
        return None
    command = ["g++", *flags, "-fsyntax-only", "-x", "c++", "-Wno-pragma-once-outside-header", str(ROOT / path)]
    result = subprocess.run(command, cwd=build, capture_output=True, text=True)
    errors = [line for line in result.stderr.splitlines() if "error:" in line]
    return f"{path}: {errors[0] if errors else result.stderr[:200]}" if result.returncode != 0 else None


def is_first_of_its_source(path):
    """A source that includes its own header first shows with every build that the header stands alone."""
    source = ROOT / path.with_suffix(".cpp")
    if not source.exists():
        return False
    first = re.search(r'^#include (\S+)', source.read_text(encoding="utf-8"), re.MULTILINE)
    return first is not None and first.group(1) == f'"{path.relative_to("src")}"'


headers = [path for path in files(".h", under=("src",)) if not is_first_of_its_source(path)]
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    findings = [finding for finding in pool.map(compile_alone, headers) if finding]
conclude(findings, f"each of {len(headers)} headers compiles alone")
