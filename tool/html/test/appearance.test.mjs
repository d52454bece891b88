// How the page looks and is reached: schemes, focus, narrow windows, paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { generated } from "./generated.mjs";
import { shot } from "./browser.mjs";
import { assertAccessible, focused, reader, rows, status, title } from "./reading.mjs";

const { few, reading } = reader("appearance");

for (const scheme of ["light", "dark"])
  test(`it loads, is accessible and quiet, and ${scheme} as the system is`, () =>
    reading(few, { scheme }, async (page) => {
      assert.equal(await page.title(), "conversation-server: 40 findings · unsingleton");
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), scheme);
      assert.equal(await status(page), "40 findings");
      await assertAccessible(page, "findings");
      await shot(page, scheme);
      for (const tab of ["frontiers", "history"]) {
        await page.click(`#tab-${tab}`);
        await assertAccessible(page, tab);
        await shot(page, `${tab}-${scheme}`);
      }
      await page.keyboard.press("?");
      assert.ok(await page.locator("#help").isVisible());
      await assertAccessible(page, "help");
      await shot(page, `help-${scheme}`);
    }));

test("the theme is chosen, and kept", () =>
  reading(few, { scheme: "light" }, async (page) => {
    await page.locator(".segments label", { hasText: "dark" }).click();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    await page.reload();
    await page.waitForSelector("#app > header");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    await page.locator(".segments label", { hasText: "auto" }).click();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  }));

test("focus is seen wherever it goes", () =>
  reading(few, {}, async (page) => {
    const seen = new Set();
    for (let i = 0; i < 40; ++i) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        const shown = element.matches(".segments input") ? element.nextElementSibling : element;
        const style = getComputedStyle(shown);
        return { name: element.outerHTML.slice(0, 80), outline: parseFloat(style.outlineWidth), line: style.outlineStyle };
      });
      if (at.name.startsWith("<body")) break;
      seen.add(at.name);
      assert.ok(at.line !== "none" && at.outline >= 1, at.name);
    }
    assert.ok(seen.size > 15, `only ${seen.size} stops`);
  }));

test("views are changed by arrow keys", () =>
  reading(few, {}, async (page) => {
    await page.focus("#tab-findings");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(page), "tab-frontiers");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "frontier-0");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "frontier-1");
    assert.equal(await page.locator("#frontier-1").getAttribute("aria-selected"), "true");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement.id.startsWith("finding-"));
  }));

test("a narrow window shows one pane at a time", () =>
  reading(few, { width: 420, height: 800 }, async (page) => {
    assert.ok(await page.locator("#findings").isVisible());
    assert.ok(!(await page.locator(".pane.detail").isVisible()));
    await shot(page, "narrow-list");
    await rows(page).first().click();
    assert.ok(await page.locator("#detail-title").isVisible());
    assert.ok(!(await page.locator("#findings").isVisible()));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    // Names break between their parts.
    const broken = await page.evaluate(() => {
      const words = document.createTreeWalker(document.querySelector(".facts"), NodeFilter.SHOW_TEXT);
      const lines = (text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        return new Set([...range.getClientRects()].map((each) => each.top)).size;
      };
      const found = [];
      while (words.nextNode())
        if (words.currentNode.parentElement.closest(".name, .place") && lines(words.currentNode) > 1) found.push(words.currentNode.data);
      return found;
    });
    assert.deepEqual(broken, []);
    await shot(page, "narrow-detail");
    await page.getByRole("button", { name: "all findings" }).click();
    assert.ok(await page.locator("#findings").isVisible());
  }));

test("on paper is all that the filters leave", () =>
  reading(few, { hash: "#severity=high", scheme: "dark" }, async (page) => {
    const high = generated(40).findings.filter((finding) => finding.severity === "high");
    let paper;
    await page.exposeFunction("onPaper", (names) => (paper = names));
    await page.evaluate(() =>
      addEventListener("beforeprint", () =>
        window.onPaper([...document.querySelectorAll("#paper .printed-finding h3")].map((each) => each.innerText)),
      ),
    );
    const pdf = await page.pdf();
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    assert.deepEqual(paper, high.map((finding) => finding.name));
    assert.equal(await page.locator("#paper > *").count(), 0); // gone again
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator("#app").isVisible()));
    await shot(page, "print");
  }));
