// Bundles the page that the tool is built with: node build.mjs [--check]
//
// Everything goes into one file, dist/template.html: the program, the style, and
// the licences of the libraries that are in it. Its Content-Security-Policy names
// the two by their digests and allows nothing else, so that the page can load
// nothing and no data can become a program. --check writes nothing and fails if
// dist/ is not what the sources give.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const target = join(root, "dist/template.html");

async function bundle() {
  return build({
    absWorkingDir: root,
    entryPoints: ["src/main.tsx"],
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome109", "firefox115", "safari16.4"],
    // Escapes keep any encoding and every `</script>` out of the program.
    charset: "ascii",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    outdir: "dist",
    write: false,
    metafile: true,
  });
}

/** The folder of the package that a bundled file belongs to. */
function packageOf(file) {
  const parts = file.split("node_modules/");
  const names = parts.pop().split("/");
  const name = names.slice(0, names[0].startsWith("@") ? 2 : 1).join("/");
  return join(parts.join("node_modules/"), "node_modules", name);
}

function licence(folder) {
  const about = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e(\.|$)/i.test(name));
  if (!file) throw new Error(`'${about.name}' has no licence text`);
  const text = readFileSync(join(root, folder, file), "utf8").replace(/\r/g, "").trim();
  return `${about.name} ${about.version} (${about.license})\n\n${text}\n`;
}

function licences(metafile) {
  // What was left out of the bundle counts too: better one text too many.
  const folders = new Set(
    Object.keys(metafile.inputs)
      .filter((file) => file.includes("node_modules/"))
      .map(packageOf),
  );
  return [...folders].sort().map(licence).join("\n" + "-".repeat(72) + "\n\n");
}

const digest = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function page(script, style, licenceTexts) {
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style) || /<\/|<!--/.test(licenceTexts))
    throw new Error("a part of the bundle would end its own element");
  const policy = [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="unsingleton">
<title>unsingleton report</title>
<style>${style}</style>
</head>
<body>
<div id="app"><noscript>This report needs JavaScript. It loads nothing from elsewhere.</noscript></div>
<div id="paper"></div>
<script type="text/plain" id="licences">${licenceTexts}</script>
<script type="application/json" id="data">@@UNSINGLETON_DATA@@</script>
<script>${script}</script>
</body>
</html>
`;
}

const result = await bundle();
const output = (extension) => result.outputFiles.find((file) => file.path.endsWith(extension)).text.trim();
const made = page(output(".js"), output(".css"), licences(result.metafile));
if (made.split("@@UNSINGLETON_DATA@@").length !== 2) throw new Error("the place for the data is not unique");
const kept = existsSync(target) ? readFileSync(target, "utf8") : "";
if (!process.argv.includes("--check")) {
  writeFileSync(target, made);
  console.log(`${relative(process.cwd(), target)}: ${Math.round(made.length / 1024)} KiB`);
} else if (made !== kept) {
  console.error("tool/html/dist is not what its sources give; run: npm ci && npm run build, in tool/html");
  process.exit(1);
} else {
  console.log("tool/html/dist is what its sources give");
}
