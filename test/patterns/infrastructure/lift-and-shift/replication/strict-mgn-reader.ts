/**
 * A reader of the import file of AWS Application Migration Service that takes nothing but what is published: the import
 * parameters and the additional considerations of its user guide, "Importing your data inventory".
 */

const COLUMNS: readonly RegExp[] = [
  /^mgn:account-id$/,
  /^mgn:region$/,
  /^mgn:app:(name|description)$/,
  /^mgn:app:tag:[^:].*$/,
  /^mgn:wave:(name|description)$/,
  /^mgn:wave:tag:[^:].*$/,
  /^mgn:server:(user-provided-id|platform|fqdn-for-action-framework)$/,
  /^mgn:server:tag:[^:].*$/,
  /^mgn:launch:(instance-type|transfer-server-tags|iam-instance-profile:name)$/,
  /^mgn:launch:placement:(host-id|operating-system-licensing|tenancy)$/,
  /^mgn:launch:nic:\d+:(network-interface-id|subnet-id|private-ip:\d+|security-group-id:\d+)$/,
  /^mgn:launch:tag:instance:[^:].*$/,
  /^mgn:launch:volume:.+:type$/,
];

const VALUES: readonly (readonly [RegExp, RegExp])[] = [
  [/^mgn:account-id$/, /^\d{12}$/],
  [/^mgn:region$/, /^[a-z]{2}-[a-z]+-\d$/],
  [/^mgn:server:user-provided-id$/, /^[^\s\0]( *[^\s\0])*$/],
  [/^mgn:server:platform$/, /^(Linux|Windows)$/],
  [/^mgn:launch:instance-type$/, /^[a-z0-9-]+\.[a-z0-9-]+$/],
  [/^mgn:launch:placement:tenancy$/, /^(default|dedicated|host)$/],
  [/^mgn:launch:placement:operating-system-licensing$/, /^(LI|BYOL)$/],
  [/^mgn:launch:placement:host-id$/, /^h-[0-9a-f]+$/],
  [/subnet-id$/, /^subnet-[0-9a-f]+$/],
  [/security-group-id:\d+$/, /^sg-[0-9a-f]+$/],
  [/private-ip:\d+$/, /^\d+\.\d+\.\d+\.\d+$/],
  [/^mgn:launch:volume:.+:type$/, /^(io1|io2|gp2|gp3|st1|sc1|standard)$/],
];

/** A property needs the parameter that says of which resource it is. */
const IDENTIFIED: readonly (readonly [RegExp, string])[] = [
  [/^mgn:app:/, "mgn:app:name"],
  [/^mgn:wave:/, "mgn:wave:name"],
  [/^mgn:(server|launch):/, "mgn:server:user-provided-id"],
];

export type Row = Readonly<Record<string, string>>;

/** The rows, or an error that says what is wrong. */
export function readMgnImport(text: string): Row[] {
  const [headers, ...records] = parseCsv(text);
  if (headers === undefined) throw new Error("no header");
  if (new Set(headers).size !== headers.length) throw new Error("a column twice");
  for (const header of headers)
    if (!COLUMNS.some((column) => column.test(header))) throw new Error(`no such column: ${header}`);
  const rows = records.map((record, index): Row => {
    if (record.length !== headers.length) throw new Error(`row ${index + 2} has ${record.length} fields`);
    return Object.fromEntries(
      headers.map((header, at): [string, string] => [header, record[at]!]).filter(([, cell]) => cell !== ""),
    );
  });
  const applications = new Map<string, string | undefined>();
  const servers = new Set<string>();
  for (const row of rows) {
    for (const [column, cell] of Object.entries(row)) {
      const value = VALUES.find(([pattern]) => pattern.test(column))?.[1];
      if (value !== undefined && !value.test(cell)) throw new Error(`${column}: ${cell}`);
      const identity = IDENTIFIED.find(([pattern]) => pattern.test(column))?.[1];
      if (identity !== undefined && row[identity] === undefined) throw new Error(`${column} without ${identity}`);
    }
    const id = row["mgn:server:user-provided-id"];
    if (id !== undefined) {
      if (servers.has(id)) throw new Error(`${id} twice`);
      servers.add(id);
      if (row["mgn:server:fqdn-for-action-framework"] === undefined)
        throw new Error(`${id} has neither FQDN nor address`);
    }
    const application = row["mgn:app:name"];
    if (application === undefined) continue;
    const wave = row["mgn:wave:name"];
    if (applications.has(application) && applications.get(application) !== wave)
      throw new Error(`${application} in two waves`);
    applications.set(application, wave);
  }
  return rows;
}

/** RFC 4180, and nothing that it forgives. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = "";
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw new Error("a quotation mark that is not closed");
        if (text[at] !== '"') field += text.charAt(at);
        else if (text[at + 1] === '"') {
          field += '"';
          at += 1;
        } else break;
      }
      at += 1;
    } else {
      while (at < text.length && !',"\r\n'.includes(text[at]!)) field += text.charAt(at++);
    }
    row.push(field);
    if (text[at] === ",") {
      at += 1;
      if (at === text.length) throw new Error("the last record does not end");
    } else if (text.startsWith("\r\n", at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else throw new Error(`character ${at} is ${JSON.stringify(text[at])}`);
  }
  return rows;
}
