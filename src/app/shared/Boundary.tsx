import { Component, type ReactNode } from "react";
import { words } from "../words/words.ts";
import styles from "./Trouble.module.css";
import { Trouble } from "./Trouble.tsx";

interface BoundaryProps {
  readonly holds: "app" | "page" | "part";
  /** A heading for what is shown instead; none for a part of the page. */
  readonly title?: string;
  readonly children: ReactNode;
  /** Called when trying again has helped. */
  readonly onMended?: () => void;
}

/** Keeps what goes wrong in drawing its children to itself: it says so in their place, and can draw them again. */
export class Boundary extends Component<BoundaryProps, { readonly fault: string | null }> {
  override state: { readonly fault: string | null } = { fault: null };

  static getDerivedStateFromError(error: unknown) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override componentDidUpdate(_: BoundaryProps, before: { readonly fault: string | null }) {
    if (before.fault !== null && this.state.fault === null) this.props.onMended?.();
  }

  override render() {
    const { holds, title, children } = this.props;
    const { fault } = this.state;
    if (fault === null) return children;
    return (
      <div className={holds === "part" ? styles.part : undefined}>
        {title ? <h1 tabIndex={-1}>{title}</h1> : null}
        <Trouble text={words.shared.broken[holds](fault)} onRetry={() => this.setState({ fault: null })} />
      </div>
    );
  }
}
