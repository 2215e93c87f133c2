// A7: the content security policy and Trusted Types as Chromium enforces them, and that one violation fails a test.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";

test("a7 what a script would put into the page is refused", async ({ browser, contextOptions, portal }) => {
  // A context of its own: here violations are meant.
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  await new Screens(page, portal).signIn.open();
  const outcomes = await page.evaluate(() => {
    const evil = "<img src=x onerror=alert(1)>";
    const factory = (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } })
      .trustedTypes;
    const rules = { createHTML: (html: string) => html, createScript: (text: string) => text };
    const attempts: Record<string, () => unknown> = {
      "innerHTML that runs": () => (document.body.innerHTML = evil),
      "innerHTML with a script": () => (document.body.innerHTML = "<SCRIPT>alert(1)</SCRIPT>"),
      "innerHTML with a frame": () => (document.body.innerHTML = "<iframe srcdoc='<p>x'></iframe>"),
      "innerHTML with a link that runs": () => (document.body.innerHTML = "<a href='JavaScript:alert(1)'>x</a>"),
      "innerHTML with a form": () => (document.body.innerHTML = "<form action='https://evil.example'></form>"),
      "innerHTML with a handler on a new line": () => (document.body.innerHTML = "<svg\nonload = alert(1)>"),
      outerHTML: () => (document.body.outerHTML = evil),
      insertAdjacentHTML: () => document.body.insertAdjacentHTML("beforeend", evil),
      createContextualFragment: () => document.createRange().createContextualFragment(evil),
      parseFromString: () => new DOMParser().parseFromString(evil, "text/html"),
      "document.write": () => document.write(evil),
      "a frame's srcdoc": () => (document.createElement("iframe").srcdoc = evil),
      "a script's text": () => (document.createElement("script").text = "alert(1)"),
      "a script's address": () => (document.createElement("script").src = "https://evil.example/x.js"),
      "a handler as an attribute": () => document.body.setAttribute("onclick", "alert(1)"),
      eval: () => (0, eval)("1"),
      "a function made of text": () => new Function("return 1"),
      "a policy of another name": () => factory.createPolicy("evil", rules),
      "the policy of our own name again": () => factory.createPolicy("default", rules),
      "the worker's policy again": () => factory.createPolicy("worker", rules),
    };
    const tried = ([name, attempt]: [string, () => unknown]): [string, string] => {
      try {
        attempt();
        return [name, "done"];
      } catch (error) {
        return [name, (error as Error).name];
      }
    };
    // In a task of the page's own: what a debugger runs may use eval.
    return new Promise<[string, string][]>((done) =>
      requestAnimationFrame(() => done(Object.entries(attempts).map(tried))),
    );
  });
  for (const [name, outcome] of outcomes) expect(outcome, name).toMatch(/^(TypeError|EvalError)$/);
  expect(outcomes).toHaveLength(20);
  await expect(new Screens(page, portal).signIn.address).toBeVisible();
  await context.close();
});

test("a7 nothing is fetched from or sent to elsewhere", async ({ browser, contextOptions, portal }) => {
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await new Screens(page, portal).signIn.open();
  const violated = await page.evaluate(async () => {
    const found: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) => found.push(event.effectiveDirective));
    const picture = new Image();
    const over = new Promise((done) => (picture.onerror = done));
    picture.src = "https://evil.example/pixel.png";
    await over;
    await fetch("https://evil.example/").catch(() => {});
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(style);
    const frame = document.createElement("iframe");
    frame.src = "https://evil.example/";
    document.body.append(frame);
    const form = document.createElement("form");
    form.action = "https://evil.example/";
    document.body.append(form);
    form.submit();
    const base = document.createElement("base");
    base.href = "https://evil.example/";
    document.head.append(base);
    return new Promise<string[]>((done) => {
      const until = () => (found.length >= 6 ? done(found) : requestAnimationFrame(until));
      until();
    });
  });
  for (const directive of ["img-src", "connect-src", "style-src-elem", "frame-src", "form-action", "base-uri"])
    expect(violated).toContain(directive);
  expect(asked.filter((url) => url.includes("evil.example") && !url.endsWith("pixel.png"))).toEqual([]);
  await context.close();
});

test("a7 one violation fails a test", async ({ page, portal, complaints }) => {
  await new Screens(page, portal).signIn.open();
  await page.evaluate(() => {
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(style);
  });
  await expect.poll(() => complaints.filter((complaint) => complaint.includes("CSP "))).toHaveLength(1);
  // The browser's own words come too; this test means them.
  await expect.poll(() => complaints.length).toBe(2);
  complaints.length = 0;
});
