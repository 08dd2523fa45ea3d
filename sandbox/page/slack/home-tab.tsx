import { useContext, useEffect, useMemo } from "react";
import { HomeBlocks } from "#sandbox/page/kit/home-blocks.tsx";
import { SurfaceContext } from "#sandbox/page/kit/surface.ts";
import { person } from "#sandbox/page/live/ask.ts";
import { useOne } from "#sandbox/page/live/store.ts";
import { useHomeActs } from "./acting.ts";
import { useHere } from "./here.tsx";
import { attempt } from "./notices.tsx";

/** The app's Home, as it was published for this person. */
export function HomeTab() {
  const { me, facts } = useHere();
  const home = useOne("home");
  const { act, busy, trouble } = useHomeActs(me.id);
  const around = useContext(SurfaceContext);
  const surface = useMemo(
    () => ({ ...around, act, ...(busy === undefined ? {} : { busy }) }),
    [around, act, busy],
  );
  useEffect(() => {
    void attempt(() => person("openHome", { userId: me.id }));
  }, [me.id]);
  return (
    <>
      <header className="channel-header">
        <div className="channel-title">
          <h2>Home of {facts.bot.name}</h2>
        </div>
      </header>
      <div className="page-body">
        <p className="slack-error" role="alert">
          {trouble}
        </p>
        {home ? (
          <SurfaceContext value={surface}>
            <HomeBlocks home={home} />
          </SurfaceContext>
        ) : (
          <p className="nothing">
            {facts.bot.name} has not published a Home for you yet. It does so when you open this
            tab; give it a moment.
          </p>
        )}
      </div>
    </>
  );
}
