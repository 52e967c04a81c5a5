"""Includes point down the layers only."""

import re

from source_tree import conclude, files, text

# src/<folder> → what it may include beside itself; the table of docs/ARCHITECTURE.md.
MAY_INCLUDE = {
    "base": "",
    "glib": "base",
    "config": "base",
    "hls": "base",
    "webcast": "base",
    "store": "base glib webcast",
    "pipeline": "base glib config",
    "ingest": "base glib config",
    "archive": "base glib hls webcast",
    "live": "base glib hls webcast pipeline",
    "web": "base glib hls webcast",
    "demo": "base glib config",
    "app": "base glib config hls webcast store pipeline ingest archive live web demo",
    "main.cpp": "app config",
}
# live knows the framing of a worker's records, and nothing else of the pipeline.
NARROW = {("live", "pipeline"): {"pipeline/framing.h"}}

INCLUDE = re.compile(r'^\s*#\s*include\s+"(([a-z_]+)/[^"]+)"', re.MULTILINE)

findings = []
for path in files(".h", ".cpp", under=("src",)):
    layer = path.parts[1]
    if layer not in MAY_INCLUDE:
        findings.append(f"{path}: src/{layer} is no layer of the table")
        continue
    for header, target in INCLUDE.findall(text(path)):
        if target not in MAY_INCLUDE or target == layer:
            continue
        narrow = NARROW.get((layer, target))
        if target not in MAY_INCLUDE[layer].split() or (narrow and header not in narrow):
            findings.append(f'{path}: {layer} may not include "{header}"')
conclude(findings, "includes point down the layers only")
