/** The settings common to all stacks of the example, which moves the data centre of the fictitious company Larkspur. */
/** The name of the app, as passed to `migration-patterns status --app`. */
export const app = "larkspur";
/** The AWS region of the target. */
export const region = "eu-central-1";
/** The availability zones of the landing network. */
export const availabilityZones = [`${region}a`, `${region}b`, `${region}c`];
/** The IPv4 block of the landing network. */
export const cidr = "10.64.0.0/16";
/** The DNS zone of the applications. */
export const zoneName = "apps.larkspur.example";
/** The tags of all resources. */
export const tags = { owner: "platform" };

/** The e-mail address of the engineer on call, which receives every alarm. */
export const onCall = "larkspur-on-call@example.com";
