// Reports made up by rule, with as many findings as are asked for: what a large
// program gives, and what hostile code gives. The same every time.

import { createHash } from "node:crypto";

const words = ["session", "cache", "registry", "metrics", "router", "billing", "agent", "token", "quota", "search", "index", "audit", "feature", "tenant", "upload", "stream", "locale", "mail", "policy", "thread"];
const kinds = ["factory", "manager", "registry", "pool", "table", "store", "engine", "holder"];
const rules = ["function-local-singleton", "namespace-scope-singleton", "class-static-singleton", "library-singleton", "mutable-global", "thread-local-singleton", "frozen-alias", "static-local-state"];
const codes = ["frontier-c-linkage", "frontier-destructor", "frontier-address-taken", "frontier-foreign-override", "frontier-operator", "complex-accessor"];

/** A small generator of numbers, so that a report is the same every time. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pick = (list, next) => list[next(list.length)];

function frontiers(count, next) {
  return Array.from({ length: count }, (_, i) => {
    const code = codes[i % 5];
    const name = `${pick(words, next)}::on_${pick(words, next)}_${i}`;
    return {
      code,
      function: name,
      message: `'${name}' has C linkage, so its signature is not ours to change`,
      file: `src/${pick(words, next)}/callbacks.cpp`,
      line: 40 + i,
      column: 12,
      bridged: false,
      frees: 0,
      blocks: [],
    };
  });
}

function source(line, name) {
  return [
    "// What every request shares, without meaning to.",
    `static std::mutex ${name}_mutex;`,
    "",
    `${name}_type &get_${name}() {`,
    `  static ${name}_type instance("default", ${line});`,
    "  return instance;",
    "}",
    "",
    `void ${name}_type::remember(const std::string &user_id) { last_user_ = user_id; }`,
    "",
    `void serve_${name}(const Request &request) {`,
    `  get_${name}().remember(request.user_id());`,
    "}",
  ];
}

function diff(file, name) {
  return `--- a/${file}
+++ b/${file}
@@ -4,6 +4,6 @@
 
-static ${name}_type &get_${name}() {
-  static ${name}_type instance("default", 7);
-  return instance;
+static constexpr isolation::PerRequest<${name}_type> ${name}_slot;
+${name}_type &create_${name}(const isolation::UserExecutionContext &user_context) {
+  return ${name}_slot.get_or_create(user_context, "default", 7);
 }
 
@@ -12,4 +13,4 @@
 void serve_${name}(const Request &request) {
-  get_${name}().remember(request.user_id());
--- count;
+++ count;
+  create_${name}(request.user_context()).remember(request.user_id());
 }
`;
}

function finding(i, next, sources, blockers) {
  const word = pick(words, next);
  const scope = `server::${pick(words, next)}`;
  const name = `${word}_${pick(kinds, next)}_${i}`;
  const file = `src/${scope.split("::")[1]}/${word}_${i % 97}.cpp`;
  const line = 20 * (1 + (i % 50));
  const severity = i % 13 === 0 ? "high" : i % 3 === 0 ? "low" : "medium";
  const place = { file, line: line + 3, column: 14 };
  (sources[file] ??= []).push({ line, text: source(line, name) });
  const at = (offset, column) => ({ file, line: line + offset, column });
  const accessor = `${scope}::get_${name}`;
  const entry = `${scope}::serve_${name}`;
  const reached = severity === "high" || next(3) === 0;
  const path = reached
    ? [
        { ...at(10, 6), function: entry, what: "entry", why: "annotated" },
        { ...at(11, 3), function: `${scope}::Dispatcher::handle<${name}_type>`, what: "call" },
        { ...at(11, 3), function: accessor, what: "accessor" },
        { ...at(8, 52), function: `${scope}::${name}_type::remember`, what: "write" },
      ]
    : [];
  const refused = next(5) < 3;
  const refusals = [];
  if (refused)
    for (const number of new Set([next(blockers.length), next(2) ? next(4) : next(blockers.length)])) {
      const { bridged, frees, blocks, ...refusal } = blockers[number];
      blockers[number].blocks.push(i);
      refusals.push(refusal);
    }
  if (refusals.length === 1) ++blockers.find((blocker) => blocker.function === refusals[0].function).frees;
  const unsafe = !refused && next(9) === 0;
  return {
    name: accessor,
    rule: "isolation-" + pick(rules, next),
    fingerprint: (0x10000000 + i).toString(16).padStart(16, "0"),
    severity,
    verdict: unsafe ? "process-resource" : "shared-mutable",
    idiom: "meyers",
    type: `${scope}::${name}_type`,
    message: `'${accessor}' gives every caller the same mutable '${scope}::${name}_type': one user's request can see another's data`,
    place,
    accessor: { ...place, name: accessor },
    storage: { ...at(4, 10), name: `${accessor}::instance`, kind: "function-local" },
    consumers: 1 + (i % 17),
    path,
    notes: [{ ...at(1, 19), message: `guarded by '${name}_mutex'` }],
    user_data: reached ? [{ ...at(8, 70), name: "last_user_", word: "user", written: true }] : [],
    users: Array.from({ length: Math.min(1 + (i % 17), 9) }, (_, n) => ({ ...at(10, 6), name: n ? `${scope}::caller_${n}` : entry })),
    writes: [
      { ...at(8, 52), text: `'last_user_' is changed by '${scope}::${name}_type::remember'`, function: `${scope}::${name}_type::remember`, escape: false },
      { ...at(11, 3), text: `the object is changed by '${entry}'`, function: entry, escape: false },
    ],
    write_count: i % 31 === 0 ? 73 : 2,
    migration: refused
      ? { applicability: "manual", refusals, name: accessor, fingerprint: "" }
      : {
          applicability: unsafe ? "unsafe" : "safe",
          refusals: [],
          new_name: `create_${name}`,
          scope: "request",
          signatures: [`${scope}::Dispatcher::handle`],
          contexts: [{ ...at(11, 3), function: entry, choice: "in-scope", expression: "request.user_context()", uses: 1 }],
          bridges: [],
          files: [file],
        },
    diff: refused ? null : diff(file, name),
    diff_note: "",
    shares: refused || i < 2 ? [] : [i - 2],
  };
}

function history(count, last) {
  return Array.from({ length: count }, (_, i) => {
    const left = Math.round(last * (1 + 1.6 * ((count - 1 - i) / Math.max(1, count - 1)) ** 1.3) + (i === count - 1 ? 0 : 12 * Math.sin(i)));
    const high = Math.round(left * (0.08 + 0.12 * ((count - 1 - i) / count)));
    const low = Math.round(left * 0.3);
    return {
      version: 1,
      date: new Date(Date.UTC(2026, 10, 25 - 7 * (count - 1 - i), 9, 17, 21)).toISOString().replace(".000", ""),
      revision: createHash("sha1").update(String(i)).digest("hex"),
      dirty: false,
      findings: left,
      severity: { high, medium: left - high - low, low },
      fix: { safe: Math.round(left * 0.35), unsafe: Math.round(left * 0.05), manual: left - Math.round(left * 0.35) - Math.round(left * 0.05) },
      units: { total: 812, failed: i === 5 ? 3 : 0 },
    };
  });
}

export function generated(count, { runs = 24 } = {}) {
  const next = numbers(20261125);
  const sources = {};
  const blockers = frontiers(Math.min(24, Math.max(4, Math.round(count / 8))), next);
  const findings = Array.from({ length: count }, (_, i) => finding(i, next, sources, blockers));
  const order = { high: 0, medium: 1, low: 2 };
  const sorted = findings.map((each, i) => ({ each, i })).sort((a, b) => order[a.each.severity] - order[b.each.severity] || a.i - b.i);
  const moved = new Map(sorted.map(({ i }, to) => [i, to]));
  for (const { each } of sorted) each.shares = each.shares.map((other) => moved.get(other));
  for (const blocker of blockers) {
    blocker.blocks = blocker.blocks.map((other) => moved.get(other)).sort((a, b) => a - b);
    sources[blocker.file] ??= [{ line: 36, text: Array.from({ length: 40 }, (_, i) => (i % 5 === 4 ? `extern "C" void on_event_${i}(void *data) {` : "  handle(data);")) }];
  }
  return {
    version: 1,
    tool: "unsingleton 0.1.0",
    project: "conversation-server",
    revision: "8e1c52fa90b1d1b2c3d4e5f60718293a4b5c6d7e",
    dirty: false,
    date: "2026-11-25T09:17:21Z",
    units: { total: 812, analysed: 812, verified: 640, failed: [] },
    findings: sorted.map(({ each }) => each),
    frontiers: blockers.filter((blocker) => blocker.blocks.length).sort((a, b) => b.frees - a.frees || b.blocks.length - a.blocks.length),
    sources,
    history: history(runs, count),
    kept: true,
    notes: [],
  };
}

/** What a name in code, or a path, must not be able to do. */
export const attacks = [
  "</script><script>window.harmed=1</script>",
  '"><img src=x onerror="window.harmed=1">',
  "'-window.harmed=1-'",
  "<!--<script>",
  "&lt;b&gt;&amp;",
  "\u202Egnp.exe\u202C",
  "\u2066left\u2069\u200B\u200F",
  "line\u2028separator\u2029paragraph\nbreak\r\ttab",
  "nul\u0000bell\u0007escape\u001B[31m",
  "${window.harmed=1}`",
  "javascript:window.harmed=1",
  "\u05E9\u05DC\u05D5\u05DD_\u0645\u0631\u062D\u0628\u0627",
  "\uD800lone",
  "__proto__",
];

