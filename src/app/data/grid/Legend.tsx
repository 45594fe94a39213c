import type { ReactNode } from "react";
import { Icon } from "../../shared/Icon.tsx";
import { words } from "../../words/words.ts";
import styles from "./Legend.module.css";
import grid from "./PhotoGrid.module.css";
import { SPLITS } from "./splits.ts";

const text = words.grid.legend;

/** How photos of a grid are selected and enlarged, and what the marks on them mean: in words, for whoever has no mouse to point. */
export function Legend() {
  return (
    <details className={styles.legend}>
      <summary>{text.title}</summary>
      <p>{text.how}</p>
      <dl>
        {SPLITS.map((split) => (
          <Mark key={split} className={grid[split]} meaning={text.meaning[split]}>
            {words.grid.splits[split].short}
          </Mark>
        ))}
        <Mark meaning={text.meaning.out}>{words.grid.out}</Mark>
        <Mark meaning={text.meaning.fixed}>
          <Icon name="pin" size={10} />
        </Mark>
      </dl>
    </details>
  );
}

interface MarkProps {
  readonly className?: string | undefined;
  readonly meaning: string;
  /** The mark itself. */
  readonly children: ReactNode;
}

function Mark({ className = "", meaning, children }: MarkProps) {
  return (
    <div>
      <dt className={`${styles.mark} ${className}`}>{children}</dt>
      <dd>{meaning}</dd>
    </div>
  );
}
