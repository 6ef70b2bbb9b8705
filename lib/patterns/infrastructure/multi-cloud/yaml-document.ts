import { readDocuments } from "../../../core/document/document";
import type { ParsedDocument } from "../../../core/document/model";

/**
 * Parses the documents of a YAML stream, which JSON is too; empty ones are left out. Bytes must be UTF-8.
 *
 * @throws MigrationError `ROUTING_YAML` where it cannot be read
 */
export function readYaml(content: string | Uint8Array, file: string): ParsedDocument[] {
  return readDocuments({ name: file, content }, { code: "ROUTING_YAML", allowed: "YAML or JSON" });
}
