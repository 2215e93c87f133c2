// The words on the screens, read from the same files as the portal reads, so that a better wording breaks no test.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const LOCALES = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "locales");

const files = new Map<string, string>();

function file(language: string): string {
  const known = files.get(language);
  if (known !== undefined) return known;
  const content = readFileSync(join(LOCALES, language, "app.ftl"), "utf8");
  files.set(language, content);
  return content;
}

/** The text of a message that has no variables. */
export function text(id: string, language = "en"): string {
  const raw = value(id, language);
  if (raw.includes("{")) throw new Error(`${id} has variables: ${raw}`);
  return raw;
}

/** What a message with variables looks like, whatever they are. */
export function pattern(id: string, language = "en"): RegExp {
  const parts = value(id, language).split(/\{[^}]*\}/);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+"));
}

function value(id: string, language: string): string {
  const message = new RegExp(`^${id} =((?: .*)?(?:\\n[ ]+.*)*)`, "m").exec(file(language));
  if (!message) throw new Error(`${language}/app.ftl has no message ${id}`);
  return message[1].replace(/\s*\n\s+/g, " ").trim();
}
