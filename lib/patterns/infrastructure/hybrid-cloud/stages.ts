/**
 * The stages of a hybrid connection, and the way back from each. A stage decides who can use the tunnels: `connect`
 * brings them up while no route leads to them, `verify` adds routes, `live` adds names and the expectation of traffic. So a
 * fault in a stage shows before the next one depends on it.
 */
import { Stages, type RunbookStep } from "../../../core/stage";

/**
 * The name of a stage of a hybrid connection.
 *
 * - `connect`: gateways and tunnels exist; no VPC route leads to them.
 * - `verify`: the verification route tables lead through them.
 * - `live`: all route tables do, on-premises names resolve, and silence is an alarm.
 */
export type HybridCloudStage = "connect" | "verify" | "live";

const NETWORK = "network engineer";
const LEAD = "migration lead";

const deploy: RunbookStep = {
  title: "Declare the stage and deploy",
  owner: LEAD,
  command: "cdktf deploy",
  deploys: true,
  expect: "the plan shows only the resources that the stage names, and is applied",
  minutes: 20,
};

function telemetry(expect: string, minutes: number): RunbookStep {
  return {
    title: "Check the state of all tunnels",
    owner: NETWORK,
    command:
      "aws ec2 describe-vpn-connections --query 'VpnConnections[].VgwTelemetry[].[OutsideIpAddress,Status,StatusMessage,AcceptedRouteCount]' --output table",
    expect,
    minutes,
  };
}

/** The stages, with the steps of their runbook. */
export const hybridCloudStages: Stages<HybridCloudStage> = Stages.of<HybridCloudStage>([
  {
    name: "connect",
    phase: "prepare",
    summary: "the gateways and both tunnels of every device are up, and no VPC route leads to them",
    enter: [
      deploy,
      {
        title: "Write the device configurations into a file that only the installer can read",
        owner: NETWORK,
        command: "umask 077 && npx cdktf output --outputs-file device.json --outputs-file-include-sensitive-outputs",
        expect: "device.json has one property for each file of each device; delete it after the installation",
        minutes: 5,
      },
      {
        title: "Install the files on each device and start it",
        owner: NETWORK,
        expect: "the device reports an established IKE association and an installed IPsec association for each tunnel",
        minutes: 60,
      },
      telemetry("every tunnel is UP; with BGP, with the number of routes that the site has", 15),
    ],
    reverse: [
      {
        title: "Stop the tunnels on each device and remove the installed files",
        owner: NETWORK,
        expect: "the device has no association with AWS, and its routes are those of before",
        minutes: 30,
      },
      {
        title: "Remove the construct from the stack and deploy",
        owner: LEAD,
        command: "cdktf deploy",
        deploys: true,
        expect: "gateways and connections are destroyed; nothing in the VPC changes, because nothing is routed to them",
        minutes: 30,
      },
    ],
  },
  {
    name: "verify",
    phase: "try",
    summary: "the verification route tables lead through the tunnels, and every path has been tried on purpose",
    enter: [
      deploy,
      {
        title: "Reach an on-premises address from an instance in a verification subnet, and the other way round",
        owner: NETWORK,
        command: "ping -c 5 -M do -s 1372 <address on the other side>",
        expect: "no loss in either direction; 1,372 bytes pass unfragmented through a tunnel of 1,400",
        minutes: 15,
      },
      {
        title: "Fail over: stop tunnel 1 on the device while pinging, then start it again",
        owner: NETWORK,
        expect:
          "traffic goes on through tunnel 2 within the dead-peer or BGP hold time, and returns; the alarm fires and clears",
        minutes: 30,
      },
      {
        title: "Fail over the other way: stop tunnel 2 while pinging, then start it again",
        owner: NETWORK,
        expect: "as before, with the tunnels exchanged",
        minutes: 30,
      },
      {
        title:
          "Rehearse the rotation of a key: replace tunnel 2's key, install the new file, and only then do tunnel 1",
        owner: NETWORK,
        command:
          "terraform -chdir=cdktf.out/stacks/<stack> apply -replace=<address of the tunnel's aws_secretsmanager_secret_version>",
        expect:
          "only the one tunnel renegotiates, traffic stays on the other; never start the second before the first is UP",
        minutes: 60,
      },
    ],
    reverse: [
      {
        title: "Declare the stage connect and deploy",
        owner: LEAD,
        command: "cdktf deploy",
        deploys: true,
        expect: "the routes of the verification tables are gone; the tunnels stay up",
        minutes: 20,
      },
    ],
  },
  {
    name: "live",
    phase: "serve",
    summary:
      "all route tables lead through the tunnels, on-premises names resolve, and a silent connection is an alarm",
    enter: [
      deploy,
      telemetry("every tunnel is UP", 5),
      {
        title: "Resolve an on-premises name from the VPC, and a name of the VPC from on-premises",
        owner: NETWORK,
        command: "dig +short <name on the other side>",
        expect: "the address that the other side's own resolver gives; skip it where no names are forwarded",
        minutes: 10,
      },
      {
        title: "Watch the alarms of all tunnels for one working day",
        owner: LEAD,
        expect: "no alarm, and traffic in both directions",
        minutes: 480,
        waits: true,
      },
    ],
    reverse: [
      {
        title: "Move workloads that depend on the connection off it, or stop them",
        owner: LEAD,
        expect: "nothing that matters crosses the tunnels",
        minutes: 60,
      },
      {
        title: "Declare the stage verify and deploy",
        owner: LEAD,
        command: "cdktf deploy",
        deploys: true,
        expect:
          "routes remain in the verification tables only, forwarding rules no longer hold for the VPC, silence is no alarm",
        minutes: 20,
      },
    ],
  },
]);
