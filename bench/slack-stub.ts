import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The least of Slack that a bot asks for at its start (who it is, who is there); it is not measured. */
export async function startSlackStub(team: {
  teamId: string;
  userIds: string[];
}): Promise<{ url: string; close(): void }> {
  const answers: Record<string, unknown> = {
    "auth.test": { ok: true, team_id: team.teamId, user_id: "UBOT", bot_id: "BBOT", team: "bench" },
    "users.list": {
      ok: true,
      members: team.userIds.map((id) => ({
        id,
        team_id: team.teamId,
        name: id.toLowerCase(),
        profile: { display_name: id.toLowerCase() },
      })),
      response_metadata: { next_cursor: "" },
    },
  };
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on("end", () => {
      const method = (incoming.url ?? "").replace(/^\/(api\/)?/, "").replace(/\?.*$/, "");
      outgoing.setHeader("content-type", "application/json");
      outgoing.end(JSON.stringify(answers[method] ?? { ok: false, error: "unknown_method" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/api/`, close: () => server.close() };
}
