import { Component, type ReactNode } from "react";

/** Stands for what this workspace does not draw, by the name Slack has for it. */
export function NotDrawn({ kind, text }: { kind: string; text?: string | undefined }) {
  return (
    <div className="bk-not-drawn">
      <span className="bk-not-drawn-kind">
        Slack shows a “<bdi>{kind}</bdi>” here; it is not drawn.
      </span>
      {text !== undefined && <div className="bk-paragraph">{text}</div>}
    </div>
  );
}

interface CatchingProps {
  kind: string;
  children: ReactNode;
}

/** A block that cannot be drawn (Slack would have refused it) leaves the others alone. */
export class Catching extends Component<CatchingProps, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? (
      <div className="bk-not-drawn">
        This “<bdi>{this.props.kind}</bdi>” is not what Slack takes; it cannot be drawn.
      </div>
    ) : (
      this.props.children
    );
  }
}
