// Refuses to run tests that wait for time instead of for something to happen.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const BANNED = [/waitForTimeout/, /setTimeout\(/, /networkidle/, /\.only\(/, /test\.(skip|fixme)\(/];

export default function noSleeps() {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const faults = ["tests", "support", "states"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name !== "no-sleeps.ts")
      .flatMap((name) => {
        const text = readFileSync(join(root, folder, name), "utf8");
        return BANNED.filter((banned) => banned.test(text)).map((banned) => `${folder}/${name} uses ${banned.source}`);
      }),
  );
  if (faults.length > 0) throw new Error(`Wait for what shows, not for time:\n${faults.join("\n")}`);
}
