import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { RowValues, TestRow, TestRun } from "#src/domain/test-results/test-run.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { shortText, textValues, timeIn } from "./values.ts";

const casesAtMost = 20_000;
/** Parsing more than this would hold up everybody else for seconds. */
const charactersAtMost = 4_000_000;
const nestingAtMost = 12;

/**
 * A JUnit XML report, as promptfoo, pytest, Jest and the rest write it: suites in suites, cases, and of
 * each whether it failed, ended in an error or was skipped. What a case printed is not kept. Properties of
 * suites and cases are read as vars, `golden_id` names the case. Refused: a DOCTYPE or an entity of its
 * own (they may name files of this machine, or grow without end), XML that is not well formed or nests
 * deeper than 12, and XML that is no JUnit report. Sources: C3; the JUnit 10 schema of Jenkins' xUnit plugin.
 */
export function readJunit(text: string): Result<TestRun, string> {
  const xml = text.replace(/^\uFEFF/, "");
  if (xml.length > charactersAtMost) {
    return err(
      "The XML is larger than 4 MB. Leave out what the tests printed, or send parts of the suite.",
    );
  }
  const { depth, hasDeclarations } = shapeOf(xml);
  if (hasDeclarations) {
    return err(
      "The XML has a DOCTYPE or entities of its own, which are not read. Take them out, a JUnit report needs none.",
    );
  }
  if (depth > nestingAtMost)
    return err(`The XML nests ${depth} deep. A JUnit report needs no more than ${nestingAtMost}.`);
  const valid = XMLValidator.validate(xml, { allowBooleanAttributes: false });
  if (valid !== true) {
    return err(
      `The XML is not well formed: line ${valid.err.line}. Give the file as the tests wrote it.`,
    );
  }
  const root = parsed(xml);
  if (!root) return err("The XML is not well formed. Give the file as the tests wrote it.");
  const found: Found = { cases: [], skipped: 0, ranAt: null };
  const top = listOf(root, "testsuites");
  const isPromptfoo = top.some((node) => attribute(node, "name") === "promptfoo");
  for (const node of [...top, root]) collect(node, {}, found);
  if (top.length === 0 && listOf(root, "testsuite").length === 0) {
    return err("The XML has no test suite in it. Give a JUnit report.");
  }
  if (found.cases.length + found.skipped > casesAtMost) {
    return err(
      `There are ${found.cases.length + found.skipped} tests. At most 20,000 are read: send parts of the suite.`,
    );
  }
  const rows = found.cases.map((one) => rowOf(one, isPromptfoo));
  const name = [...top, ...listOf(root, "testsuite")].map((node) => attribute(node, "name"))[0];
  return ok({
    format: "junit",
    ranAt: found.ranAt ?? top.map((node) => timeIn(attribute(node, "timestamp")))[0] ?? null,
    rows,
    about: {
      tool: name ? `JUnit, ${shortText(name, sha256)}` : null,
      skipped: found.skipped,
      isCut: false,
      notes: [],
    },
  });
}

/** What the library makes of an element: its attributes after "@", its children by name, always as lists. */
interface Node {
  readonly [name: string]: unknown;
}

interface Case {
  node: Node;
  suite: string;
  properties: RowValues;
  outcome: TestRow["outcome"];
}

