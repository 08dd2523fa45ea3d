import type { ReactNode } from "react";
import { parse } from "yaml";
import { ScrollBox } from "#sandbox/page/panes/scroll-box.tsx";
import { Code } from "./code.tsx";

/** Deeper values are shown as text. */
const deepest = 5;

/** The YAML front matter of a file, as a table that is unfolded; as it stands where it cannot be read. */
export function FrontMatter({ yaml }: { yaml: string }) {
  const read = readYaml(yaml);
  if (!read.ok) {
    return (
      <>
        <p>
          The front matter of this file is no YAML that can be read. It stands as it was written:
        </p>
        <Code text={yaml} label="Front matter" />
      </>
    );
  }
  if (read.value === null || read.value === undefined) return null;
  const count = isMap(read.value) ? Object.keys(read.value).length : 1;
  return (
    <details className="gh-front">
      <summary>Front matter: {count === 1 ? "1 field" : `${count} fields`} for programs</summary>
      <ScrollBox label="Front matter">{show(read.value, 0)}</ScrollBox>
    </details>
  );
}

/** What a text of YAML says, or that it cannot be read. */
export function readYaml(yaml: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: parse(yaml, { logLevel: "error" }) };
  } catch {
    return { ok: false };
  }
}

function show(value: unknown, depth: number): ReactNode {
  if (value === null || value === undefined) return <span className="gh-none">none</span>;
  if (typeof value !== "object") return <bdi>{inOneLine(value)}</bdi>;
  if (depth >= deepest) return <code>{inOneLine(value)}</code>;
  if (Array.isArray(value)) return <List items={value} depth={depth} />;
  return <Fields map={value as Record<string, unknown>} depth={depth} />;
}

/** Text as it is, anything else as JSON; a value may hold itself, by an anchor. */
function inOneLine(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value);
  } catch {
    return "nested too deeply to show";
  }
}

function List({ items, depth }: { items: readonly unknown[]; depth: number }) {
  if (items.length === 0) return <span className="gh-none">none</span>;
  if (items.every(isMap)) return <Rows maps={items} depth={depth} />;
  return (
    <ul>
      {items.map((item, index) => (
        <li key={index}>{show(item, depth + 1)}</li>
      ))}
    </ul>
  );
}

function Fields({ map, depth }: { map: Record<string, unknown>; depth: number }) {
  const fields = Object.entries(map);
  if (fields.length === 0) return <span className="gh-none">none</span>;
  return (
    <table>
      <tbody>
        {fields.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{show(value, depth + 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Things of one kind: a row each, and a column for whatever one of them has. */
function Rows({ maps, depth }: { maps: readonly Record<string, unknown>[]; depth: number }) {
  const names = [...new Set(maps.flatMap((map) => Object.keys(map)))];
  if (names.length === 0) return <span className="gh-none">none</span>;
  return (
    <table>
      <thead>
        <tr>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {maps.map((map, index) => (
          <tr key={index}>
            {names.map((name) => (
              <td key={name}>{show(map[name], depth + 1)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
