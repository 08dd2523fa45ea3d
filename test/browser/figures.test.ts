// Goal: counts are recorded at the page as in Slack: the form follows the kind that is chosen without losing
// what is typed meanwhile, and a file goes in, out and in again.
// Method: one person at the page of a whole sandbox; what was recorded is read from the sandbox.
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWholeSandbox } from "#sandbox/pictures/whole-sandbox.ts";
import type { Person } from "./browser-person.ts";
import { openTabs } from "./tabs.ts";

const sandbox = await startWholeSandbox();
afterAll(() => sandbox.close());
const { open } = await openTabs(sandbox.url, sandbox.world);

let declarer: Person;
beforeAll(async () => {
  declarer = await open("declarer");
  const form = await declarer.open("/incident declare Counts at the page", "Declare an incident");
  await form.choose("How bad is it?", /^SEV3/);
  await form.press("Declare");
  await (await declarer.form("Saved")).press("Close");
  await declarer.goTo("#inc-1-");
  await declarer.sees("Evidence board");
});

test("a file of arms is put into the form, taken out, put in again and recorded", async () => {
  const form = await declarer.open("/incident replay One failing task", "Add evidence");
  const field = form.field("Or the counts as a file");
  const csv = "arm,role,layers,n,fails\nbaseline,baseline,,20,9\nall back,all_lkg,,20,1\n";
  const file = { name: "arms.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await field.setInputFiles(file);
  await form.dialog.getByText("arms.csv is in the form.").waitFor();
  await form.press("Take the file out");
  await form.dialog.getByText("The file is taken out of the form.").waitFor();
  await field.setInputFiles([]);
  await field.setInputFiles(file);
  await form.dialog.getByText("arms.csv is in the form.").waitFor();
  await form.press("Save");
  const receipt = await declarer.form("Saved");
  await receipt.dialog.getByText("I am reading arms.csv.").waitFor();
  await receipt.press("Close");
  await declarer.sees("baseline: 9 of 20 failed (45 %, 26 to 66 %)");
});

test("the form follows the kind, and keeps what is typed while it does", async () => {
  const form = await declarer.open("/incident evidence", "Add evidence");
  await form.choose("What kind of evidence is it?", "Failure rates by cohort");
  await form.write("What does it show?", "One pool fails");
  await form.write("Failures by group, one group a line", "a: 61 of 100\nb: 3 of 100");
  expect(await form.field("What does it show?").inputValue()).toBe("One pool fails");
  await form.press("Save");
  expect(await form.errorOf("What do the groups differ in?")).toContain(
    "Choose what the groups differ in.",
  );
  await form.choose("What do the groups differ in?", "Serving pool");
  await form.press("Save");
  await declarer.sees("a: 61 of 100 failed");
});
