// A real server for a test: its own data folder, free ports, an administrator's token.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Program, run } from './process.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');
export const binary = process.env.ESTRAD_BINARY ?? join(root, 'build/estrad');

export class Estrad {
  /** Starts a server and makes a token of the role `admin`. Settings are `key=value`. */
  static async start({ settings = [], data, cleanUp } = {}) {
    const server = new Estrad();
    server.settings = settings;
    server.data = data ?? mkdtempSync(join(tmpdir(), 'estrad-'));
    cleanUp?.(() => server.close());
    await server.launch();
    server.token = (await server.command('token', 'create', '--name', 'test', '--role', 'admin')).trim();
    return server;
  }

  /** (Re)starts the program on the same data folder, and on the same ports as the time before. */
  async launch() {
    const http = this.http ?? '127.0.0.1:0';
    const rtmp = this.rtmp ?? '127.0.0.1:0';
    const settings = [`http.listen=${http}`, `rtmp.listen=${rtmp}`, 'limits.http_connections_per_address=2000', ...this.settings];
    this.program = new Program(binary, ['serve', '--data', this.data, ...settings.flatMap((setting) => ['--set', setting])]);
    const ready = await this.program.line(/ready http=(\S+) rtmp=(\S+)/, { within: 60_000 });
    this.http = ready[1];
    this.rtmp = ready[2];
    this.url = `http://${this.http}`;
  }

  /** Runs another command of the program on the same data and answers its standard output. */
  async command(...args) {
    const result = await run(binary, [...args, '--data', this.data]);
    if (result.code !== 0) throw new Error(`estrad ${args.join(' ')}: ${result.code}\n${result.stderr}`);
    return result.stdout;
  }

  /** A staff request; answers the parsed body and throws for what is not 2xx unless `expect` says so. */
  async api(method, path, body, { expect, token = this.token } = {}) {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const fits = expect === undefined ? response.ok : response.status === expect;
    if (!fits) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** A stage and an event on it, with the plan's further fields. */
  async event(slug, plan = {}) {
    const id = plan.stage ?? `stage-${slug}`.slice(0, 40);
    const stage = await this.api('POST', '/stages', { id, name: `Stage of ${slug}` });
    const event = await this.api('POST', '/events', { slug, title: `The ${slug} seminar`, stage: stage.id, publish: 'auto', ...plan });
    return { stage, event, slug, watch: `${this.url}/w/${slug}` };
  }

  rtmpAddress(key) {
    return `rtmp://${this.rtmp}/live/${key}`;
  }

  /** How it looks from outside: the public state of an event. */
  async state(slug) {
    return (await (await fetch(`${this.url}/w/${slug}/log`)).json()).state;
  }

  async close() {
    const end = await this.program.stop();
    rmSync(this.data, { recursive: true, force: true });
    return end;
  }
}
