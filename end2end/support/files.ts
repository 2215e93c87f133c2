// Files on the screen: those of what is being written, and a picture over everything else.
import { expect, type Locator } from "@playwright/test";

import type { Made } from "./media";
import { Screen } from "./screen";

/** The files of what is being written. */
export class Files extends Screen {
  readonly add = this.page.getByLabel(this.text("file-add"), { exact: true });
  readonly rows = this.page.locator(".attached > li");
  readonly limits = this.page.locator("#file-limits");
  readonly waits = this.page.getByText(this.text("files-wait"));
  readonly stuck = this.page.getByText(this.text("files-stuck"));
  readonly drop = this.page.getByText(this.text("file-drop"));

  /** A row, by the beginning of a file's name. */
  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  progress(name: string): Locator {
    return this.row(name).getByRole("progressbar");
  }

  again(name: string): Locator {
    return this.row(name).getByRole("button", { name: this.pattern("file-again") });
  }

  remove(name: string): Locator {
    return this.row(name).getByRole("button", { name: this.pattern("file-remove") });
  }

  /** The server has it. */
  async isThere(name: string) {
    await expect(this.row(name)).toHaveCount(1);
    await expect(this.row(name)).not.toHaveAttribute("data-state");
  }

  /** Files come by the clipboard or by the pointer, with words beside them or not. */
  async bring(event: "paste" | "dragover" | "drop", target: Locator, files: Made[], beside = "") {
    const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }));
    await target.evaluate(
      (element, { event, given, beside }) => {
        const data = new DataTransfer();
        for (const { name, mimeType, bytes } of given)
          data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
        if (beside) data.setData("text/plain", beside);
        const how = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          event === "paste"
            ? new ClipboardEvent(event, { ...how, clipboardData: data })
            : new DragEvent(event, { ...how, dataTransfer: data }),
        );
      },
      { event, given, beside },
    );
  }
}

/** A picture over everything else. */
export class Viewer extends Screen {
  readonly dialog = this.page.getByRole("dialog").filter({ has: this.page.locator(".viewer") });
  readonly picture = this.dialog.getByRole("img");
  readonly stage = this.dialog.locator(".viewer-stage");
  readonly count = this.dialog.locator(".viewer-count");
  readonly previous = this.button("viewer-previous", this.dialog);
  readonly next = this.button("viewer-next", this.dialog);
  readonly larger = this.button("viewer-larger", this.dialog);
  readonly smaller = this.button("viewer-smaller", this.dialog);
  readonly download = this.link("download", this.dialog);
  readonly close = this.button("close", this.dialog);

  /** How wide the picture is on the screen, once it is there. */
  async width(): Promise<number> {
    await expect.poll(() => this.picture.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBeGreaterThan(0);
    return (await this.picture.boundingBox())!.width;
  }
}
