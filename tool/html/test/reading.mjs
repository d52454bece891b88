// A reader of reports: what the tests of the page look at, and their browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { open, openBrowser, pageFile } from "./browser.mjs";
import { generated } from "./generated.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * For one file of tests, which is a process of its own: a browser, and pages of
 * 2,000 and of 40 findings. Their names have `subject` in them, since other files
 * may be tested at the same time.
 */
export function reader(subject) {
  let browser;
  before(async () => (browser = await openBrowser()));
  after(() => browser?.close());
  const opened = (file, options) => open(browser, file, options);
  return {
    get many() {
      return pageFile(`${subject}-many.html`, generated(2000));
    },
    get few() {
      return pageFile(`${subject}-few.html`, generated(40));
    },
    open: opened,
    /** Opens a page for `use`, and asserts that it has said nothing. */
    async reading(file, options, use) {
      const { page, said } = await opened(file, options);
      await use(page);
      assert.deepEqual(said, []);
      await page.context().close();
    },
  };
}

export const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at.id || at.dataset.node || at.getAttribute("role") || at.tagName;
  });
export const rows = (page) => page.locator("#findings [role=option]");
export const status = (page) => page.locator(".count-line [role=status]").innerText();
export const title = (page) => page.locator("#detail-title").innerText();

/** Runs axe in the page; what it finds is the assertion's message. */
export async function assertAccessible(page, what) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const result = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)}: ${node.failureSummary.split("\n")[1]}`),
    );
  });
  assert.deepEqual(violations, [], what);
}
