import { memo } from "react";
import type { Delivery } from "#sandbox/screen.ts";
import { Part, shownOf, Table } from "./part.tsx";
import { isFailedDelivery, type Sieve, sieveDeliveries } from "./sieve.ts";
import { RealTime } from "./times.tsx";
import { Unfold } from "./wire-text.tsx";
import { answerInWords, slowMs } from "./words.ts";

const heads = ["Time", "What", "Who", "Answer of the bot"];
/** Slack waits no longer. */
const longestMs = 3_000;

/** What Slack told the bot, and how long it took to answer. */
export function DeliveriesPart({
  deliveries,
  sieve,
  people,
}: {
  deliveries: ReadonlyMap<string, Delivery>;
  sieve: Sieve;
  people: ReadonlyMap<string, string>;
}) {
  const shown = sieveDeliveries(deliveries.values(), sieve, people);
  return (
    <Part title="What Slack told the bot" count={shownOf(shown.length, deliveries.size)}>
      <Table
        kind="deliveries"
        caption="What Slack told the bot, the newest first"
        heads={heads}
        empty={
          deliveries.size === 0
            ? "Nothing yet. Commands, forms, buttons and events come here."
            : "Nothing that you asked for."
        }
      >
        {shown.map((delivery) => (
          <Row
            key={delivery.id}
            delivery={delivery}
            who={
              delivery.userId === undefined
                ? ""
                : `@${people.get(delivery.userId) ?? delivery.userId}`
            }
          />
        ))}
      </Table>
    </Part>
  );
}

const Row = memo(function Row({ delivery, who }: { delivery: Delivery; who: string }) {
  const { at, what, ms, retry, payload, answer } = delivery;
  const texts = [
    { name: "What Slack sent", text: payload },
    ...(answer === undefined ? [] : [{ name: "What the bot answered", text: answer }]),
  ];
  return (
    <tr role="row" data-state={isFailedDelivery(delivery) ? "failed" : undefined}>
      <td role="cell" className="in-time">
        <RealTime at={at} />
      </td>
      <th scope="row" role="rowheader" className="in-name">
        <Unfold
          summary={
            <>
              <bdi>{what}</bdi>
              {retry !== undefined && <small> · delivered again, attempt {retry + 1}</small>}
            </>
          }
          texts={texts}
        />
      </th>
      <td role="cell" className="in-who">
        <bdi>{who}</bdi>
      </td>
      <td role="cell" className="in-answer">
        {answerInWords(delivery)}
        {ms !== undefined && <Bar ms={ms} />}
      </td>
    </tr>
  );
});

/** Beside the number: how much of the time that Slack gives was taken. */
function Bar({ ms }: { ms: number }) {
  const share = Math.min(1, ms / longestMs);
  return (
    <span className={ms > slowMs ? "in-bar in-bar-slow" : "in-bar"} aria-hidden="true">
      <span style={{ inlineSize: `${Math.max(2, share * 100)}%` }} />
    </span>
  );
}
