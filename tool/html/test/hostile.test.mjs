// What a page must not do, whatever is in its data.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attacks, generated, hostile } from "./generated.mjs";
import { pageFile, shot } from "./browser.mjs";
import { reader, rows } from "./reading.mjs";

const { few, open, reading } = reader("hostile");

test("hostile names are shown, and nothing else", async () => {
  const file = pageFile("hostile.html", hostile());
  await reading(file, {}, async (page) => {
    const scripts = await page.evaluate(() => document.scripts.length);
    const look = async () => {
      const seen = await page.evaluate(() => {
        const texts = [document.title, document.body.innerText];
        for (const element of document.querySelectorAll("*"))
          for (const { value } of element.attributes) texts.push(value);
        return {
          harmed: window.harmed,
          scripts: document.scripts.length,
          foreign: document.querySelectorAll("img, iframe, object, embed, link, a[href], [onerror], #app b").length,
          hidden: texts.flatMap((text) => text.match(/.{0,40}[\u0000-\u0008\u000e-\u001f\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2028\u2029].{0,20}/) ?? []),
        };
      });
      assert.deepEqual(seen, { harmed: undefined, scripts, foreign: 0, hidden: [] });
    };
    await look();
    await page.locator(".warnings summary").first().click();
    await page.locator(".warnings summary").last().click();
    await page.focus("#findings [tabindex='0']");
    for (let i = 0; i < attacks.length; ++i) {
      await page.evaluate(() => document.querySelectorAll("article details.at-place").forEach((each) => (each.open = true)));
      await look();
      if (i === 0 || i === 5) await shot(page, `hostile-${i}`);
      await page.focus("#findings [tabindex='0']");
      await page.keyboard.press("ArrowDown");
    }
    const chips = await page.locator(".row .hidden-character").allInnerTexts();
    for (const number of ["U+202E", "U+2066", "U+200F", "U+2028", "U+0000"]) assert.ok(chips.includes(number), number);
    await page.fill("#search", "</script>");
    assert.match(await rows(page).first().innerText(), /^high\n<\/script><script>window\.harmed=1<\/script>/);
    await page.fill("#search", "");
    await page.click("#tab-frontiers");
    await look();
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await look();
  });
});

test("the page's policy lets nothing in and nothing out", async () => {
  const { page, said } = await open(few);
  const outcome = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.harmed = 1";
    document.head.append(script);
    const image = new Image();
    const loaded = new Promise((done) => {
      image.onload = () => done("loaded");
      image.onerror = () => done("refused");
    });
    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
    const fetched = await fetch("data:text/plain,x").then(
      () => "fetched",
      () => "refused",
    );
    return [window.harmed, await loaded, fetched];
  });
  assert.deepEqual(outcome, [undefined, "refused", "refused"]);
  assert.ok(said.every((line) => /Content Security Policy|violates/.test(line)), said.join("\n"));
  await page.context().close();
});

test("data of another version is an error to read, not an empty page", async () => {
  const { page } = await open(few);
  await page.goto("about:blank");
  await page.goto("file://" + pageFile("newer.html", { ...generated(1), version: 2 }));
  assert.match(await page.locator("[role=alert]").innerText(), /cannot be shown: this page shows version 1 of the data, not 2/);
  await page.context().close();
});
