// A graph that can be walked by keyboard: boxes are buttons that an SVG of edges
// lies behind. One of them is in the tab order; arrow keys go to the nearest box
// in their direction. Whoever draws it hears which box is looked at.
//
// Boxes stand where their column and row say; without those, dagre ranks them
// from left to right so that few edges cross.
import dagre from "@dagrejs/dagre";
import { linkHorizontal, linkVertical } from "d3-shape";
import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";

export interface Node {
  id: string;
  kind: string; // a class of style.css
  label: string; // its full name and place
  body: ComponentChildren;
  column?: number;
  row?: number;
}

export interface Edge {
  from: string;
  to: string;
  label?: string;
  kind?: string;
  reversed?: boolean; // it points from `to` to `from`
}

interface Props {
  title: string;
  nodes: Node[];
  edges: Edge[];
  current: string;
  onLook: (id: string) => void;
  onOpen?: (id: string) => void;
}

interface Box {
  x: number; // of the centre
  y: number;
  width: number;
  height: number;
}

interface Line {
  edge: Edge;
  path: string;
  x: number; // of the label
  y: number;
}

interface Drawing {
  width: number;
  height: number;
  boxes: Map<string, Box>;
  lines: Line[];
}

type Point = [number, number];

const margin = 12;
const cell = { width: 214, height: 62, right: 32, below: 44 };
const sideways = linkHorizontal<unknown, Point>();
const downwards = linkVertical<unknown, Point>();

/** An edge of a grid: down a column, along a row, or around what is between. */
function gridLine(edge: Edge, from: Box, to: Box): Line {
  const half = { x: from.width / 2, y: from.height / 2 };
  if (from.y === to.y) {
    const left = to.x < from.x ? -1 : 1;
    const source: Point = [from.x + left * half.x, from.y];
    const target: Point = [to.x - left * half.x, to.y];
    return { edge, path: `M${source}L${target}`, x: (source[0] + target[0]) / 2, y: from.y };
  }
  if (from.x === to.x && to.y - from.y > cell.height + cell.below + 1) {
    const [x, out] = [from.x - half.x, from.x - half.x - 34];
    const path = `M${x},${from.y}C${out},${from.y} ${out},${from.y} ${out},${from.y + 30}V${to.y - 30}C${out},${to.y} ${out},${to.y} ${x},${to.y}`;
    return { edge, path, x: out, y: (from.y + to.y) / 2 };
  }
  // Beside what comes down the column itself.
  const aside = from.x === to.x ? 0 : Math.sign(from.x - to.x) * half.x * 0.6;
  const source: Point = [from.x, from.y + half.y];
  const target: Point = [to.x + aside, to.y - half.y];
  return {
    edge,
    path: downwards({ source, target }) ?? "",
    x: (source[0] + target[0]) / 2,
    y: (source[1] + target[1]) / 2,
  };
}

function grid(nodes: Node[], edges: Edge[]): Drawing {
  const around = edges.some((edge) => {
    const [from, to] = [edge.from, edge.to].map((id) => nodes.find((node) => node.id === id)!);
    return from.column === to.column && Math.abs(from.row! - to.row!) > 1;
  });
  const left = margin + (around ? 58 : 0); // room for what goes around, and its label
  const boxes = new Map<string, Box>();
  let [columns, rows] = [0, 0];
  for (const node of nodes) {
    columns = Math.max(columns, node.column! + 1);
    rows = Math.max(rows, node.row! + 1);
    boxes.set(node.id, {
      x: left + node.column! * (cell.width + cell.right) + cell.width / 2,
      y: margin + node.row! * (cell.height + cell.below) + cell.height / 2,
      width: cell.width,
      height: cell.height,
    });
  }
  return {
    width: left + margin + columns * (cell.width + cell.right) - cell.right,
    height: 2 * margin + rows * (cell.height + cell.below) - cell.below,
    boxes,
    lines: edges.map((edge) => gridLine(edge, boxes.get(edge.from)!, boxes.get(edge.to)!)),
  };
}

