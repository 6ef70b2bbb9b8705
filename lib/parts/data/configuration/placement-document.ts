/**
 * The SSM document that places files. The agent itself downloads them (`aws:downloadContent`), so that servers need no AWS
 * CLI; a script then checks each file's SHA-256, keeps the first file it replaces, and puts the new one in its place in one
 * step. The same document with `Action` = `restore` puts back what was there before the first placement.
 *
 * Traps: `{{ }}` is SSM's and `${ }` is Terraform's, so the scripts use neither but for SSM's own parameter.
 */
import { compareText } from "../../../core/text";
import { platformOf, sha256Of, type ConfigurationFile, type Platform } from "./file-spec";

/** Properties of the SSM document that places files. */
export interface PlacementDocument {
  readonly name: string;
  readonly region: string;
  /** The DNS suffix of the region's endpoints: `amazonaws.com`. */
  readonly dnsSuffix: string;
  readonly bucketName: string;
  readonly prefix: string;
  /** The files, by their names below the prefix and the platform. */
  readonly files: ReadonlyMap<string, ConfigurationFile>;
}

/** Returns the platforms that the files are placed on. */
function platformsOf(files: Iterable<ConfigurationFile>): Platform[] {
  const found = new Set([...files].map(platformOf));
  return (["linux", "windows"] as const).filter((platform) => found.has(platform));
}

/** Returns the content of the SSM document as JSON. AWS Systems Manager User Guide, "Command document plugin reference". */
export function placementDocument(of: PlacementDocument): string {
  return JSON.stringify({
    schemaVersion: "2.2",
    description: `Places the configuration files of ${of.name}, or restores what was there before`,
    parameters: {
      Action: {
        type: "String",
        description: "place or restore",
        default: "place",
        allowedValues: ["place", "restore"],
      },
    },
    mainSteps: platformsOf(of.files.values()).flatMap((platform) => steps(platform, of)),
  });
}

function steps(platform: Platform, of: PlacementDocument): unknown[] {
  const precondition = { StringEquals: ["platformType", platform === "linux" ? "Linux" : "Windows"] };
  const files = [...of.files].filter(([, file]) => platformOf(file) === platform).sort(([a], [b]) => compareText(a, b));
  const download = platform === "linux" ? `/var/lib/${of.name}/download` : `C:\\ProgramData\\${of.name}\\download`;
  return [
    {
      action: "aws:downloadContent",
      name: `download${platform}`,
      precondition,
      inputs: {
        sourceType: "S3",
        sourceInfo: JSON.stringify({
          path: `https://s3.${of.region}.${of.dnsSuffix}/${of.bucketName}/${of.prefix}/${platform}/`,
        }),
        destinationPath: platform === "linux" ? `${download}/` : `${download}\\`,
      },
    },
    {
      action: platform === "linux" ? "aws:runShellScript" : "aws:runPowerShellScript",
      name: `place${platform}`,
      precondition,
      inputs: {
        timeoutSeconds: "600",
        runCommand: platform === "linux" ? shell(of.name, download, files) : powerShell(of.name, download, files),
      },
    },
  ];
}

type Entries = readonly (readonly [string, ConfigurationFile])[];

