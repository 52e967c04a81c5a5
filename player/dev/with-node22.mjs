// Runs a script under the Node 22 of dev/node_modules: playwright-core does not run on Debian 12's Node 18.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundled = fileURLToPath(new URL(`./node_modules/node-linux-${process.arch}/bin/node`, import.meta.url));
const { status } = spawnSync(existsSync(bundled) ? bundled : process.execPath, process.argv.slice(2), { stdio: 'inherit' });
process.exit(status ?? 1);