function ranked(nodes: Node[], edges: Edge[]): Drawing {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 12, ranksep: 80, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: cell.width, height: 46 });
  for (const edge of edges) graph.setEdge(edge.from, edge.to);
  dagre.layout(graph);
  const size = graph.graph();
  const boxes = new Map(nodes.map((node) => [node.id, graph.node(node.id) as Box]));
  const lines = edges.map((edge) => {
    const [from, to] = [boxes.get(edge.from)!, boxes.get(edge.to)!];
    const source: Point = [from.x + from.width / 2, from.y];
    const target: Point = [to.x - to.width / 2, to.y];
    return {
      edge,
      path: sideways({ source, target }) ?? "",
      x: (source[0] + target[0]) / 2,
      y: (source[1] + target[1]) / 2,
    };
  });
  return { width: size.width ?? 0, height: size.height ?? 0, boxes, lines };
}

/** The nearest box in a direction; what lies aside counts double. */
function next(boxes: Map<string, Box>, from: string, key: string): string | undefined {
  const at = boxes.get(from);
  if (!at) return undefined;
  let best: string | undefined;
  let least = Infinity;
  for (const [id, box] of boxes) {
    const dx = box.x - at.x;
    const dy = box.y - at.y;
    const ahead = { ArrowRight: dx, ArrowLeft: -dx, ArrowDown: dy, ArrowUp: -dy }[key] ?? 0;
    const aside = Math.abs(key === "ArrowRight" || key === "ArrowLeft" ? dy : dx);
    if (id === from || ahead < 5) continue;
    if (ahead + 2 * aside < least) {
      least = ahead + 2 * aside;
      best = id;
    }
  }
  return best;
}

let graphs = 0;

export function Graph({ title, nodes, edges, current, onLook, onOpen }: Props) {
  const drawn = useMemo(
    () => (nodes.every((node) => node.row !== undefined) ? grid : ranked)(nodes, edges),
    [nodes, edges],
  );
  const mark = useMemo(() => `arrow-${++graphs}`, []);
  const root = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent, id: string) => {
    const order = nodes.map((node) => node.id);
    const to =
      event.key === "Home" ? order[0] : event.key === "End" ? order.at(-1) : next(drawn.boxes, id, event.key);
    if (!to || (event.key === "Enter" && !onOpen)) return;
    event.preventDefault();
    onLook(to);
    root.current?.querySelectorAll<HTMLElement>("button")[order.indexOf(to)]?.focus();
  };
  return (
    <div class="graph-scroll">
      <div
        class="graph"
        ref={root}
        role="group"
        aria-label={title + "; arrow keys go from box to box"}
        style={{ width: `${drawn.width}px`, height: `${drawn.height}px` }}
      >
        <svg width={drawn.width} height={drawn.height} aria-hidden="true">
          <defs>
            <marker id={mark} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
              <path d="M0 0 8 4 0 8z" class="arrow" />
            </marker>
          </defs>
          {drawn.lines.map(({ edge, path }) => (
            <path
              class={`edge ${edge.kind ?? ""}`}
              d={path}
              {...{ [edge.reversed ? "marker-start" : "marker-end"]: `url(#${mark})` }}
            />
          ))}
        </svg>
        {drawn.lines.map(
          ({ edge, x, y }) =>
            edge.label && (
              <span class={`edge-label ${edge.kind ?? ""}`} style={{ left: `${x}px`, top: `${y}px` }} aria-hidden="true">
                {edge.label}
              </span>
            ),
        )}
        {nodes.map((node) => {
          const box = drawn.boxes.get(node.id)!;
          return (
            <button
              type="button"
              class={`node ${node.kind}`}
              tabIndex={node.id === current ? 0 : -1}
              title={node.label}
              aria-current={node.id === current}
              data-node={node.id}
              style={{
                left: `${box.x - box.width / 2}px`,
                top: `${box.y - box.height / 2}px`,
                width: `${box.width}px`,
                height: `${box.height}px`,
              }}
              onMouseEnter={() => onLook(node.id)}
              onFocus={() => onLook(node.id)}
              onClick={() => (onOpen ? onOpen(node.id) : onLook(node.id))}
              onKeyDown={(event) => walk(event, node.id)}
            >
              {node.body}
            </button>
          );
        })}
      </div>
    </div>
  );
}
