// The search field and the filters above the list, each with its counts.
import { counted, fixNames, fixOf, shortRule, type Finding, type Fix, type Severity } from "./data";
import {
  clearFilters,
  filtering,
  findings,
  fix,
  fixes,
  frontier,
  path,
  query,
  report,
  rule,
  severities,
  severity,
  shown,
  sort,
  sorts,
  toggle,
  verdict,
  type Sort,
} from "./state";
import { focusList } from "./list";
import { T, plain } from "./text";

function tally<Key>(key: (finding: Finding) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const finding of findings) counts.set(key(finding), (counts.get(key(finding)) ?? 0) + 1);
  return counts;
}

const severityCounts = tally((finding) => finding.severity);
const fixCounts = tally(fixOf);
const ruleCounts = tally((finding) => finding.rule);
const verdictCounts = tally((finding) => finding.verdict ?? "none");
const folders = [
  ...new Set(
    findings.flatMap((finding) => {
      const parts = (finding.place.file ?? "").split("/").slice(0, -1);
      // The browser draws these, and would obey what turns the direction of text.
      if (plain(parts.join()) !== parts.join()) return [];
      return parts.map((_, i) => parts.slice(0, i + 1).join("/") + "/");
    }),
  ),
]
  .sort()
  .slice(0, 200);

function Toggles<Value extends string>(props: {
  title: string;
  values: Value[];
  counts: Map<Value, number>;
  names: (value: Value) => string;
  of: { value: ReadonlySet<Value> };
}) {
  return (
    <div class="toggles" role="group" aria-label={props.title}>
      {props.values.map((value) => (
        <button
          type="button"
          class={`toggle ${value}`}
          aria-pressed={props.of.value.has(value)}
          disabled={!props.counts.get(value)}
          onClick={() => toggle(props.of, value)}
        >
          <strong>{(props.counts.get(value) ?? 0).toLocaleString("en")}</strong> {props.names(value)}
        </button>
      ))}
    </div>
  );
}

function Choice(props: {
  title: string;
  all: string;
  counts: Map<string, number>;
  names: (value: string) => string;
  of: { value: string };
}) {
  return (
    <select
      aria-label={props.title}
      value={props.of.value}
      onChange={(event) => (props.of.value = event.currentTarget.value)}
    >
      <option value="">{props.all}</option>
      {[...props.counts.keys()].sort().map((value) => (
        <option value={value}>
          {props.names(value)} ({props.counts.get(value)})
        </option>
      ))}
    </select>
  );
}

export function Filters() {
  const blocker = report.frontiers[frontier.value];
  return (
    <div class="filters" role="search">
      <div class="search">
        <input
          id="search"
          type="search"
          placeholder="Search name, type, message, user …"
          aria-label="search the findings"
          aria-keyshortcuts="/"
          autocomplete="off"
          spellcheck={false}
          value={query.value}
          onInput={(event) => (query.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown" || event.key === "Enter") {
              event.preventDefault();
              focusList();
            }
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <Toggles<Severity>
        title="severity"
        values={severities}
        counts={severityCounts}
        names={(value) => value}
        of={severity}
      />
      <Toggles<Fix>
        title="what fix would do"
        values={fixes.filter((value) => fixCounts.has(value))}
        counts={fixCounts}
        names={(value) => fixNames[value]}
        of={fix}
      />
      <div class="choices">
        <Choice title="rule" all="all rules" counts={ruleCounts} names={shortRule} of={rule} />
        <Choice title="verdict" all="all verdicts" counts={verdictCounts} names={(value) => value} of={verdict} />
        <input
          type="text"
          list="folders"
          aria-label="path: a part of it, or a pattern with *"
          placeholder="path or *.cpp"
          spellcheck={false}
          value={path.value}
          onInput={(event) => (path.value = event.currentTarget.value)}
        />
        <datalist id="folders">
          {folders.map((folder) => (
            <option value={folder} />
          ))}
        </datalist>
      </div>
      {blocker && (
        <p class="blocked-by">
          blocked by{" "}
          <code>
            <T s={blocker.function || blocker.code} />
          </code>
          <button type="button" class="link" onClick={() => (frontier.value = -1)}>
            show all
          </button>
        </p>
      )}
      <div class="count-line">
        <span role="status">
          {shown.value.length === findings.length
            ? counted(findings.length, "finding")
            : `${shown.value.length.toLocaleString("en")} of ${counted(findings.length, "finding")}`}
        </span>
        {filtering.value && (
          <button type="button" class="link" onClick={clearFilters}>
            clear filters
          </button>
        )}
        <label>
          sort by{" "}
          <select value={sort.value} onChange={(event) => (sort.value = event.currentTarget.value as Sort)}>
            {Object.entries(sorts).map(([value, name]) => (
              <option value={value}>{name}</option>
            ))}
          </select>
        </label>
      </div>
    </div>
  );
}
