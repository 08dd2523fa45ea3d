import type { Incident, IncidentId } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { LeverId } from "./lever.ts";

/** What the Home of one person shows; each list is the first part of what there is, with the whole count. */
export interface Home {
  /** Layers that this person is asked for and nobody has answered, by incident, the worst incident first. */
  answers: Some<{ incident: HomeIncident; layers: LayerId[] }>;
  /** Levers in force that they are named for and have neither confirmed nor declined. */
  levers: Some<{ incident: HomeIncident; number: number; lever: LeverId; ownWords: string | null }>;
  /** Corrective actions they own, the earliest day first. */
  actions: Some<{
    incident: HomeIncident;
    number: number;
    title: string;
    /** `yyyy-MM-dd` */
    dueOn: string;
    issueUrl: string | null;
  }>;
  /** Open incidents that they may see: theirs first, then the newest; drills only where they are in them. */
  incidents: Some<HomeIncident & { isMine: boolean }>;
  /** Services in which they own layers or stand in for somebody. */
  services: Some<{ name: string; owns: LayerId[]; standsIn: LayerId[] }>;
}

/** The first of many. */
export interface Some<Item> {
  first: Item[];
  total: number;
}

/** What a line about an incident needs. */
export type HomeIncident = Pick<
  Incident,
  | "number"
  | "title"
  | "severity"
  | "isSeverityUnsure"
  | "status"
  | "phase"
  | "closedAs"
  | "isDrill"
  | "channelId"
  | "channelName"
  | "coordinator"
> & { id: IncidentId };
