// Chromium with a report in it. Whatever a page says on its console, and whatever
// it asks the network for, is kept: a report does neither.
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const root = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
export const out = process.env.UNSINGLETON_HTML_OUT ?? join(root, "../../build/html-report");
mkdirSync(out, { recursive: true });

/** As Page.cpp escapes. */
const escapes = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029" };
const scriptJson = (data) => JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (c) => escapes[c]);

/** Writes a page with `data` into the output folder. */
export function pageFile(name, data) {
  const template = readFileSync(join(root, "dist/template.html"), "utf8");
  const [head, tail] = template.split("@@UNSINGLETON_DATA@@");
  const file = join(out, name);
  writeFileSync(file, head + scriptJson(data) + tail);
  return file;
}

function executable() {
  const wanted = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  for (const path of wanted.filter(Boolean))
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next one.
    }
  throw new Error("no chromium; script/bootstrap installs it");
}

export async function openBrowser() {
  // Chromium's sandbox does not work for root, which a container's tests are.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: executable(), args });
}

/** A page that shows `file`; `said` is what it must not have said. */
export async function open(browser, file, { scheme = "light", hash = "", width = 1500, height = 950 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  const said = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (problem) => said.push(`error: ${problem.message}`));
  page.on("dialog", (dialog) => said.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => request.url().split("#")[0] !== url && said.push(`request: ${request.url()}`));
  await page.goto(url + hash);
  await page.waitForSelector("#app > header");
  return { page, said };
}

export const shot = (page, name) => page.screenshot({ path: join(out, `${name}.png`) });
