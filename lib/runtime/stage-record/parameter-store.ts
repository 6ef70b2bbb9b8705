import type { StageParameter } from "../../core/stage-record";

/** A parameter with the number of its version, which grows by one with each write. */
export interface VersionedParameter extends StageParameter {
  readonly version?: number;
}

/** A store of stage records. */
export interface ParameterStore {
  /** Returns all parameters below the path, at any depth, from all pages. */
  below(path: string): Promise<readonly StageParameter[]>;
  /** Returns the parameter of that name, or undefined where there is none. */
  get(name: string): Promise<VersionedParameter | undefined>;
  /** Writes the value of a parameter that exists, and returns the number of the version that was written. */
  overwrite(name: string, value: string): Promise<number | undefined>;
}
