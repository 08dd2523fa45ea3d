// What is drawn of what machines sent, with as much in it as can be: for `gallery.ts`.

import type { ModalView } from "@slack/types";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { fullestTrace } from "#test/support/agent-trace.ts";
import { evidenceItem } from "#test/support/factories.ts";
import { ledgerChange, pinReport, pinState, versionReport } from "#test/support/versions.ts";
import type { MessageContent } from "#views/messages/message-content.ts";
import { renderUndeclaredChange } from "#views/messages/undeclared-change.ts";
import { addChangeModal } from "#views/modals/add-change.ts";
import { markSourceModal } from "#views/modals/mark-source.ts";
import { traceExhibitModal } from "#views/modals/trace-exhibit.ts";
import { traceTextModal } from "#views/modals/trace-text.ts";
import { type VersionsProps, versionsModal } from "#views/modals/versions.ts";
import { widenScanModal } from "#views/modals/widen-scan.ts";

/** The forms about changes and traces, by their file. `text`: what was typed into them, or what telemetry calls things. */
export function ledgerForms(state: IncidentState, text: string): Record<string, ModalView[]> {
  const { incident } = state;
  return {
    "add-change": [addChangeModal.render({ incident })],
    "trace-exhibit": traceForms(traced(state, text)),
    "trace-text": [1, 2, 900].map((hopNumber) =>
      traceTextModal.render({ state: traced(state, text), evidenceNumber: 1, hopNumber }),
    ),
    "mark-source": [markSourceModal.render({ state })],
    versions: [
      versionsModal.render(versionsLike(incident, text, 0)),
      versionsModal.render(versionsLike(null, text, 1)),
    ],
    "widen-scan": [widenScanModal.render({ incident, why: text })],
  };
}

/** More changes than fit on a page, and more pins of every layer than are told, with every text as long as it may be. */
function versionsLike(incident: Incident | null, text: string, page: number): VersionsProps {
  const value = text.slice(0, 200).toWellFormed();
  const pins = layerIds.flatMap((layer) =>
    Array.from({ length: 10 }, (_, index) =>
      pinReport(`${index} ${value}`.slice(0, 200).toWellFormed(), layer, value, {
        before: pinState(value, `${value} once`, value),
        lastKnownGood: pinState(value),
        overflow: 12,
      }),
    ),
  );
  const changes = Array.from({ length: 41 }, (_, index) =>
    ledgerChange({
      key: `${index}`.padEnd(200, "k"),
      summary: text.slice(0, 500).toWellFormed(),
      isDeclared: index % 2 === 0,
      declaredBy: value,
      pin: value,
      fromValues: [value, value, value, value],
      toValue: value,
      link: `https://example.com/${"x".repeat(1_900)}`,
    }),
  );
  const report = versionReport({ service: value.slice(0, 150), pins, changes, earlierChanges: 5 });
  return { report, incident, text: value, isOwnWindow: true, page, botCommand: "/incident" };
}

/** What is said of a change that nobody declared, after as many values as a pin has at most. */
export function undeclaredChange(text: string, botCommand: string): MessageContent {
  const value = text.slice(0, 200).toWellFormed();
  const change = ledgerChange({
    isDeclared: false,
    pin: "model.served",
    fromValues: Array.from({ length: 200 }, () => value),
    toValue: value,
  });
  const service = text.slice(0, 150).toWellFormed();
  return renderUndeclaredChange(change, { service, telemetryName: value, botCommand });
}

/** The state with a request of as many hops as there can be. */
function traced(state: IncidentState, text: string): IncidentState {
  // the same few texts come again and again, and so large a trace takes a while to make
  const trace = traces.get(text) ?? fullestTrace(text);
  if (traces.size < 20) traces.set(text, trace);
  return { ...state, evidence: [evidenceItem({ data: { trace } })] };
}

const traces = new Map<string, ReturnType<typeof fullestTrace>>();

/** Its pages; and one that is gone. */
function traceForms(state: IncidentState): ModalView[] {
  return [
    ...[undefined, 0, 20, 99].map((page) =>
      traceExhibitModal.render({ state, evidenceNumber: 1, page }),
    ),
    traceExhibitModal.render({ state, evidenceNumber: 7 }),
  ];
}
