// A unified diff, file by file. Long ones are cut until they are asked for.
import { useState } from "preact/hooks";
import { T } from "./text";

interface FileDiff {
  name: string;
  lines: string[];
  added: number;
  removed: number;
}

export function filesOf(diff: string): FileDiff[] {
  const files: FileDiff[] = [];
  const lines = diff.split("\n");
  if (lines.at(-1) === "") lines.pop();
  let inHunk = 0; // lines of the old text that the hunk still has
  let inHunkNew = 0;
  for (let i = 0; i < lines.length; ++i) {
    const line = lines[i];
    // Only between hunks can this be a header: code may begin with "--- " too.
    if (inHunk <= 0 && inHunkNew <= 0 && line.startsWith("--- ") && lines[i + 1]?.startsWith("+++ ")) {
      files.push({ name: lines[i + 1].slice(4).replace(/^b\//, ""), lines: [], added: 0, removed: 0 });
      ++i;
      continue;
    }
    const file = files.at(-1);
    if (!file) continue;
    file.lines.push(line);
    const hunk = inHunk <= 0 && inHunkNew <= 0 ? /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line) : null;
    if (hunk) {
      inHunk = Number(hunk[1] ?? 1);
      inHunkNew = Number(hunk[2] ?? 1);
    } else if (line.startsWith("+")) {
      ++file.added;
      --inHunkNew;
    } else if (line.startsWith("-")) {
      ++file.removed;
      --inHunk;
    } else if (!line.startsWith("\\")) {
      --inHunk;
      --inHunkNew;
    }
  }
  return files;
}

const kindOf = (line: string) =>
  line.startsWith("@@")
    ? "hunk"
    : line.startsWith("+")
      ? "added"
      : line.startsWith("-")
        ? "removed"
        : line.startsWith("\\")
          ? "hunk"
          : "";

const most = 600;

function File({ file }: { file: FileDiff }) {
  const [all, setAll] = useState(false);
  const lines = all ? file.lines : file.lines.slice(0, most);
  return (
    <details class="file-diff" open>
      <summary>
        <bdi>
          <T s={file.name} />
        </bdi>
        <span class="added">+{file.added}</span>
        <span class="removed">−{file.removed}</span>
      </summary>
      <pre class="diff" tabIndex={0}>
        <code>
          {lines.map((line) => (
            <span class={`line ${kindOf(line)}`}>
              <T s={line.replace(/\r$/, "")} />
              {"\n"}
            </span>
          ))}
        </code>
      </pre>
      {lines.length < file.lines.length && (
        <button type="button" onClick={() => setAll(true)}>
          show all {file.lines.length} lines
        </button>
      )}
    </details>
  );
}

export function Diff({ diff }: { diff: string }) {
  return (
    <>
      {filesOf(diff).map((file) => (
        <File file={file} />
      ))}
    </>
  );
}
