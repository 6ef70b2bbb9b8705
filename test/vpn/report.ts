/** What was proven, as a table. */
interface Row {
  readonly scenario: string;
  readonly check: string;
  readonly passed: boolean;
  readonly detail: string;
}

export class Report {
  private readonly rows: Row[] = [];

  /** Runs a check. What it gives back is the detail; what it throws is the failure. */
  public async check(scenario: string, check: string, action: () => Promise<string> | string): Promise<boolean> {
    let passed = true;
    let detail: string;
    try {
      detail = await action();
    } catch (error) {
      passed = false;
      detail = error instanceof Error ? error.message : String(error);
    }
    this.rows.push({ scenario, check, passed, detail });
    console.log(`${passed ? "ok  " : "FAIL"}  ${scenario}: ${check} – ${detail}`);
    return passed;
  }

  /** Prints the table and the last line. Gives back whether everything passed. */
  public print(): boolean {
    const width = (pick: (row: Row) => string): number => Math.max(0, ...this.rows.map((row) => pick(row).length));
    const scenario = width((row) => row.scenario);
    const check = width((row) => row.check);
    console.log("");
    for (const row of this.rows) {
      const [first = ""] = row.detail.split("\n");
      console.log(
        `${row.scenario.padEnd(scenario)}  ${row.check.padEnd(check)}  ${row.passed ? "ok  " : "FAIL"}  ${first}`,
      );
    }
    const failed = this.rows.filter(({ passed }) => !passed).length;
    console.log(`${this.rows.length - failed} passed, ${failed} failed`);
    return failed === 0 && this.rows.length > 0;
  }
}

/** Fails the check with that text unless the condition holds. */
export function expectThat(condition: boolean, failure: string): void {
  if (!condition) throw new Error(failure);
}
