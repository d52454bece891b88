// Source lines around a place, coloured. The colouring library gives a tree, not
// markup: every piece of text passes through T.
import cpp from "highlight.js/lib/languages/cpp";
import { createLowlight } from "lowlight";
import { report } from "./state";
import { placeText, type Place } from "./data";
import { PlaceText, T, plain } from "./text";

const lowlight = createLowlight({ cpp });

type Token = { kind: string; text: string };
type Tree = { type: string; value?: string; properties?: { className?: unknown }; children?: Tree[] };

function tokenLines(text: string): Token[][] {
  const lines: Token[][] = [[]];
  const walk = (tree: Tree, kind: string) => {
    if (tree.type === "text")
      (tree.value ?? "").split("\n").forEach((part, i) => {
        if (i) lines.push([]);
        if (part) lines[lines.length - 1].push({ kind, text: part });
      });
    const own = Array.isArray(tree.properties?.className) ? String(tree.properties.className[0]) : kind;
    for (const child of tree.children ?? []) walk(child, own);
  };
  walk(lowlight.highlight("cpp", text) as Tree, "");
  return lines;
}

function partAround(place: Place) {
  return report.sources[place.file ?? ""]?.find(
    (part) => part.line <= place.line! && place.line! < part.line + part.text.length,
  );
}

export const hasSource = (place: Place) => !!place.file && !!partAround(place);

/** At most `around` lines before and after. */
export function Source({ place, around = 4 }: { place: Place; around?: number }) {
  const part = partAround(place);
  if (!part)
    return (
      <p class="no-source">
        the source lines of <PlaceText place={place} /> are not in this report
      </p>
    );
  const first = Math.max(part.line, place.line! - around);
  const lines = part.text.slice(first - part.line, place.line! + around + 1 - part.line);
  const tokens = tokenLines(lines.join("\n"));
  return (
    <pre class="source" tabIndex={0} role="region" aria-label={"source of " + plain(placeText(place))}>
      <code>
        {lines.map((_, i) => (
          <span class={first + i === place.line ? "line at" : "line"}>
            <span class="number">{first + i}</span>
            <span class="text">
              {(tokens[i] ?? []).map((token) => (
                <span class={token.kind}>
                  <T s={token.text} />
                </span>
              ))}
              {"\n"}
            </span>
          </span>
        ))}
      </code>
    </pre>
  );
}
