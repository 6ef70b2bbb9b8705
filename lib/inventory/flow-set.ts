/**
 * A set of connections, each counted once: exports list the same connection for every time slot, every source port and both
 * ends. Two are the same when source, destination, port and protocol are.
 */
import type { Flow } from "./model";
import { sumKnown } from "./server-values";

/** A collection of flows; the first of the same ones keeps its place and its process, and counts that are known add up. */
export class FlowSet {
  private readonly flows = new Map<string, Flow>();

  public add(flow: Flow): void {
    const key = JSON.stringify([endpoint(flow.source), endpoint(flow.destination), flow.port ?? "", flow.protocol]);
    const known = this.flows.get(key);
    this.flows.set(key, known === undefined ? flow : together(known, flow));
  }

  /** Returns the flows in the order in which they were first seen. */
  public toArray(): Flow[] {
    return [...this.flows.values()];
  }
}

function together(known: Flow, other: Flow): Flow {
  const process = known.process ?? other.process;
  const count = sumKnown(known.count, other.count);
  const { count: _count, process: _process, ...rest } = known;
  return { ...rest, ...(count === undefined ? {} : { count }), ...(process === undefined ? {} : { process }) };
}

function endpoint(name: string): string {
  return name.toLowerCase();
}
