/** What all stacks of the example agree on. */
/** What `migration-patterns status --app` takes. */
export const app = "larkspur";
export const region = "eu-central-1";
export const availabilityZones = [`${region}a`, `${region}b`, `${region}c`];
export const cidr = "10.64.0.0/16";
export const zoneName = "apps.larkspur.example";
export const tags = { owner: "platform" };

/** Who is woken, and told of every alarm. */
export const onCall = "larkspur-on-call@example.com";
