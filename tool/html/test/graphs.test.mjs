// Paths and frontiers, drawn and walked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { generated } from "./generated.mjs";
import { shot } from "./browser.mjs";
import { focused, reader, rows, status, title } from "./reading.mjs";

const { few, many, reading } = reader("graphs");

test("a path is opened and walked by keyboard alone", () =>
  reading(few, {}, async (page) => {
    await page.keyboard.press("/");
    assert.equal(await focused(page), "search");
    await page.keyboard.type("serve_");
    await page.keyboard.press("ArrowDown");
    assert.match(await focused(page), /^finding-/);
    const before = await title(page);
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await title(page), before);
    assert.equal(await page.locator("#findings [tabindex='0']").count(), 1);
    await page.keyboard.press("Home");
    assert.equal(await title(page), before);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "detail-title");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "step0");
    const beside = page.locator(".beside");
    assert.match(await beside.innerText(), /void serve_/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "step3");
    assert.match(await beside.locator(".line.at").innerText(), /::remember\(const std::string &user_id\)/);
    await page.keyboard.press("End");
    assert.notEqual(await focused(page), "step3");
    await page.keyboard.press("Home");
    assert.equal(await focused(page), "step0");
    await shot(page, "path-keyboard");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement.id.startsWith("finding-"));
    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    assert.equal(await page.inputValue("#search"), "");
  }));

test("source lines show when the mouse is on a box", () =>
  reading(few, {}, async (page) => {
    await page.fill("#search", "serve_");
    await rows(page).first().click();
    await page.hover("[data-node=storage]");
    assert.match(await page.locator(".beside .line.at").innerText(), /_type instance\("default"/);
    await page.hover("[data-node=step0]");
    assert.match(await page.locator(".beside .line.at").innerText(), /void serve_/);
    assert.equal(await page.locator(".beside [class^=hljs-]").count() > 0, true);
    await shot(page, "path-open");
  }));

test("boxes of a graph do not overlap, and fit into it", () =>
  reading(many, {}, async (page) => {
    const overlaps = () =>
      page.evaluate(() => {
        const graph = document.querySelector(".graph").getBoundingClientRect();
        const boxes = [...document.querySelectorAll(".graph .node")].map((node) => node.getBoundingClientRect());
        return boxes.filter(
          (a, i) =>
            a.left < graph.left || a.right > graph.right || a.bottom > graph.bottom ||
            [...document.querySelectorAll(".node .name")].some((name) => name.getBoundingClientRect().height > 20) ||
            boxes.some((b, j) => j > i && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
        ).length;
      });
    await page.focus("#findings [tabindex='0']");
    for (let i = 0; i < 40; ++i) {
      assert.equal(await overlaps(), 0, await title(page));
      await page.keyboard.press("ArrowDown");
    }
    await page.click("#tab-frontiers");
    assert.equal(await overlaps(), 0);
  }));

test("who blocks whom leads to the findings, and back", () =>
  reading(few, {}, async (page) => {
    const data = generated(40);
    await page.click("#tab-frontiers");
    await page.click("#frontier-1");
    assert.match(await page.locator("#frontier-1 .bars").innerText(), new RegExp(`blocks ${data.frontiers[1].blocks.length}, ${data.frontiers[1].frees} alone`));
    await page.getByRole("button", { name: "Show them in the list" }).click();
    assert.equal(await status(page), `${data.frontiers[1].blocks.length} of 40 findings`);
    await page.click("#tab-frontiers");
    const box = page.locator(".graph [data-node^=finding]").first();
    const name = await box.locator(".who").textContent();
    await box.click();
    assert.match(await title(page), new RegExp(name));
  }));
