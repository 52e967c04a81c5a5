#!/bin/sh
# Installs the packages that package-lock.json names, unless they are there: of the player, or of the folder in it that
# is named (dev: what drives the browser in tests). Build folders share one node_modules, so only one at a time may look after it.
set -eu
cd "$(dirname "$0")/../${1:-.}"
exec 9< package.json
flock 9
stamp=node_modules/.estrad-installed
if ! cmp -s package-lock.json "$stamp"; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json "$stamp"
fi
