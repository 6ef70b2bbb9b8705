/** A repo as a list of files: what `migration-patterns init` writes. */
import { draftChecklist } from "../../assessment/draft/draft-checklist";
import { checklistJsonSchema, waiversJsonSchema } from "../../assessment/json-schema";
import { inventoryJsonSchema } from "../../inventory/json-schema";
import type { Inventory } from "../../inventory/model";
import { patterns as allPatterns } from "../../patterns/manifests";
import type { AddedFile } from "../add-files";
import type { InitAnswers } from "./answers";
import { codeFiles } from "./code-files";
import { ESTATE_FOLDER, type EstateFiles } from "./estate-files";
import { pipelineFiles } from "./pipeline-files";
import { projectFiles, SCHEMAS } from "./project-files";
import { readmeFile } from "./readme-file";
import { noWaivers, sampleChecklist, sampleInventory } from "./sample";
import { testFiles } from "./test-files";

/** The user's own inventory: the files, and what is in them. */
export interface OwnEstate extends EstateFiles {
  readonly inventory: Inventory;
}

/** A repo as it is written. */
export interface PlatformRepo {
  /** The files, in the order of their paths. */
  readonly files: readonly AddedFile[];
  /** The items of the checklist that are open; undefined for the sample, in which all are answered. */
  readonly open: readonly string[] | undefined;
}

/** Makes a repo of the answers, with the user's own estate or with the sample. */
export function platformRepo(answers: InitAnswers, own?: OwnEstate): PlatformRepo {
  const patterns = allPatterns.filter(({ profile }) => answers.patterns.includes(profile.name));
  const draft = own === undefined ? undefined : draftChecklist(own.inventory, { schema: SCHEMAS.checklist });
  const estate = own ?? {
    paths: [`${ESTATE_FOLDER}/sample.yaml`],
    files: [{ name: `${ESTATE_FOLDER}/sample.yaml`, content: sampleInventory(`../${SCHEMAS.inventory}`) }],
  };
  const files = [
    ...projectFiles(answers),
    ...codeFiles({ answers, patterns, estate: estate.paths }),
    ...estate.files,
    { name: "checklist.yaml", content: draft?.text ?? sampleChecklist(SCHEMAS.checklist) },
    { name: "waivers.yaml", content: noWaivers(SCHEMAS.waivers) },
    schema(SCHEMAS.inventory, inventoryJsonSchema()),
    schema(SCHEMAS.checklist, checklistJsonSchema()),
    schema(SCHEMAS.waivers, waiversJsonSchema()),
    ...testFiles(),
    ...pipelineFiles(answers),
    readmeFile({ answers, patterns, open: draft?.open.length }),
  ];
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), open: draft?.open };
}

/** Returns the file of a schema, as `migration-patterns schema NAME --output FILE` writes it. */
function schema(name: string, content: unknown): AddedFile {
  return { name, content: `${JSON.stringify(content, undefined, 2)}\n` };
}
