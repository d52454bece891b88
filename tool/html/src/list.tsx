// The findings, of which only those in view are in the document. The row that is
// selected is the one in the tab order, and stays in the document out of view.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  defaultRangeExtractor,
  type Range,
} from "@tanstack/virtual-core";
import { useEffect, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { fixNames, fixOf, shortRule, type Finding } from "./data";
import { clearFilters, findings, selected, shown } from "./state";
import { Name, T, plain } from "./text";

const rowHeight = 62;

function useVirtual(scroll: { current: HTMLElement | null }, count: number, kept: number) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    rangeExtractor: (range: Range) => {
      const rows = new Set(defaultRangeExtractor(range));
      if (kept >= 0) rows.add(kept);
      return [...rows].sort((a, b) => a - b);
    },
    onChange: () => redraw(0),
  };
  const made = useRef<Virtualizer<HTMLElement, HTMLElement> | undefined>(undefined);
  made.current ??= new Virtualizer(options);
  made.current.setOptions(options);
  useLayoutEffect(() => made.current!._didMount(), []);
  useLayoutEffect(() => made.current!._willUpdate());
  return made.current;
}

function Row({ finding }: { finding: Finding }) {
  const fix = fixOf(finding);
  return (
    <>
      <span class={`badge severity ${finding.severity}`}>{finding.severity}</span>
      <span class="row-name">
        <Name name={finding.name} />
      </span>
      <span class={`badge fix ${fix}`}>{fixNames[fix]}</span>
      <span class="row-more" title={plain(`${finding.place.file ?? ""}:${finding.place.line ?? ""}`)}>
        {shortRule(finding.rule)}
        {finding.place.file && (
          <>
            {" · "}
            <bdi>
              <T s={`${finding.place.file}:${finding.place.line}`} />
            </bdi>
          </>
        )}
      </span>
    </>
  );
}

/** Where a key leads from a row. */
function target(key: string, at: number, count: number, page: number): number | undefined {
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    j: at + 1,
    k: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

export function focusDetail() {
  document.getElementById("detail-title")?.focus();
}

export function focusList() {
  const list = document.getElementById("findings");
  (list?.querySelector<HTMLElement>("[tabindex='0']") ?? list)?.focus();
}

export function FindingList() {
  const scroll = useRef<HTMLDivElement>(null);
  const rows = shown.value;
  const at = rows.indexOf(selected.value);
  const active = at < 0 ? 0 : at;
  const virtual = useVirtual(scroll, rows.length, active);
  const focusNext = useRef(false);
  const go = (to: number) => {
    focusNext.current = true;
    selected.value = rows[to];
    virtual.scrollToIndex(to, { align: "auto" }); // it may be scrolled away
  };
  // Another order or filter begins at its top; what is selected comes into view.
  const known = useRef(rows);
  useEffect(() => {
    if (known.current !== rows) virtual.scrollToOffset(0);
    known.current = rows;
  }, [rows]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [selected.value]);
  useLayoutEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    scroll.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus({ preventScroll: true });
  });
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (at < 0) go(active);
      focusNext.current = false;
      setTimeout(focusDetail);
      return;
    }
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const to = target(event.key, at < 0 ? -1 : at, rows.length, page);
    if (to === undefined || !rows.length) return;
    event.preventDefault();
    go(to);
  };
  return (
    <>
      <div
        id="findings"
        class="list"
        ref={scroll}
        role="listbox"
        aria-label="findings"
        tabIndex={rows.length ? -1 : 0}
        onKeyDown={press}
      >
        <div class="list-inner" role="presentation" style={{ height: `${virtual.getTotalSize()}px` }}>
          {virtual.getVirtualItems().map((item) => {
            const index = rows[item.index];
            if (index === undefined) return null;
            return (
              <div
                key={index}
                role="option"
                class="row"
                id={`finding-${index}`}
                aria-selected={index === selected.value}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                tabIndex={item.index === active ? 0 : -1}
                style={{ transform: `translateY(${item.start}px)`, height: `${rowHeight}px` }}
                onClick={() => go(item.index)}
              >
                <Row finding={findings[index]} />
              </div>
            );
          })}
        </div>
      </div>
      {!rows.length && (
        <div class="empty" role="status">
          {findings.length ? (
            <>
              <p>Nothing matches these filters.</p>
              <button type="button" onClick={clearFilters}>
                Clear filters
              </button>
            </>
          ) : (
            <p>There are no findings. Nothing mutable is shared between requests, as far as the analysis sees.</p>
          )}
        </div>
      )}
    </>
  );
}
