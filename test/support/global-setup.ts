import { enterRunFolder } from "./temporary-folder";

/** Runs once before all tests, in jest's own process: its workers are started later, and inherit the run's folder. */
export default function setUp(): void {
  enterRunFolder();
}
