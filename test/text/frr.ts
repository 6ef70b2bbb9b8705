/** FRR's own reading of frr.conf. */
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { strongSwan } from "../../lib/patterns/infrastructure/hybrid-cloud/device";
import { bgp, connection, tunnel1, tunnel2 } from "../patterns/infrastructure/hybrid-cloud/device/fixture";
import { attempt } from "../vpn/process";
import { expectThat, type Report } from "../vpn/report";

/** Has FRR's parser read what the device writes, and a line that its checks refuse. */
export async function readByFrr(report: Report, folder: string): Promise<void> {
  const file = path.join(folder, "frr.conf");
  const refused = (text: string): string => {
    writeFileSync(file, text);
    const { out, ok } = attempt(["vtysh", "-C", "-f", file]);
    return ok && out.trim() === "" ? "" : out.trim() || "it ended with a failure";
  };
  const written = (name: string): string =>
    strongSwan().render(connection({ name, routing: bgp, tunnels: [tunnel1(), tunnel2({ rank: 0 })] }))["frr.conf"] ??
    "";
  await report.check("FRR", "reads the file, whatever the connection is called", () => {
    const names = ["a", "exit", "end", `z${"-9".repeat(15)}9`];
    for (const name of names) {
      const said = refused(written(name));
      expectThat(said === "", `${name}: ${said}`);
    }
    return names.join(", ");
  });
  await report.check("FRR", "complains of a line that is none of its own", () => {
    const { customer } = tunnel1().inside;
    const text = written("berlin");
    expectThat(text.includes(customer), "the file does not have the inside address");
    const said = refused(text.replace(customer, `${customer}\nevil line`));
    expectThat(said.includes("evil"), `it says: ${said}`);
    let code = "";
    try {
      const inside = { ...tunnel1().inside, customer: `${customer}\nevil line` };
      strongSwan().render(connection({ routing: bgp, tunnels: [tunnel1({ inside })] }));
    } catch (error) {
      code = (error as { readonly code?: string }).code ?? "";
    }
    expectThat(code === "HYBRID_VPN_DEVICE_ADDRESS", `it was not refused: ${code}`);
    return `refused with ${code}`;
  });
}
