/**
 * The ends of life of runtimes and database engines, as their makers publish them; compared with the tables of endoflife.date
 * in 2026. Where several vendors build the same thing, the table has the last day on which any of them publishes fixes (Java:
 * Oracle's Extended Support), so that a finding is never about somebody else's build; what your own vendor promises is
 * `supportedUntil` in the checklist.
 */
import { productLifecycle, type ProductLifecycle } from "./lifecycle";

/** A runtime, with the names people give it and the normalization of its versions. */
export interface Runtime extends ProductLifecycle {
  /** The names that people give it, lower case, without spaces and punctuation. */
  readonly aliases: readonly string[];
  /** Brings a version into the table's form, and returns the text as it came where it has none. */
  readonly normalize?: (version: string) => string;
}

/** The runtimes and engines whose ends of life are known. */
export const runtimes: readonly Runtime[] = [
  {
    ...productLifecycle("Java", "Oracle Java SE Support Roadmap", [
      ["5", "2009-10-30"],
      ["6", "2018-12-31"],
      ["7", "2022-07-19"],
      ["8", "2030-12-31"],
      ["9", "2018-03-20"],
      ["10", "2018-09-25"],
      ["11", "2032-01-31"],
      ["12", "2019-09-17"],
      ["13", "2020-03-17"],
      ["14", "2020-09-16"],
      ["15", "2021-03-16"],
      ["16", "2021-09-14"],
      ["17", "2029-09-30"],
      ["18", "2022-09-20"],
      ["19", "2023-03-21"],
      ["20", "2023-09-19"],
      ["21", "2031-09-30"],
      ["22", "2024-09-17"],
      ["23", "2025-03-18"],
      ["24", "2025-09-16"],
      ["25", "2033-09-30"],
    ]),
    aliases: ["java", "jdk", "jre", "openjdk", "oraclejdk", "javase", "corretto", "temurin", "j2ee", "jvm"],
    // 1.8.0_201, 8u391 and 8 are one release.
    normalize: (version) => version.replace(/^1\.(?=\d)/, "").replace(/[u_+-].*$/i, ""),
  },
  {
    ...productLifecycle(".NET", ".NET and .NET Core Support Policy", [
      ["1.0", "2019-06-27"],
      ["1.1", "2019-06-27"],
      ["2.0", "2018-10-01"],
      ["2.1", "2021-08-21"],
      ["2.2", "2019-12-23"],
      ["3.0", "2020-03-03"],
      ["3.1", "2022-12-13"],
      ["5", "2022-05-10"],
      ["6", "2024-11-12"],
      ["7", "2024-05-14"],
      ["8", "2026-11-10"],
      ["9", "2026-11-10"],
      ["10", "2028-11-14"],
    ]),
    aliases: ["dotnet", "net", "dotnetcore", "netcore", "aspnetcore"],
  },
  {
    ...productLifecycle(".NET Framework", "Microsoft Product Lifecycle, .NET Framework", [
      ["2.0", "2011-07-12"],
      ["3.0", "2011-07-12"],
      ["3.5", "2029-01-09"],
      ["4.0", "2016-01-12"],
      ["4.5", "2016-01-12"],
      ["4.5.1", "2016-01-12"],
      ["4.5.2", "2022-04-26"],
      ["4.6", "2022-04-26"],
      ["4.6.1", "2022-04-26"],
    ]),
    aliases: ["dotnetframework", "netframework", "dotnetfx", "netfx", "aspnet"],
    // From 4.6.2 on, support follows the operating system's.
    normalize: (version) => (/^4\.6\.[2-9]/.test(version) ? "4.8" : version),
  },
  {
    ...productLifecycle("Python", "Python Developer's Guide, Status of Python versions", [
      ["2.6", "2013-10-29"],
      ["2.7", "2020-01-01"],
      ["3.3", "2017-09-29"],
      ["3.4", "2019-03-18"],
      ["3.5", "2020-09-13"],
      ["3.6", "2021-12-23"],
      ["3.7", "2023-06-27"],
      ["3.8", "2024-10-14"],
      ["3.9", "2025-10-31"],
      ["3.10", "2026-10-31"],
      ["3.11", "2027-10-31"],
      ["3.12", "2028-10-31"],
      ["3.13", "2029-10-31"],
      ["3.14", "2030-10-31"],
    ]),
    aliases: ["python", "cpython", "python2", "python3"],
  },
  {
    ...productLifecycle("Node.js", "Node.js Release Working Group schedule", [
      ["4", "2018-04-30"],
      ["5", "2016-06-30"],
      ["6", "2019-04-30"],
      ["7", "2017-06-30"],
      ["8", "2019-12-31"],
      ["9", "2018-06-30"],
      ["10", "2021-04-30"],
      ["11", "2019-06-30"],
      ["12", "2022-04-30"],
      ["13", "2020-06-01"],
      ["14", "2023-04-30"],
      ["15", "2021-06-01"],
      ["16", "2023-09-11"],
      ["17", "2022-06-01"],
      ["18", "2025-04-30"],
      ["19", "2023-06-01"],
      ["20", "2026-04-30"],
      ["21", "2024-06-01"],
      ["22", "2027-04-30"],
      ["23", "2025-06-01"],
      ["24", "2028-04-30"],
    ]),
    aliases: ["nodejs", "node"],
  },
  {
    ...productLifecycle("PHP", "PHP Supported Versions", [
      ["5.2", "2011-01-06"],
      ["5.3", "2014-08-14"],
      ["5.4", "2015-09-14"],
      ["5.5", "2016-07-21"],
      ["5.6", "2018-12-31"],
      ["7.0", "2019-01-10"],
      ["7.1", "2019-12-01"],
      ["7.2", "2020-11-30"],
      ["7.3", "2021-12-06"],
      ["7.4", "2022-11-28"],
      ["8.0", "2023-11-26"],
      ["8.1", "2025-12-31"],
      ["8.2", "2026-12-31"],
      ["8.3", "2027-12-31"],
      ["8.4", "2028-12-31"],
      ["8.5", "2029-12-31"],
    ]),
    aliases: ["php", "phpfpm"],
  },
  {
    ...productLifecycle("Ruby", "Ruby Maintenance Branches", [
      ["1.9", "2015-02-23"],
      ["2.0", "2016-02-24"],
      ["2.1", "2017-03-31"],
      ["2.2", "2018-03-31"],
      ["2.3", "2019-03-31"],
      ["2.4", "2020-03-31"],
      ["2.5", "2021-03-31"],
      ["2.6", "2022-03-31"],
      ["2.7", "2023-03-31"],
      ["3.0", "2024-04-23"],
      ["3.1", "2025-03-31"],
      ["3.2", "2026-03-31"],
      ["3.3", "2027-03-31"],
      ["3.4", "2028-03-31"],
      ["4.0", "2029-03-31"],
    ]),
    aliases: ["ruby", "rubyonrails"],
  },
  {
    ...productLifecycle("SQL Server", "Microsoft Product Lifecycle; extended: Extended Security Updates", [
      ["2000", "2013-04-09"],
      ["2005", "2016-04-12"],
      ["2008", "2019-07-09", "2022-07-12"],
      ["2008 R2", "2019-07-09", "2022-07-12"],
      ["2012", "2022-07-12", "2025-07-08"],
      ["2014", "2024-07-09", "2027-07-12"],
      ["2016", "2026-07-14", "2029-07-17"],
      ["2017", "2027-10-12"],
      ["2019", "2030-01-08"],
      ["2022", "2033-01-11"],
      ["2025", "2036-01-06"],
    ]),
    aliases: ["sqlserver", "mssql", "mssqlserver", "microsoftsqlserver"],
    normalize: sqlServerYear,
  },
  {
    ...productLifecycle("PostgreSQL", "PostgreSQL Versioning Policy", [
      ["8.4", "2014-07-24"],
      ["9.0", "2015-10-08"],
      ["9.1", "2016-10-27"],
      ["9.2", "2017-11-09"],
      ["9.3", "2018-11-08"],
      ["9.4", "2020-02-13"],
      ["9.5", "2021-02-11"],
      ["9.6", "2021-11-11"],
      ["10", "2022-11-10"],
      ["11", "2023-11-09"],
      ["12", "2024-11-14"],
      ["13", "2025-11-13"],
      ["14", "2026-11-12"],
      ["15", "2027-11-11"],
      ["16", "2028-11-09"],
      ["17", "2029-11-08"],
      ["18", "2030-11-14"],
    ]),
    aliases: ["postgresql", "postgres", "pgsql", "psql"],
  },
  {
    ...productLifecycle("MySQL", "Oracle Lifetime Support Policy: Oracle Technology Products", [
      ["5.0", "2012-01-09"],
      ["5.1", "2013-12-31"],
      ["5.5", "2018-12-31"],
      ["5.6", "2021-02-28"],
      ["5.7", "2023-10-31"],
      ["8.0", "2026-04-30"],
      ["8.4", "2032-04-30"],
    ]),
    aliases: ["mysql", "mysqlserver"],
  },
  {
    ...productLifecycle(
      "Oracle Database",
      "Oracle Release Schedule of Current Database Releases (Doc ID 742060.1); extended: Extended Support",
      [
        ["9.2", "2007-07-31", "2010-07-31"],
        ["10.1", "2009-01-31", "2012-01-01"],
        ["10.2", "2010-07-31", "2015-07-31"],
        ["10", "2010-07-31", "2015-07-31"],
        ["11.1", "2012-08-31", "2015-08-31"],
        ["11.2", "2015-01-31", "2020-12-31"],
        ["11", "2015-01-31", "2020-12-31"],
        ["12.1", "2018-07-31", "2022-07-31"],
        ["12.2", "2022-03-31"],
        ["12", "2022-03-31"],
        ["18", "2021-06-30"],
        ["19", "2029-12-31", "2032-12-31"],
        ["21", "2027-07-31"],
        ["23", "2031-12-31"],
      ],
    ),
    aliases: ["oracle", "oracledatabase", "oracledb", "oraclerdbms"],
    normalize: (version) => version.replace(/^(\d+)(?:c|g|i|ai)\b/i, "$1").replace(/^(\d+)\s*r(\d+)$/i, "$1.$2"),
  },
];

/** Returns the year of a SQL Server version, 2016 for 13.0.6300.2: engines report the internal version, people the year. */
function sqlServerYear(version: string): string {
  const years: Readonly<Record<string, string>> = {
    "8": "2000",
    "9": "2005",
    "10": "2008",
    "10.50": "2008 R2",
    "11": "2012",
    "12": "2014",
    "13": "2016",
    "14": "2017",
    "15": "2019",
    "16": "2022",
    "17": "2025",
  };
  const [, major = "", minor = ""] = /^(\d+)\.?(\d*)/.exec(version) ?? [];
  return years[`${major}.${minor}`] ?? years[major] ?? version.replace(/\s*sp\s*\d+$/i, "");
}

const byAlias = new Map(runtimes.flatMap((runtime) => runtime.aliases.map((alias) => [alias, runtime] as const)));

/** Returns the runtime of that name, or undefined where no table is kept for it. */
export function findRuntime(name: string): Runtime | undefined {
  return byAlias.get(name.toLowerCase().replace(/[^a-z0-9]/g, ""));
}
