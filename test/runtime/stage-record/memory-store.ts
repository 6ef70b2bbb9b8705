import type { ParameterStore } from "../../../lib/runtime/stage-record";

/** Parameters in memory, with what was asked of them. */
export class MemoryStore implements ParameterStore {
  /** The names that were written, in order. */
  public readonly written: string[] = [];
  private readonly parameters = new Map<string, { value: string; version: number }>();

  constructor(
    values: Readonly<Record<string, string>>,
    /** What happens between a read and a write. */
    private readonly meanwhile: (store: MemoryStore) => void = () => undefined,
  ) {
    for (const [name, value] of Object.entries(values)) this.put(name, value);
  }

  public put(name: string, value: string): number {
    const version = (this.parameters.get(name)?.version ?? 0) + 1;
    this.parameters.set(name, { value, version });
    return version;
  }

  public value(name: string): string | undefined {
    return this.parameters.get(name)?.value;
  }

  public below(path: string) {
    const found = [...this.parameters].filter(([name]) => name.startsWith(`${path}/`));
    return Promise.resolve(found.map(([name, { value }]) => ({ name, value })));
  }

  public get(name: string) {
    const found = this.parameters.get(name);
    return Promise.resolve(found === undefined ? undefined : { name, ...found });
  }

  public overwrite(name: string, value: string) {
    this.meanwhile(this);
    this.written.push(name);
    return Promise.resolve(this.put(name, value));
  }
}
