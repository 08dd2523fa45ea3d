import { XMLParser, XMLValidator } from "fast-xml-parser";
import {
  type RowValues,
  type TestRow,
  type TestRun,
  valueIn,
} from "#src/domain/test-results/test-run.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { shortText, textValues, timeIn } from "./values.ts";
import { harmInXml } from "./xml-shape.ts";

const casesAtMost = 20_000;
/** Parsing more than this would hold up everybody else for seconds. */
const charactersAtMost = 4_000_000;
/** A suite's properties are those of each of its tests: 20,000 tests with 50. */
const valuesAtMost = 1_000_000;

/**
 * A JUnit XML report, as promptfoo, pytest, Jest and the rest write it: suites in suites, cases, and of
 * each whether it failed, ended in an error or was skipped. What a case printed is not kept. Properties of
 * suites and cases are read as vars, `golden_id` names the case. Refused: XML that is made to harm
 * (`harmInXml`), is not well formed or is no JUnit report. Sources: C3; the JUnit 10 schema of Jenkins'
 * xUnit plugin.
 */
export function readJunit(text: string): Result<TestRun, string> {
  const xml = text.replace(/^\uFEFF/, "");
  if (xml.length > charactersAtMost) {
    return err(
      "The XML is larger than 4 MB. Leave out what the tests printed, or send parts of the suite.",
    );
  }
  const harm = harmInXml(xml);
  if (harm !== undefined) return err(harm);
  const valid = XMLValidator.validate(xml, { allowBooleanAttributes: false });
  if (valid !== true) {
    return err(
      `The XML is not well formed: line ${valid.err.line}. Give the file as the tests wrote it.`,
    );
  }
  const root = parsed(xml);
  if (!root) return err("The XML is not well formed. Give the file as the tests wrote it.");
  const found: Found = { cases: [], skipped: 0, values: 0, ranAt: null };
  const top = listOf(root, "testsuites");
  const isPromptfoo = top.some((node) => attribute(node, "name") === "promptfoo");
  for (const node of [...top, root]) collect(node, {}, found);
  if (found.values > valuesAtMost) {
    return err(
      "The suites have too many properties for so many tests. Leave out those that say nothing of a version, or send parts of the suite.",
    );
  }
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
  /** The properties of all cases. */
  values: number;
  /** The first suite's time. */
  ranAt: Date | null;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  processEntities: false,
  // paths that nothing here asks for cost a third of the time
  jPath: false,
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
    const properties = withOwn(inherited, suite);
    const inheritedCount = Object.keys(properties).length;
    found.ranAt ??= timeIn(attribute(suite, "timestamp"));
    const name = attribute(suite, "name") ?? "";
    for (const one of listOf(suite, "testcase")) {
      if ("skipped" in one) {
        found.skipped += 1;
        continue;
      }
      found.values += inheritedCount;
      if (found.values > valuesAtMost) return;
      const outcome = "error" in one ? "error" : "failure" in one ? "fail" : "pass";
      found.cases.push({
        node: one,
        suite: name,
        properties: withOwn(properties, one),
        outcome,
      });
    }
    collect(suite, properties, found);
  }
}

/** With the properties of a suite or a case; the same object where it has none, so that many cases share one. */
function withOwn(inherited: RowValues, node: Node): RowValues {
  return Object.hasOwn(node, "properties") ? { ...inherited, ...propertiesOf(node) } : inherited;
}

function rowOf({ node, suite, properties, outcome }: Case, isPromptfoo: boolean): TestRow {
  const named = attribute(node, "name") ?? "test";
  const className = attribute(node, "classname") ?? "";
  // promptfoo numbers every repeat, and names the suite after the provider: "[label] prompt 1"
  const [, label = ""] = isPromptfoo ? (/^\[(.*)\] prompt \d+$/.exec(suite) ?? []) : [];
  const name = isPromptfoo
    ? named.replace(/^test \d+: /, "")
    : [className, named].filter((part) => part !== "").join(" ");
  const goldenId = valueIn(properties, "golden_id");
  return {
    name: shortText(name, sha256),
    goldenId: goldenId ?? null,
    outcome,
    vars: goldenId === undefined ? properties : withoutGoldenId(properties),
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

function withoutGoldenId({ golden_id: _, ...vars }: RowValues): RowValues {
  return vars;
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

/** Longer than this it is kept as its hash: there is nobody to read it. */
const decodedAtMost = 10_000;

/** The five entities that XML itself has, and characters by number; any other stays as it stands. */
function decoded(text: string): string {
  if (text.length > decodedAtMost) return text;
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
