// What is shown: the filters, the finding that is open, the tab. All of it is in
// the address, so that a link leads a colleague to the same view.
import { computed, effect, signal } from "@preact/signals";
import { fixOf, readReport, type Finding, type Fix, type Severity } from "./data";

export const report = readReport();
export const findings = report.findings;

export const severities: Severity[] = ["high", "medium", "low"];
export const fixes: Fix[] = ["safe", "unsafe", "manual", "none"];
export type Tab = "findings" | "frontiers" | "history";
export const sorts = {
  severity: "severity",
  consumers: "most used",
  blockers: "fewest blockers",
  name: "name",
  file: "file",
};
export type Sort = keyof typeof sorts;

export const tab = signal<Tab>("findings");
export const query = signal("");
export const severity = signal<ReadonlySet<Severity>>(new Set());
export const fix = signal<ReadonlySet<Fix>>(new Set());
export const rule = signal("");
export const verdict = signal("");
export const path = signal("");
export const frontier = signal(-1); // show what this one blocks
export const sort = signal<Sort>("severity");
export const selected = signal(-1); // of findings
export const openFrontier = signal(0);

export function toggle<Value>(of: { value: ReadonlySet<Value> }, value: Value) {
  const next = new Set(of.value);
  if (!next.delete(value)) next.add(value);
  of.value = next;
}

export function clearFilters() {
  query.value = rule.value = verdict.value = path.value = "";
  severity.value = new Set();
  fix.value = new Set();
  frontier.value = -1;
}

export const filtering = computed(
  () =>
    !!(query.value || rule.value || verdict.value || path.value) ||
    severity.value.size + fix.value.size > 0 ||
    frontier.value >= 0,
);

const haystacks = findings.map((finding) =>
  [
    finding.name,
    finding.type,
    finding.message,
    finding.rule,
    finding.idiom,
    finding.fingerprint,
    finding.place.file ?? "",
    finding.storage?.name ?? "",
    ...finding.users.map((user) => user.name),
    ...(finding.migration?.refusals ?? []).map((refusal) => refusal.function + " " + refusal.code),
  ]
    .join("\n")
    .toLowerCase(),
);

const filesOf = (finding: Finding) =>
  [finding.place.file, finding.storage?.file].filter((file): file is string => !!file);

/** `*` for any text; otherwise a part of the path. */
function pathTest(pattern: string): (file: string) => boolean {
  if (!pattern.includes("*")) return (file) => file.includes(pattern);
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp("^" + parts.join(".*") + "$", "s");
  return (file) => whole.test(file);
}

const rank: Record<Severity, number> = { high: 0, medium: 1, low: 2 };
const blockers = (finding: Finding) => finding.migration?.refusals.length ?? Infinity;
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const orders: Record<Sort, (a: Finding, b: Finding) => number> = {
  severity: (a, b) => rank[a.severity] - rank[b.severity],
  consumers: (a, b) => b.consumers - a.consumers,
  blockers: (a, b) => blockers(a) - blockers(b) || 0,
  name: (a, b) => text(a.name, b.name),
  file: (a, b) => text(a.place.file ?? "", b.place.file ?? "") || (a.place.line ?? 0) - (b.place.line ?? 0),
};

/** Indices into findings, as filtered and sorted. */
export const shown = computed<number[]>(() => {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  const inPath = pathTest(path.value.trim());
  const blocked = frontier.value < 0 ? null : new Set(report.frontiers[frontier.value].blocks);
  const matching = findings
    .map((_, index) => index)
    .filter((index) => {
      const finding = findings[index];
      return (
        (!severity.value.size || severity.value.has(finding.severity)) &&
        (!fix.value.size || fix.value.has(fixOf(finding))) &&
        (!rule.value || finding.rule === rule.value) &&
        (!verdict.value || (finding.verdict ?? "none") === verdict.value) &&
        (!blocked || blocked.has(index)) &&
        (!path.value.trim() || filesOf(finding).some(inPath)) &&
        words.every((word) => haystacks[index].includes(word))
      );
    });
  const order = orders[sort.value];
  return matching.sort((a, b) => order(findings[a], findings[b]) || a - b);
});

export function show(index: number) {
  selected.value = index;
  tab.value = "findings";
  if (!shown.value.includes(index)) clearFilters();
}

/** Opens the list of what a frontier blocks. */
export function showBlocked(index: number) {
  clearFilters();
  frontier.value = index;
  tab.value = "findings";
  selected.value = shown.value[0] ?? -1;
}

function oneOf<Value extends string>(value: string | null, values: readonly Value[]): Value | undefined {
  return values.find((known) => known === value);
}

function readAddress() {
  const at = new URLSearchParams(location.hash.slice(1));
  const many = <Value extends string>(key: string, values: readonly Value[]) =>
    new Set(values.filter((value) => (at.get(key) ?? "").split(",").includes(value)));
  tab.value = oneOf(at.get("tab"), ["findings", "frontiers", "history"] as const) ?? "findings";
  query.value = at.get("q") ?? "";
  severity.value = many("severity", severities);
  fix.value = many("fix", fixes);
  rule.value = at.get("rule") ?? "";
  verdict.value = at.get("verdict") ?? "";
  path.value = at.get("path") ?? "";
  const code = Number(at.get("frontier") ?? -1);
  frontier.value = report.frontiers[code] ? code : -1;
  sort.value = oneOf(at.get("sort"), Object.keys(sorts) as Sort[]) ?? "severity";
  const wanted = at.get("finding");
  selected.value = wanted ? findings.findIndex((finding) => finding.fingerprint === wanted) : -1;
  if (selected.value < 0 && innerWidth >= 900) selected.value = shown.value[0] ?? -1;
}

function address() {
  const at = new URLSearchParams();
  const set = (key: string, value: string) => value && at.set(key, value);
  if (tab.value !== "findings") set("tab", tab.value);
  set("finding", findings[selected.value]?.fingerprint ?? "");
  set("q", query.value);
  set("severity", [...severity.value].join(","));
  set("fix", [...fix.value].join(","));
  set("rule", rule.value);
  set("verdict", verdict.value);
  set("path", path.value);
  if (frontier.value >= 0) set("frontier", String(frontier.value));
  if (sort.value !== "severity") set("sort", sort.value);
  return "#" + at;
}

export function followAddress() {
  readAddress();
  addEventListener("hashchange", () => location.hash !== address() && readAddress());
  effect(() => {
    const next = address();
    try {
      if (location.hash !== next) history.replaceState(null, "", next);
    } catch {
      // Some browsers allow no such change in files: then links are plain.
    }
  });
}
