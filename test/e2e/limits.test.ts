// Goal: however much there is, everything can be reached, Slack takes every page, and nobody waits for it.
// Method: the whole app over signed HTTP with 200 services, 60 strands, 12 levers and 5,000
// timeline entries, most written straight into the database; somebody pages through each list to its end.

import type { KnownBlock } from "@slack/types";
import { beforeAll, expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";
import { buttonsOf } from "#sandbox/play/blocks.ts";
import type { OpenView, SandboxMessage } from "#sandbox/protocol.ts";
import { chainEntries } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import { entriesOnPage } from "#views/modals/timeline.ts";
import { testBot } from "#test/support/bot.ts";
import { deskOf, shown } from "./desk.ts";

const services = Array.from({ length: 200 }, (_, index) => `Assistant ${index + 1} of two hundred`);
const bot = await testBot("http", {
  changeWorld(world) {
    const file = parse(world.servicesFile) as { services: object[] };
    const more = services.map((name) => ({ name, promise: "Answers follow the rules in force" }));
    const servicesFile = stringify({ ...file, services: [...file.services, ...more] });
    return { ...world, servicesFile };
  },
});
const { control, database } = bot;
const { db } = database;
const desk = deskOf(bot);
const who = "declarer";
const entryCount = 5_000;

const incident = await desk.declare(who, { title: "The largest incident" });
const { channelId } = incident;
const incidentId = incident.number as IncidentId;

beforeAll(async () => {
  await db
    .insertInto("strand")
    .values(
      Array.from({ length: 59 }, (_, index) => ({
        incidentId,
        number: index + 2,
        name: `Mechanism ${index + 2} of sixty`,
        slice: JSON.stringify({}),
      })),
    )
    .execute();
  for (let number = 1; number <= 12; number += 1) {
    await desk.record(who, "stabilize", channelId, {
      lever: "restrict_triggering",
      authorizer: desk.id("authorizer_business"),
      tradeoff: `Tradeoff ${number}`,
      revert_condition: "When the index is rebuilt",
      scope: `Readers ${number}`,
    });
  }
  await desk.settle();
  await writeEntries();
  // brought up to date with all that was written past the bot
  await desk.type(who, "repair", channelId);
  await desk.settle();
}, 60_000);

test("every one of 200 services is on some page of the list, and Slack takes each page", async () => {
  await desk.open(who, "owners");
  const seen = await allPages("list-services");
  for (const name of services) expect(seen).toContain(name);
});

test("every one of 60 strands is on some page of the strands, and of the checklist", async () => {
  for (const [command, later] of [
    ["strand", "strands-later"],
    ["checklist", "checklist-later"],
  ] as const) {
    await desk.open(who, command, channelId);
    const seen = await allPages(later);
    for (let number = 2; number <= 60; number += 1) {
      expect(seen, command).toContain(`Mechanism ${number} of sixty`);
    }
  }
});

test("5,000 entries are paged without a gap, each opens, and the record is checked in time", async () => {
  const view = await desk.open(who, "timeline", channelId);
  const [, pages = ""] = /Page 1 of (\d+)/.exec(shown(view)) ?? [];
  const checked = await desk.actInForm(who, "check-timeline");
  expect(checked.ms).toBeLessThan(2_500);
  expect(shown(checked.view!)).toContain("The record is whole");
  const words = await allPages("timeline-older", 12);
  const numbers = new Set(
    [...words.matchAll(/Note (\d+) of many/g)].map(([, number]) => Number(number)),
  );
  const newest = [...numbers].toSorted((a, b) => b - a);
  expect(newest[0]).toBe(entryCount);
  expect(newest).toEqual(newest.map((_, index) => entryCount - index));
  expect(newest.length).toBeGreaterThan(100);
  expect(Number(pages)).toBeGreaterThanOrEqual(entryCount / entriesOnPage);
  const opened = await desk.actInForm(who, "correct-entry");
  expect(opened).toMatchObject({ status: "acked", view: { callback_id: "correct-entry" } });
});

test("the panel counts what it does not show, and says where the rest is", async () => {
  const panel = shown(await desk.panel(channelId));
  expect(panel).toContain("60 strands");
  const strandsShown = panel.match(/Mechanism \d+ of sixty/g)?.length ?? 0;
  expect(panel).toMatch(new RegExp(`And ${60 - 1 - strandsShown} more[^\n]*checklist`));
  expect(panel).toMatch(/12 levers|And \d+ more levers?/);
});

test("catching up leads through all strands, page by page", async () => {
  let message = await told(() => control.act(inPanel("catch-up")));
  let seen = shown(message);
  for (let page = 0; page < 60 && labelled(message, "More strands"); page += 1) {
    const { ts } = message;
    message = await told(() =>
      control.act({ userId: desk.id(who), in: { channelId, ts }, actionId: "catch-up" }),
    );
    seen += shown(message);
  }
  for (let number = 2; number <= 60; number += 1) {
    expect(seen).toContain(`Mechanism ${number} of sixty`);
  }
});

test("every form about the largest incident opens in time", async () => {
  for (const command of ["evidence", "stabilize", "severity", "phase", "role", "action", "close"]) {
    const { status, ms, view } = await desk.type(who, command, channelId);
    expect({ command, status, isOpen: view !== undefined }).toMatchObject({
      status: "acked",
      isOpen: true,
    });
    expect(ms, command).toBeLessThan(2_500);
  }
});

/** Turns the pages of the open form to the last one, or so many; all that was to be read on them. */
async function allPages(nextId: string, most = 100): Promise<string> {
  let words = "";
  for (let page = 0; page < most; page += 1) {
    const view = (await desk.form(who))!;
    words += `\n${shown(view)}`;
    const next = nextOf(view, nextId, page);
    if (!next) return words;
    const turned = await control.act({
      userId: desk.id(who),
      in: { viewId: view.id },
      ...next,
    });
    expect(turned.status).toBe("acked");
    await vi.waitUntil(async () => (await desk.form(who))?.hash !== view.hash, { timeout: 5_000 });
  }
  return words;
}

/** The button to the next page: where one action_id leads both ways, the one whose hint names it. */
function nextOf(view: OpenView, actionId: string, page: number) {
  const found = buttonsOf(view.blocks as KnownBlock[]).find(
    (button) =>
      button.actionId === actionId &&
      (JSON.parse(button.value ?? "{}") as { p?: number }).p === page + 1,
  );
  return found && { actionId, blockId: found.blockId! };
}

/** What only this person is told of it, as a message. */
async function told(work: () => Promise<unknown>): Promise<SandboxMessage> {
  await desk.hears(who, work);
  const { ephemerals } = await control.state();
  return ephemerals.filter((one) => one.onlyFor === desk.id(who)).at(-1)!;
}

function inPanel(actionId: string) {
  return { userId: desk.id(who), in: { channelId, ts: panelTs }, actionId };
}

function labelled({ blocks }: SandboxMessage, label: string): boolean {
  return JSON.stringify(blocks).includes(label);
}

const panelTs = (await desk.panel(channelId)).ts;

/** Notes as they are written, linked onto the chain of the incident. */
async function writeEntries(): Promise<void> {
  const head = await db
    .selectFrom("timelineEntry")
    .select(["sequence", "hash"])
    .where("incidentId", "=", incidentId)
    .orderBy("sequence", "desc")
    .executeTakeFirstOrThrow();
  const start = Date.now() - entryCount * 1_000;
  const notes = Array.from({ length: entryCount }, (_, index) => ({
    lane: "diagnosis" as const,
    kind: "note_added" as const,
    happenedAt: new Date(start + index * 1_000),
    actor: desk.id(who) as UserId,
    data: { text: `Note ${index + 1} of many` },
  }));
  const chained = chainEntries(incidentId, head, notes, new Date());
  for (let at = 0; at < chained.length; at += 1_000) {
    await db
      .insertInto("timelineEntry")
      .values(
        chained
          .slice(at, at + 1_000)
          .map((entry) => ({ ...entry, incidentId, data: JSON.stringify(entry.data) })),
      )
      .execute();
  }
}