/** Every text of a report is hostile; numbers and closed words stay. */
export function hostile() {
  const report = generated(attacks.length, { runs: 3 });
  const closed = new Set(["severity", "verdict", "applicability", "what", "choice", "kind", "date", "rule", "code", "fingerprint", "tool"]);
  const poison = (value, attack, key) => {
    if (typeof value === "string") return closed.has(key) ? value : key === "diff" ? value.replace(/instance/g, attack.replace(/[\n\r]/g, "")) : attack + value;
    if (Array.isArray(value)) return value.map((each) => poison(each, attack, key));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poison(each, attack, name)]));
    return value;
  };
  report.findings = report.findings.map((each, i) => poison(each, attacks[i]));
  report.frontiers = report.frontiers.map((each, i) => poison(each, attacks[i % attacks.length]));
  report.units.failed = attacks.map((attack) => ({ file: attack, error: attack }));
  report.notes = [...attacks];
  report.project = attacks[0] + attacks[5];
  report.revision = attacks[1];
  for (const [name, parts] of Object.entries(report.sources)) {
    delete report.sources[name];
    for (const attack of attacks)
      Object.defineProperty(report.sources, attack + name, {
        value: parts.map(({ line, text }) => ({ line, text: text.map((each) => attack.replace(/[\n\r]/g, "") + each) })),
        enumerable: true,
        configurable: true,
      });
  }
  return report;
}
