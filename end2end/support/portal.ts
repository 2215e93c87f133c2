// One running demo: the portal, its fake Chatwoot, its mailbox, all in one process on ports of its own.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "@playwright/test";

import { Desk } from "./desk";
import { Mailbox } from "./mailbox";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const BINARY = resolve(process.env.PORTAL_BINARY ?? join(ROOT, "target/debug/chatwoot-portal"));

/** Seconds: a call that is on its way meanwhile does not look slow to the portal, which matters from two on. */
const SHORT_STEP = 1;

export class Portal {
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
  static async start(more: string[] = []): Promise<Portal> {
    const folder = mkdtempSync(join(tmpdir(), "portal-end2end-"));
    const anyPort = ["--port", "0", "--desk-port", "0", "--smtp-port", "0"];
    const program = spawn(BINARY, ["demo", ...anyPort, ...more, "--data-dir", join(folder, "data")], {
      cwd: folder,
      env: { ...process.env, LOCALES_DIR: join(folder, "locales"), RUST_LOG: "warn" },
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
    return new Portal(program, folder, url, helper, new Mailbox(helper), desk);
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
    await expect(async () => {
      await this.advance(25);
      await holds();
    }).toPass();
  }

  /** Moves the clock by no more than so many seconds until this holds, in short steps: some things wait several times in a row. */
  async advanceUpTo(seconds: number, holds: () => Promise<void>): Promise<void> {
    for (let passed = 0; ; passed += SHORT_STEP) {
      try {
        return await holds();
      } catch (error) {
        if (passed >= seconds) throw error;
      }
      await this.advance(SHORT_STEP);
    }
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
