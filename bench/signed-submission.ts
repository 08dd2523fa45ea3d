import { createHmac } from "node:crypto";
import type { Shot } from "./load.ts";

/** A submitted form as Slack posts it, signed for now (docs.slack.dev, "Verifying requests from Slack"). */
export function signedSubmission(
  signingSecret: string,
  form: {
    teamId: string;
    userId: string;
    viewId: string;
    callbackId: string;
    metadata: string;
    values: Record<string, Record<string, unknown>>;
  },
): Shot {
  const payload = {
    type: "view_submission",
    team: { id: form.teamId, domain: "bench" },
    user: { id: form.userId, team_id: form.teamId, username: form.userId.toLowerCase() },
    api_app_id: "ABENCH",
    trigger_id: `1.${form.viewId}`,
    view: {
      id: form.viewId,
      team_id: form.teamId,
      type: "modal",
      hash: "1",
      callback_id: form.callbackId,
      private_metadata: form.metadata,
      blocks: [],
      state: { values: form.values },
    },
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest("hex");
  return {
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(Buffer.byteLength(body)),
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${signature}`,
    },
  };
}
