// Makes a language as a translator would: a copy of the English folder with some texts of its own.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ENGLISH = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "locales", "en");

interface Language {
  name: string;
  direction: "ltr" | "rtl";
  texts: Record<string, string>;
  /** Messages of one line that it does not have. */
  leaveOut?: string[];
}

/** Puts the folder of a language where the portal looks for more of them: whole at once, and each tag only once. */
export function dropLanguage(locales: string, tag: string, { name, direction, texts, leaveOut = [] }: Language): void {
  const place = join(locales, tag);
  if (existsSync(place)) return;
  mkdirSync(locales, { recursive: true });
  const folder = mkdtempSync(join(dirname(locales), "language-"));
  cpSync(ENGLISH, folder, { recursive: true });
  const file = join(folder, "app.ftl");
  const changed = Object.entries({ "language-name": name, "language-direction": direction, ...texts });
  let content = readFileSync(file, "utf8");
  for (const [id, text] of changed) {
    const line = new RegExp(`^${id} = .*$`, "m");
    if (!line.test(content)) throw new Error(`${file} has no message ${id} of one line`);
    content = content.replace(line, `${id} = ${text}`);
  }
  for (const id of leaveOut) content = content.replace(new RegExp(`^${id} = .*\n`, "m"), "");
  writeFileSync(file, content);
  renameSync(folder, place);
}
