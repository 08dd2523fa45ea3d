// Goal: what S1 to S3 assert of core, attribution and ledger holds for people in Slack, not for the engine alone.
// Method: each is played over signed HTTP against a world of its own, side by side; what counts is what
// Slack and GitHub hold in the end.

import { playsScenario } from "./scenario-assertions.ts";

await Promise.all(["s1", "s2", "s3"].map(playsScenario));
