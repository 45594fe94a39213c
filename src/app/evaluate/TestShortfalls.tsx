import { grouped } from "../../dataset/grouped.ts";
import type { Run } from "../../project/run.ts";
import controls from "../shared/controls.module.css";
import { words } from "../words/words.ts";

/** Why classes of a run have fewer test photos than their share, a sentence for each reason; nothing where none has. */
export function TestShortfalls({ run, classNames }: { run: Run; classNames: readonly string[] }) {
  const names = new Map(run.classes.map(({ id }, at) => [id, classNames[at]]));
  const short = (run.testShortfalls ?? []).flatMap(({ classId, ...shortfall }) => {
    const name = names.get(classId);
    return name === undefined ? [] : [{ ...shortfall, name }];
  });
  return [...grouped(short, ({ reason }) => reason)].map(([reason, classes]) => (
    <p key={reason} className={controls.quiet}>
      {words.evaluate.testShortfall[reason](classes)}
    </p>
  ));
}
