/**
 * Connection strings as they are found in the field, and what they become when db-01 becomes new.example.net: in rows
 * without a port the move names none, in the others it goes from the port to 6543.
 */
import type { ConnectionStringForm } from "../../../../lib/parts/configuration/connection-string";

export interface FormRow {
  readonly form: ConnectionStringForm;
  readonly before: string;
  readonly after: string;
  /** The port that the move goes from; it goes to 6543. */
  readonly port?: number;
  /** The port is not in the text but is added to it: then the way back leaves it there. */
  readonly inserted?: true;
  /** The secrets in the text. */
  readonly secrets: readonly string[];
}

const SECRET = "Tr0ub4dor";
const one = [SECRET];

function row(
  form: ConnectionStringForm,
  before: string,
  after: string,
  secrets: readonly string[],
  more: Pick<FormRow, "port" | "inserted"> = {},
): FormRow {
  return { form, before, after, secrets, ...more };
}

export const forms: readonly FormRow[] = [
  // PostgreSQL URLs
  row(
    "postgresql-url",
    `postgresql://app:${SECRET}@db-01:5432/shop?sslmode=require`,
    `postgresql://app:${SECRET}@new.example.net:6543/shop?sslmode=require`,
    one,
    { port: 5432 },
  ),
  row("postgresql-url", "postgres://db-01", "postgres://new.example.net", []),
  row("postgresql-url", "postgres://db-01/shop", "postgres://new.example.net:6543/shop", [], {
    port: 5432,
    inserted: true,
  }),
  row(
    "postgresql-url",
    `postgres://app:p%40ss%2F${SECRET}@db-02:5432,db-01:5433,[2001:db8::7]:5434/shop?target_session_attrs=read-write`,
    `postgres://app:p%40ss%2F${SECRET}@db-02:5432,new.example.net:6543,[2001:db8::7]:5434/shop?target_session_attrs=read-write`,
    [`p%40ss%2F${SECRET}`],
    { port: 5433 },
  ),
  row(
    "postgresql-url",
    `postgresql:///shop?host=db-01,db-02&port=5432,5433&user=app&password=${SECRET}`,
    `postgresql:///shop?host=new.example.net,db-02&port=6543,5433&user=app&password=${SECRET}`,
    one,
    { port: 5432 },
  ),
  row(
    "postgresql-url",
    "postgresql://%2Fvar%2Frun%2Fpostgresql,db-01/shop",
    "postgresql://%2Fvar%2Frun%2Fpostgresql,new.example.net/shop",
    [],
  ),
  row(
    "postgresql-url",
    `postgresql+psycopg://app:${SECRET}@db%2D01:5432/shop`,
    `postgresql+psycopg://app:${SECRET}@new.example.net:5432/shop`,
    one,
  ),
  // libpq keywords
  row(
    "postgresql-keywords",
    `host=db-01 port=5432 dbname=shop user=app password=${SECRET}`,
    `host=new.example.net port=6543 dbname=shop user=app password=${SECRET}`,
    one,
    { port: 5432 },
  ),
  row(
    "postgresql-keywords",
    `  host = 'db-01'  password = 'it\\'s ${SECRET}\\\\'\tuser=app`,
    `  host = 'new.example.net' port=6543  password = 'it\\'s ${SECRET}\\\\'\tuser=app`,
    [`it\\'s ${SECRET}\\\\`],
    { port: 5432, inserted: true },
  ),
  row(
    "postgresql-keywords",
    `password='a;b=${SECRET}' host=db-02,db-01 port=5432,5433`,
    `password='a;b=${SECRET}' host=db-02,new.example.net port=5432,6543`,
    [`a;b=${SECRET}`],
    { port: 5433 },
  ),
  row(
    "postgresql-keywords",
    "host=/run/postgresql,db-01 dbname=x",
    "host=/run/postgresql,new.example.net dbname=x",
    [],
  ),
  row("postgresql-keywords", "host=DB-01 hostaddr=10.0.0.1", "host=new.example.net hostaddr=10.0.0.1", []),
  // MySQL
  row(
    "mysql-url",
    `mysql://app:${SECRET}@db-01:3306/shop?charset=utf8mb4`,
    `mysql://app:${SECRET}@new.example.net:6543/shop?charset=utf8mb4`,
    one,
    { port: 3306 },
  ),
  row(
    "mysql-url",
    `mysql+pymysql://app:${SECRET}@db-01/shop`,
    `mysql+pymysql://app:${SECRET}@new.example.net/shop`,
    one,
  ),
  row("mysql-url", "mariadb://db-01:3306,db-02:3306/shop", "mariadb://new.example.net:3306,db-02:3306/shop", []),
  row(
    "mysql-go-dsn",
    `app:p@ss:/w(${SECRET}@tcp(db-01:3306)/shop?parseTime=true&loc=UTC`,
    `app:p@ss:/w(${SECRET}@tcp(new.example.net:6543)/shop?parseTime=true&loc=UTC`,
    [`p@ss:/w(${SECRET}`],
    { port: 3306 },
  ),
  row("mysql-go-dsn", "app@tcp(db-01)/", "app@tcp(new.example.net:6543)/", [], { port: 3306, inserted: true }),
  row(
    "key-value",
    `Server=db-01;Port=3306;Database=shop;Uid=app;Pwd=${SECRET};SslMode=Required`,
    `Server=new.example.net;Port=6543;Database=shop;Uid=app;Pwd=${SECRET};SslMode=Required`,
    one,
    { port: 3306 },
  ),
  row(
    "key-value",
    `Driver={MySQL ODBC 8.0 Unicode Driver};Server=db-01,db-02;Database=shop;PWD={a;}}${SECRET}}`,
    `Driver={MySQL ODBC 8.0 Unicode Driver};Server=new.example.net,db-02;Database=shop;PWD={a;}}${SECRET}}`,
    [`a;}}${SECRET}`],
  ),
  // PostgreSQL for .NET
  row(
    "key-value",
    `Host=db-01;Username=app;Password=${SECRET};Database=shop`,
    `Host=new.example.net;Port=6543;Username=app;Password=${SECRET};Database=shop`,
    one,
    { inserted: true },
  ),
  row("key-value", "Host=db-02:5432,db-01:5433;Username=app", "Host=db-02:5432,new.example.net:6543;Username=app", [], {
    port: 5433,
  }),
  // SQL Server
  row(
    "key-value",
    `Server=tcp:db-01,1433;Initial Catalog=shop;User ID=app;Password=${SECRET};Encrypt=True;`,
    `Server=tcp:new.example.net,6543;Initial Catalog=shop;User ID=app;Password=${SECRET};Encrypt=True;`,
    one,
    { port: 1433 },
  ),
  row(
    "key-value",
    `Data Source=db-01\\SALES;Initial Catalog=shop;Password="a;""${SECRET}"`,
    `Data Source=new.example.net\\SALES;Initial Catalog=shop;Password="a;""${SECRET}"`,
    [`a;""${SECRET}`],
  ),
  row(
    "key-value",
    `Server = db-01\\SALES , 1450 ; Database=shop; Password='${SECRET};'''`,
    `Server = new.example.net\\SALES , 6543 ; Database=shop; Password='${SECRET};'''`,
    [`${SECRET};''`],
    { port: 1450 },
  ),
  row(
    "key-value",
    "Server=db-01;Failover Partner=db-02;Initial Catalog=shop;Integrated Security=SSPI",
    "Server=new.example.net,6543;Failover Partner=db-02;Initial Catalog=shop;Integrated Security=SSPI",
    [],
    { port: 1433, inserted: true },
  ),
  row(
    "key-value",
    "Server=np:\\\\db-01\\pipe\\sql\\query;Database=shop",
    "Server=np:\\\\new.example.net\\pipe\\sql\\query;Database=shop",
    [],
  ),
  row(
    "key-value",
    `Driver={ODBC Driver 18 for SQL Server};Server=tcp:db-01,1433;UID=app;PWD={${SECRET};}};x};Encrypt=yes`,
    `Driver={ODBC Driver 18 for SQL Server};Server=tcp:new.example.net,6543;UID=app;PWD={${SECRET};}};x};Encrypt=yes`,
    [`${SECRET};}};x`],
    { port: 1433 },
  ),
  row(
    "sqlserver-url",
    `sqlserver://app:${SECRET}@db-01/SALES?database=shop`,
    `sqlserver://app:${SECRET}@new.example.net/SALES?database=shop`,
    one,
  ),
  row(
    "sqlserver-url",
    `mssql+pyodbc://app:${SECRET}@db-01:1433/shop?driver=ODBC+Driver+18+for+SQL+Server`,
    `mssql+pyodbc://app:${SECRET}@new.example.net:6543/shop?driver=ODBC+Driver+18+for+SQL+Server`,
    one,
    { port: 1433 },
  ),
  // Oracle
  row("oracle-ez-connect", "//db-01:1521/orders", "//new.example.net:6543/orders", [], { port: 1521 }),
  row("oracle-ez-connect", "db-01:1521/orders:dedicated/inst1", "new.example.net:1521/orders:dedicated/inst1", []),
  row("oracle-ez-connect", `scott/${SECRET}@db-01:1521/orders`, `scott/${SECRET}@new.example.net:6543/orders`, one, {
    port: 1521,
  }),
  row(
    "oracle-ez-connect",
    `scott/"p@ss/${SECRET}"@//db-01/orders`,
    `scott/"p@ss/${SECRET}"@//new.example.net:6543/orders`,
    [`p@ss/${SECRET}`],
    {
      port: 1521,
      inserted: true,
    },
  ),
  row(
    "oracle-ez-connect",
    `tcps://db-02,db-01:1522;[::1]:1523/orders?wallet_location=/opt/w&retry_count=3&ssl_server_dn_match=on`,
    `tcps://db-02,new.example.net:1522;[::1]:1523/orders?wallet_location=/opt/w&retry_count=3&ssl_server_dn_match=on`,
    [],
  ),
  row(
    "oracle-descriptor",
    "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db-01)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=orders)))",
    "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=new.example.net)(PORT=6543))(CONNECT_DATA=(SERVICE_NAME=orders)))",
    [],
    { port: 1521 },
  ),
  row(
    "oracle-descriptor",
    "ORDERS.WORLD =\n  (description =\n    (load_balance=on)\n    (address_list =\n      (address = (protocol=tcp)(host = db-02)(port = 1521))\n      (address = (protocol=tcp)(port = 1522)(host = db-01)))\n    (connect_data = (sid = ORCL)))\n",
    "ORDERS.WORLD =\n  (description =\n    (load_balance=on)\n    (address_list =\n      (address = (protocol=tcp)(host = db-02)(port = 1521))\n      (address = (protocol=tcp)(port = 6543)(host = new.example.net)))\n    (connect_data = (sid = ORCL)))\n",
    [],
    { port: 1522 },
  ),
  row(
    "key-value",
    `Data Source=db-01:1521/orders;User Id=scott;Password=${SECRET}`,
    `Data Source=new.example.net:6543/orders;User Id=scott;Password=${SECRET}`,
    one,
    {
      port: 1521,
    },
  ),
  row(
    "key-value",
    `User Id=scott;Password=${SECRET};Data Source=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db-01)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=o)));`,
    `User Id=scott;Password=${SECRET};Data Source=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=new.example.net)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=o)));`,
    one,
  ),
  row(
    "oracle-url",
    `oracle+oracledb://scott:${SECRET}@db-01:1521/?service_name=orders`,
    `oracle+oracledb://scott:${SECRET}@new.example.net:6543/?service_name=orders`,
    one,
    { port: 1521 },
  ),
  // JDBC
  row(
    "jdbc-postgresql",
    `jdbc:postgresql://db-01:5432,db-02:5432/shop?user=app&password=${SECRET}&ssl=true`,
    `jdbc:postgresql://new.example.net:6543,db-02:5432/shop?user=app&password=${SECRET}&ssl=true`,
    one,
    { port: 5432 },
  ),
  row("jdbc-postgresql", "jdbc:aws-wrapper:postgresql://db-01/", "jdbc:aws-wrapper:postgresql://new.example.net/", []),
  row(
    "jdbc-mysql",
    `jdbc:mysql:replication://db-01:3306,db-02:3306/shop?user=app&password=${SECRET}`,
    `jdbc:mysql:replication://new.example.net:6543,db-02:3306/shop?user=app&password=${SECRET}`,
    one,
    { port: 3306 },
  ),
  row(
    "jdbc-mysql",
    `jdbc:mysql://address=(host=db-02)(port=3306)(user=app)(password=${SECRET}),(host=db-01,port=3307,priority=1)/shop`,
    `jdbc:mysql://address=(host=db-02)(port=3306)(user=app)(password=${SECRET}),(host=new.example.net,port=6543,priority=1)/shop`,
    one,
    { port: 3307 },
  ),
  row(
    "jdbc-mysql",
    `jdbc:mysql://address=(host=db-01)(user=app)/shop`,
    `jdbc:mysql://address=(host=new.example.net)(port=6543)(user=app)/shop`,
    [],
    { port: 3306, inserted: true },
  ),
  row(
    "jdbc-mariadb",
    "jdbc:mariadb:sequential://[::1]:3306,db-01/shop",
    "jdbc:mariadb:sequential://[::1]:3306,new.example.net:6543/shop",
    [],
    {
      port: 3306,
      inserted: true,
    },
  ),
  row(
    "jdbc-sqlserver",
    `jdbc:sqlserver://db-01:1433;databaseName=shop;user=app;password={a;}}${SECRET}};encrypt=true;`,
    `jdbc:sqlserver://new.example.net:6543;databaseName=shop;user=app;password={a;}}${SECRET}};encrypt=true;`,
    [`a;}}${SECRET}`],
    { port: 1433 },
  ),
  row(
    "jdbc-sqlserver",
    "jdbc:sqlserver://db-01\\SALES:1450;databaseName=shop",
    "jdbc:sqlserver://new.example.net\\SALES:6543;databaseName=shop",
    [],
    {
      port: 1450,
    },
  ),
  row(
    "jdbc-sqlserver",
    `jdbc:sqlserver://;serverName=db-01;portNumber=1433;password=${SECRET};failoverPartner=db-02`,
    `jdbc:sqlserver://;serverName=new.example.net;portNumber=6543;password=${SECRET};failoverPartner=db-02`,
    one,
    { port: 1433 },
  ),
  row("jdbc-oracle", "jdbc:oracle:thin:@//db-01:1521/orders", "jdbc:oracle:thin:@//new.example.net:6543/orders", [], {
    port: 1521,
  }),
  row("jdbc-oracle", "jdbc:oracle:thin:@db-01:1521:ORCL", "jdbc:oracle:thin:@new.example.net:6543:ORCL", [], {
    port: 1521,
  }),
  row(
    "jdbc-oracle",
    `jdbc:oracle:thin:scott/${SECRET}@db-01:1521:ORCL`,
    `jdbc:oracle:thin:scott/${SECRET}@new.example.net:1521:ORCL`,
    one,
  ),
  row(
    "jdbc-oracle",
    "jdbc:oracle:thin:@tcps://db-01:2484/orders?retry_count=3",
    "jdbc:oracle:thin:@tcps://new.example.net:6543/orders?retry_count=3",
    [],
    {
      port: 2484,
    },
  ),
  row(
    "jdbc-oracle",
    "jdbc:oracle:oci:@(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=TCP)(HOST=db-01)(PORT=1521))(ADDRESS=(PROTOCOL=TCP)(HOST=db-02)(PORT=1521)))(CONNECT_DATA=(SERVICE_NAME=orders)))",
    "jdbc:oracle:oci:@(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=TCP)(HOST=new.example.net)(PORT=6543))(ADDRESS=(PROTOCOL=TCP)(HOST=db-02)(PORT=1521)))(CONNECT_DATA=(SERVICE_NAME=orders)))",
    [],
    { port: 1521 },
  ),
  // MongoDB
  row(
    "mongodb-url",
    `mongodb://app:${SECRET}@db-02:27017,db-01:27017/shop?replicaSet=rs0&authSource=admin`,
    `mongodb://app:${SECRET}@db-02:27017,new.example.net:6543/shop?replicaSet=rs0&authSource=admin`,
    one,
    { port: 27_017 },
  ),
  row(
    "mongodb-url",
    "mongodb://%2Ftmp%2Fmongodb-27017.sock,db-01/",
    "mongodb://%2Ftmp%2Fmongodb-27017.sock,new.example.net/",
    [],
  ),
  row(
    "mongodb-srv-url",
    `mongodb+srv://app:${SECRET}@db-01/shop?retryWrites=true`,
    `mongodb+srv://app:${SECRET}@new.example.net/shop?retryWrites=true`,
    one,
  ),
  // Redis
  row("redis-url", `redis://:${SECRET}@db-01:6379/0`, `redis://:${SECRET}@new.example.net:6543/0`, one, { port: 6379 }),
  row(
    "redis-url",
    `rediss://default:${SECRET}@db-01/0?timeout=2s`,
    `rediss://default:${SECRET}@new.example.net/0?timeout=2s`,
    one,
  ),
  row(
    "redis-url",
    `redis-sentinel://${SECRET}@db-02:26379,db-01:26379/0#mymaster`,
    `redis-sentinel://${SECRET}@db-02:26379,new.example.net:6543/0#mymaster`,
    one,
    {
      port: 26_379,
    },
  ),
  row(
    "redis-options",
    `db-01:6380,password=${SECRET}=,ssl=True,abortConnect=False`,
    `new.example.net:6543,password=${SECRET}=,ssl=True,abortConnect=False`,
    [`${SECRET}=`],
    {
      port: 6380,
    },
  ),
  row("redis-options", "db-02,db-01,serviceName=mymaster", "db-02,new.example.net,serviceName=mymaster", []),
  row("host-list", "db-02:6379,db-01:6380,10.0.0.9:6379", "db-02:6379,new.example.net:6543,10.0.0.9:6379", [], {
    port: 6380,
  }),
  // AMQP
  row(
    "amqp-url",
    `amqps://app:${SECRET}@db-01:5671/%2Forders?heartbeat=30`,
    `amqps://app:${SECRET}@new.example.net:6543/%2Forders?heartbeat=30`,
    one,
    {
      port: 5671,
    },
  ),
];
