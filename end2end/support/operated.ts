// The portal as an operator starts it, on a folder and a port of its own: it can be stopped and started again. Its Chatwoot and its mailbox are
// a demo's, whose own portal knows nothing of it. It goes by the machine's clock.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { BINARY, Portal, roomiest, type Place } from "./portal";

/** Milliseconds for a start or a stop, however busy the machine. */
const LONG = 60_000;
/** Ports of one worker. */
const PORTS = 1_000;

export class Operated implements Place {
  readonly url: string;
  private program?: ChildProcess;
  private log = "";

  private constructor(
    private readonly demo: Portal,
    private readonly port: number,
    private readonly folder: string,
  ) {
    this.url = `http://localhost:${port}/portal`;
  }

  /** Starts it for the first time. */
  static async beside(demo: Portal): Promise<Operated> {
    const portal = new Operated(demo, await freePort(), mkdtempSync(join(roomiest(), "portal-operated-")));
    await portal.start();
    return portal;
  }

  get desk() {
    return this.demo.desk;
  }

  get mailbox() {
    return this.demo.mailbox;
  }

  /** Nobody moves the machine's clock. */
  async advance(): Promise<void> {}

  /** Starts it on what it stored, and waits until it serves. */
  async start(): Promise<void> {
    const program = spawn(BINARY, ["serve"], {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        RUST_LOG: process.env.PORTAL_LOG ?? "warn",
        ...this.demo.desk.settings,
        PORTAL_URL: `http://localhost:${this.port}`,
        PORT: String(this.port),
        SESSION_SECRET: "not the demo's, so that neither takes the other's tickets",
        SMTP_FROM: "support@acme.example",
      },
    });
    for (const stream of [program.stdout, program.stderr]) stream.on("data", (words: Buffer) => (this.log += words));
    this.program = program;
    const answers = async () => {
      expect(program.exitCode, this.log).toBeNull();
      return fetch(`http://localhost:${this.port}/healthz`).then(
        ({ status }) => status,
        () => 0,
      );
    };
    await expect.poll(answers, { message: "the portal's health", timeout: LONG }).toBe(200);
  }

  /** Asks it to stop, as a service manager does, and gives what it ended with. */
  async stop(): Promise<number | null> {
    const { program } = this;
    if (!program || program.exitCode !== null) return program?.exitCode ?? null;
    const over = new Promise<number | null>((done) => program.once("exit", done));
    program.kill("SIGTERM");
    return over;
  }

  /** Ends it and forgets what it stored. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One that stays free while nobody listens there: below those that the machine gives away by itself, and each worker has its own. */
async function freePort(): Promise<number> {
  const [first] = readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8").split(/\s+/).map(Number);
  const { parallelIndex } = test.info();
  for (let n = 0; n < PORTS; n += 1) {
    // Where it begins to look is another in each process: there may be other runs on this machine.
    const nth = (process.pid + n) % PORTS;
    const port = first - 1 - parallelIndex * PORTS - nth;
    if (await isFree(port)) return port;
  }
  throw new Error("no port is free");
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((done) => {
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}
