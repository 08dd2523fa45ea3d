import type { BlockKitFault } from "#sandbox/protocol.ts";
import { Part } from "./part.tsx";

/** Payloads of the bot's that real Slack would refuse. */
export function RefusedPart({ faults }: { faults: readonly BlockKitFault[] | undefined }) {
  if (!faults) return null;
  return (
    <Part
      title="What Slack would have refused"
      count={faults.length === 0 ? "none" : String(faults.length)}
      startsOpen={faults.length > 0}
    >
      {faults.length === 0 ? (
        <p className="pn-soft">
          None. Every payload of the bot's is held against Slack's limits on its way in.
        </p>
      ) : (
        <ul className="in-refused">
          {faults.map(({ method, problems }, index) => (
            <li key={index}>
              <code>{method}</code>
              <ul>
                {problems.map((problem) => (
                  <li key={problem}>
                    <bdi>{problem}</bdi>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}
