import { describe, expect, it } from "@jest/globals";
import {
  connectionStringForms,
  parseConnectionString,
  redactConnectionString,
  rewriteConnectionString,
  type HostMove,
} from "../../../../lib/parts/configuration/connection-string";
import { scanConnectionString } from "../../../../lib/parts/configuration/connection-string/scan";
import { thrown } from "../../../support/thrown";
import { forms } from "./forms";

const target = "new.example.net";

describe("rewriteConnectionString on real forms", () => {
  it("has at least 40 of them, and each form among them", () => {
    expect(forms.length).toBeGreaterThanOrEqual(40);
    expect(new Set(forms.map(({ form }) => form))).toEqual(new Set(connectionStringForms));
  });

  for (const { form, before, after, port, inserted, secrets } of forms) {
    describe(`${form} ${before.replace(/\s+/g, " ").slice(0, 70)}`, () => {
      const moves: HostMove[] =
        port === undefined && inserted !== true
          ? [{ from: { host: "db-01" }, to: { host: target } }]
          : [{ from: { host: "db-01", ...(port === undefined ? {} : { port }) }, to: { host: target, port: 6543 } }];

      it("replaces the host, and the port where it is told to", () => {
        const result = rewriteConnectionString(before, { hosts: moves });
        expect(result.text).toBe(after);
        expect(result.form).toBe(form);
        expect(result.rewritten.map(({ to }) => to.host)).toEqual([target]);
        expect(result.unused).toEqual([]);
      });

      it("is the same to the byte where nothing matches", () => {
        const result = rewriteConnectionString(before, { hosts: [{ from: { host: "db-0" }, to: { host: "x" } }] });
        expect(result.text).toBe(before);
        expect(result.rewritten).toEqual([]);
        expect(result.unused).toHaveLength(1);
      });

      it("comes back", () => {
        if (inserted === true) return;
        const written = /DB-01|db%2D01/.exec(before)?.[0] ?? "db-01";
        const back = rewriteConnectionString(after, {
          hosts: [
            {
              from: { host: target, ...(port === undefined ? {} : { port: 6543 }) },
              to: { host: "db-01", ...(port === undefined ? {} : { port }) },
            },
          ],
        });
        // How a name's letters were written is not known once it is another name.
        expect(back.text).toBe(before.replace(written, "db-01"));
      });

      it("knows its secrets, and redacts them", () => {
        const scan = scanConnectionString(before);
        expect(scan.secrets.map(({ span }) => before.slice(span.start, span.end))).toEqual(secrets);
        expect(redactConnectionString(before)).not.toContain("Tr0ub4dor");
        expect(JSON.stringify(parseConnectionString(before))).not.toContain("Tr0ub4dor");
        if (secrets.length === 0) expect(redactConnectionString(before)).toBe(before);
      });
    });
  }
});

