/**
 * `npm run bench` (waves): from an inventory of 10,000 servers with 50,000 flows, some servers pinned to their waves, it takes
 * at most a few seconds to the waves, and the time grows near linearly:
 * ten times the servers may take at most 30 times as long (caches and the logarithm), and a quadratic planner takes 100.
 */
import { inventorySchema, type Inventory } from "../../lib/inventory/model";
import { inventoryMoves, planWaves } from "../../lib/plan";

/** An estate of applications of five servers, each server with five flows, most of them to what comes before it. */
function estate(count: number): Inventory {
  const servers = Array.from({ length: count }, (_, index) => ({
    name: `s${index}`,
    application: `app${Math.floor(index / 5)}`,
    environment: index % 3 === 0 ? "test" : "prod",
    // Every fiftieth application is promised a wave: some of these pins hold, and some come too early for what they need.
    ...(index % 250 === 0 ? { wave: `wave-${1 + Math.floor(index / 100)}` } : {}),
  }));
  // A small linear congruential generator (Numerical Recipes): the same estate on every machine.
  let state = 1;
  const random = (below: number): number => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
  const flows = servers.flatMap(({ name }, index) =>
    Array.from({ length: 5 }, () => ({ source: name, destination: `s${random(Math.max(1, index))}`, port: 443 })),
  );
  return inventorySchema.parse({ servers, flows });
}

function secondsFor(count: number): number {
  const inventory = estate(count);
  const runs = Array.from({ length: 5 }, () => {
    const started = process.hrtime.bigint();
    planWaves({ ...inventoryMoves(inventory), limits: { moves: 50 } });
    return Number(process.hrtime.bigint() - started) / 1e9;
  });
  return Math.min(...runs);
}

const middle = secondsFor(10_000);
// Not from a thousand, which takes so little that the clock and the garbage collector count more than the planner.
const small = secondsFor(5_000);
const large = secondsFor(50_000);
const growth = large / small;
const ok = middle <= 5 && growth <= 30;
console.log(`     5,000 servers: ${small.toFixed(3)} s; 10,000 servers with 50,000 flows: ${middle.toFixed(3)} s`);
console.log(`     50,000 servers with 250,000 flows: ${large.toFixed(3)} s`);
console.log(
  `${ok ? "ok  " : "FAIL"} waves: ${growth.toFixed(1)} times as long for ten times the servers, at most 30 and 5 s`,
);
console.log(`${ok ? 1 : 0} passed, ${ok ? 0 : 1} failed`);
process.exitCode = ok ? 0 : 1;
