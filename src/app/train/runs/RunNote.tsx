import { useState } from "react";
import type { Run } from "../../../project/run.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";

const text = words.train.runs;

/** What its user wrote about a run; kept when the box is left or Enter is pressed. Escape takes back what was typed. */
export function RunNote({ run, number }: { run: Run; number: number }) {
  const noteRun = useStore((state) => state.noteRun);
  const kept = run.note ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    if (typed !== null && typed.trim() !== kept) void noteRun(run.id, typed.trim());
    setTyped(null);
  };
  return (
    <textarea
      rows={1}
      aria-label={text.named({ action: text.columns.note, number })}
      value={typed ?? kept}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          keep();
        } else if (event.key === "Escape") setTyped(null);
      }}
    />
  );
}
