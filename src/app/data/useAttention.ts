import { useLayoutEffect } from "react";
import type { Attention } from "../store/data.ts";
import { useStore } from "../store/store.ts";

/** Moves the focus to where work goes on after classes were added, deleted or merged. */
export function useAttention(): void {
  const attention = useStore((state) => state.attention);
  const attended = useStore((state) => state.attended);
  useLayoutEffect(() => {
    if (!attention) return;
    attended();
    const element = document.querySelector<HTMLElement>(selectorOf(attention));
    element?.focus();
    if (element instanceof HTMLInputElement) element.select();
  }, [attention, attended]);
}

function selectorOf({ to, classId }: Attention): string {
  if (to === "add-class") return "[data-add-class]";
  const card = `[data-class="${CSS.escape(classId)}"]`;
  return to === "name" ? `${card} [data-class-name]` : card;
}