interface Found {
  cases: Case[];
  skipped: number;
  /** The first suite's time. */
  ranAt: Date | null;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  processEntities: false,
  maxNestedTags: nestingAtMost + 1,
  // what a test printed is not looked into
  stopNodes: ["*.system-out", "*.system-err"],
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** Undefined where the library throws, which it does of what its own check lets through: a tag without its end. */
function parsed(xml: string): Node | undefined {
  try {
    return parser.parse(xml) as Node;
  } catch {
    // all that it throws says that the text is no XML
    return undefined;
  }
}

function collect(node: Node, inherited: RowValues, found: Found): void {
  for (const suite of listOf(node, "testsuite")) {
    const properties = { ...inherited, ...propertiesOf(suite) };
    found.ranAt ??= timeIn(attribute(suite, "timestamp"));
    const name = attribute(suite, "name") ?? "";
    for (const one of listOf(suite, "testcase")) {
      if ("skipped" in one) {
        found.skipped += 1;
        continue;
      }
      const outcome = "error" in one ? "error" : "failure" in one ? "fail" : "pass";
      found.cases.push({
        node: one,
        suite: name,
        properties: { ...properties, ...propertiesOf(one) },
        outcome,
      });
    }
    collect(suite, properties, found);
  }
}

function rowOf({ node, suite, properties, outcome }: Case, isPromptfoo: boolean): TestRow {
  const named = attribute(node, "name") ?? "test";
  const className = attribute(node, "classname") ?? "";
  // promptfoo numbers every repeat, and names the suite after the provider: "[label] prompt 1"
  const [, label = ""] = isPromptfoo ? (/^\[(.*)\] prompt \d+$/.exec(suite) ?? []) : [];
  const name = isPromptfoo
    ? named.replace(/^test \d+: /, "")
    : [className, named].filter((part) => part !== "").join(" ");
  const { golden_id: goldenId, ...vars } = properties;
  return {
    name: shortText(name, sha256),
    goldenId: goldenId ?? null,
    outcome,
    vars,
    provider: { id: "", label: shortText(label, sha256) },
    promptHash: null,
    isPromptRendered: false,
    promptLabel: "",
    config: {},
    metadata: {},
    intended: null,
    isCached: false,
  };
}

function propertiesOf(node: Node): RowValues {
  const pairs = listOf(node, "properties").flatMap((list) =>
    listOf(list, "property").flatMap((property) => {
      const name = attribute(property, "name");
      const text = listText(property);
      const value = attribute(property, "value") ?? text;
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  return textValues(Object.fromEntries(pairs), sha256);
}

function listText(node: Node): string | undefined {
  const text = node["#text"];
  return typeof text === "string" ? decoded(text) : undefined;
}

/** Children of a name; one that holds nothing is text to the library, and an element without anything here. */
function listOf(node: Node, name: string): Node[] {
  const children = Object.hasOwn(node, name) ? node[name] : undefined;
  return Array.isArray(children)
    ? children.map((child: unknown) =>
        typeof child === "object" && child !== null ? (child as Node) : {},
      )
    : [];
}

function attribute(node: Node, name: string): string | undefined {
  const value = node[`@${name}`];
  return typeof value === "string" ? decoded(value) : undefined;
}

/** The five entities that XML itself has, and characters by number; any other stays as it stands. */
function decoded(text: string): string {
  return text.replaceAll(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g,
    (whole, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return known[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
const known: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * Read once from front to back, before any parser sees it: how deep elements stand in each other at most, and
 * whether there is any `<!` that opens neither a comment nor character data (DOCTYPE, ENTITY).
 */
function shapeOf(xml: string): { depth: number; hasDeclarations: boolean } {
  let [depth, deepest] = [0, 0];
  const past = (end: string, from: number) => {
    const at = xml.indexOf(end, from);
    return at < 0 ? xml.length : at + end.length;
  };
  let at = xml.indexOf("<");
  while (at >= 0) {
    if (xml.startsWith("<!--", at)) at = past("-->", at + 4);
    else if (xml.startsWith("<![CDATA[", at)) at = past("]]>", at + 9);
    else if (xml.startsWith("<?", at)) at = past("?>", at + 2);
    else if (xml.startsWith("<!", at)) return { depth: deepest, hasDeclarations: true };
    else {
      const end = endOfTag(xml, at);
      if (xml.startsWith("</", at)) depth -= 1;
      else if (xml[end - 2] !== "/") depth += 1;
      deepest = Math.max(deepest, depth);
      at = end;
    }
    at = xml.indexOf("<", at);
  }
  return { depth: deepest, hasDeclarations: false };
}

/** Behind the ">" of a tag; one in the value of an attribute is none. */
function endOfTag(xml: string, from: number): number {
  let quote = "";
  for (let at = from; at < xml.length; at += 1) {
    const one = xml[at];
    if (quote !== "") {
      if (one === quote) quote = "";
    } else if (one === '"' || one === "'") quote = one;
    else if (one === ">") return at + 1;
  }
  return xml.length;
}
