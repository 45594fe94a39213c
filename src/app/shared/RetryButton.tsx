import { useLayoutEffect, useRef } from "react";
import { words } from "../words/words.ts";
import controls from "./controls.module.css";

/**
 * “Try again”. When it goes because that helped, the focus of whoever pressed it stays near: it goes to what is around it
 * and has `tabIndex={-1}`.
 */
export function RetryButton({ onRetry }: { onRetry: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const own = button.current;
    return () => {
      if (own && own === document.activeElement) own.closest<HTMLElement>("[tabindex='-1']")?.focus();
    };
  }, []);
  return (
    <button ref={button} type="button" className={controls.button} onClick={onRetry}>
      {words.shared.tryAgain}
    </button>
  );
}
