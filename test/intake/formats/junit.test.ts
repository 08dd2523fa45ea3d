// Goal: a JUnit report is read as every tool writes it, and XML that is made to harm is refused before any
// parser sees it.
// Method: promptfoo's own report, reports as pytest and Jest write them, and the known attacks on XML.

import fc from "fast-check";
import { expect, test } from "vitest";
import { countRows, type TestRun } from "#src/domain/test-results/test-run.ts";
import { readTestResults } from "#src/intake/formats/test-results.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { sampleText } from "./samples.ts";

function runOf(text: string): TestRun {
  const read = readTestResults(text);
  if (!read?.ok) throw new Error(`not read: ${read?.error}`);
  return read.value;
}
function refusalOf(text: string): string {
  const read = readTestResults(text);
  if (!read || read.ok) throw new Error("not refused");
  return read.error;
}

test("C3: promptfoo's report: three repeats of one case, its provider and its time", () => {
  const run = runOf(sampleText("promptfoo/promptfoo-fail.junit.xml"));
  expect(run).toMatchObject({ format: "junit", ranAt: new Date("2026-11-21T01:48:57.511Z") });
  expect(countRows(run.rows)).toEqual({ n: 3, fails: 3, errors: 0 });
  expect(run.rows.map(({ name }) => name)).toEqual(Array(3).fill("bereavement refund"));
  expect(run.rows[0]!.provider.label).toBe("fake:support-model@2026-10-01");
});

const pytest = `<?xml version="1.0" encoding="utf-8"?>
<!-- <!DOCTYPE x> in a comment is a comment -->
<testsuites><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="4" timestamp="2026-11-20T10:00:00.123456">
<properties><property name="index_version" value="idx-7"/></properties>
<testcase classname="tests.test_refund" name="test_ok[a &gt; b &amp; &#x41;]"><properties><property name="golden_id" value="gp-1"/></properties></testcase>
<testcase classname="tests.test_refund" name="test_bad"><failure message="assert 1 > 2"/></testcase>
<testcase classname="tests.test_refund" name="test_down"><error message="connection refused">trace</error></testcase>
<testcase classname="tests.test_refund" name="test_later"><skipped/></testcase>
<system-out><![CDATA[<!DOCTYPE html><b>not XML & no entity</b>]]></system-out>
</testsuite></testsuites>`;

test("failed, ended in an error and skipped are told apart; properties are what it ran with", () => {
  const run = runOf(pytest);
  expect(countRows(run.rows)).toEqual({ n: 2, fails: 1, errors: 1 });
  expect(run.about.skipped).toBe(1);
  // without a zone a time is taken as UTC
  expect(run.ranAt).toEqual(new Date("2026-11-20T10:00:00.123Z"));
  expect(run.rows[0]).toMatchObject({
    name: "tests.test_refund test_ok[a > b & A]",
    goldenId: "gp-1",
    vars: { index_version: "idx-7" },
  });
});

test("suites in suites, and a suite without any around it", () => {
  const inner = '<testsuite name="b"><testcase name="two"/></testsuite>';
  const run = runOf(`<testsuite name="a"><testcase name="one"/>${inner}</testsuite>`);
  expect(run.rows.map(({ name }) => name)).toEqual(["one", "two"]);
});

const billionLaughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
  { length: 9 },
  (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at === 0 ? "" : at};`.repeat(10)}">`,
).join("")}]><testsuites>&lol9;</testsuites>`;

test.each([
  ["entities that grow without end", billionLaughs],
  [
    "an entity that names a file of this machine",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>',
  ],
  [
    "a definition on another machine",
    '<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://169.254.169.254/x.dtd"><testsuite/>',
  ],
  ["a definition behind a comment", "<!-- x --><!doctype a><testsuite/>"],
  ["a definition in the middle", '<testsuite><!DOCTYPE a><testcase name="x"/></testsuite>'],
  ["an entity by itself", '<testsuite><!ENTITY % a "b"></testsuite>'],
])("XML with %s is refused before it is parsed", (_, text) => {
  expect(refusalOf(text)).toMatch(/DOCTYPE or entities of its own, which are not read/);
});

const attributes = (count: number) =>
  Array.from({ length: count }, (_, at) => `a${at}="1"`).join(" ");

test.each([
  [
    "nested too deep",
    `${"<testsuite>".repeat(40)}${"</testsuite>".repeat(40)}`,
    /nests deeper than 12/,
  ],
  ["nested a million deep", "<a>".repeat(1_000_000), /nests deeper than 12/],
  ["not closed", '<testsuites><testsuite name="a">', /not well formed/],
  ["cut inside of a tag", pytest.slice(0, 500), /not well formed/],
  ["HTML", "<html><body>502 Bad Gateway</body></html>", /no test suite/],
  ["nothing but a bracket", "<", /not well formed|no test suite/],
  ["larger than 4 MB", `<testsuite>${" ".repeat(4_000_000)}</testsuite>`, /larger than 4 MB/],
  ["of 60,000 elements", `<testsuite>${"<a/>".repeat(60_000)}</testsuite>`, /40,000 elements/],
  ["of 200 instructions", `<testsuite>${"<?a b?>".repeat(200)}</testsuite>`, /100 instructions/],
  [
    "of 300 attributes on one element",
    `<testsuite ${attributes(300)}/>`,
    /100 attributes on one element/,
  ],
  [
    "of 160,000 attributes",
    `<testsuite>${`<a ${attributes(80)}/>`.repeat(2_000)}</testsuite>`,
    /120,000 attributes/,
  ],
  ["of attributes without quotes", `<testsuite ${"a=".repeat(200_000)}/>`, /120,000 attributes/],
  ["of attributes without values", `<testsuite ${"a ".repeat(200_000)}/>`, /120,000 attributes/],
  [
    "of many tests with all the properties of their suites",
    `<testsuite><properties>${Array.from({ length: 200 }, (_, at) => `<property name="p${at}" value="v"/>`).join("")}</properties>${'<testcase name="x"/>'.repeat(6_000)}</testsuite>`,
    /too many properties for so many tests/,
  ],
  [
    "of too many tests",
    `<testsuite>${'<testcase name="x"/>'.repeat(20_001)}</testsuite>`,
    /20001 tests\. At most 20,000/,
  ],
])("XML that is %s is refused with what is wrong", (_, text, says) => {
  expect(refusalOf(text)).toMatch(says);
});

test("a big report of a real suite is within the bounds", () => {
  const failed = (at: number) =>
    `<testcase classname="tests.a" name="t${at}" time="0.1" file="a.py" line="3"><properties><property name="golden_id" value="g${at}"/></properties><failure message="no">text</failure></testcase>`;
  const passed = (at: number) => `<testcase classname="tests.b" name="t${at}" time="0.1"/>`;
  const cases = Array.from({ length: 10_000 }, (_, at) => (at < 3_000 ? failed(at) : passed(at)));
  const run = runOf(`<testsuite name="a"><properties/>${cases.join("")}</testsuite>`);
  expect(countRows(run.rows)).toEqual({ n: 10_000, fails: 3_000, errors: 0 });
});

test("properties of a suite are those of each of its tests, beside the test's own", () => {
  const own = '<properties><property name="b" value="2"/></properties>';
  const suite = '<properties><property name="a" value="1"/></properties>';
  const run = runOf(
    `<testsuite>${suite}<testcase name="x">${own}</testcase><testcase name="y"/></testsuite>`,
  );
  expect(run.rows.map(({ vars }) => vars)).toEqual([{ a: "1", b: "2" }, { a: "1" }]);
});

test("an entity that nobody defined is text", () => {
  const run = runOf(
    '<testsuite name="a"><testcase name="&xxe; &#0; &#x110000; &lt;b&gt;"/></testsuite>',
  );
  expect(run.rows[0]!.name).toBe("&xxe; &#0; &#x110000; <b>");
});

test("what tests printed does not come out", () => {
  const text = pytest.replace("connection refused", "4711").replace("trace", "4711");
  expect(JSON.stringify(runOf(text))).not.toContain("4711");
});

test("half a megabyte of quotes, brackets or ampersands is answered at once", () => {
  const begin = performance.now();
  for (const part of ["<", "<!", '<a b="', "&#x41;", "<![CDATA[", "<?", "<a ", "</", "<!--"]) {
    readTestResults(`<testsuite>${part.repeat(500_000 / part.length)}`);
  }
  expect(performance.now() - begin).toBeLessThan(20_000);
});

test("whatever the XML is, it is read or refused, and never throws", () => {
  const piece = fc.constantFrom(
    ..."< > / & ; ' \" = ! - [ ] ? testsuite testcase name property properties failure system-out CDATA a 1".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      readTestResults(`<testsuite>${pieces.join("")}</testsuite>`);
      readTestResults(`<${pieces.join("")}`);
      readTestResults(`<testsuite ${pieces.join(" ")}><testcase/></testsuite>`);
    }),
    { numRuns: propertyRuns },
  );
});
