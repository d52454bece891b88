// Text that comes from code. It is only ever a text node, so it cannot become
// markup; what else it could do is deceive the eye: characters that turn the
// direction of what follows, or that cannot be seen, are shown by their number.
import type { ComponentChildren } from "preact";
import { placeText, splitName, type Place } from "./data";

const hidden =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f]/gu;

const names: Record<string, string> = {
  "U+061C": "Arabic letter mark",
  "U+200B": "zero width space",
  "U+200C": "zero width non-joiner",
  "U+200D": "zero width joiner",
  "U+200E": "left-to-right mark",
  "U+200F": "right-to-left mark",
  "U+202A": "left-to-right embedding",
  "U+202B": "right-to-left embedding",
  "U+202C": "pop directional formatting",
  "U+202D": "left-to-right override",
  "U+202E": "right-to-left override",
  "U+2066": "left-to-right isolate",
  "U+2067": "right-to-left isolate",
  "U+2068": "first strong isolate",
  "U+2069": "pop directional isolate",
  "U+FEFF": "byte order mark",
};

const numberOf = (character: string) =>
  "U+" + character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");

/** For attributes, which hold no markup. */
export const plain = (text: string) => text.replace(hidden, (c) => (c === "\t" ? c : `[${numberOf(c)}]`));

export function T({ s }: { s: string }) {
  if (!s.match(hidden)) return <>{s}</>;
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const match of s.matchAll(hidden)) {
    if (match[0] === "\t") continue;
    const number = numberOf(match[0]);
    parts.push(s.slice(at, match.index));
    parts.push(
      <span class="hidden-character" title={names[number] ?? "cannot be seen"}>
        {number}
      </span>,
    );
    at = match.index + match[0].length;
  }
  parts.push(s.slice(at));
  return <>{parts}</>;
}

/** A name or a path, whose lines break between its parts. */
export function Words({ s }: { s: string }) {
  return (
    <>
      {s.split(/(?<=::|\/)/).map((word, i) => (
        <>
          {i > 0 && <wbr />}
          <T s={word} />
        </>
      ))}
    </>
  );
}

/** A sentence of the tool's: what it quotes is code; "user's" quotes nothing. */
export function Sentence({ s }: { s: string }) {
  const parts = s.split(/(?<!\w)'([^']+)'(?!\w)/);
  return (
    <>
      {parts.map((part, i) =>
        i % 2 ? (
          <code>
            <T s={part} />
          </code>
        ) : (
          <T s={part} />
        ),
      )}
    </>
  );
}

/** A qualified name, its last part set off; where room is short, it stays. `near`
    shows no more of the scopes than the innermost. */
export function Name({ name, near }: { name: string; near?: boolean }) {
  const [whole, last] = splitName(name);
  const inner = splitName(whole.slice(0, -2))[1];
  // Of the 26 characters that a box has room for; a rest of a few says nothing.
  const dropped = inner.startsWith("(") || last.length > 21;
  const scope = !near || !whole ? whole : dropped ? "" : inner + "::";
  return (
    <bdi class="name" title={plain(name)}>
      {scope && (
        <span class="scope">
          <Words s={scope} />
        </span>
      )}
      <span class="last">
        <Words s={last} />
      </span>
    </bdi>
  );
}

export function PlaceText({ place }: { place: Place }) {
  return place.file ? (
    <bdi class="place">
      <Words s={placeText(place)} />
    </bdi>
  ) : null;
}
