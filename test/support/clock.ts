/**
 * Has the tests run on another day: `TEST_TODAY=2035-01-01 npx jest`. The clock goes on from there, so that what measures a
 * duration still does. Processes that a test starts keep the machine's own clock.
 */
const today = process.env["TEST_TODAY"];
if (today !== undefined) {
  const shift = Date.parse(`${today}T12:00:00Z`) - Date.now();
  if (Number.isNaN(shift)) throw new Error(`TEST_TODAY is a day like 2035-01-01, and not ${today}`);
  const now = Date.now;
  class ShiftedDate extends Date {
    constructor(...args: [] | [value: number | string | Date]) {
      if (args.length === 0) super(now() + shift);
      else super(...args);
    }
    static override now(): number {
      return now() + shift;
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
}
