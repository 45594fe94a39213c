import { type RefObject, useEffect, useRef } from "react";
import { hashOf, PLACES, type Place } from "../places.ts";
import { Icon } from "../shared/Icon.tsx";
import { words } from "../words/words.ts";
import { JobsElsewhere } from "./JobsElsewhere.tsx";
import styles from "./Places.module.css";

export function Places({ current }: { current: Place }) {
  const bar = useRef<HTMLElement>(null);
  useHeightOnRoot(bar);
  return (
    <nav ref={bar} className={styles.places} aria-label={words.shell.navigation}>
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

/** On a phone the navigation lies over the page, which keeps as much room at its end: `--bar`. */
function useHeightOnRoot(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const bar = element.current;
    if (!bar) return;
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
    });
    observer.observe(bar);
    return () => observer.disconnect();
  }, [element]);
}
