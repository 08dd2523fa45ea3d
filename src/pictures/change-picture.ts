import type { IncidentState } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import type { ScanWindow } from "#src/domain/ledger/ledger.ts";
import { isInForce, leverWords } from "#src/domain/lever-use.ts";

/** What the picture of changes shows: changes against onset, detection, levers and impact (0.18, 3.23). */
export interface ChangePicture {
  /** "Incident 12", or "Drill 12". */
  name: string;
  title: string;
  /** Where changes were looked for. */
  window: ScanWindow;
  /** The oldest first. */
  changes: PictureChange[];
  onsetAt: Date | null;
  noticedAt: Date | null;
  declaredAt: Date;
  /** From the onset until it was recovered; null where nobody has said when it began. */
  impact: Span | null;
  /** Where there is more than one: their own windows. */
  strands: Span[];
  levers: Span[];
  /** When it was drawn. */
  now: Date;
}

export interface PictureChange {
  at: Date;
  layer: LayerId;
  isDeclared: boolean;
  summary: string;
}

/** From when to when something lasted; `until` null: it still does. */
export interface Span {
  words: string;
  from: Date;
  until: Date | null;
}

/** What the picture of an incident shows, from its state; `now` is the service's time. */
export function changePictureOf(state: IncidentState, now: Date): ChangePicture {
  const { incident, ledgerChanges, levers, strands } = state;
  const onsetAt = incident.onsetAt ?? incident.onsetHeldAt;
  const affected = incident.recoveredAt === null ? "users are affected" : "users were affected";
  return {
    name: `${incident.isDrill ? "Drill" : "Incident"} ${incident.number}`,
    title: incident.title,
    window: scanOf(incident),
    changes: ledgerChanges
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(({ happenedAt, layer, isDeclared, summary }) => ({
        at: happenedAt,
        layer,
        isDeclared,
        summary,
      }))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    onsetAt,
    noticedAt: incident.noticedAt,
    declaredAt: incident.declaredAt,
    impact:
      onsetAt === null ? null : { words: affected, from: onsetAt, until: incident.recoveredAt },
    strands:
      strands.length < 2
        ? []
        : strands.flatMap(({ number, name, windowFrom, windowTo }) =>
            windowFrom === null
              ? []
              : [{ words: `strand ${number}: ${name}`, from: windowFrom, until: windowTo }],
          ),
    levers: levers.map((use) => ({
      words: `lever${doubts[use.state]}: ${leverWords(use)}`,
      from: use.startedAt,
      until: isInForce(use) || use.endedHow === "kept" ? null : use.endedAt,
    })),
    now,
  };
}

/** B6: what its authorizer has said of it so far. */
const doubts = {
  confirmed: "",
  claimed: ", not confirmed",
  declined: ", declined",
} as const;
