import { environmentSection, formatOption, type CommandPage } from "../command-page";

/** The help of `migration-patterns adopt`. */
export const adoptPage: CommandPage = {
  name: "adopt",
  summary: "take over what is in AWS already: import blocks, and the props that match",
  synopsis: [
    "adopt [--output DIR] [--vpc VPC]... [--networks VPN=CIDR,...]... [--format FORMAT] FILE...",
    "adopt [OPTION]... - < ANSWER.json",
  ],
  description: [
    "Reads what aws ec2 describe-instances, describe-vpcs and describe-vpn-connections print, JSON or YAML, and writes TypeScript " +
      "with the props of this library's constructs and the table by which adoptResources() makes the import blocks, at whatever " +
      "address the construct has. A plan after it imports, and destroys and replaces nothing. Nothing is asked of AWS.",
    "A virtual private gateway, its customer gateways and VPN connections become those of a HybridCloud. Options that AWS shows " +
      "as not set stay unset, because to set them takes a tunnel down. Instances become servers of a LiftAndShift. A VPC is taken " +
      "by its ids as it is, and a transit gateway as well: neither becomes Terraform's.",
    "The answer about VPN connections holds their pre-shared keys in clear. They are dropped as it is read, and are in no file and " +
      "no message that is written; delete the answer when you are done.",
    "What no construct can have exactly as it is, is left out, and said by its id with the reason: a resource that ends, one that " +
      "CloudFormation, an Auto Scaling group or the Spot market owns, an option that the construct does not know.",
  ],
  options: [
    {
      name: "output",
      short: "o",
      value: "DIR",
      text: "The folder that is written, which must not exist or be empty. It is complete or it is not there.",
      default: "nothing is written: the report says what would be",
    },
    {
      name: "vpc",
      value: "VPC",
      multiple: true,
      text: "The id of a VPC. What is in others is passed over. May be repeated. A transit gateway's connections need exactly one.",
      default: "all VPCs of the files",
    },
    {
      name: "networks",
      value: "VPN=CIDR,...",
      multiple: true,
      text: "The networks on premises that the VPN connection of that id leads to, where BGP brings them. May be repeated.",
      default: "the static routes, or what the VPC's route tables have learned from a gateway with one connection",
    },
    {
      ...formatOption(["text", "json", "typescript"]),
      text: "How the result is printed: typescript prints the file itself.",
    },
  ],
  sections: [
    {
      title: "ANSWERS",
      terms: [
        ["describe-instances", "The servers. With describe-volumes, their disks are known too."],
        ["describe-vpcs", "The networks, with describe-subnets and describe-route-tables."],
        [
          "describe-vpn-connections",
          "The connections, with describe-customer-gateways and describe-vpn-gateways, or describe-transit-gateways.",
        ],
      ],
    },
    {
      title: "FILES",
      terms: [
        ["adopted.ts", "The props and the tables of resources, with the lines that use them."],
        ["servers.json", "The inventory of the instances, where there are any: one of the estate's files."],
      ],
    },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Something can be adopted; what cannot is listed."],
        ["1", "Nothing can be adopted. Nothing was written."],
        [
          "2",
          "The command was called wrongly, a file is no such answer or no whole one, two accounts or regions are mixed, or the folder could not be written.",
        ],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["Ask AWS:", "aws ec2 describe-vpn-connections > vpn-connections.json"],
    [
      "Look first:",
      "migration-patterns adopt vpcs.json subnets.json route-tables.json vpn-*.json customer-gateways.json",
    ],
    ["Then write, of one VPC alone:", "migration-patterns adopt --vpc vpc-0a1b2c3d4e5f60718 --output adopted *.json"],
  ],
};
