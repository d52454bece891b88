// The page in a browser, by what a reader does with it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { attacks, generated, hostile } from "./generated.mjs";
import { open, openBrowser, pageFile, shot } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;
let many; // 2,000 findings
let few; // 40

before(async () => {
  browser = await openBrowser();
  many = pageFile("many.html", generated(2000));
  few = pageFile("few.html", generated(40));
});
after(() => browser?.close());

const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at.id || at.dataset.node || at.getAttribute("role") || at.tagName;
  });
const rows = (page) => page.locator("#findings [role=option]");
const status = (page) => page.locator(".count-line [role=status]").innerText();
const title = (page) => page.locator("#detail-title").innerText();

/** Runs axe in the page; what it finds is the assertion's message. */
async function assertAccessible(page, what) {
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

/** Opens a page for `use`, and asserts that it has said nothing. */
async function reading(file, options, use) {
  const { page, said } = await open(browser, file, options);
  await use(page);
  assert.deepEqual(said, []);
  await page.context().close();
}

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
  const { page, said } = await open(browser, few);
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

test("a report without findings says so", () =>
  reading(pageFile("empty.html", { ...generated(1), findings: [], frontiers: [], sources: {} }), {}, async (page) => {
    assert.match(await page.locator(".side .empty").innerText(), /There are no findings/);
    await assertAccessible(page, "empty");
    await page.click("#tab-frontiers");
    assert.match(await page.locator(".empty").innerText(), /No function stands in the way/);
  }));

test("data of another version is an error to read, not an empty page", async () => {
  const { page } = await open(browser, few);
  await page.goto("about:blank");
  await page.goto("file://" + pageFile("newer.html", { ...generated(1), version: 2 }));
  assert.match(await page.locator("[role=alert]").innerText(), /cannot be shown: this page shows version 1 of the data, not 2/);
  await page.context().close();
});

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

const real = process.env.UNSINGLETON_REPORT;
test("a report that the tool has written", { skip: !real && "UNSINGLETON_REPORT names none" }, () =>
  reading(real, {}, async (page) => {
    assert.match(await status(page), /^\d+ findings$/);
    await page.fill("#search", "get_session_registry");
    await rows(page).first().click();
    assert.equal(await title(page), "shop::get_session_registry");
    await page.hover("[data-node=step0]");
    assert.match(await page.locator(".beside .line.at").innerText(), /void serve\(const isolation::UserExecutionContext &user_context,/);
    assert.match(await page.locator("[data-node$='3']").textContent(), /write.*::remember/);
    assert.match(await page.locator(".file-diff").first().innerText(), /create_session_registry/);
    await shot(page, "real");
    await page.fill("#search", "get_script_holder");
    await rows(page).first().click();
    await page.hover("[data-node=storage]");
    assert.match(await page.locator(".beside").innerText(), /\/\/ U\+202EdrawkcabU\+202C is written backwards/);
    await page.click("#tab-frontiers");
    assert.match(await page.locator("#frontier-0").innerText(), /shop_on_timer/);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
  }));
