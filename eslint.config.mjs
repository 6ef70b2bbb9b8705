import { readFileSync } from "node:fs";
import tseslint from "typescript-eslint";
import { importX } from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import docCommentGrammar from "./scripts/doc-comment-grammar.cjs";
import literalFileText from "./scripts/literal-file-text.cjs";

/**
 * The layering law: every room of lib/, and the rooms it may import. A room that is not named there may import nothing. The
 * table in ARCHITECTURE.md is held against the same file, and circles of types, which `no-cycle` does not see, are looked
 * for, by test/rooms.test.ts.
 */
const mayImport = JSON.parse(readFileSync(new URL("scripts/rooms.json", import.meta.url), "utf8"));

const zones = Object.entries(mayImport).map(([room, allowed]) => ({
  target: `./lib/${room}`,
  from: "./lib",
  except: [room, ...allowed].map((name) => `./${name}`),
  message: `lib/${room} may import only ${[room, ...allowed].map((name) => `lib/${name}`).join(", ")} (the layering law, ARCHITECTURE.md)`,
}));

/** Deep imports only. */
const providerBarrel = {
  regex: "^@(cdktf|cdktn)/provider-[^/]+$",
  message: "Import @cdktf/provider-aws/lib/<resource>: the barrel costs 3 s and 560 MB.",
};

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "**/cdktf.out/",
      "node_modules/",
      "coverage/",
      "*.js",
      "*.mjs",
      "pipeline/*.mjs",
      "scripts/*.cjs",
      "test/**/*.js",
      "test/**/*.mjs",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    plugins: { "import-x": importX },
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./test/tsconfig.json"], tsconfigRootDir: import.meta.dirname },
    },
    settings: {
      "import-x/resolver-next": [
        createTypeScriptImportResolver({
          project: ["./tsconfig.json", "./test/tsconfig.json"],
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "no-console": "error",
      "no-restricted-imports": ["error", { patterns: [providerBarrel] }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // A construct is made for its effect on the tree; `new Vpc(this, ...)` without a name is CDKTF's idiom.
      "no-new": "off",
    },
  },
  {
    files: ["lib/**"],
    plugins: { local: { rules: { "doc-comment-grammar": docCommentGrammar, "literal-file-text": literalFileText } } },
    rules: { "local/doc-comment-grammar": "error", "local/literal-file-text": "error" },
  },
  {
    files: ["lib/runtime/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            providerBarrel,
            {
              regex: "^(cdktf|cdktn|constructs|zod|@(cdktf|cdktn)/.*)(/|$)",
              message: "What runs in AWS is bundled, and neither synthesizes nor needs what the consumer installs.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["lib/cli/**", "examples/**", "test/**"],
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
