/** The part of GitHub's REST API that keeps the comments of a pull request ("REST API endpoints for issue comments"), on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment as the API has it. */
export interface Comment {
  readonly url: string;
  body: string;
}

export class GitHub {
  public readonly comments: Comment[] = [];

  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {}

  /** Serves on a port that is free. Whoever has another token may read and not write. */
  public static async listen(token: string): Promise<GitHub> {
    const server = createServer((request, response) => {
      void github.answer(request, response);
    });
    const github = new GitHub(server, token);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return github;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const { pathname, searchParams } = new URL(request.url ?? "", this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    if (request.method === "GET" && pathname === "/repos/acme/platform/issues/7/comments") {
      // A page of others' comments comes first: one has to read on.
      const others = Array.from({ length: 100 }, () => ({ url: "", body: "looks good" }));
      reply(200, searchParams.get("page") === "1" ? others : this.comments);
      return;
    }
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      reply(403, { message: "Resource not accessible by integration" });
      return;
    }
    const { body } = JSON.parse(text) as { body: string };
    if (body.length > 65_536) reply(422, { message: "body is too long (maximum is 65536 characters)" });
    else if (request.method === "POST" && pathname === "/repos/acme/platform/issues/7/comments") {
      this.comments.push({ url: `${this.url}/repos/acme/platform/issues/comments/${this.comments.length}`, body });
      reply(201, { body });
    } else if (request.method === "PATCH") {
      const known = this.comments.find(({ url }) => new URL(url).pathname === pathname);
      if (known !== undefined) known.body = body;
      reply(known === undefined ? 404 : 200, { body });
    } else reply(404, { message: "Not Found" });
  }
}
