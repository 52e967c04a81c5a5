"""The Swedish and the English catalogue have the same keys, places for the same values, and no empty text."""

import json
import re

from source_tree import ROOT, conclude

FOLDER = ROOT / "player" / "locales"
PLACE = re.compile(r"\{(\w+)\}")


def flat(tree, path=""):
    if isinstance(tree, dict):
        return {k: v for name, branch in tree.items() for k, v in flat(branch, f"{path}.{name}").items()}
    return {path.lstrip("."): tree}


catalogues = {file.stem: flat(json.loads(file.read_text(encoding="utf-8"))) for file in sorted(FOLDER.glob("*.json"))}
findings = [f"player/locales/{name}.json is missing" for name in ("sv", "en") if name not in catalogues]
every_key = sorted({key for catalogue in catalogues.values() for key in catalogue})
for key in every_key:
    texts = {name: catalogue.get(key) for name, catalogue in catalogues.items()}
    missing = [name for name, value in texts.items() if not isinstance(value, str) or not value.strip()]
    if missing:
        findings.append(f"{key}: no text in {', '.join(missing)}")
    elif len({frozenset(PLACE.findall(value)) for value in texts.values()}) > 1:
        findings.append(f"{key}: the languages have places for different values")
conclude(findings, f"catalogues agree ({len(every_key)} texts)")
