// The burn-down of a history.
import assert from "node:assert/strict";
import { test } from "node:test";
import { generated } from "./generated.mjs";
import { pageFile } from "./browser.mjs";
import { reader } from "./reading.mjs";

const { few, reading } = reader("history");

test("runs of the burn-down are walked by keyboard", () =>
  reading(few, { hash: "#tab=history" }, async (page) => {
    const slider = page.getByRole("slider");
    assert.match(await slider.getAttribute("aria-valuetext"), /^2026-11-25 09:17: 40 findings/);
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    assert.match(await slider.getAttribute("aria-valuetext"), /^2026-11-18 09:17/);
    await page.keyboard.press("Home");
    assert.equal(await slider.getAttribute("aria-valuenow"), "1");
    assert.equal(await page.locator("tbody tr").count(), 24);
    assert.equal(await page.locator(".area").count(), 3);
  }));

test("a history of one run, or none, says what to do", async () => {
  await reading(pageFile("one-run.html", generated(3, { runs: 1 })), { hash: "#tab=history" }, async (page) => {
    assert.match(await page.locator(".empty").innerText(), /first run of this history/);
  });
  const none = { ...generated(3, { runs: 1 }), kept: false };
  await reading(pageFile("no-runs.html", none), { hash: "#tab=history" }, async (page) => {
    assert.match(await page.locator(".empty").innerText(), /--history FILE/);
  });
});

test("a long history is drawn, and its table cut", () =>
  reading(pageFile("long-history.html", generated(3, { runs: 1500 })), { hash: "#tab=history" }, async (page) => {
    assert.equal(await page.locator("tbody tr").count(), 400);
    assert.match(await page.locator("caption").innerText(), /^The last 400 runs/);
    assert.ok((await page.locator(".chart svg *").count()) < 60);
  }));
