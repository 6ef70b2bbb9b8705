/** What the door leaves to others, and why. */

/** Errors that name another place than the one that was changed, because the fault is between the two. */
export const elsewhere: readonly { readonly called: string; readonly code: RegExp; readonly why: string }[] = [
  { called: "planWaves", code: /^WAVE_TOGETHER$/, why: "servers that move together, one of which is there no more" },
  {
    called: "handOver",
    code: /^PLAN_HAND_OVER_MIGRATION$/,
    why: "a document in which the migration is not found any more",
  },
  { called: "readInventory", code: /^INVENTORY_FILE_NOT_FOUND$/, why: "the place is the file" },
  {
    called: "LandingNetwork",
    code: /^LANDING_NETWORK_NAT$/,
    why: "NAT gateways stand in public subnets, which are gone",
  },
  { called: "LandingNetwork", code: /^LANDING_NETWORK_REGION$/, why: "a zone that is not known says no region" },
  { called: "HybridCloud", code: /^HYBRID_VPN_/, why: "the connection in it names its own prop, and itself" },
  { called: "SiteToSiteVpn", code: /^HYBRID_VPN_/, why: "an option of both tunnels is said of the first one" },
  { called: "HybridCloud", code: /^SITE_TO_SITE_VPN_ID$/, why: "the name of a device is the id of its connection" },
  {
    called: "MigrationPlan",
    code: /^METRIC_SOURCE$/,
    why: "the source of a metric, where it has two that exclude each other",
  },
  { called: "ValidationSuite", code: /^PERFORMANCE_COMPARISONS$/, why: "the construct in it names its own prop" },
  { called: "adoptedImages", code: /^SERVER_IMAGE_INSTANCE$/, why: "the image of an instance names its own argument" },
  { called: "Probe", code: /^END_TO_END_FUNCTION_NAME$/, why: "an ARN that is a token needs the name beside it" },
];

const ANYTHING = "takes anything: no value is of a wrong type";
const DOCUMENT = "reads a document, with an error for each place in it, which the tests of the readers try";
const TESTS =
  "is for users' own tests, and refuses what it cannot ask with an error of its own, which test/testing tries";
const PATTERN = "is what patterns, rules and schemas are written with, in TypeScript";

/** Functions and classes that the wrong calls leave out. */
export const undoored: Readonly<Record<string, string>> = {
  "Assessment.isAssessment": ANYTHING,
  evidenceOf: ANYTHING,
  hasEvidence: ANYTHING,
  isMigrationError: ANYTHING,
  isNone: ANYTHING,
  isUnanswered: ANYTHING,
  isUnresolved: ANYTHING,
  attachQuestionnaire: DOCUMENT,
  formatEstateRecord: "writes what parseEstateRecord has read",
  parseEstateRecord: DOCUMENT,
  readChecklist: DOCUMENT,
  readEstateRecord: DOCUMENT,
  readQuestionnaire: DOCUMENT,
  readSynthesizedApp: DOCUMENT,
  readTerraformPlan: DOCUMENT,
  readTerraformState: DOCUMENT,
  readWaivers: DOCUMENT,
  Migration: PATTERN,
  MigrationError: PATTERN,
  MigrationPart: PATTERN,
  declareRename: PATTERN,
  defineEvidence: PATTERN,
  defineRule: PATTERN,
  formatPath: PATTERN,
  ownProps: PATTERN,
  parseProps: PATTERN,
  runRules: PATTERN,
  listTokenOr: PATTERN,
  tokenOr: PATTERN,
  checkSpec: "checks every value of a specification itself, which test/taint/device-files.test.ts tries",
  ciscoIosXe: "checks its options itself, which test/taint/device-files.test.ts tries",
  juniperSrx: "checks its options itself, which test/taint/device-files.test.ts tries",
  strongSwan: "checks its options itself, which test/taint/device-files.test.ts tries",
  declaredParameter: "is bundled into the runtime library, which has no room for the shapes",
  dependentParameter: "is bundled into the runtime library, which has no room for the shapes",
  parameterPath: "is bundled into the runtime library, which has no room for the shapes",
  reachedParameter: "is bundled into the runtime library, which has no room for the shapes",
  readStageRecords: "is bundled into the runtime library, which has no room for the shapes",
  recordReached: "is bundled into the runtime library, which has no room for the shapes",
  SynthesizedApp: TESTS,
  SynthesizedStack: TESTS,
  assertBlockedBy: TESTS,
  assertFinding: TESTS,
  assertLosesNothing: TESTS,
  assertNoFinding: TESTS,
  assertReady: TESTS,
  assertVerdict: TESTS,
  assessmentOf: TESTS,
  checklistFor: TESTS,
  findingsOf: TESTS,
  inventoryOf: TESTS,
  server: TESTS,
  synthesize: TESTS,
};

const PIECE = "returns a piece of a text that is cleaned as a whole, or of a resource whose construct refuses it";

/** Functions that return a secret which they were given, and why that is not shown anywhere. */
export const pieces: Readonly<Record<string, string>> = {
  databaseLogGroupName: PIECE,
  formatLocation: PIECE,
  literal: PIECE,
  literalAroundTokens: PIECE,
  missingMessage: PIECE,
  nameAt: PIECE,
  plannedStagePhrase: PIECE,
  putMetricDataCommand: PIECE,
  tableMappings: PIECE,
  readInventory: "names the missing part of a path: a text of many lines and slashes is no name of a file",
};
