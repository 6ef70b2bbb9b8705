/**
 * The last step of `npm run prepare`: the API reference, a page for each subpath in `docs/api/`, from the declarations that the compiler
 * has written, so that what a compiler reads of the package is what is described. It is in the package and in no commit.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { Application, Comment, LogLevel, OptionDefaults, ReflectionKind } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const { name: packageName, exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  name: string;
  exports: Record<string, string | { types: string }>;
};

/**
 * The subpaths in the order in which they describe what several export: a room before those that are above it, and what gathers others
 * behind them.
 */
const subpaths = Object.entries(exports)
  .flatMap(([subpath, target]) =>
    typeof target === "string" ? [] : [{ name: path.posix.join(packageName, subpath), declarations: target.types }],
  )
  .map((each, index, all) => {
    const last = all.findLastIndex(({ name }) => name.startsWith(`${each.name}/`));
    return { ...each, place: Math.max(index, last + 0.5) };
  })
  .sort((a, b) => a.place - b.place);

const markdown: Partial<PluginOptions> = {
  hideBreadcrumbs: true,
  useHTMLAnchors: true,
  hidePageHeader: true,
  parametersFormat: "table",
  pageTitleTemplates: {
    index: "API",
    module: ({ name }) => path.posix.join(packageName, name === packageName ? "" : name),
  },
};

const app = await Application.bootstrapWithPlugins({
  plugin: ["typedoc-plugin-markdown"],
  entryPoints: subpaths.map(({ declarations }) => path.join(root, declarations)),
  tsconfig: path.join(root, "scripts/api-reference.tsconfig.json"),
  out: path.join(root, "docs/api"),
  router: "module",
  readme: "none",
  sortEntryPoints: false,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  // Tags of our own, for the generator of the props' shapes.
  blockTags: [...OptionDefaults.blockTags, "@parsedBy", "@code"],
  excludeTags: ["@parsedBy", "@code"],
  // A default is a sentence more often than a value.
  jsDocCompatibility: { defaultTag: false },
  // The compiler has checked it, and what it exports is a matter of the tests.
  skipErrorChecking: true,
  validation: false,
  logLevel: LogLevel.Warn,
  ...(markdown as object),
});
const project = await app.convert();
if (project === undefined) throw new Error("the declarations cannot be read");
project.getChildrenByKind(ReflectionKind.Module).forEach((module, index) => {
  module.name = subpaths[index]?.name.replace(`${packageName}/`, "") ?? module.name;
  if (module.children === undefined)
    module.comment = new Comment([{ kind: "text", text: "Exports nothing: it is imported for what it does." }]);
});
await app.generateOutputs(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
