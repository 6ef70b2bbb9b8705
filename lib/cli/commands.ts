/**
 * The commands, each with a function that loads it. Pages are light and always here; what a command runs on (zod, the
 * readers, the rules) is loaded when it runs, so that `--help` and a typing error are answered at once.
 */
import type { Arguments } from "./arguments";
import type { CommandPage } from "./command-page";
import { accessPage } from "./pages/access";
import { adoptPage } from "./pages/adopt";
import { assessPage } from "./pages/assess";
import { completionPage } from "./pages/completion";
import { guardPage } from "./pages/guard";
import { handOverPage } from "./pages/hand-over";
import { initPage } from "./pages/init";
import { inventoryPage } from "./pages/inventory";
import { lockPage } from "./pages/lock";
import { recommendPage } from "./pages/recommend";
import { routePage } from "./pages/route";
import { rulesPage } from "./pages/rules";
import { schemaPage } from "./pages/schema";
import { statusPage } from "./pages/status";
import { wavesPage } from "./pages/waves";
import type { Terminal } from "./terminal";

/** A function that runs a command and returns the exit status. */
export type RunCommand = (args: Arguments, terminal: Terminal) => Promise<number> | number;

/** A command: its manual page, and a function that loads its implementation. */
export interface Command {
  readonly page: CommandPage;
  load(): RunCommand;
}

// require, because it loads at the call; a dynamic import() would go through Node's other module loader, which wants file
// extensions that neither the sources nor the tests have.
/* eslint-disable @typescript-eslint/no-require-imports */
/** The commands, in the order of the help. */
export const commands: readonly Command[] = [
  {
    page: inventoryPage,
    load: () => (require("./commands/inventory") as typeof import("./commands/inventory")).runInventory,
  },
  { page: initPage, load: () => (require("./commands/init") as typeof import("./commands/init")).runInit },
  { page: assessPage, load: () => (require("./commands/assess") as typeof import("./commands/assess")).runAssess },
  {
    page: recommendPage,
    load: () => (require("./commands/recommend") as typeof import("./commands/recommend")).runRecommend,
  },
  { page: wavesPage, load: () => (require("./commands/waves") as typeof import("./commands/waves")).runWaves },
  { page: routePage, load: () => (require("./commands/route") as typeof import("./commands/route")).runRoute },
  { page: adoptPage, load: () => (require("./commands/adopt") as typeof import("./commands/adopt")).runAdopt },
  { page: accessPage, load: () => (require("./commands/access") as typeof import("./commands/access")).runAccess },
  { page: guardPage, load: () => (require("./commands/guard") as typeof import("./commands/guard")).runGuard },
  { page: lockPage, load: () => (require("./commands/lock") as typeof import("./commands/lock")).runLock },
  {
    page: handOverPage,
    load: () => (require("./commands/hand-over") as typeof import("./commands/hand-over")).runHandOver,
  },
  { page: statusPage, load: () => (require("./commands/status") as typeof import("./commands/status")).runStatus },
  { page: rulesPage, load: () => (require("./commands/rules") as typeof import("./commands/rules")).runRules },
  { page: schemaPage, load: () => (require("./commands/schema") as typeof import("./commands/schema")).runSchema },
  {
    page: completionPage,
    load: () => (require("./commands/completion") as typeof import("./commands/completion")).runCompletion,
  },
];
/* eslint-enable @typescript-eslint/no-require-imports */
