// The number of findings over the runs of a history.
import { scaleLinear, scaleTime } from "d3-scale";
import { area, line, stack } from "d3-shape";
import { useState } from "preact/hooks";
import { counted, type Run, type Severity } from "./data";
import { report } from "./state";
import { plain } from "./text";

const order: Severity[] = ["high", "medium", "low"];
const listed = 400;
const width = 960;
const height = 340;
const edge = { left: 52, right: 20, top: 16, bottom: 34 };

export const runs = report.history
  .map((run, at) => ({ ...run, at, time: Date.parse(run.date) }))
  .sort((a, b) => a.time - b.time || a.at - b.at);

export const shortDate = (run: Run) => run.date.replace("T", " ").replace(/:\d\dZ$/, "");
const revision = (run: Run) => (run.revision ? plain(run.revision.slice(0, 10)) + (run.dirty ? " + changes" : "") : "—");

const signed = (n: number) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : "±0");

/** Since the run before the last one; null where there is none. */
export function change(): string | null {
  if (runs.length < 2) return null;
  const [before, now] = runs.slice(-2);
  return `${signed(now.findings - before.findings)} since ${before.date.slice(0, 10)}`;
}

function Chart() {
  const [at, setAt] = useState(runs.length - 1);
  const [first, last] = [runs[0].time, runs.at(-1)!.time];
  const even = first === last; // all at one instant: by their order
  const x = scaleTime()
    .domain(even ? [0, runs.length - 1] : [first, last])
    .range([edge.left, width - edge.right]);
  const xOf = (i: number) => x(even ? i : runs[i].time);
  const most = Math.max(1, ...runs.map((run) => run.findings));
  const y = scaleLinear().domain([0, most]).nice(5).range([height - edge.bottom, edge.top]);
  const layers = stack<(typeof runs)[number], Severity>()
    .keys([...order].reverse())
    .value((run, key) => run.severity[key])(runs);
  const shape = area<[number, number]>()
    .x((_, i) => xOf(i))
    .y0((point) => y(point[0]))
    .y1((point) => y(point[1]));
  const total = line<Run>()
    .x((_, i) => xOf(i))
    .y((run) => y(run.findings));
  const press = (event: KeyboardEvent) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: runs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(runs.length - 1, to)));
  };
  const nearest = (event: MouseEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const where = ((event.clientX - box.left) / box.width) * width;
    let best = 0;
    for (let i = 0; i < runs.length; ++i) if (Math.abs(xOf(i) - where) < Math.abs(xOf(best) - where)) best = i;
    setAt(best);
  };
  const run = runs[at];
  const said = `${shortDate(run)}: ${counted(run.findings, "finding")}, ${run.severity.high} high, ${run.severity.medium} medium, ${run.severity.low} low`;
  return (
    <figure class="chart">
      <div
        tabIndex={0}
        role="slider"
        aria-label="run"
        aria-valuemin={1}
        aria-valuemax={runs.length}
        aria-valuenow={at + 1}
        aria-valuetext={said}
        onKeyDown={press}
      >
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" onMouseMove={nearest}>
          {y.ticks(5).filter(Number.isInteger).map((tick) => (
            <g>
              <line class="grid" x1={edge.left} x2={width - edge.right} y1={y(tick)} y2={y(tick)} />
              <text x={edge.left - 8} y={y(tick) + 4} text-anchor="end">
                {tick}
              </text>
            </g>
          ))}
          {(even ? [] : x.ticks(6)).map((tick) => (
            <text x={x(tick)} y={height - 10} text-anchor="middle">
              {tick.toISOString().slice(last - first > 2 * 864e5 ? 0 : 5, last - first > 2 * 864e5 ? 10 : 16).replace("T", " ")}
            </text>
          ))}
          {layers.map((layer) => (
            <path class={`area ${layer.key}`} d={shape(layer as unknown as [number, number][]) ?? ""} />
          ))}
          <path class="total" d={total(runs) ?? ""} />
          {runs.length <= 120 &&
            runs.map((each, i) => (
              <circle class={each.units.failed ? "run incomplete" : "run"} cx={xOf(i)} cy={y(each.findings)} r="3.5" />
            ))}
          <line class="cursor" x1={xOf(at)} x2={xOf(at)} y1={edge.top} y2={height - edge.bottom} />
          <circle class="run at" cx={xOf(at)} cy={y(run.findings)} r="6" />
        </svg>
      </div>
      <figcaption>
        <span class="legend">
          {order.map((key) => (
            <span>
              <span class={`swatch ${key}`} /> {key} <strong>{run.severity[key]}</strong>
            </span>
          ))}
        </span>
        <span>
          {shortDate(run)} · {counted(run.findings, "finding")} · {revision(run)}
          {run.units.failed > 0 && ` · ${counted(run.units.failed, "unit")} not analysed`}
        </span>
      </figcaption>
    </figure>
  );
}

export function History() {
  if (runs.length < 2)
    return (
      <div class="empty">
        <p>
          {report.kept
            ? "This is the first run of this history. The next report with the same --history FILE draws a line."
            : "Give the report a file, --history FILE, to keep the counts of each run; this page then shows how they went."}
        </p>
      </div>
    );
  return (
    <div class="page history">
      <h2>Findings over {counted(runs.length, "run")}</h2>
      <Chart />
      <div class="table-scroll">
        <table>
          <caption>
            {runs.length > listed ? `The last ${listed} runs` : "All runs"}, the last one first
          </caption>
          <thead>
            <tr>
              <th scope="col">date (UTC)</th>
              <th scope="col">revision</th>
              <th scope="col" class="number">findings</th>
              <th scope="col" class="number">change</th>
              {order.map((key) => (
                <th scope="col" class="number">
                  {key}
                </th>
              ))}
              <th scope="col" class="number">safe fix</th>
              <th scope="col" class="number">unsafe fix</th>
              <th scope="col" class="number">refused</th>
              <th scope="col">units</th>
            </tr>
          </thead>
          <tbody>
            {runs
              .map((run, i) => (
                <tr>
                  <td>{shortDate(run)}</td>
                  <td>
                    <code>{revision(run)}</code>
                  </td>
                  <td class="number">{run.findings}</td>
                  <td class="number">{i ? signed(run.findings - runs[i - 1].findings) : ""}</td>
                  {order.map((key) => (
                    <td class="number">{run.severity[key]}</td>
                  ))}
                  <td class="number">{run.fix.safe}</td>
                  <td class="number">{run.fix.unsafe}</td>
                  <td class="number">{run.fix.manual}</td>
                  <td>
                    {run.units.total}
                    {run.units.failed > 0 && `, ${run.units.failed} failed`}
                  </td>
                </tr>
              ))
              .reverse()
              .slice(0, listed)}
          </tbody>
        </table>
      </div>
    </div>
  );
}
