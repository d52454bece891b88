// The frame: head, tabs, and the keys that work everywhere.
import { useEffect, useRef } from "preact/hooks";
import { counted } from "./data";
import { Detail } from "./detail";
import { Filters } from "./filters";
import { Frontiers } from "./frontiers";
import { change, History } from "./history";
import { FindingList, focusList } from "./list";
import { findings, query, report, selected, tab, type Tab } from "./state";
import { Sentence, T } from "./text";
import { theme, themes } from "./theme";

const tabs: { id: Tab; name: string; count?: number }[] = [
  { id: "findings", name: "Findings", count: findings.length },
  { id: "frontiers", name: "Who blocks whom", count: report.frontiers.length },
  { id: "history", name: "Burn-down", count: report.history.length > 1 ? report.history.length : undefined },
];

function Tabs() {
  const press = (event: KeyboardEvent) => {
    const at = tabs.findIndex((each) => each.id === tab.value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    tab.value = tabs[(to + tabs.length) % tabs.length].id;
    document.getElementById(`tab-${tab.value}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="views" onKeyDown={press}>
      {tabs.map(({ id, name, count }) => (
        <button
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-selected={tab.value === id}
          aria-controls="view"
          tabIndex={tab.value === id ? 0 : -1}
          onClick={() => (tab.value = id)}
        >
          {name}
          {count !== undefined && <span class="count">{count.toLocaleString("en")}</span>}
        </button>
      ))}
    </div>
  );
}

function ThemeChoice() {
  return (
    <fieldset class="segments">
      <legend class="unseen">colours</legend>
      {themes.map((each) => (
        <label>
          <input
            type="radio"
            name="theme"
            value={each}
            checked={theme.value === each}
            onChange={() => (theme.value = each)}
          />
          <span>{each}</span>
        </label>
      ))}
    </fieldset>
  );
}

const keys: [string, string][] = [
  ["/", "search"],
  ["↑ ↓ Home End", "from finding to finding, or from box to box in a graph"],
  ["Enter", "from the list to the finding"],
  ["Esc", "back to the list; in the search field, clear it first"],
  ["← →", "from view to view, or from run to run in the burn-down"],
  ["?", "this help"],
];

function Help() {
  const licences = document.getElementById("licences")?.textContent ?? "";
  return (
    <dialog id="help" aria-labelledby="help-title">
      <form method="dialog">
        <h2 id="help-title">Keys</h2>
        <dl class="keys">
          {keys.map(([key, what]) => (
            <div>
              <dt>
                {key.split(" ").map((each) => (
                  <kbd>{each}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <h2>About</h2>
        <p>
          Written by {report.tool}. This file loads nothing and sends nothing; the address keeps what you have chosen,
          so that it can be shared.
        </p>
        <details>
          <summary>licences of the libraries in this page</summary>
          <pre class="licences" tabIndex={0}>
            {licences}
          </pre>
        </details>
        <button autofocus>Close</button>
      </form>
    </dialog>
  );
}

const openHelp = () => (document.getElementById("help") as HTMLDialogElement | null)?.showModal();

function Head() {
  const since = change();
  return (
    <header class="head">
      <div class="title">
        <h1>
          <bdi>
            <T s={report.project} />
          </bdi>
        </h1>
        <p class="muted">
          {counted(findings.length, "finding")}
          {since && ` (${since})`} · {report.units.analysed} of {counted(report.units.total, "unit")} analysed ·{" "}
          {report.date.slice(0, 10)}
          {report.revision && (
            <>
              {" · "}
              <code>
                <T s={report.revision.slice(0, 10)} />
              </code>
              {report.dirty && " with changes"}
            </>
          )}
        </p>
      </div>
      <Tabs />
      <div class="tools">
        <ThemeChoice />
        <button type="button" class="round" aria-label="keys and licences" title="keys and licences (?)" onClick={openHelp}>
          ?
        </button>
      </div>
    </header>
  );
}

function Warnings() {
  const failed = report.units.failed;
  if (!failed.length && !report.notes.length) return null;
  return (
    <div class="warnings">
      {failed.length > 0 && (
        <details>
          <summary>
            {counted(failed.length, "unit")} could not be analysed: what only {failed.length === 1 ? "it says" : "they say"} is missing here
          </summary>
          <ul class="plain">
            {failed.map((unit) => (
              <li>
                <code>
                  <T s={unit.file} />
                </code>
                : <T s={unit.error} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {report.notes.length > 0 && (
        <details>
          <summary>{counted(report.notes.length, "note")} on this report</summary>
          <ul class="plain">
            {report.notes.map((note) => (
              <li>
                <Sentence s={note} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function FindingsView() {
  const detail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (detail.current) detail.current.scrollTop = 0;
  }, [selected.value]);
  return (
    <div class={selected.value < 0 ? "two-panes" : "two-panes open"}>
      <div class="pane side">
        <Filters />
        <FindingList />
      </div>
      <div class="pane detail" ref={detail}>
        <Detail />
      </div>
    </div>
  );
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;

function press(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    if (event.target instanceof HTMLInputElement && event.target.id === "search" && query.value) {
      event.preventDefault();
      query.value = "";
      return;
    }
    if (tab.value !== "findings") tab.value = "findings";
    if (innerWidth < 900) selected.value = -1;
    setTimeout(focusList);
    return;
  }
  if (typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    tab.value = "findings";
    // From another view, the field is drawn first.
    const field = () => document.getElementById("search");
    if (field()) field()!.focus();
    else setTimeout(() => field()?.focus());
  } else if (event.key === "?") {
    event.preventDefault();
    openHelp();
  }
}

export function App() {
  useEffect(() => {
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <Head />
      <Warnings />
      <main>
        <div id="view" role="tabpanel" aria-labelledby={`tab-${tab.value}`}>
          {tab.value === "findings" ? <FindingsView /> : tab.value === "frontiers" ? <Frontiers /> : <History />}
        </div>
      </main>
      <Help />
    </>
  );
}
