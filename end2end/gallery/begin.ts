// An empty folder for the pictures.
import { mkdirSync, rmSync } from "node:fs";

import { FOLDER } from "./pictures";

export default function begin() {
  // A few states only are taken into what is there.
  if (!process.env.GALLERY_KEEP) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
}
