// What is being written: the form for a new ticket, files, and the preview.
import { expect } from "../support/fixtures";
import { png, wav, words } from "../support/media";
import type { Group, Stage } from "./stage";

export const newTicket: Group = {
  name: "new ticket",
  signedIn: true,
  states: [
    {
      screen: "new ticket",
      state: "empty",
      async reach({ screens: { newTicket } }) {
        await newTicket.open();
      },
    },
    {
      screen: "new ticket",
      state: "faults",
      async reach({ screens: { newTicket } }) {
        await newTicket.open();
        await newTicket.send.click();
        await expect(newTicket.subject).toHaveAttribute("aria-invalid", "true");
      },
    },
    {
      screen: "new ticket",
      state: "being written",
      async reach({ screens: { newTicket } }) {
        await newTicket.open();
        await newTicket.subject.fill("The printer on floor 2 says PC LOAD LETTER");
        await newTicket.message.fill("What does it want from me?\n\nThere is paper in every tray.");
      },
    },
    {
      screen: "new ticket",
      state: "with files, and others like it",
      async reach({ customer, screens: { newTicket } }) {
        await customer.opens("Files and words", "Hello");
        await newTicket.open();
        await newTicket.files.add.setInputFiles(words("log.txt", "09:15"));
        await newTicket.files.isThere("log.txt");
        // What was written before is still there.
        await newTicket.subject.fill("");
        await newTicket.subject.pressSequentially("Files and more");
        await expect(newTicket.similar).toHaveCount(1);
      },
    },
  ],
};

/** A ticket with files of an agent's, open. */
async function withFiles({ customer, portal, screens: { ticket } }: Stage) {
  const { id, number } = await customer.opens("Files and words", "Hello");
  await portal.desk.sendMade(number, [png("tray.png"), wav("voice.wav"), words("log.txt", "09:14")]);
  await ticket.open(id);
  await expect(ticket.thread.locator("audio")).toBeVisible();
}

export const files: Group = {
  name: "files and words",
  signedIn: true,
  states: [
    {
      screen: "ticket",
      state: "files, sent and being added",
      async reach(stage) {
        const { files } = stage.screens.ticket;
        await withFiles(stage);
        await files.add.setInputFiles([png("mine.png", 40, 40), words("empty.txt", "")]);
        await files.isThere("mine.png");
        await expect(files.row("empty.txt")).toHaveAttribute("data-state", "refused");
      },
    },
    {
      screen: "ticket",
      state: "files on their way",
      async reach(stage) {
        const { files } = stage.screens.ticket;
        await withFiles(stage);
        await stage.hold("**/uploads**");
        await files.add.setInputFiles([words("first.txt", "first"), words("a name that is rather long for a file.txt", "second")]);
        await expect(files.progress("first.txt")).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "files held over it",
      async reach(stage) {
        const { files, thread } = stage.screens.ticket;
        await withFiles(stage);
        await files.bring("dragover", thread, [words("a.txt", "a")]);
        await expect(files.drop).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "preview",
      async reach(stage) {
        const { ticket } = stage.screens;
        await withFiles(stage);
        await ticket.composer.fill("**Strong** words\n\n1. one\n2. two");
        await ticket.preview.click();
        await expect(ticket.previewed).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "picture",
      async reach(stage) {
        const { ticket } = stage.screens;
        await withFiles(stage);
        await ticket.thread.getByRole("button", { name: "tray.png" }).click();
        await ticket.viewer.width();
      },
    },
  ],
};
