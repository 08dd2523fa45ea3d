/**
 * Goal: where somebody is stands in the page's address, and a wrong address does no harm.
 * Method: places are written and read again; hashes that nobody wrote are read.
 */
import { describe, expect, test } from "vitest";
import { paneOf, type Place, readPlace, writePlace } from "#sandbox/page/live/address.ts";

describe("a place", () => {
  const places: Place[] = [
    {},
    { at: "C0GENERAL" },
    { at: "home", pane: "tour" },
    { at: "C1", thread: "1795286016.130000", pane: "inspector" },
    { at: "C1", message: "1795286016.130000", list: true },
    { at: "C1", pane: "github", open: "http://127.0.0.1:1/example/incidents/issues/1?a=b#c" },
  ];
  for (const place of places) {
    test(`is the same after it was written: ${JSON.stringify(place)}`, () => {
      expect(readPlace(writePlace(place))).toEqual(place);
    });
  }
  test("is written as an address that can be read", () => {
    expect(writePlace({ at: "C1", pane: "tour" })).toBe("#/C1?pane=tour");
  });
});

test("what stands at the right stays where one goes elsewhere, a thread does not", () => {
  const place: Place = { at: "C1", thread: "1.2", list: true, pane: "github", open: "http://x/1" };
  expect(paneOf(place)).toEqual({ pane: "github", open: "http://x/1" });
  expect(paneOf({ at: "C1" })).toEqual({});
});

describe("a hash that nobody wrote", () => {
  test("of another form leads to where one comes in", () => {
    expect(readPlace("")).toEqual({});
    expect(readPlace("#")).toEqual({});
    expect(readPlace("#/%E0%A4%A")).toEqual({});
    expect(readPlace("#/<script>?pane=<b>")).toEqual({});
  });
  test("keeps what is right in it", () => {
    expect(readPlace('#/C1?thread="]&message=1.2&pane=nothing&open=')).toEqual({
      at: "C1",
      message: "1.2",
    });
  });
});
