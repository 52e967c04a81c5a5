// `estrad demo` for a test: its own data folder, free ports, and what it prints.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { open } from './browser.mjs';
import { binary } from './estrad.mjs';
import { Program, run } from './process.mjs';

export class Demo {
  /** Starts it, and waits until it is on air. `address` is the viewers' link, `site` its origin. Settings are `key=value`. */
  static async start({ settings = [], cleanUp } = {}) {
    const demo = new Demo();
    demo.data = mkdtempSync(join(tmpdir(), 'estrad-demo-'));
    const all = ['http.listen=127.0.0.1:0', 'rtmp.listen=127.0.0.1:0', ...settings];
    demo.program = new Program(binary, ['demo', '--data', demo.data, ...all.flatMap((setting) => ['--set', setting])]);
    cleanUp?.(() => demo.close());
    demo.address = (await demo.program.line(/Watch\s+(\S+)/, { within: 60_000 }))[1];
    [, demo.email, demo.password] = await demo.program.line(/(\S+@\S+)\s+password (\S+)/);
    demo.site = new URL(demo.address).origin;
    return demo;
  }

  /** Another command of the program on the same data; how it ended. */
  command(...args) {
    return run(binary, [...args, '--data', this.data]);
  }

  /** A new page of the studio, signed in, with the demo's event open. */
  async studio(context) {
    const page = await open(context, `${this.site}/studio`);
    await page.fill('#email', this.email);
    await page.fill('#password', this.password);
    await page.click('.sign-in button[type=submit]');
    await page.click('a[href*="event/demo"]');
    return page;
  }

  async close() {
    await this.program.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}
