// One running demo: the portal, its fake Chatwoot, its mailbox, all in one process on ports of its own.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { Desk } from "./desk";
import { Mailbox } from "./mailbox";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The program that is tested. */
export const BINARY = resolve(process.env.PORTAL_BINARY ?? join(ROOT, "target/debug/chatwoot-portal"));

const MEMORY = "/dev/shm";
/** Bytes; containers are often given no more than 64 MiB. */
const ROOMY = 2 ** 30;
/** Seconds: a call that is on its way meanwhile does not look slow to the portal, which matters from two on. */
const SHORT_STEP = 1;
/** Milliseconds for what is there by now, if it is. */
const A_GLANCE = 300;
/** Seconds: whatever waits for a time waits no longer than some of these. */
const LONG_STEP = 25;
/** Seconds: what lasts so long in all leaves the session of half an hour, which the clock moves too. */
const LONGEST = 25 * 60;

/** Where a portal is, whose desk and mailbox are around it, and how its time passes. */
export type Place = Pick<Portal, "url" | "desk" | "mailbox" | "advance">;

export class Portal {
  private log = "";

  private constructor(
    private readonly program: ChildProcess,
    private readonly folder: string,
    /** Where the portal is: `http://localhost:1234/portal`. */
    readonly url: string,
    /** Where its mailbox is: `http://localhost:1235`. */
    private readonly helper: string,
    readonly mailbox: Mailbox,
    readonly desk: Desk,
  ) {}

  /** Starts a demo with nothing stored, on whatever ports are free, and waits until it says where it is. */
  static async start(more: string[] = [], settings: Record<string, string> = {}): Promise<Portal> {
    const folder = mkdtempSync(join(roomiest(), "portal-end2end-"));
    const anyPort = ["--port", "0", "--desk-port", "0", "--smtp-port", "0"];
    const program = spawn(BINARY, ["demo", ...anyPort, ...more, "--data-dir", join(folder, "data")], {
      cwd: folder,
      env: {
        ...process.env,
        ...settings,
        LOCALES_DIR: join(folder, "locales"),
        RUST_LOG: process.env.PORTAL_LOG ?? "warn",
      },
    });
    let said = "";
    const [url, helper] = await new Promise<[string, string]>((ready, failed) => {
      program.on("error", failed);
      program.on("exit", (code) => failed(new Error(`${BINARY} ended with ${code}:\n${said}`)));
      const listen = (words: Buffer) => {
        said += String(words);
        const portal = /http:\/\/localhost:\d+\/portal/.exec(said);
        const mailbox = /(http:\/\/localhost:\d+)\/mailbox/.exec(said);
        if (portal && mailbox) ready([portal[0], mailbox[1]]);
      };
      program.stdout.on("data", listen);
      program.stderr.on("data", listen);
    });
    const desk = await Desk.at(helper, (seconds) => advance(helper, seconds));
    const portal = new Portal(program, folder, url, helper, new Mailbox(helper), desk);
    for (const stream of [program.stdout, program.stderr]) stream.on("data", (words: Buffer) => (portal.log += words));
    return portal;
  }

  /** What it has logged since it was last asked. */
  logged(): string {
    const { log } = this;
    this.log = "";
    return log;
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
    await advance(this.helper, seconds);
  }

  /** Lets time pass in steps until this holds. */
  async advanceUntil(holds: () => Promise<void>): Promise<void> {
    for (let passed = LONG_STEP; ; passed += LONG_STEP) {
      await this.advance(LONG_STEP);
      try {
        return await holds();
      } catch (error) {
        if (passed >= LONGEST) throw error;
      }
    }
  }

  /**
   * Moves the clock by no more than so many seconds until this holds, in short steps: some things wait several times in a row.
   * It is given how long to wait; at the end as long as for anything, so that a slow page is no slow portal.
   */
  async advanceUpTo(seconds: number, holds: (timeout?: number) => Promise<void>): Promise<void> {
    for (let passed = 0; passed < seconds; passed += SHORT_STEP) {
      try {
        return await holds(A_GLANCE);
      } catch {
        await this.advance(SHORT_STEP);
      }
    }
    await holds();
  }
}

/** In memory where there is room: a disk to which others write, such as a build beside the tests, holds up every commit for seconds. */
export function roomiest(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOMY ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function advance(helper: string, seconds: number): Promise<void> {
  const answer = await fetch(`${helper}/demo/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance_seconds: seconds }),
  });
  if (!answer.ok) throw new Error(`The clock did not move: ${answer.status} ${await answer.text()}`);
}
