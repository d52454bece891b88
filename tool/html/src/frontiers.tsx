// Who blocks whom: the functions that end the threading of a context, ranked by
// how many singletons would be free without each of them.
import { useMemo } from "preact/hooks";
import { Source } from "./code";
import { counted, shortRule, type Frontier } from "./data";
import { Graph, type Edge, type Node } from "./graph";
import { findings, openFrontier, report, show, showBlocked } from "./state";
import { Name, PlaceText, Sentence, T, plain } from "./text";

const mostShown = 10;

function small(id: string, kind: string, what: string, name: string): Node {
  return {
    id,
    kind,
    label: plain(`${what}: ${name}`),
    body: (
      <>
        <span class="what">{what}</span>
        <span class="who">
          <Name name={name} near />
        </span>
      </>
    ),
  };
}

const nameOf = (frontier: Frontier) => frontier.function || frontier.code;

/** A frontier, what it blocks, and what else blocks that. */
function graphOf(index: number): { nodes: Node[]; edges: Edge[] } {
  const frontier = report.frontiers[index];
  const blocked = frontier.blocks.slice(0, mostShown);
  const nodes = [small(`frontier${index}`, "blocker", frontier.bridged ? "bridged" : "blocks", nameOf(frontier))];
  const edges: Edge[] = [];
  for (const singleton of blocked) {
    const finding = findings[singleton];
    nodes.push(small(`finding${singleton}`, `step ${finding.severity}`, finding.severity, finding.name));
    edges.push({ from: `frontier${index}`, to: `finding${singleton}`, kind: "blocks" });
  }
  let others = 0;
  report.frontiers.forEach((other, i) => {
    if (i === index || other.bridged || others >= 6) return;
    const both = other.blocks.filter((singleton) => blocked.includes(singleton));
    if (!both.length) return;
    ++others;
    nodes.push(small(`frontier${i}`, "blocker other", "blocks it too", nameOf(other)));
    for (const singleton of both) edges.push({ from: `finding${singleton}`, to: `frontier${i}`, kind: "aside", reversed: true });
  });
  return { nodes, edges };
}

function BlockGraph({ index }: { index: number }) {
  const { nodes, edges } = useMemo(() => graphOf(index), [index]);
  const open = (id: string) => {
    if (id.startsWith("finding")) show(Number(id.slice("finding".length)));
    else openFrontier.value = Number(id.slice("frontier".length));
  };
  return (
    <Graph
      title="what it blocks, and what else blocks that; Enter opens a box"
      nodes={nodes}
      edges={edges}
      current={`frontier${index}`}
      onLook={() => {}}
      onOpen={open}
    />
  );
}

function Ranking() {
  const most = Math.max(1, ...report.frontiers.map((frontier) => frontier.blocks.length));
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(report.frontiers.length - 1, openFrontier.value + step));
    openFrontier.value = to;
    document.getElementById(`frontier-${to}`)?.focus();
  };
  return (
    <div class="list ranking" role="listbox" aria-label="frontiers, what frees most first" onKeyDown={press}>
      {report.frontiers.map((frontier, index) => (
        <div
          class="row frontier"
          role="option"
          id={`frontier-${index}`}
          aria-selected={index === openFrontier.value}
          tabIndex={index === openFrontier.value ? 0 : -1}
          onClick={() => (openFrontier.value = index)}
        >
          <span class="rank">{index + 1}</span>
          <span class="row-name">
            <Name name={nameOf(frontier)} />
          </span>
          <span class="code">{frontier.code}</span>
          <span class="bars">
            <span class="bar">
              <span class="all" style={{ width: `${(100 * frontier.blocks.length) / most}%` }} />
              <span class="free" style={{ width: `${(100 * frontier.frees) / most}%` }} />
            </span>
            <span class="muted">
              {frontier.bridged
                ? `bridged for ${frontier.blocks.length}`
                : `blocks ${frontier.blocks.length}, ${frontier.frees} alone`}
            </span>
          </span>
        </div>
      ))}
    </div>
  );
}

export function Frontiers() {
  if (!report.frontiers.length)
    return (
      <div class="empty">
        <p>No function stands in the way of a fix.</p>
      </div>
    );
  const index = Math.min(openFrontier.value, report.frontiers.length - 1);
  const frontier = report.frontiers[index];
  return (
    <div class="two-panes">
      <div class="pane side">
        <p class="intro">
          Functions that can be given no context end the way of a migration. First comes what frees the most
          singletons when it is changed alone.
        </p>
        <Ranking />
      </div>
      <div class="pane detail" tabIndex={-1}>
        <article key={index}>
          <header>
            <h2>
              <Name name={nameOf(frontier)} />
            </h2>
            <p class="message">
              <Sentence s={frontier.message} /> <span class="code">{frontier.code}</span>
            </p>
            <p>
              <PlaceText place={frontier} />
            </p>
          </header>
          {frontier.file && <Source place={frontier} />}
          <section>
            <h3>
              {frontier.bridged ? "What is bridged here" : "What it blocks"}
              <span class="count">{frontier.blocks.length}</span>
            </h3>
            <BlockGraph index={index} />
            {frontier.blocks.length > mostShown && (
              <p class="muted">{counted(frontier.blocks.length - mostShown, "more singleton")} in the list below</p>
            )}
            <p>
              <button type="button" onClick={() => showBlocked(index)}>
                Show them in the list of findings
              </button>
            </p>
            <ul class="places">
              {frontier.blocks.slice(0, 200).map((singleton) => (
                <li>
                  <button type="button" class="link" onClick={() => show(singleton)}>
                    <T s={findings[singleton].name} />
                  </button>{" "}
                  <span class="muted">{shortRule(findings[singleton].rule)}</span>
                </li>
              ))}
            </ul>
          </section>
        </article>
      </div>
    </div>
  );
}
