import { useEffect, useRef } from "react";
import { GitHubPane } from "./github/github-pane.tsx";
import { InspectorPane } from "./inspector/inspector-pane.tsx";
import { actAs, type Place, useAddress } from "./live/address.ts";
import { connect, useConnection, useOne } from "./live/store.ts";
import { ChoosePerson } from "./slack/choose-person.tsx";
import { HereProvider } from "./slack/here.tsx";
import { notify } from "./slack/notices.tsx";
import { Workspace } from "./slack/workspace.tsx";
import { TourPane } from "./tour/tour-pane.tsx";
import "./app.css";

/** The whole page: connects as the person of the address, and shows the workspace as they see it. */
export function App() {
  const { as, place } = useAddress();
  useEffect(() => connect(as), [as]);
  const facts = useOne("workspace");
  const me = useOne("me");
  const connection = useConnection();
  useFirstPerson(as);
  if (connection === "refused") return <ChoosePerson as={as} />;
  const person = facts?.people.find(({ id }) => id === me);
  if (!facts || !person) return <Waiting />;
  return (
    <HereProvider me={person} facts={facts}>
      <Workspace place={place} panes={<Panes place={place} />} />
    </HereProvider>
  );
}

function Panes({ place }: { place: Place }) {
  if (place.pane === "tour") return <TourPane />;
  if (place.pane === "inspector") return <InspectorPane />;
  if (place.pane !== "github") return null;
  return place.open === undefined ? <GitHubPane /> : <GitHubPane open={place.open} />;
}

/** Nobody was chosen: one begins as the scenario's first person, and is told so. */
function useFirstPerson(as: string): void {
  const facts = useOne("workspace");
  const first = facts?.people.find(({ bot, isDeactivated }) => !bot && !isDeactivated);
  const isDone = useRef(false);
  useEffect(() => {
    if (as !== "" || !first || isDone.current) return;
    isDone.current = true;
    actAs(first.id, true);
    const where = matchMedia("(max-width: 720px)").matches ? "Channels" : "Act as";
    notify(`You act as @${first.name}. Choose somebody else under “${where}”.`);
  }, [as, first]);
}

/** Before the first news; what takes long says why. */
function Waiting() {
  const bot = useOne("bot");
  const connection = useConnection();
  return (
    <main className="waiting" aria-busy="true">
      <h1>Faultline sandbox</h1>
      <p role="status">
        {connection === "lost"
          ? "The sandbox does not answer. Is it still running? Trying again…"
          : bot?.state === "starting"
            ? "The sandbox is starting…"
            : "Connecting…"}
      </p>
    </main>
  );
}
