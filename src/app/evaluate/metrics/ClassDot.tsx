import { classColour } from "../../shared/class-colour.ts";
import styles from "../EvaluatePlace.module.css";

/** A class's name behind its colour. @param colour place in the palette */
export function ClassDot({ name, colour }: { name: string; colour: number }) {
  return (
    <span title={name}>
      <span className={styles.dot} style={{ background: classColour({ colour }) }} />
      {name}
    </span>
  );
}
