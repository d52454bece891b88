// The list of findings, and the one that is read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { generated } from "./generated.mjs";
import { pageFile, shot } from "./browser.mjs";
import { assertAccessible, reader, rows, status } from "./reading.mjs";

const { few, many, reading } = reader("list");

test("search and filters narrow the list, and the address keeps them", () =>
  reading(many, {}, async (page) => {
    const data = generated(2000).findings;
    const count = (test) => data.filter(test).length.toLocaleString("en");
    await page.click(".toggle.high");
    assert.equal(await status(page), `${count((f) => f.severity === "high")} of 2,000 findings`);
    await page.click(".toggle.medium");
    await page.click(".toggle.manual");
    const refused = (f) => f.severity !== "low" && f.migration.applicability === "manual";
    assert.equal(await status(page), `${count(refused)} of 2,000 findings`);
    await page.selectOption("[aria-label=rule]", "isolation-frozen-alias");
    const frozen = (f) => refused(f) && f.rule === "isolation-frozen-alias";
    assert.equal(await status(page), `${count(frozen)} of 2,000 findings`);
    await page.fill("[aria-label^=path]", "src/agent/*_1.cpp");
    const inPath = (f) => frozen(f) && /^src\/agent\/.*_1\.cpp$/.test(f.place.file);
    assert.equal(await status(page), `${count(inPath)} of 2,000 findings`);
    await page.fill("[aria-label^=path]", "src/agent/");
    const inFolder = (f) => frozen(f) && f.place.file.startsWith("src/agent/");
    assert.notEqual(count(inFolder), "0");
    await page.fill("#search", "pool get_");
    const found = (f) => inFolder(f) && f.name.includes("pool");
    assert.equal(await status(page), `${count(found)} of 2,000 findings`);

    await page.reload();
    assert.equal(await status(page), `${count(found)} of 2,000 findings`);
    await page.fill("#search", "no such thing anywhere");
    assert.equal(await rows(page).count(), 0);
    await page.click(".empty button");
    assert.equal(await status(page), "2,000 findings");
    await page.selectOption("[aria-label=verdict]", "process-resource");
    assert.equal(await status(page), `${count((f) => f.verdict === "process-resource")} of 2,000 findings`);
  }));

test("the list is sorted as asked", () =>
  reading(few, {}, async (page) => {
    const data = generated(40).findings;
    const first = () => rows(page).first().getAttribute("id");
    const id = (finding) => `finding-${data.indexOf(finding)}`;
    await page.selectOption(".count-line select", "consumers");
    assert.equal(await first(), id(data.reduce((a, b) => (b.consumers > a.consumers ? b : a))));
    await page.selectOption(".count-line select", "name");
    assert.equal(await first(), id(data.reduce((a, b) => (b.name < a.name ? b : a))));
    await page.selectOption(".count-line select", "blockers");
    assert.equal(await first(), id(data.find((f) => f.migration.refusals.length === 0)));
  }));

test("the diff of a singleton is shown by file", () =>
  reading(few, { hash: "#fix=safe" }, async (page) => {
    const file = page.locator(".file-diff").first();
    assert.match(await file.locator("summary").innerText(), /src\/.*\.cpp\s*\+5\s*−5/);
    assert.equal(await file.locator(".line.added").count(), 5);
    assert.equal(await file.locator(".line.removed").count(), 5);
    // A changed line may look like the head of a file's diff.
    assert.equal(await page.locator(".file-diff").count(), 1);
    await file.scrollIntoViewIfNeeded();
    await shot(page, "diff");
  }));

test("2,000 findings: only rows in view are in the document", () =>
  reading(many, {}, async (page) => {
    const most = 60;
    assert.ok((await rows(page).count()) < most);
    await page.focus("#findings [tabindex='0']");
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-posinset") === "2000");
    assert.equal(await page.locator("#findings [aria-selected=true]").getAttribute("aria-setsize"), "2000");
    assert.ok((await rows(page).count()) < most);
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-posinset") === "1");
    await page.mouse.move(200, 600);
    await page.mouse.wheel(0, 40000);
    await page.waitForFunction(() => document.querySelector("#findings").scrollTop > 30000);
    assert.ok((await rows(page).count()) < most + 1); // with the selected one
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.querySelector("#findings").scrollTop === 0);
    await shot(page, "2000-findings");
  }));

test("a report without findings says so", () =>
  reading(pageFile("empty.html", { ...generated(1), findings: [], frontiers: [], sources: {} }), {}, async (page) => {
    assert.match(await page.locator(".side .empty").innerText(), /There are no findings/);
    await assertAccessible(page, "empty");
    await page.click("#tab-frontiers");
    assert.match(await page.locator(".empty").innerText(), /No function stands in the way/);
  }));
