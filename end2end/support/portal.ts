// One running demo: the portal, its fake Chatwoot, its mailbox, all in one process on ports of its own.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { Desk } from "./desk";
import { Mailbox } from "./mailbox";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const BINARY = resolve(process.env.PORTAL_BINARY ?? join(ROOT, "target/debug/chatwoot-portal"));

export class Portal {
  private constructor(
    private readonly program: ChildProcess,
    private readonly folder: string,
    /** Where the portal is: `http://localhost:1234/portal`. */
    readonly url: string,
    /** Where mailbox and desk are: `http://localhost:1235`. */
    readonly helper: string,
    readonly mailbox: Mailbox,
    readonly desk: Desk,
  ) {}

  /** Starts a demo with nothing stored, and waits until it answers. */
  static async start(): Promise<Portal> {
    const folder = mkdtempSync(join(tmpdir(), "portal-end2end-"));
    const [port, deskPort, smtpPort] = await freePorts(3);
    const program = spawn(
      BINARY,
      [
        "demo",
        "--port",
        `${port}`,
        "--desk-port",
        `${deskPort}`,
        "--smtp-port",
        `${smtpPort}`,
        "--data-dir",
        join(folder, "data"),
      ],
      { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LOCALES_DIR: join(folder, "locales") } },
    );
    const said: string[] = [];
    program.stdout.on("data", (text) => said.push(String(text)));
    program.stderr.on("data", (text) => said.push(String(text)));
    const ended = new Promise<never>((_, reject) => {
      program.on("error", (error) => reject(error));
      program.on("exit", (code) => reject(new Error(`${BINARY} ended with ${code}:\n${said.join("")}`)));
    });
    ended.catch(() => undefined);
    const url = `http://localhost:${port}/portal`;
    const helper = `http://localhost:${deskPort}`;
    await Promise.race([ended, answers(`${url}/sign-in`).then(() => answers(`${helper}/mailbox.json`))]);
    return new Portal(program, folder, url, helper, new Mailbox(helper), await Desk.at(helper));
  }

  /** Ends it and forgets what it stored. */
  async stop(): Promise<void> {
    const over = new Promise((done) => this.program.once("exit", done));
    this.program.kill();
    await over;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The folder whose languages the portal serves besides its own. */
  get locales(): string {
    return join(this.folder, "locales");
  }

  /** Moves the clock that the portal and the fake Chatwoot share. */
  async advance(seconds: number): Promise<void> {
    const answer = await fetch(`${this.helper}/demo/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance_seconds: seconds }),
    });
    if (!answer.ok) throw new Error(`The clock did not move: ${answer.status} ${await answer.text()}`);
  }
}

async function answers(url: string): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < 20_000) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise(setImmediate);
  }
  throw new Error(`${url} did not answer`);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
