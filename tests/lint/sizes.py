"""Files stay small: the 95th percentile under 400 lines, none over 500."""

from source_tree import conclude, files, text

# Longer than 500 lines, and why.
ALLOWED = {}

SUFFIXES = (".h", ".cpp", ".ts", ".mjs", ".js", ".py", ".css")
lengths = {path: text(path).count("\n") for path in files(*SUFFIXES, under=("src", "tests", "player"))}
findings = [
    f"{path}: {lines} lines, over 500"
    for path, lines in lengths.items()
    if lines > 500 and str(path) not in ALLOWED
]
findings += [f"{name}: allowed to be long, but is not there" for name in ALLOWED if not any(str(p) == name for p in lengths)]
in_order = sorted(lengths.values())
percentile = in_order[int(len(in_order) * 0.95)]
if percentile >= 400:
    findings.append(f"the 95th percentile is {percentile} lines, not under 400")
conclude(findings, f"files stay small (95th percentile {percentile} lines, longest {in_order[-1]})")
