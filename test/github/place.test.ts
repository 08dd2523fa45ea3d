// Goal: what was filed is found again where it was filed, and nothing of another GitHub is touched.
// Method: addresses as the kinds of GitHub give them, and such as they never do.
import { expect, test } from "vitest";
import { placeOf } from "#src/github/place.ts";

test.each([
  ["https://api.github.com", "https://github.com/acme/app/issues/41"],
  ["https://api.acme.ghe.com", "https://acme.ghe.com/acme/app/issues/41"],
  ["https://git.example/api/v3", "https://git.example/acme/app/pull/41"],
  ["http://127.0.0.1:4010", "http://127.0.0.1:4010/acme/app/issues/41"],
])("with the API at %s, %s is number 41 of acme/app", (apiUrl, url) => {
  expect(placeOf(apiUrl, url)).toEqual({ repo: "acme/app", number: 41 });
});

test.each([
  "https://git.example/acme/app/issues/41",
  "https://github.com.git.example/acme/app/issues/41",
  "https://github.com/acme/app/issues/new",
  "https://github.com/acme/app/issues/0",
  "https://github.com/acme/issues/41",
  "no address",
])("%s is nothing of github.com's", (url) => {
  expect(placeOf("https://api.github.com", url)).toBeUndefined();
});
