import type { Construct } from "constructs";
import type { Assessment } from "../../../lib/assessment";
import type { MigrationHost } from "../../../lib/core";
import { ConfigurationCutover } from "../../../lib/parts/configuration";

/** Properties of the {@link ShopConfiguration}. */
export interface ShopConfigurationProps {
  /** The migration of the shop, in the same stack. */
  readonly migration: MigrationHost<Assessment>;
  /** The Route 53 zone of shop.example.com. */
  readonly zoneId: string;
  readonly databaseHost: string;
}

/** The example of the README: the configuration of a shop. */
export class ShopConfiguration extends ConfigurationCutover {
  constructor(scope: Construct, id: string, { migration, zoneId, databaseHost }: ShopConfigurationProps) {
    super(scope, id, {
      migration,
      application: "shop",
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
