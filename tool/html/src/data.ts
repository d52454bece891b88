// What the tool has put into the page; ReportData.h is the contract and says
// what the fields mean.

export interface Place {
  file?: string;
  line?: number;
  column?: number;
}

export type Severity = "high" | "medium" | "low";
export type Fix = "safe" | "unsafe" | "manual" | "none";

export interface Step extends Place {
  function: string;
  what: string;
  why?: string;
}

export interface Refusal extends Place {
  code: string;
  function: string;
  message: string;
}

export interface ContextChoice extends Place {
  function: string;
  choice: string;
  expression: string;
  uses: number;
}

export interface Migration {
  applicability: "safe" | "unsafe" | "manual";
  refusals: Refusal[];
  new_name?: string;
  scope?: string;
  signatures?: string[];
  contexts?: ContextChoice[];
  bridges?: { function: string; why: Refusal[] }[];
  files?: string[];
}

export interface Finding {
  name: string;
  rule: string;
  fingerprint: string;
  severity: Severity;
  verdict: string | null;
  idiom: string;
  type: string;
  message: string;
  place: Place;
  accessor: (Place & { name: string }) | null;
  storage: (Place & { name: string; kind: string }) | null;
  consumers: number;
  path: Step[];
  notes: (Place & { message: string })[];
  user_data: (Place & { name: string; word: string; written: boolean })[];
  users: (Place & { name: string })[];
  writes: (Place & { text: string; function: string; escape: boolean })[];
  write_count: number; // of which writes has the first
  migration: Migration | null;
  diff: string | null;
  diff_note: string;
  shares: number[];
}

export interface Frontier extends Refusal {
  bridged: boolean;
  frees: number;
  blocks: number[];
}

export interface Run {
  date: string;
  revision: string;
  dirty: boolean;
  findings: number;
  severity: Record<Severity, number>;
  fix: Record<"safe" | "unsafe" | "manual", number>;
  units: { total: number; failed: number };
}

export interface Report {
  version: number;
  tool: string;
  project: string;
  revision: string;
  dirty: boolean;
  date: string;
  units: {
    total: number;
    analysed: number;
    verified: number;
    failed: { file: string; error: string; line?: number }[];
  };
  findings: Finding[];
  frontiers: Frontier[];
  sources: Record<string, { line: number; text: string[] }[]>;
  history: Run[];
  kept: boolean;
  notes: string[];
}

export function readReport(): Report {
  const text = document.getElementById("data")?.textContent ?? "";
  const report = JSON.parse(text) as Report;
  if (report.version !== 1)
    throw new Error(`this page shows version 1 of the data, not ${report.version}`);
  return report;
}

export const fixOf = (finding: Finding): Fix => finding.migration?.applicability ?? "none";

/** How each kind of fix is called on the page. */
export const fixNames: Record<Fix, string> = {
  safe: "safe fix",
  unsafe: "unsafe fix",
  manual: "refused",
  none: "no fix",
};

export const shortRule = (rule: string) => rule.replace(/^isolation-/, "");

export const placeText = (place: Place) =>
  place.file ? `${place.file}:${place.line}:${place.column}` : "";

/** "ns::" and "get<a::b>": the last part of a qualified name is what people know. */
export function splitName(name: string): [string, string] {
  let depth = 0;
  for (let i = name.length - 1; i > 1; --i) {
    const c = name[i];
    if (c === ">" || c === ")" || c === "]") ++depth;
    else if (c === "<" || c === "(" || c === "[") --depth;
    else if (c === ":" && name[i - 1] === ":" && depth === 0)
      return [name.slice(0, i + 1), name.slice(i + 1)];
  }
  return ["", name];
}

export const counted = (count: number, thing: string) =>
  `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
