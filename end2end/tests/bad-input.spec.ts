// Whatever is sent, the answer is clear and the server stays well: never a status of 500.
import { randomUUID } from "node:crypto";

import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";

const NOBODYS = "6bdc3f4d-0bec-4515-a284-5d916fdde489";

test.describe("what cannot be taken is refused with the field and the fault", () => {
  const cases: [string, { subject: string; message: string }, unknown][] = [
    ["nothing", { subject: "", message: "" }, { field: "subject", problem: "empty" }],
    ["blanks", { subject: "Parcel", message: " \n\t " }, { field: "message", problem: "empty" }],
    ["NUL in the subject", { subject: "a\0b", message: "Hello" }, { field: "subject", problem: "forbidden_character" }],
    [
      "NUL in the message",
      { subject: "Parcel", message: "a\0b" },
      { field: "message", problem: "forbidden_character" },
    ],
    [
      "a message of a million characters",
      { subject: "Parcel", message: "x".repeat(1_000_000) },
      { field: "message", problem: { too_long: { limit: expect.any(Number), actual: 1_000_000 } } },
    ],
    [
      "a subject of ten thousand characters",
      { subject: "x".repeat(10_000), message: "Hello" },
      { field: "subject", problem: { too_long: { limit: expect.any(Number), actual: 10_000 } } },
    ],
  ];
  for (const [what, fields, fault] of cases) {
    test(`a new ticket with ${what}`, async ({ customer }) => {
      await customer.signIn();
      const answer = await customer.call("tickets/open", { new: { key: randomUUID(), ...fields } });
      expect(answer.status()).toBe(422);
      expect(await answer.json()).toEqual({ invalid: expect.arrayContaining([fault]) });
    });
  }
});

test("a reply that cannot be taken is refused and leaves the ticket as it was", async ({ customer, portal }) => {
  await customer.signIn();
  const ticket = await customer.opens("Parcel", "Where is it?");
  for (const text of ["", "\u2003 \n", "a\0b", "x".repeat(1_000_000)]) {
    const answer = await customer.call("tickets/reply", { ticket: ticket.id, key: randomUUID(), text });
    expect(answer.status(), JSON.stringify(text.slice(0, 9))).toBe(422);
  }
  expect(await portal.desk.incoming(ticket.number)).toHaveLength(1);
});

test("a body that is no call of ours is a bad request", async ({ customer }) => {
  await customer.signIn();
  const bodies = [
    "",
    "{",
    "null",
    "[]",
    "{}",
    '{"ticket":7}',
    `{"ticket":"${NOBODYS}","key":[],"text":{}}`,
    '{"ticket":"\\ud800"}',
    "[".repeat(20_000),
    Buffer.from([0xff, 0xfe, 0x00]),
  ];
  for (const body of bodies) {
    const answer = await customer.call("tickets/reply", body);
    expect(answer.status(), String(body).slice(0, 30)).toBe(400);
    expect(await answer.json()).toBe("bad_request");
  }
});

test("a ticket id that is none is not found, as a missing ticket is", async ({ customer }) => {
  await customer.signIn();
  for (const id of ["1", "66abc", "../..", "", NOBODYS.toUpperCase(), "\0", `${NOBODYS}%00`]) {
    const answer = await customer.call("tickets/show", { ticket: id, earlier: null, known: null });
    expect(answer.status(), id).toBe(404);
  }
});

test("another customer's ticket answers byte for byte like one that there never was", async ({
  customer,
  portal,
  elsewhere,
}) => {
  await customer.signIn();
  const { id } = await customer.opens("Mine alone", "A secret of mine");
  const page = await elsewhere();
  const other = await Customer.known(portal, page.context());
  await other.signIn();
  const key = randomUUID();
  const calls: [string, object][] = [
    ["tickets/show", { earlier: null, known: null }],
    ["tickets/reply", { key, text: "Hello" }],
    ["tickets/retry", { key }],
    ["tickets/cancel", { key }],
    ["tickets/seen", { version: 1 }],
  ];
  for (const [endpoint, rest] of calls) {
    const his = await other.call(endpoint, { ticket: id, ...rest });
    const nobodys = await other.call(endpoint, { ticket: NOBODYS, ...rest });
    expect(his.status(), endpoint).toBe(404);
    expect(nobodys.status(), endpoint).toBe(404);
    expect(await his.body(), endpoint).toEqual(await nobodys.body());
  }
  expect(await portal.desk.conversationsAbout("Hello")).toEqual([]);
});

test("nobody who is not signed in is told anything", async ({ customer }) => {
  for (const endpoint of ["tickets/list", "tickets/show", "tickets/reply", "tickets/cancel", "tickets/open"]) {
    const answer = await customer.call(endpoint, {
      ticket: NOBODYS,
      key: NOBODYS,
      text: "x",
      earlier: null,
      known: null,
      after: null,
      new: { key: NOBODYS, subject: "x", message: "x" },
      version: 0,
    });
    expect(answer.status(), endpoint).toBe(401);
    expect(await answer.json(), endpoint).toBe("signed_out");
  }
});

test("a call from another site's page is refused", async ({ customer, portal, context }) => {
  await customer.signIn();
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    {},
  ];
  for (const headers of foreign) {
    const answer = await context.request.post(`${portal.url}/api/session/sign-out`, {
      headers: { "content-type": "application/json", ...headers },
      data: "{}",
    });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
  }
  const still = await customer.call("session/current", {});
  expect(await still.json()).toMatchObject({ address: customer.address });
});

test("an unknown function is not found, in no framework's words", async ({ customer }) => {
  const answer = await customer.call("tickets/destroy", {});
  expect(answer.status()).toBe(404);
  expect(await answer.text()).not.toMatch(/server function|leptos/i);
});
