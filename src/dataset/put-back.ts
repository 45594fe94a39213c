/** Taking a deletion back although other things have changed since. */
import type { ClassId, Dataset, PhotoClass, Sample } from "./dataset.ts";

/** The dataset on both sides of a deletion or a merge. */
interface Deletion {
  readonly before: Dataset;
  readonly after: Dataset;
}

/**
 * Puts back the classes and photos that a deletion took, where they were; after a merge also the photos that are still in the
 * class that they went into. What else has changed since stays. Photos whose class has gone meanwhile bring it back, too.
 */
export function putBack(now: Dataset, { before, after }: Deletion): Dataset {
  const goneClasses = idsWithout(before.classes, after.classes);
  const left = new Map(after.samples.map((sample) => [sample.photo, sample]));
  const present = new Map(now.samples.map((sample) => [sample.photo, sample]));
  const back = new Map<string, Sample>();
  for (const sample of before.samples) {
    const then = left.get(sample.photo);
    const today = present.get(sample.photo);
    if (!then && !today) back.set(sample.photo, sample);
    else if (then && today && goneClasses.has(sample.classId) && today.classId === then.classId) {
      back.set(sample.photo, { ...today, classId: sample.classId });
    }
  }
  const wanted = new Set([...goneClasses, ...[...back.values()].map(({ classId }) => classId)]);
  const known = new Set(before.samples.map(({ photo }) => photo));
  const samples = [
    ...before.samples.flatMap(({ photo }) => back.get(photo) ?? present.get(photo) ?? []),
    ...now.samples.filter(({ photo }) => !known.has(photo)),
  ];
  return { classes: classesWith(now.classes, before.classes, wanted), samples };
}

/** The first class that a deletion took; else the one whose photos it took. */
export function classPutBack({ before, after }: Deletion): ClassId | null {
  const [gone] = idsWithout(before.classes, after.classes);
  if (gone !== undefined) return gone;
  const left = new Set(after.samples.map(({ photo }) => photo));
  return before.samples.find(({ photo }) => !left.has(photo))?.classId ?? null;
}

function idsWithout(all: readonly PhotoClass[], without: readonly PhotoClass[]): ReadonlySet<ClassId> {
  const others = new Set(without.map(({ id }) => id));
  return new Set(all.map(({ id }) => id).filter((id) => !others.has(id)));
}

function classesWith(
  now: readonly PhotoClass[],
  before: readonly PhotoClass[],
  wanted: ReadonlySet<ClassId>,
): readonly PhotoClass[] {
  const classes = [...now];
  before.forEach((each, place) => {
    if (!wanted.has(each.id) || classes.some(({ id }) => id === each.id)) return;
    classes.splice(place, 0, { ...each, name: freeName(each.name, classes) });
  });
  return classes;
}

/** Another class may have got its name meanwhile. */
function freeName(name: string, classes: readonly PhotoClass[]): string {
  const taken = new Set(classes.map((each) => each.name));
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
  return free;
}
