/** Puts a hostile text into every text of a sample, one after the other, keys included: a new field is covered by itself. */

/** A place of a sample where a text stands. */
export interface Place<Sample> {
  /** The path, `servers[0].name` or `servers[0].tags.(key) owner`, or the text that is replaced wherever it stands. */
  readonly path: string;
  /** Returns a copy of the sample with the hostile text in this place. */
  readonly poisoned: (hostile: string) => Sample;
}

/** Returns a place for every text, every key and every text that stands in several, as a name does that others refer to. */
export function placesOf<Sample>(sample: Sample): Place<Sample>[] {
  const places: Place<Sample>[] = [];
  const seen = new Map<string, number>();
  const walk = (value: unknown, path: string, rebuild: (changed: unknown) => unknown): void => {
    const add = (at: string, changed: (hostile: string) => unknown): void => {
      places.push({ path: at, poisoned: (hostile) => rebuild(changed(hostile)) as Sample });
    };
    if (typeof value === "string") {
      seen.set(value, (seen.get(value) ?? 0) + 1);
      add(path, (hostile) => hostile);
      // A text that has to begin as the field wants it.
      if (value.startsWith("/")) add(`${path} (behind a slash)`, (hostile) => `/${hostile}`);
    } else if (Array.isArray(value)) {
      value.forEach((each, index) => {
        walk(each, `${path}[${index}]`, (changed) => rebuild(value.with(index, changed)));
      });
    } else if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value);
      entries.forEach(([key, each], index) => {
        const set = (entry: [string, unknown]): unknown => Object.fromEntries(entries.with(index, entry));
        add(`${path}.(key) ${key}`, (hostile) => set([hostile, each]));
        walk(each, path === "" ? key : `${path}.${key}`, (changed) => rebuild(set([key, changed])));
      });
    }
  };
  walk(sample, "", (changed) => changed);
  for (const [text, count] of seen) {
    if (count < 2) continue;
    places.push({ path: `every ${JSON.stringify(text)}`, poisoned: (hostile) => everywhere(sample, text, hostile) });
  }
  return places;
}

/** Returns the value with a text replaced wherever it stands, as a key too. */
export function everywhere<Value>(value: Value, text: string, hostile: string): Value {
  const replace = (each: unknown): unknown => {
    if (typeof each === "string") return each === text ? hostile : each;
    if (Array.isArray(each)) return each.map(replace);
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, of]) => [key === text ? hostile : key, replace(of)]));
  };
  return replace(value) as Value;
}
