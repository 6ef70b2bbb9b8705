/** The headings of a wave's section in a plan's runbook, to which its other parts link. */
import { capital } from "../../core/text";
import type { RunbookGate, RunbookWave } from "./plan-runbook-model";

/** The headings of a wave's section, in order; absent where the wave has no such part. */
export interface WaveHeadings {
  readonly wave: string;
  readonly checklist?: string;
  readonly preparation: string;
  readonly start?: string;
  readonly cutover?: string;
  readonly keep?: string;
  readonly advance?: string;
  readonly rollout?: string;
  readonly back: string;
  readonly finalize?: string;
  readonly afterwards?: string;
  readonly rollback: string;
  readonly messages: string;
}

/** Returns the headings of a wave's section. */
export function headingsOf({ name, gates, cutover, rollout, afterwards, checklist }: RunbookWave): WaveHeadings {
  const title = capital(name);
  const has = (id: RunbookGate["id"]): boolean => gates.some((gate) => gate.id === id);
  return {
    wave: title,
    ...(checklist.length === 0 ? {} : { checklist: `${title}: the cut-over on one page` }),
    preparation: `${title}: preparation`,
    ...(has("start") ? { start: `${title}: go or no-go before the cut-over` } : {}),
    ...(cutover.forward.length + cutover.done.length === 0 ? {} : { cutover: `${title}: cut-over` }),
    ...(has("keep") ? { keep: `${title}: go or no-go after the cut-over` } : {}),
    ...(has("advance") ? { advance: `${title}: go or no-go before each step of the rollout` } : {}),
    ...(rollout.forward.length + rollout.done.length === 0 ? {} : { rollout: `${title}: rollout` }),
    back: `${title}: the way back`,
    ...(has("finalize") ? { finalize: `${title}: go or no-go before the source is given up` } : {}),
    ...(afterwards.forward.length + afterwards.done.length === 0 ? {} : { afterwards: `${title}: afterwards` }),
    rollback: `${title}: when to go back`,
    messages: `${title}: who is told`,
  };
}
