"""clang-tidy: naming, and the errors that it knows. Takes the build folder, and files (none: all)."""

import concurrent.futures
import os
import subprocess
import sys

from source_tree import ROOT, conclude, files

build, chosen = sys.argv[1], sys.argv[2:]
sources = chosen or [str(path) for path in files(".cpp", under=("src",))]


def examine(source):
    result = subprocess.run(["clang-tidy", "-p", build, "--quiet", source], cwd=ROOT, capture_output=True, text=True)
    return [line for line in result.stdout.splitlines() if " error: " in line or " warning: " in line]


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    findings = sorted({line.replace(f"{ROOT}/", "") for lines in pool.map(examine, sources) for line in lines})
conclude(findings, f"clang-tidy finds nothing in {len(sources)} files")
