// Where the gallery's pictures are, and what is known of each.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { DESKTOP, NARROW, PHONE, type Dress } from "../states/dress";

export const FOLDER = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "target", "gallery");

/** Every look in which a state is taken. */
export const looks: Dress[] = [DESKTOP, PHONE, NARROW].flatMap((size) =>
  (["light", "dark"] as const).flatMap((theme) =>
    (["ltr", "rtl"] as const).map((direction) => ({ theme, direction, size, text: 100 as const })),
  ),
);

/** The name of a picture's file. */
export function fileOf(screen: string, state: string, { theme, direction, size }: Dress): string {
  const words = `${screen} ${state}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${words}--${size.width}-${theme}-${direction}.png`;
}