function shell(name: string, download: string, files: Entries): string[] {
  return [
    "#!/bin/sh",
    "set -eu",
    "umask 077",
    "ACTION='{{ Action }}'",
    `BACKUP='/var/lib/${name}/backup'`,
    `DOWNLOAD='${download}'`,
    'mkdir -p "$BACKUP"',
    // $1 name, $2 path, $3 SHA-256, $4 owner, $5 group, $6 mode
    "check() {",
    '  [ "$(sha256sum "$DOWNLOAD/$1" | cut -d" " -f1)" = "$3" ] || { echo "$1 is not what was declared" >&2; exit 1; }',
    "}",
    "place() {",
    '  kept="$BACKUP/$(printf %s "$2" | sha256sum | cut -d" " -f1)"',
    '  if [ ! -e "$kept.file" ] && [ ! -e "$kept.absent" ]; then',
    '    if [ -e "$2" ]; then cp -p "$2" "$kept.tmp"; mv "$kept.tmp" "$kept.file"; else : > "$kept.absent"; fi',
    "  fi",
    // Owners must be able to enter a folder that is new. What it holds has a mode of its own, and what is kept is root's.
    '  (umask 022; mkdir -p "$(dirname "$2")")',
    '  install -o "$4" -g "$5" -m "$6" "$DOWNLOAD/$1" "$2.new"',
    '  mv -f "$2.new" "$2"',
    '  echo "placed $2"',
    "}",
    "restore() {",
    '  kept="$BACKUP/$(printf %s "$2" | sha256sum | cut -d" " -f1)"',
    '  if [ -e "$kept.file" ]; then cp -p "$kept.file" "$2.new"; mv -f "$2.new" "$2"; rm -f "$kept.file"; echo "restored $2"; fi',
    '  if [ -e "$kept.absent" ]; then rm -f "$2" "$kept.absent"; echo "removed $2"; fi',
    "}",
    "each() {",
    ...files.map(
      ([file, { path, owner = "root", group = "root", mode = "0640", ...rest }]) =>
        `  "$1" '${file}' '${path}' '${sha256Of({ path, ...rest })}' '${owner}' '${group}' '${mode}'`,
    ),
    "}",
    // All files are checked before the first is placed: half of a configuration is worse than none.
    'if [ "$ACTION" = place ]; then each check; each place; else each restore; fi',
    'rm -rf "$DOWNLOAD"',
  ];
}

function powerShell(name: string, download: string, files: Entries): string[] {
  return [
    "$ErrorActionPreference = 'Stop'",
    "$action = '{{ Action }}'",
    `$backup = 'C:\\ProgramData\\${name}\\backup'`,
    `$download = '${download}'`,
    "New-Item -ItemType Directory -Force -Path $backup | Out-Null",
    "$files = @(",
    files
      .map(
        ([file, spec]) =>
          `  @{ Name = '${file.replaceAll("/", "\\")}'; Path = '${spec.path}'; Hash = '${sha256Of(spec)}' }`,
      )
      .join(",\n"),
    ")",
    "function Get-Kept($path) {",
    "  $bytes = [Text.Encoding]::UTF8.GetBytes($path)",
    "  $hash = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes)) -replace '-', ''",
    "  Join-Path $backup $hash",
    "}",
    "if ($action -eq 'place') {",
    "  foreach ($f in $files) {",
    "    $hash = (Get-FileHash -Algorithm SHA256 -LiteralPath (Join-Path $download $f.Name)).Hash",
    "    if ($hash -ne $f.Hash) { throw ($f.Name + ' is not what was declared') }",
    "  }",
    "  foreach ($f in $files) {",
    "    $kept = Get-Kept $f.Path",
    "    if (-not (Test-Path -LiteralPath ($kept + '.file')) -and -not (Test-Path -LiteralPath ($kept + '.absent'))) {",
    "      if (Test-Path -LiteralPath $f.Path) { Copy-Item -LiteralPath $f.Path -Destination ($kept + '.file') }",
    "      else { New-Item -ItemType File -Path ($kept + '.absent') | Out-Null }",
    "    }",
    "    New-Item -ItemType Directory -Force -Path (Split-Path -Parent $f.Path) | Out-Null",
    "    Copy-Item -LiteralPath (Join-Path $download $f.Name) -Destination ($f.Path + '.new') -Force",
    "    Move-Item -LiteralPath ($f.Path + '.new') -Destination $f.Path -Force",
    "    Write-Output ('placed ' + $f.Path)",
    "  }",
    "} else {",
    "  foreach ($f in $files) {",
    "    $kept = Get-Kept $f.Path",
    "    if (Test-Path -LiteralPath ($kept + '.file')) {",
    "      Move-Item -LiteralPath ($kept + '.file') -Destination $f.Path -Force",
    "      Write-Output ('restored ' + $f.Path)",
    "    }",
    "    if (Test-Path -LiteralPath ($kept + '.absent')) {",
    "      if (Test-Path -LiteralPath $f.Path) { Remove-Item -LiteralPath $f.Path -Force }",
    "      Remove-Item -LiteralPath ($kept + '.absent') -Force",
    "      Write-Output ('removed ' + $f.Path)",
    "    }",
    "  }",
    "}",
    "Remove-Item -LiteralPath $download -Recurse -Force",
  ];
}
