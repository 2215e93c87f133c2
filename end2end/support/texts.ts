// The words on the screens, read from the same files as the portal reads, so that a better wording breaks no test.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const LOCALES = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "locales");

/** Every language that is built in. */
export const LANGUAGES = readdirSync(LOCALES);

/** Texts of the screens, or those of the mails. */
type File = "app.ftl" | "emails.ftl";

const files = new Map<string, string>();

function content(language: string, file: File): string {
  const path = join(LOCALES, language, file);
  const known = files.get(path);
  if (known !== undefined) return known;
  const read = readFileSync(path, "utf8");
  files.set(path, read);
  return read;
}

/** The text of a message that has no variables. */
export function text(id: string, language = "en", file: File = "app.ftl"): string {
  const raw = value(id, language, file);
  if (raw.includes("{")) throw new Error(`${id} has variables: ${raw}`);
  return raw;
}

/** What a message with variables looks like, whatever they are. */
export function pattern(id: string, language = "en", file: File = "app.ftl"): RegExp {
  const parts = value(id, language, file).split(/\{[^}]*\}/);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+"));
}

function value(id: string, language: string, file: File): string {
  const message = new RegExp(`^${id} =((?: .*)?(?:\\n[ ]+.*)*)`, "m").exec(content(language, file));
  if (!message) throw new Error(`${language}/${file} has no message ${id}`);
  return message[1].replace(/\s*\n\s+/g, " ").trim();
}
