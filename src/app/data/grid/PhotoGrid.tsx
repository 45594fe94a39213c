import { type CSSProperties, type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from "react";
import type { ClassId, PhotoId, Sample } from "../../../dataset/dataset.ts";
import { classColour } from "../../shared/class-colour.ts";
import controls from "../../shared/controls.module.css";
import { PhotoViewer, viewedSample } from "../../shared/PhotoViewer.tsx";
import { splitsOf } from "../../store/selectors.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { shownName } from "../class-name.ts";
import { type GridLayout, keyTarget, positionOf, type Range, type Rectangle, touchedBy } from "./layout.ts";
import { PhotoCell } from "./PhotoCell.tsx";
import styles from "./PhotoGrid.module.css";
import { SelectionBar } from "./SelectionBar.tsx";
import { choose, extend, NOTHING, type Selection, toggle } from "./selection.ts";
import { useActiveCell } from "./useActiveCell.ts";
import { useGridWindow } from "./useGridWindow.ts";
import { useLasso } from "./useLasso.ts";

interface PhotoGridProps {
  /** At least one. */
  readonly samples: readonly Sample[];
  /** The class of all photos; null for photos of several classes, each of which is then shown with its own. */
  readonly classId: ClassId | null;
  /** Accessible name. */
  readonly label: string;
}

/** Smallest side of a cell, in pixels. */
const SMALLEST = { ofClass: 72, ofAll: 96 };
/** Rows of a class that are visible without scrolling; half a row shows that there are more. */
const ROWS_OF_CLASS = 4.5;

/**
 * A grid of photos that draws only those in view. Photos are selected by click, Space, Shift for a range, a lasso or Ctrl+A,
 * and then moved, deleted, excluded or given a split. A double-click, Enter or the button in its corner enlarges a photo.
 */
export function PhotoGrid({ samples, classId, label }: PhotoGridProps) {
  const viewport = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLUListElement>(null);
  const ofClass = classId !== null;
  const { layout, range, pageRows } = useGridWindow(
    viewport,
    samples.length,
    ofClass ? SMALLEST.ofClass : SMALLEST.ofAll,
  );
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const selected = useMemo(() => samples.filter(({ photo }) => selection.chosen.has(photo)), [samples, selection]);
  const { activeAt, focus, focusIfLost } = useActiveCell(samples, content);

  const lasso = useLasso(viewport, content, (added) => {
    const before = selection;
    return (rectangle) => setSelection(choose(before, photosAt(samples, touchedBy(layout, rectangle)), added));
  });
  const selectAll = () => setSelection(choose(selection, allPhotos(samples), true));
  const deletePhotos = useStore((state) => state.deletePhotos);
  const [large, setLarge] = useState<PhotoId | null>(null);
  const enlarge = (at: number | null) => {
    const sample = at === null ? undefined : samples[at];
    if (at === null || !sample) return;
    focus(at, false);
    setLarge(sample.photo);
  };

  const onClick = ({ target, shiftKey }: MouseEvent) => {
    if (lasso.endsLasso()) return;
    const at = indexAt(target);
    if (isEnlarge(target)) return enlarge(at);
    const sample = at === null ? undefined : samples[at];
    if (at === null || !sample) return setSelection(NOTHING);
    focus(at, false);
    setSelection(shiftKey ? extend(selection, allPhotos(samples), sample.photo) : toggle(selection, sample.photo));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    const active = samples[activeAt];
    const target = keyTarget(layout, activeAt, key, pageRows);
    const reached = target === null ? undefined : samples[target];
    if (target !== null && reached && active) {
      focus(target, true);
      if (shiftKey) {
        const from = selection.anchor === null ? { ...selection, anchor: active.photo } : selection;
        setSelection(extend(from, allPhotos(samples), reached.photo));
      }
    } else if (key === "Enter" && !isEnlarge(event.target)) enlarge(activeAt);
    else if (key.toLowerCase() === "a" && command) selectAll();
    else if (key === "Escape" && selected.length) setSelection(NOTHING);
    else if (key === "Delete" && active) {
      deletePhotos(new Set(selected.length ? allPhotos(selected) : [active.photo]));
      focusIfLost();
    } else return;
    event.preventDefault();
  };

  const bar = selected.length ? (
    <SelectionBar
      selected={selected}
      classId={classId}
      selectAll={
        selected.length < samples.length
          ? { label: ofClass ? words.grid.selectAll : words.grid.selectAllShown, run: selectAll }
          : null
      }
      onClear={() => {
        setSelection(NOTHING);
        focusIfLost();
      }}
      onDone={focusIfLost}
    />
  ) : null;
  const height: CSSProperties = ofClass ? { height: Math.min(layout.height, ROWS_OF_CLASS * layout.step) } : {};
  return (
    <div className={styles.wrap}>
      {ofClass ? null : <div className={styles.oneRow}>{bar ?? <NothingSelected onSelectAll={selectAll} />}</div>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the mouse's shortcuts; the photos are buttons that do the same */}
      <div
        ref={viewport}
        className={`${styles.viewport} ${ofClass ? "" : styles.large}`}
        style={height}
        onPointerDown={lasso.onPointerDown}
        onClick={onClick}
        // Its two clicks have selected the photo and let it go again.
        onDoubleClick={({ target }) => isEnlarge(target) || enlarge(indexAt(target))}
        onKeyDown={onKeyDown}
      >
        <ul ref={content} className={styles.content} style={{ height: layout.height }} aria-label={label}>
          <Cells
            samples={samples}
            layout={layout}
            range={range}
            chosen={selection.chosen}
            activeAt={activeAt}
            showClasses={!ofClass}
          />
        </ul>
        {lasso.rectangle ? <div className={styles.lasso} style={boxOf(lasso.rectangle, layout)} /> : null}
      </div>
      {ofClass ? bar : null}
      {large === null ? null : (
        <Viewer
          samples={samples}
          shown={large}
          onStep={setLarge}
          onClose={() => {
            setLarge(null);
            const at = samples.findIndex(({ photo }) => photo === large);
            if (at >= 0) focus(at, true);
            else focusIfLost();
          }}
        />
      )}
    </div>
  );
}

interface ViewerProps {
  readonly samples: readonly Sample[];
  readonly shown: PhotoId;
  onStep(photo: PhotoId): void;
  onClose(): void;
}

function Viewer({ samples, ...rest }: ViewerProps) {
  const photos = useMemo(() => samples.map((sample) => viewedSample(sample)), [samples]);
  return <PhotoViewer photos={photos} {...rest} />;
}

interface CellsProps {
  readonly samples: readonly Sample[];
  readonly layout: GridLayout;
  readonly range: Range;
  readonly chosen: ReadonlySet<PhotoId>;
  readonly activeAt: number;
  readonly showClasses: boolean;
}

function Cells({ samples, layout, range: [first, last], chosen, activeAt, showClasses }: CellsProps) {
  const splits = useStore(splitsOf);
  const classes = useStore((state) => state.dataset.classes);
  const classOf = useMemo(() => new Map(classes.map((each) => [each.id, each])), [classes]);
  // The focused photo stays drawn wherever the grid is scrolled to, so that the arrow keys continue from it.
  const others = activeAt < first || activeAt >= last ? [activeAt] : [];
  const drawn = [...others, ...Array.from({ length: last - first }, (_, offset) => first + offset)];
  return drawn.map((at) => {
    const sample = samples[at];
    if (!sample) return null;
    const ownClass = showClasses ? classOf.get(sample.classId) : undefined;
    return (
      <PhotoCell
        key={sample.photo}
        sample={sample}
        at={at}
        of={samples.length}
        {...positionOf(layout, at)}
        side={layout.cell}
        selected={chosen.has(sample.photo)}
        active={at === activeAt}
        split={splits.get(sample.photo) ?? null}
        splitKnown={splits.size > 0}
        className={ownClass ? shownName(ownClass) : null}
        colour={ownClass ? classColour(ownClass) : null}
      />
    );
  });
}

function NothingSelected({ onSelectAll }: { onSelectAll(): void }) {
  return (
    <div className={styles.selection}>
      <span className={controls.quiet}>{words.grid.hint}</span>
      <button type="button" className={`${controls.button} ${controls.plain}`} onClick={onSelectAll}>
        {words.grid.selectAllShown}
      </button>
    </div>
  );
}

function allPhotos(samples: readonly Sample[]): PhotoId[] {
  return samples.map(({ photo }) => photo);
}

function photosAt(samples: readonly Sample[], indexes: readonly number[]): PhotoId[] {
  return indexes.flatMap((at) => samples[at]?.photo ?? []);
}

/** The index of the photo that was clicked; null when the click was beside the photos. */
function indexAt(target: EventTarget): number | null {
  const at = target instanceof Element ? target.closest<HTMLElement>("[data-cell]")?.dataset.cell : undefined;
  return at === undefined ? null : Number(at);
}

/** Whether it is the button in a photo's corner. */
function isEnlarge(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[data-enlarge]") !== null;
}

/** The lasso's box, kept within the content. */
function boxOf({ from, to }: Rectangle, { height }: GridLayout): CSSProperties {
  const [left, right] = [Math.max(0, Math.min(from.x, to.x)), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.max(0, Math.min(from.y, to.y)), Math.min(height, Math.max(from.y, to.y))];
  return { left, top, width: right - left, height: Math.max(0, bottom - top) };
}
