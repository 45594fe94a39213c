import { words } from "../words/words.ts";
import { Icon } from "./Icon.tsx";
import styles from "./PhotoViewer.module.css";

/**
 * The way to a large photo for whoever has no keyboard and does not double-click. It stands in a list item, after the photo's
 * own button, whose Enter key does the same.
 */
export function EnlargeButton({ onClick }: { onClick?: () => void }) {
  const { enlargeThis } = words.shared.viewer;
  return (
    <button
      type="button"
      className={styles.enlarge}
      tabIndex={-1}
      data-enlarge=""
      aria-label={enlargeThis}
      title={enlargeThis}
      onClick={onClick}
    >
      <Icon name="enlarge" size={16} />
    </button>
  );
}