describe("rewriteConnectionString", () => {
  const rewrite = (text: string, ...hosts: HostMove[]): string => rewriteConnectionString(text, { hosts }).text;

  it("tells hosts apart that begin alike", () => {
    expect(rewrite("host-list:1", { from: { host: "host" }, to: { host: "x" } })).toBe("host-list:1");
    expect(rewrite("postgres://10.0.0.10/10.0.0.1", { from: { host: "10.0.0.1" }, to: { host: "x" } })).toBe(
      "postgres://10.0.0.10/10.0.0.1",
    );
  });

  it("leaves the user, the password, the database and the options alone, whatever they are called", () => {
    expect(
      rewrite("postgres://db:db@db:5432/db?application_name=db&options=-c%20x=db", {
        from: { host: "db" },
        to: { host: target },
      }),
    ).toBe("postgres://db:db@new.example.net:5432/db?application_name=db&options=-c%20x=db");
  });

  it("goes by the port where the move names one, the default one included", () => {
    const move = { from: { host: "a", port: 5432 }, to: { host: "b" } };
    expect(rewrite("postgres://a,a:5432,a:5433/x", move)).toBe("postgres://b,b:5432,a:5433/x");
  });

  it("compares addresses by value, and writes IPv6 as the form does", () => {
    const move = { from: { host: "2001:DB8:0::1" }, to: { host: "2001:db8::2" } };
    expect(rewrite("postgres://[2001:db8::1]:5432/x", move)).toBe("postgres://[2001:db8::2]:5432/x");
    expect(rewrite("host=2001:db8::1 port=5432", move)).toBe("host=2001:db8::2 port=5432");
    expect(rewrite("app@tcp([2001:db8::1]:3306)/", move)).toBe("app@tcp([2001:db8::2]:3306)/");
    expect(rewrite("(ADDRESS=(HOST=a)(PORT=1))", { from: { host: "a" }, to: { host: "::1" } })).toBe(
      "(ADDRESS=(HOST=::1)(PORT=1))",
    );
    expect(rewrite("redis://a", { from: { host: "a" }, to: { host: "::1", port: 7 } })).toBe("redis://[::1]:7");
  });

  it("adds a port once where host and hostaddr share it", () => {
    expect(
      rewrite(
        "host=a hostaddr=10.0.0.1 dbname=x",
        { from: { host: "a" }, to: { host: "b", port: 1 } },
        { from: { host: "10.0.0.1" }, to: { host: "10.0.0.2", port: 1 } },
      ),
    ).toBe("host=b port=1 hostaddr=10.0.0.2 dbname=x");
  });

  it("changes a shared port when all of its hosts move to the same one", () => {
    const to = (host: string) => ({ from: { host }, to: { host: `${host}2`, port: 6432 } });
    expect(rewrite("host=a,b port=5432", to("a"), to("b"))).toBe("host=a2,b2 port=6432");
    const code = thrown(() => rewrite("host=a,b port=5432", to("a"))).code;
    expect(code).toBe("CONNECTION_STRING_AMBIGUOUS");
  });

  it("does not take sockets and files for hosts", () => {
    expect(parseConnectionString("postgres:///x?host=/tmp").endpoints).toEqual([{ kind: "socket", host: "/tmp" }]);
    expect(parseConnectionString("app@unix(/tmp/mysql.sock)/x").endpoints[0]?.kind).toBe("socket");
    expect(parseConnectionString("Data Source=(localdb)\\v11.0;Initial Catalog=x").endpoints[0]?.kind).toBe("local");
    expect(parseConnectionString("Data Source=C:\\app\\x.db;Password=x").endpoints[0]?.kind).toBe("local");
    expect(parseConnectionString("jdbc:postgresql:orders").endpoints).toEqual([]);
    expect(parseConnectionString("Driver={x};DSN=orders").endpoints).toEqual([]);
  });

  it("refuses two targets for one endpoint", () => {
    const call = (): string =>
      rewrite("redis://a", { from: { host: "a" }, to: { host: "b" } }, { from: { host: "A" }, to: { host: "c" } });
    expect(thrown(call).code).toBe("CONNECTION_STRING_AMBIGUOUS");
  });

  it("refuses hosts and ports that are none, and a port that has no place", () => {
    const code = (text: string, to: HostMove["to"]): string =>
      thrown(() => rewrite(text, { from: { host: "a" }, to })).code;
    expect(code("redis://a", { host: "b/c" })).toBe("CONNECTION_STRING_REPLACEMENT");
    expect(code("redis://a", { host: "[::1]" })).toBe("CONNECTION_STRING_REPLACEMENT");
    expect(code("redis://a", { host: "b", port: 70_000 })).toBe("CONNECTION_STRING_REPLACEMENT");
    expect(code("mongodb+srv://a", { host: "b", port: 1 })).toBe("CONNECTION_STRING_REPLACEMENT");
    expect(code("Server=a;Database=x", { host: "b", port: 1 })).toBe("CONNECTION_STRING_REPLACEMENT");
    expect(code("host=a,b dbname=x", { host: "b", port: 1 })).toBe("CONNECTION_STRING_REPLACEMENT");
  });
});

