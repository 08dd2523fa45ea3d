import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import type { OfferedOptions, OpenView, SandboxMessage } from "#sandbox/protocol.ts";
import type { SandboxGroup } from "#sandbox/screen.ts";
import type { Drawing } from "./drawing.ts";
import { HomeBlocks } from "./kit/home-blocks.tsx";
import { MessageBody } from "./kit/message-body.tsx";
import { ModalForm } from "./kit/modal-form.tsx";
import { timeOfDay } from "./kit/slack-dates.ts";
import { SurfaceContext } from "./kit/surface.ts";
import { initialValues } from "./kit/values.ts";
import { wallTime } from "./kit/zone.ts";
import { stillOf } from "./still.ts";
import "./tokens.css";
import "./render.css";

declare global {
  interface Window {
    /** For the script that takes the picture: draws them one below the other, and says when it stands. */
    draw: (drawings: readonly Drawing[]) => Promise<void>;
    /** The first of them, as HTML that reads the same without any script. */
    snapshot: () => string;
    /** What was pressed, chosen, sent and closed in what is drawn, oldest first. */
    heard: unknown[];
  }
}

const place = document.getElementById("root");
let root: Root | undefined;

window.heard = [];
const hear = (heard: unknown) => window.heard.push(heard);

window.draw = async (drawings) => {
  if (!place) throw new Error("the page has no place to draw in");
  document.documentElement.dataset["scheme"] = drawings[0]?.scheme ?? "light";
  // nothing of the one before stays: not what it held, not its focus
  root?.unmount();
  window.heard = [];
  const fresh = createRoot(place, { onCaughtError: (error) => console.error(String(error)) });
  root = fresh;
  flushSync(() =>
    fresh.render(
      <main>
        <h1 className="bk-unseen">Slack payloads</h1>
        {drawings.map((drawing, index) => (
          <Drawn key={index} drawing={drawing} />
        ))}
      </main>,
    ),
  );
  await document.fonts.ready;
  // a frame would be awaited for a second where nobody looks; the effects are over by then
  await new Promise((resolve) => setTimeout(resolve));
};

window.snapshot = () => stillOf(document.querySelector<HTMLElement>(".drawing") ?? document.body);

function Drawn({ drawing }: { drawing: Drawing }) {
  const { zone, now, people, channels, groups } = drawing;
  return (
    <SurfaceContext
      value={{
        people: new Map(Object.entries(people)),
        channels: new Map(Object.entries(channels)),
        groups: new Map(Object.entries(groups).map(([id, handle]) => [id, groupOf(id, handle)])),
        zone,
        now: new Date(now),
        act: (action) => hear({ act: action }),
      }}
    >
      <div className="drawing">
        <Payload drawing={drawing} />
      </div>
    </SurfaceContext>
  );
}

function Payload({ drawing }: { drawing: Drawing }) {
  const { payload, errors = {}, trouble, headingLevel = 2 } = drawing;
  switch (payload.kind) {
    case "modal":
      return (
        <ModalForm
          view={opened(payload.view)}
          depth={1}
          errors={errors}
          trouble={trouble}
          isBusy={false}
          onSubmit={(values) => hear({ submit: values })}
          onClose={() => hear({ close: true })}
          onAct={(action) => hear({ act: action })}
          options={async (_block, _action, query) => offered(query)}
          frame={drawing.isOpen ? "dialog" : "page"}
          headingLevel={headingLevel}
        />
      );
    case "home":
      return (
        <div className="drawn-home">
          <HomeBlocks home={{ blocks: payload.blocks }} headingLevel={headingLevel} />
        </div>
      );
    case "message":
      return <Message drawing={drawing} message={payload.message} level={headingLevel} />;
    default:
      return payload satisfies never;
  }
}

interface MessageProps {
  drawing: Drawing;
  message: Pick<SandboxMessage, "text" | "blocks">;
  level: 2 | 3 | 4 | 5;
}

/** A message as it stands in a channel. */
function Message({ drawing: { appName, now, zone }, message, level }: MessageProps) {
  const posted = wallTime(new Date(now).getTime() / 1_000, zone);
  return (
    <article className="drawn-message" aria-label={`Message of ${appName}`}>
      <div className="drawn-avatar" aria-hidden="true">
        {appName.charAt(0).toUpperCase()}
      </div>
      <div className="drawn-message-main">
        <div className="drawn-by">
          <strong>{appName}</strong>
          <span className="drawn-app">App</span>
          <time dateTime={now}>{timeOfDay(posted)}</time>
        </div>
        <MessageBody text={message.text} blocks={message.blocks} headingLevel={level} />
      </div>
    </article>
  );
}

/** A bare view as the sandbox would have it open. */
function opened(view: Pick<OpenView, "title" | "submit" | "close" | "blocks">): OpenView {
  const blocks = view.blocks.map((block, index) => ({
    ...block,
    block_id: block.block_id ?? `block-${index}`,
  }));
  return {
    ...view,
    blocks,
    type: "modal",
    id: "V0",
    hash: "0",
    values: initialValues(blocks),
  };
}

/** A list as an app might offer it. */
function offered(query: string): OfferedOptions {
  const options = ["A", "B"].map((end) => ({ value: `${query}-${end}`, text: `${query} ${end}` }));
  return { status: "acked", ms: 0, options };
}

function groupOf(id: string, handle: string): SandboxGroup {
  return { id, handle, name: handle, userIds: [] };
}
