import { memo } from "react";
import type { Topics } from "#sandbox/page/live/topics.ts";
import { Part, shownOf, Table } from "./part.tsx";
import { isFailedCall, type Sieve, sieveCalls } from "./sieve.ts";
import { RealTime } from "./times.tsx";
import { Unfold } from "./wire-text.tsx";
import { faultInWords, outcomeInWords } from "./words.ts";

type Call = Topics["calls"];
const heads = ["Time", "Call", "Side", "Answer", "Took"];

/** What the bot asked of Slack and GitHub. */
export function CallsPart({ calls, sieve }: { calls: ReadonlyMap<string, Call>; sieve: Sieve }) {
  const shown = sieveCalls(calls.values(), sieve);
  return (
    <Part title="The bot's calls" count={shownOf(shown.length, calls.size)}>
      <Table
        kind="calls"
        caption="Calls of the bot to Slack and GitHub, the newest first"
        heads={heads}
        empty={calls.size === 0 ? "None yet." : "None that you asked for."}
      >
        {shown.map((call) => (
          <Row key={call.id} call={call} />
        ))}
      </Table>
    </Part>
  );
}

const Row = memo(function Row({ call }: { call: Call }) {
  const { at, side, method, fault, ms, request } = call;
  return (
    <tr role="row" data-state={isFailedCall(call) ? "failed" : undefined}>
      <td role="cell" className="in-time">
        <RealTime at={at} />
      </td>
      <th scope="row" role="rowheader" className="in-name">
        <Unfold
          summary={<bdi>{method}</bdi>}
          texts={request === undefined ? [] : [{ name: "What the bot sent", text: request }]}
        />
      </th>
      <td role="cell" className="in-side">
        {side === "slack" ? "Slack" : "GitHub"}
      </td>
      <td role="cell" className="in-answer">
        <bdi>{outcomeInWords(call)}</bdi>
        {fault !== undefined && <small className="in-fault"> · {faultInWords(fault)}</small>}
      </td>
      <td role="cell" className="in-number in-took">
        {ms === undefined ? "" : `${ms} ms`}
      </td>
    </tr>
  );
});