describe("what is refused", () => {
  const secret = "hunter2";
  const cases: readonly (readonly [code: string, text: string])[] = [
    ["CONNECTION_STRING_UNKNOWN", ""],
    ["CONNECTION_STRING_UNKNOWN", "   "],
    ["CONNECTION_STRING_UNKNOWN", secret],
    ["CONNECTION_STRING_UNKNOWN", `gopher://a:${secret}@b`],
    ["CONNECTION_STRING_UNKNOWN", `constructor://a:${secret}@b`],
    ["CONNECTION_STRING_UNKNOWN", `jdbc:db2://a:50000/x:password=${secret};`],
    ["CONNECTION_STRING_UNKNOWN", `jdbc:oracle:kprb:@${secret}`],
    ["CONNECTION_STRING_UNKNOWN", `mssql+pyodbc:///?odbc_connect=DRIVER%3D%7Bx%7D%3BPWD%3D${secret}`],
    ["CONNECTION_STRING_INVALID", `postgres://u:pa/${secret}`],
    ["CONNECTION_STRING_AMBIGUOUS", `postgres://u:pa/${secret}@b`],
    ["CONNECTION_STRING_INVALID", `postgres://u:${secret}@b:99999`],
    ["CONNECTION_STRING_INVALID", `postgres://u:${secret}@b%ZZ`],
    ["CONNECTION_STRING_INVALID", `host=a,b port=1,2,3 password=${secret}`],
    ["CONNECTION_STRING_INVALID", `jdbc:sqlserver://a;password=${secret};oops`],
    ["CONNECTION_STRING_INVALID", `jdbc:sqlserver:a;password=${secret}`],
    ["CONNECTION_STRING_INVALID", `jdbc:mysql:a?password=${secret}`],
    ["CONNECTION_STRING_INVALID", `(DESCRIPTION=(ADDRESS=(HOST=a)(PORT=1))(PASSWORD=${secret})`],
    ["CONNECTION_STRING_INVALID", `Driver={Oracle 19};Dbq=orders;PWD=${secret}`],
    ["CONNECTION_STRING_AMBIGUOUS", `postgres://u:p@${secret}@b/x`],
    ["CONNECTION_STRING_AMBIGUOUS", `postgres://u:12/${secret}@b/x`],
    ["CONNECTION_STRING_AMBIGUOUS", `postgres://u:12?${secret}@b/x`],
    ["CONNECTION_STRING_AMBIGUOUS", `postgres://u:12#${secret}@b/x`],
    ["CONNECTION_STRING_AMBIGUOUS", `postgres:///x?host=a&host=b&password=${secret}`],
    ["CONNECTION_STRING_AMBIGUOUS", `host=a host=b password=${secret}`],
    ["CONNECTION_STRING_AMBIGUOUS", `Server=a;Data Source=b;Password=${secret}`],
    ["CONNECTION_STRING_AMBIGUOUS", `Server=a;Password={x;${secret}}`],
    ["CONNECTION_STRING_AMBIGUOUS", `Driver={x};Server=a;PWD='x;${secret}'`],
    ["CONNECTION_STRING_AMBIGUOUS", `jdbc:sqlserver://a;serverName=b;serverName=c;password=${secret}`],
    ["CONNECTION_STRING_AMBIGUOUS", `scott/${secret}@orders`],
    ["CONNECTION_STRING_AMBIGUOUS", `scott/p@${secret}@//a/orders`],
    ["CONNECTION_STRING_AMBIGUOUS", `a:6379,password=x,${secret}`],
    ["CONNECTION_STRING_AMBIGUOUS", `a:6379,password=x,y=${secret}`],
    ["CONNECTION_STRING_AMBIGUOUS", `a:1@tcp(b)/x@tcp(c)/${secret}`],
  ];
  for (const [code, text] of cases) {
    it(`${code}: ${text.replaceAll(secret, "…")}`, () => {
      const error = thrown(() => parseConnectionString(text));
      expect(error.code).toBe(code);
      expect(`${error.message} ${JSON.stringify(error)} ${String(error.stack)}`).not.toContain(secret);
      expect(error.received).toBeUndefined();
    });
  }

  it("is redacted as a whole", () => {
    expect(redactConnectionString(secret)).toBe("***");
    expect(redactConnectionString(`postgres://u:12/${secret}@b/x`)).toBe("***");
  });
});
