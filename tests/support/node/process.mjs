// Child processes that tests start: their output is kept, lines can be waited for, and all of them end with the test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const running = new Set();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A started program whose output can be waited for. */
export class Program {
  constructor(command, args, options = {}) {
    this.name = command.split('/').pop();
    this.output = '';
    this.watchers = new Set();
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    running.add(this.child);
    this.exited = new Promise((resolve) => {
      this.child.on('error', (error) => {
        this.#take(String(error));
        resolve({ code: 127, signal: null });
      });
      this.child.on('exit', (code, signal) => {
        running.delete(this.child);
        this.exit = { code, signal };
        for (const watcher of this.watchers) watcher();
        resolve(this.exit);
      });
    });
    this.child.stdout?.on('data', (data) => this.#take(data.toString()));
    this.child.stderr?.on('data', (data) => this.#take(data.toString()));
    this.child.stdin?.on('error', () => {});
  }

  get pid() {
    return this.child.pid;
  }

  #take(text) {
    this.output += text;
    for (const watcher of this.watchers) watcher();
  }

  /** The match of the pattern in the output from `from` on; fails when the program ends or the time is up. */
  async line(pattern, { within = 20_000, from = 0 } = {}) {
    return until(() => {
      const match = this.output.slice(from).match(pattern);
      if (match) return match;
      if (this.exit) throw new Error(`${this.name} ended (${JSON.stringify(this.exit)}) before ${pattern}:\n${this.output.slice(-4000)}`);
      return undefined;
    }, { within, watchers: this.watchers, what: () => `${pattern} from ${this.name}:\n${this.output.slice(-4000)}` });
  }

  signal(name) {
    this.child.kill(name);
  }

  /** Ends the program and answers how it ended. */
  async stop(name = 'SIGTERM', within = 10_000) {
    if (!this.exit) this.child.kill(name);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), within);
    const end = await this.exited;
    clearTimeout(timer);
    return end;
  }
}

/**
 * Waits until `look` answers something but undefined, false or null. It looks again whenever one of the watchers' events comes, and
 * every 50 ms for states that have no event to wait for.
 */
export async function until(look, { within = 20_000, watchers, what = () => look.toString() } = {}) {
  const deadline = Date.now() + within;
  for (;;) {
    const found = await look();
    if (found) return found;
    const left = deadline - Date.now();
    if (left <= 0) throw new Error(`waited ${within} ms in vain for ${what()}`);
    await new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        watchers?.delete(done);
        resolve();
      };
      // lint: allow (states of another process, which sends no event)
      const timer = setTimeout(done, Math.min(left, 50));
      watchers?.add(done);
    });
  }
}

/** Runs a program to its end and answers its standard output; fails with its errors. */
export async function run(command, args, { input, timeout = 60_000 } = {}) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout });
  const out = [];
  let errors = '';
  child.stdout.on('data', (data) => out.push(data));
  child.stderr.on('data', (data) => (errors += data));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  const result = { code, stdout: Buffer.concat(out).toString(), stderr: errors };
  return result;
}
