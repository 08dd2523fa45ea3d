// Goal: no secret stays in what is kept of somebody's file, and what is none stays readable.
// Method: made-up secrets of every form that people paste, alone, in JSON, cut off, side by side; fast-check
// plants them anywhere.

import fc from "fast-check";
import { expect, test } from "vitest";
import { mask, maskSecrets } from "#src/intake/formats/secrets.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const key64 = "MIIEpAIBAAKCAQEA7bq3Zk9v8s1TtYxUoHn2QwErTyUiOpAsDfGhJkLzXcVbNm12";
const line = "abcDEF0123456789";

// put together here, so that no scanner takes this file for a leak
const [aws, slack, pem, provider] = ["AKIA", "xoxb-", "PRIVATE", "sk-proj-"];
const head = ["eyJhbGci", "OiJIUzI1NiJ9"].join("");
const awsKey = ["Zt2U1h267eViPnuSA", "JO5ABhiu4T7XUMSZ", "Y2Oth"].join("+");

/** What has to go, in the words around it. */
const planted: Record<string, [text: string, secret: string]> = {
  "an id of an AWS key": [`the key ${aws}YVP4CIPPERUVIFXG was used`, `${aws}YVP4CIPPERUVIFXG`],
  "the AWS key itself": [`aws_secret_access_key=${awsKey}`, awsKey],
  "a Slack token": [
    `it posts with ${slack}123456789012-1234567890123-${line}AbCdEfGh`,
    `123456789012-1234567890123-${line}AbCdEfGh`,
  ],
  "a private key": [
    `-----BEGIN RSA ${pem} KEY-----\n${`${key64}\n`.repeat(12)}-----END RSA ${pem} KEY-----`,
    key64,
  ],
  "a private key in JSON, its line breaks as text": [
    `{"pem":"-----BEGIN ${pem} KEY-----\\n${`${key64}\\n`.repeat(3)}-----END ${pem} KEY-----"}`,
    key64,
  ],
  "a private key that was cut off": [`-----BEGIN EC ${pem} KEY-----\n${key64}`, key64],
  "a bearer token": [
    `Authorization: Bearer 9f8e7d6c5b4a39281706f5e4d3c2b1a0abcdef`,
    "9f8e7d6c5b4a3928",
  ],
  "a JSON web token": [
    `the cookie was ${head}.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N`,
    "eyJzdWIiOiIxMjM0NTY3ODkwIn0",
  ],
  "a key of a model provider": [`with ${provider}${line}${line}_${line}`, `${line}${line}_${line}`],
  "a password in an address": [
    "postgres://admin:S3cr3tPassw0rd@db.internal:5432/app",
    "S3cr3tPassw0rd",
  ],
  "a key behind its name in an address": [
    "https://api.example.com/v1?api_key=9f8e7d6c5b4a39281706&x=1",
    "9f8e7d6c5b4a39281706",
  ],
  "a password in JSON inside JSON": [
    `{\\"password\\": \\"hunter2-and-more\\"}`,
    "hunter2-and-more",
  ],
};

test.each(Object.entries(planted))("%s is masked", async (_, [text, secret]) => {
  const { texts, masked } = await maskSecrets([text]);
  expect(texts[0]).not.toContain(secret);
  expect(texts[0]).toContain(mask);
  expect(masked).toBeGreaterThan(0);
});

test("what is no secret stays as it is", async () => {
  const plain = [
    "May I rebook my Lisbon trip after the storm?",
    "gpt-4o-2024-08-06",
    "chat gpt-4o",
    "4bf92f3577b34da6a3ce929d0e0e4736",
    "token limit: 4096, tokens used 812, password reset asked for",
    '{"role":"user","parts":["basic question about bearer bonds"]}',
    "",
  ];
  expect(await maskSecrets(plain)).toEqual({ texts: plain, masked: 0 });
});

test("wherever secrets stand among texts, each is masked where it stood and nothing else is touched", async () => {
  const secrets = Object.values(planted).filter(([, secret]) => secret !== key64);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.constantFrom(...secrets), fc.constantFrom("plain words", "", "1 of 2"))),
      async (pieces) => {
        const given = pieces.map((piece) => (typeof piece === "string" ? piece : piece[0]));
        const { texts } = await maskSecrets(given);
        expect(texts).toHaveLength(given.length);
        pieces.forEach((piece, index) => {
          if (typeof piece === "string") expect(texts[index]).toBe(piece);
          else expect(texts[index]).not.toContain(piece[1]);
        });
      },
    ),
    { numRuns: Math.min(propertyRuns, 200) },
  );
});

test("a megabyte of text is looked through in well under a second, also where it is made to be slow", async () => {
  const slow = [
    "token=".repeat(40_000),
    `-----BEGIN ${pem} KEY-----`.repeat(8_000),
    "eyJ".repeat(80_000),
    "bearer ".repeat(35_000),
    "a".repeat(250_000),
    "password".repeat(30_000),
  ];
  const began = performance.now();
  await maskSecrets(slow);
  expect(performance.now() - began).toBeLessThan(2_000);
});
