import { useDeferredValue, useState } from "react";
import { useSurface } from "#sandbox/page/kit/surface.ts";
import { useOne, useTopic } from "#sandbox/page/live/store.ts";
import { BotControls } from "./bot-controls.tsx";
import { CallsPart } from "./calls-part.tsx";
import { DeliveriesPart } from "./deliveries-part.tsx";
import { EffectsPart } from "./effects-part.tsx";
import { FaultSwitchboard } from "./fault-switchboard.tsx";
import { LiveLine, type Seen } from "./live-line.tsx";
import { RefusedPart } from "./refused-part.tsx";
import { ScriptButtons } from "./script-buttons.tsx";
import { everything } from "./sieve.ts";
import { SieveBar } from "./sieve-bar.tsx";
import { Witness } from "./tally.ts";
import "#sandbox/page/panes/panes.css";
import "./inspector.css";
import "./tables.css";

/** What goes over the wire, what is still to be done, and switches to break things with. */
export function InspectorPane() {
  const bot = useOne("bot");
  const switches = useOne("switches");
  const blockKitFaults = useOne("blockKitFaults");
  const seen: Seen = {
    effects: useTopic("effects"),
    messages: useTopic("messages"),
    issues: useTopic("issues"),
    pulls: useTopic("pulls"),
  };
  const deliveries = useTopic("deliveries");
  const calls = useTopic("calls");
  const { people } = useSurface();
  const [sieve, setSieve] = useState(everything);
  const deferred = useDeferredValue(sieve);
  return (
    <div className="in-pane">
      <FaultSwitchboard switches={switches} />
      <BotControls bot={bot} />
      <LiveLine seen={seen} witness={witness} isBotUp={bot?.state === "up"}>
        <ScriptButtons />
      </LiveLine>
      <section className="in-lists">
        <h3>What went over the wire</h3>
        <p className="pn-soft">
          Times are of this machine's clock, not the workspace's. The last 200 effects and 300
          entries of each list are kept.
        </p>
        <SieveBar sieve={sieve} onSieve={setSieve} />
        <EffectsPart effects={seen.effects} sieve={deferred} people={people} />
        <DeliveriesPart deliveries={deliveries} sieve={deferred} people={people} />
        <CallsPart calls={calls} sieve={deferred} />
        <RefusedPart faults={blockKitFaults} />
      </section>
    </div>
  );
}

/** Remembers over the whole life of the tab, also while something else is looked at. */
const witness = new Witness();
