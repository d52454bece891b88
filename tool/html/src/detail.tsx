// One finding whole: what it is, how a request reaches it, what a fix would do.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { hasSource, Source } from "./code";
import {
  counted,
  fixNames,
  fixOf,
  placeText,
  shortRule,
  type ContextChoice,
  type Finding,
  type Place,
  type Refusal,
} from "./data";
import { Diff } from "./diff";
import { PathGraph } from "./path";
import { findings, openFrontier, report, selected, show, tab } from "./state";
import { Name, PlaceText, Sentence, T, Words } from "./text";

export function Section(props: { title: string; count?: number; children: ComponentChildren }) {
  return (
    <section>
      <h3>
        {props.title}
        {props.count !== undefined && <span class="count">{props.count.toLocaleString("en")}</span>}
      </h3>
      {props.children}
    </section>
  );
}

/** Something at a place, whose source lines open below it. */
function At({ place, children }: { place: Place; children: ComponentChildren }) {
  const head = (
    <>
      <span class="said">{children}</span>
      <PlaceText place={place} />
    </>
  );
  if (!hasSource(place)) return <div class="at-place">{head}</div>;
  return <Opened head={head} place={place} />;
}

function Opened({ head, place }: { head: ComponentChildren; place: Place }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="at-place" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{head}</summary>
      {open && <Source place={place} />}
    </details>
  );
}

/** The first ones, and the rest when asked for. */
function Some<Item>(props: { items: Item[]; first?: number; draw: (item: Item) => ComponentChildren }) {
  const first = props.first ?? 8;
  const [all, setAll] = useState(false);
  const items = all ? props.items : props.items.slice(0, first);
  return (
    <>
      <ul class="places">
        {items.map((item) => (
          <li>{props.draw(item)}</li>
        ))}
      </ul>
      {items.length < props.items.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          show {props.items.length - items.length} more
        </button>
      )}
    </>
  );
}

