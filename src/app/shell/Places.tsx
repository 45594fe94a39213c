import { hashOf, PLACES, type Place } from "../places.ts";
import { Icon } from "../shared/Icon.tsx";
import { words } from "../words/words.ts";
import { JobsElsewhere } from "./JobsElsewhere.tsx";
import styles from "./Places.module.css";

export function Places({ current }: { current: Place }) {
  return (
    <nav className={styles.places} aria-label={words.shell.navigation}>
      <p className={styles.brand} aria-hidden="true">
        <img src="./icon.svg" alt="" width="28" height="28" />
        Headstart
      </p>
      <ul>
        {PLACES.map((place) => (
          <li key={place}>
            <a href={hashOf(place)} aria-current={place === current ? "page" : undefined}>
              <Icon name={place} />
              {words.shell.places[place]}
            </a>
          </li>
        ))}
      </ul>
      <JobsElsewhere current={current} />
    </nav>
  );
}
