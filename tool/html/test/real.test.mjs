// A page as the tool has written it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shot } from "./browser.mjs";
import { reader, rows, status, title } from "./reading.mjs";

const { reading } = reader("real");

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
