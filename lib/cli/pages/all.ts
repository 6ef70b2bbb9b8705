/** The manual pages of all commands, in the order of the help. */
import type { CommandPage } from "../command-page";
import { accessPage } from "./access";
import { adoptPage } from "./adopt";
import { assessPage } from "./assess";
import { completionPage } from "./completion";
import { guardPage } from "./guard";
import { handOverPage } from "./hand-over";
import { initPage } from "./init";
import { inventoryPage } from "./inventory";
import { lockPage } from "./lock";
import { recommendPage } from "./recommend";
import { routePage } from "./route";
import { rulesPage } from "./rules";
import { schemaPage } from "./schema";
import { statusPage } from "./status";
import { wavesPage } from "./waves";

/** The pages, in the order of the help. */
export const pages: readonly CommandPage[] = [
  inventoryPage,
  initPage,
  assessPage,
  recommendPage,
  wavesPage,
  routePage,
  adoptPage,
  accessPage,
  guardPage,
  lockPage,
  handOverPage,
  statusPage,
  rulesPage,
  schemaPage,
  completionPage,
];
