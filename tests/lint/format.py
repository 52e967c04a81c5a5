"""clang-format has nothing to change."""

from source_tree import conclude, files, run

sources = [str(path) for path in files(".h", ".cpp", under=("src", "tests"))]
result = run(["clang-format", "--dry-run", "-Werror", *sources])
findings = sorted({line.split(":")[0] for line in result.stderr.splitlines() if "clang-format-violations" in line})
conclude(findings, "clang-format has nothing to change (clang-format -i FILE mends)")