function Facts({ finding }: { finding: Finding }) {
  const rows: [string, ComponentChildren][] = [];
  if (finding.type)
    rows.push(["type", <code><Words s={finding.type} /></code>]);
  if (finding.accessor)
    rows.push(["accessor", <><Name name={finding.accessor.name} /> <PlaceText place={finding.accessor} /></>]);
  if (finding.storage)
    rows.push([
      "storage",
      <>
        <Name name={finding.storage.name} /> <PlaceText place={finding.storage} />
      </>,
    ]);
  if (!finding.accessor && !finding.storage) rows.push(["place", <PlaceText place={finding.place} />]);
  if (finding.idiom) rows.push(["idiom", <T s={finding.idiom} />]);
  rows.push(["used by", counted(finding.consumers, "function")]);
  rows.push(["fingerprint", <code><T s={finding.fingerprint} /></code>]);
  return (
    <dl class="facts">
      {rows.map(([term, what]) => (
        <div>
          <dt>{term}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

const ways: Record<string, string> = {
  "in-scope": "has one in scope",
  root: "is a test and makes one",
  parameter: "gets a parameter",
  member: "its class keeps one",
  ambient: "asks the thread",
  process: "uses the process's",
  none: "has none",
};

function Contexts({ contexts }: { contexts: ContextChoice[] }) {
  return (
    <Some
      items={contexts}
      draw={(context) => (
        <At place={context}>
          {context.function ? <Name name={context.function} /> : "an initialiser"}{" "}
          <span class="muted">{ways[context.choice] ?? context.choice}:</span>{" "}
          <code>
            <T s={context.expression} />
          </code>
        </At>
      )}
    />
  );
}

function frontierOf(refusal: Refusal): number {
  return report.frontiers.findIndex(
    (frontier) => !frontier.bridged && frontier.code === refusal.code && frontier.message === refusal.message,
  );
}

function Refusals({ refusals }: { refusals: Refusal[] }) {
  return (
    <Some
      items={refusals}
      draw={(refusal) => {
        const known = frontierOf(refusal);
        const others = known < 0 ? 0 : report.frontiers[known].blocks.length - 1;
        return (
          <>
            <At place={refusal}>
              <Sentence s={refusal.message} /> <span class="code"><T s={refusal.code} /></span>
            </At>
            {others > 0 && (
              <button
                type="button"
                class="link"
                onClick={() => {
                  openFrontier.value = known;
                  tab.value = "frontiers";
                }}
              >
                blocks {counted(others, "other singleton")} too
              </button>
            )}
          </>
        );
      }}
    />
  );
}

function Fix({ finding }: { finding: Finding }) {
  const migration = finding.migration;
  if (!migration)
    return (
      <Section title="What fix would do">
        <p>Nothing: this finding is about code that a person changes.</p>
      </Section>
    );
  if (migration.applicability === "manual")
    return (
      <Section title="What keeps fix from migrating it" count={migration.refusals.length}>
        <Refusals refusals={migration.refusals} />
      </Section>
    );
  return (
    <Section title="What fix would do">
      <p>
        <code>
          <T s={finding.name} />
        </code>{" "}
        becomes{" "}
        <code>
          <T s={migration.new_name ?? ""} />
        </code>
        , with one object for each <T s={migration.scope ?? "request"} />; {counted(migration.signatures?.length ?? 0, "function")}{" "}
        {migration.signatures?.length === 1 ? "gets" : "get"} a new parameter,{" "}
        {counted(migration.files?.length ?? 0, "file")} {migration.files?.length === 1 ? "changes" : "change"}.
        {migration.applicability === "unsafe" && " Behaviour may change: it is done with --unsafe-fixes only."}
      </p>
      {!!migration.bridges?.length && (
        <p>
          Bridged, so that they ask the thread:{" "}
          {migration.bridges.map((bridge, i) => (
            <>
              {i > 0 && ", "}
              <code>
                <T s={bridge.function} />
              </code>
            </>
          ))}
        </p>
      )}
      {!!migration.contexts?.length && (
        <>
          <h4>Where each function has its context from</h4>
          <Contexts contexts={migration.contexts} />
        </>
      )}
    </Section>
  );
}

function DiffSection({ finding }: { finding: Finding }) {
  if (!finding.diff && !finding.diff_note) return null;
  return (
    <Section title="Its diff">
      <p class="muted">
        This singleton's part of <code>unsingleton fix --dry-run</code>, which was verified as a whole by parsing{" "}
        {counted(report.units.verified, "unit")} again.
        {finding.shares.length > 0 && " It shares edits with "}
        {finding.shares.slice(0, 6).map((other, i) => (
          <>
            {i > 0 && ", "}
            <button type="button" class="link" onClick={() => show(other)}>
              <T s={findings[other].name} />
            </button>
          </>
        ))}
        {finding.shares.length > 6 && ` and ${finding.shares.length - 6} more`}
        {finding.shares.length > 0 && "."}
      </p>
      {finding.diff_note && (
        <p class="note">
          <T s={finding.diff_note} />
        </p>
      )}
      {finding.diff && <Diff diff={finding.diff} />}
    </Section>
  );
}

/** Notes that the other sections do not show already. */
function otherNotes(finding: Finding) {
  const seen = new Set([...finding.users, ...finding.writes, ...finding.user_data].map(placeText));
  if (finding.storage) seen.add(placeText(finding.storage));
  return finding.notes.filter((note) => !seen.has(placeText(note)));
}

function Lists({ finding }: { finding: Finding }) {
  const notes = otherNotes(finding);
  return (
    <>
      {finding.writes.length > 0 && (
        <Section title="Where its state changes" count={finding.write_count}>
          <Some items={finding.writes} draw={(write) => <At place={write}><Sentence s={write.text} /></At>} />
          {finding.write_count > finding.writes.length && (
            <p class="muted">{finding.write_count - finding.writes.length} more are not in this report</p>
          )}
        </Section>
      )}
      {finding.users.length > 0 && (
        <Section title="Who uses it" count={finding.consumers}>
          <Some items={finding.users} draw={(user) => <At place={user}><Name name={user.name} /></At>} />
          {finding.consumers > finding.users.length && (
            <p class="muted">{finding.consumers - finding.users.length} more are not in this report</p>
          )}
        </Section>
      )}
      {finding.user_data.length > 0 && (
        <Section title="Names that speak of users" count={finding.user_data.length}>
          <Some
            items={finding.user_data}
            draw={(datum) => (
              <At place={datum}>
                <code>
                  <T s={datum.name} />
                </code>{" "}
                <span class="muted">
                  (<T s={datum.word} />
                  {datum.written ? ", written" : ""})
                </span>
              </At>
            )}
          />
        </Section>
      )}
      {notes.length > 0 && (
        <Section title="Notes" count={notes.length}>
          <Some items={notes} draw={(note) => <At place={note}><Sentence s={note.message} /></At>} />
        </Section>
      )}
    </>
  );
}

export function Detail() {
  const finding = findings[selected.value];
  if (!finding)
    return (
      <div class="empty">
        <p>{findings.length ? "Choose a finding from the list." : "No finding to show."}</p>
      </div>
    );
  const fix = fixOf(finding);
  return (
    <article key={selected.value} aria-labelledby="detail-title">
      <button type="button" class="back" onClick={() => (selected.value = -1)}>
        ← all findings
      </button>
      <header>
        <h2 id="detail-title" tabIndex={-1}>
          <Name name={finding.name} />
        </h2>
        <p class="badges">
          <span class={`badge severity ${finding.severity}`}>{finding.severity}</span>
          {finding.verdict && <span class="badge"><T s={finding.verdict} /></span>}
          <span class="badge"><T s={shortRule(finding.rule)} /></span>
          <span class={`badge fix ${fix}`}>{fixNames[fix]}</span>
        </p>
        <p class="message">
          <Sentence s={finding.message} />
        </p>
        <Facts finding={finding} />
      </header>
      <Section title={finding.path.length ? "How a request reaches it" : "Who reaches it"}>
        {!finding.path.length && <p class="muted">No way of a request to it is known.</p>}
        <PathGraph finding={finding} />
      </Section>
      <Fix finding={finding} />
      <DiffSection finding={finding} />
      <Lists finding={finding} />
    </article>
  );
}
