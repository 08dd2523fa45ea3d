import { actAs } from "#sandbox/page/live/address.ts";
import { useOne } from "#sandbox/page/live/store.ts";
import { useDesk } from "#sandbox/page/panes/use-desk.ts";
import { TourView } from "./tour-view.tsx";

/** The guided tour, and the script that plays what one does not want to do by hand. */
export function TourPane() {
  const tour = useOne("tour");
  const script = useOne("script");
  const me = useOne("me");
  const { ask, problem } = useDesk();
  return (
    <TourView
      tour={tour}
      script={script}
      me={me}
      problem={problem}
      onActAs={(userId) => actAs(userId)}
      onPlay={(until) => void ask("play", until === undefined ? {} : { until })}
      onPause={() => void ask("pause", null)}
    />
  );
}
