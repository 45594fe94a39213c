import { hashOf, PLACES, type Place } from "../places.ts";
import { Icon } from "../shared/Icon.tsx";
import styles from "./Places.module.css";

export function Places({ current }: { current: Place }) {
  return (
    <nav className={styles.places} aria-label="Places">
      <p className={styles.brand} aria-hidden="true">
        <img src="./icon.svg" alt="" width="28" height="28" />
        Headstart
      </p>
      <ul>
        {PLACES.map((place) => (
          <li key={place}>
            <a href={hashOf(place)} aria-current={place === current ? "page" : undefined}>
              <Icon name={place} />
              {place}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
