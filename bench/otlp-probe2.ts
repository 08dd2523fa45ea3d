import { hash } from "node:crypto";
import { genAiTraces } from "./otlp-bodies.ts";
import { encodeTraces } from "#test/support/otlp-request.ts";
import { readTraces } from "#src/intake/traces.ts";
import { createPinReader } from "#src/domain/ledger/pin-aliases.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { sha256 } from "#src/lib/sha256.ts";
const r = genAiTraces(512, Date.now() - 60_000);
const body = Buffer.from(JSON.stringify(r));
const pb = Buffer.from(encodeTraces(r));
const inner = createPinReader(noLedgerSettings, sha256);
const w = new Map<string, boolean>();
const reader = { wants(k: string) { let a = w.get(k); if (a === undefined) w.set(k, (a = inner.wants(k))); return a; }, read: (a: any) => inner.read(a) };
const time = (t: string, f: () => unknown) => { for (let i = 0; i < 30; i++) f(); const c = process.cpuUsage(); const n = 100; for (let i = 0; i < n; i++) f(); const d = process.cpuUsage(c); console.log(t.padEnd(20), ((d.user + d.system) / 1000 / n).toFixed(2), "ms"); };
for (let k = 0; k < 2; k++) {
  time("hash", () => hash("sha256", body));
  time("toString+parse", () => JSON.parse(body.toString("utf8")));
  time("latin1+parse", () => JSON.parse(body.toString("latin1")));
  time("readTraces json", () => readTraces({ body, contentType: "application/json" }, reader, Date.now()));
  time("readTraces pb", () => readTraces({ body: pb, contentType: "application/x-protobuf" }, reader, Date.now()));
}
