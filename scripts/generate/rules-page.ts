/** The generator of `docs/rules.md`, the table of all rules. */
import { rulesMarkdown } from "../../lib/report/rules-table";
import { firstLine, type GeneratedFile } from "./generated-file";

/** The page `docs/rules.md`. */
export const rulesPage: GeneratedFile = {
  path: "docs/rules.md",
  loadsLists: true,
  text: () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { ruleFamilies } = require("../../lib/plan/all-rules") as typeof import("../../lib/plan/all-rules");
    return `<!-- ${firstLine("the rules themselves")} -->\n\n${rulesMarkdown(ruleFamilies)}`;
  },
};
