// How a request reaches a singleton: its path from the entry point over the
// calls to the accessor and the write, the storage that all of it is about, who
// else uses or writes it, and what stands in the way of a fix. The source lines
// of the box that is looked at stand beside the graph.
import { useMemo, useState } from "preact/hooks";
import { Source } from "./code";
import { counted, placeText, type Finding, type Place } from "./data";
import { Graph, type Edge, type Node } from "./graph";
import { Name, PlaceText, Sentence, T, plain } from "./text";

interface Seen extends Node {
  place: Place;
  title: string; // of the panel beside the graph
  note?: string;
  others?: (Place & { name: string })[];
}

const shownOthers = 7;

const kinds: Record<string, string> = {
  entry: "request entry",
  accessor: "accessor",
  use: "use of the storage",
  write: "write",
};

function box(id: string, kind: string, what: string, name: string, place: Place, note?: string): Seen {
  return {
    id,
    kind,
    place,
    note,
    title: name,
    label: plain(`${what}: ${name}${place.file ? ", " + placeText(place) : ""}`),
    body: (
      <>
        <span class="what">{what}</span>
        <span class="who">
          <Name name={name} near />
        </span>
        <span class="where">{place.file ? <T s={`${place.file.split("/").pop()}:${place.line}`} /> : ""}</span>
      </>
    ),
  };
}

function group(id: string, kind: string, what: string, others: (Place & { name: string })[]): Seen {
  return { ...box(id, kind, what, others[0].name, others[0]), title: what, others };
}

/** The path goes down the first column, to the storage; what else reaches the
    accessor or the storage stands beside it. */
function graphOf(finding: Finding): { nodes: Seen[]; edges: Edge[] } {
  const nodes: Seen[] = [];
  const edges: Edge[] = [];
  let rows = 0;
  let target = ""; // of those beside: the accessor, else the storage
  const put = (node: Seen, row: number, column = 0) => {
    nodes.push({ ...node, row, column });
    rows = Math.max(rows, row + 1);
    return node.id;
  };

  const onPath = new Set(finding.path.map((step) => step.function));
  const users = finding.users.filter((user) => !onPath.has(user.name));
  const unlisted = finding.consumers - finding.users.length;
  const used = finding.path.length
    ? `${users.length + unlisted} more use it`
    : `used by ${counted(users.length + unlisted, "function")}`;
  if (users.length && !finding.path.length) put(group("users", "others", used, users), 0);

  finding.path.forEach((step, i) => {
    const what = kinds[step.what] ?? step.what;
    const id = put(box(`step${i}`, `step ${step.what}`, `${i + 1} · ${what}`, step.function, step, step.why), rows);
    if (i) edges.push({ from: `step${i - 1}`, to: id, label: step.what, kind: "on-path" });
    if (!target && (step.what === "accessor" || step.what === "use")) target = id;
  });
  if (!target && finding.accessor)
    target = put(box("accessor", "step accessor", "accessor", finding.accessor.name, finding.accessor), rows);

  if (finding.storage) {
    const { name, kind } = finding.storage;
    put(box("storage", "storage", `storage · ${kind}`, name, finding.storage), rows);
    const last = finding.path.at(-1);
    const lastStep = `step${finding.path.length - 1}`;
    if (target && target !== lastStep) edges.push({ from: target, to: "storage", label: "hands out" });
    if (last)
      edges.push({
        from: lastStep,
        to: "storage",
        label: last.what === "write" ? "changes" : last.what === "accessor" ? "hands out" : "",
        kind: "on-path",
      });
    target ||= "storage";
  }
  const row = nodes.find((node) => node.id === target)?.row ?? 0;
  if (users.length && target) {
    if (finding.path.length) put(group("users", "others", used, users), Math.max(0, row - 1), 1);
    edges.push({ from: "users", to: target, kind: "aside" });
  }

  const refusals = (finding.migration?.refusals ?? []).filter((refusal) => refusal.file);
  if (refusals.length && target) {
    const [first] = refusals;
    const names = refusals.map((refusal) => ({ ...refusal, name: refusal.function || refusal.code }));
    put(
      refusals.length === 1
        ? box("blocker", "blocker", "blocks the fix", names[0].name, first, first.message)
        : group("blocker", "blocker", `${refusals.length} block the fix`, names),
      row,
      1,
    );
    edges.push({ from: "blocker", to: target, kind: "blocks" });
  }

  const at = new Set(finding.path.map(placeText));
  const writes = finding.writes.filter((write) => !at.has(placeText(write)));
  if (writes.length && finding.storage && target !== "storage") {
    const what = counted(writes.length + finding.write_count - finding.writes.length, finding.path.at(-1)?.what === "write" ? "more write" : "write");
    const named = writes.map((write) => ({ ...write, name: write.text }));
    put({ ...group("writes", "others write", what, named), body: <OtherWrites what={what} first={writes[0].function} /> }, rows - 1, 1);
    edges.push({ from: "writes", to: "storage", kind: "aside" });
  }
  return { nodes, edges };
}

function OtherWrites({ what, first }: { what: string; first: string }) {
  return (
    <>
      <span class="what">{what}</span>
      <span class="who">
        <Name name={first} near />
      </span>
    </>
  );
}

export function PathGraph({ finding }: { finding: Finding }) {
  const { nodes, edges } = useMemo(() => graphOf(finding), [finding]);
  const [looked, setLooked] = useState("");
  const named = (id: string) => nodes.find((node) => node.id === id);
  const current = named(looked) ?? named("step0") ?? named("accessor") ?? named("storage") ?? nodes[0];
  if (!current) return null;
  return (
    <div class="path-view">
      <Graph
        title="the way to the shared state"
        nodes={nodes}
        edges={edges}
        current={current.id}
        onLook={setLooked}
      />
      <div class="beside">
        <h4>
          <Panel seen={current} />
        </h4>
        {current.note && (
          <p class="muted">
            <Sentence s={current.note} />
          </p>
        )}
        {current.others ? (
          <ul class="plain">
            {current.others.slice(0, shownOthers).map((other) => (
              <li>
                {current.kind.includes("write") ? <Sentence s={other.name} /> : <Name name={other.name} />}
                <PlaceText place={other} />
              </li>
            ))}
            {current.others.length > shownOthers && (
              <li class="muted">and {current.others.length - shownOthers} more, listed below</li>
            )}
          </ul>
        ) : (
          <>
            <PlaceText place={current.place} />
            <Source place={current.place} />
          </>
        )}
      </div>
      <ol class="print-only">
        {finding.path.map((step) => (
          <li>
            {step.what}: <Name name={step.function} /> <PlaceText place={step} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Panel({ seen }: { seen: Seen }) {
  return seen.others ? <>{seen.title}</> : <Name name={seen.title} />;
}
