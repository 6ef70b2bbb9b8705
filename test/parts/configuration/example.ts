import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { ConfigurationCutover, type CutoverStage } from "../../../lib/parts/configuration";

/** The example of the README: what the shop knows about its surroundings. */
export class ShopConfiguration extends TerraformStack {
  public readonly configuration: ConfigurationCutover;

  constructor(scope: Construct, id: string, stage: CutoverStage) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });
    const zoneId = new TerraformVariable(this, "zone-id", { type: "string" }).stringValue;
    const databaseHost = new TerraformVariable(this, "database-host", { type: "string" }).stringValue;

    this.configuration = new ConfigurationCutover(this, "shop", {
      application: "shop",
      stage,
      connectionStrings: [
        {
          name: "shop/database",
          source: "postgresql://shop:{{password}}@db-01.example.internal:5432/shop?sslmode=require",
          target: { hosts: [{ from: { host: "db-01.example.internal" }, to: { host: databaseHost, port: 5433 } }] },
          sourcePassword: { secretId: "shop/source-password" },
          targetPassword: { secretId: "shop/target-password", jsonKey: "password" },
        },
      ],
      environmentVariables: [
        { name: "/shop/CACHE_HOST", source: "cache-01.example.internal", target: "cache.shop.example.net" },
        {
          name: "/shop/MAIL_TOKEN",
          source: { secret: { secretId: "shop/source-password" } },
          target: { secret: { secretId: "shop/target-password", jsonKey: "password" } },
        },
      ],
      dnsRecords: [
        {
          fqdn: "www.shop.example.com",
          zoneId,
          source: { type: "A", values: ["203.0.113.10"] },
          target: { type: "CNAME", values: ["lb.shop.example.net"] },
          ttl: 3600,
          healthCheck: { type: "HTTPS", fqdn: "lb.shop.example.net", port: 443, path: "/health" },
        },
        {
          fqdn: "shop.partner.example",
          source: { type: "A", values: ["203.0.113.10"] },
          target: { type: "A", values: ["198.51.100.7"] },
        },
      ],
      tags: { team: "shop" },
    });
  }
}
