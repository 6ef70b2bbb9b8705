/**
 * `tsx run-example.ts NAME [OPTIONS]`: what `cdktf.json` names as its app in the deploy lab. It calls the example's own
 * `createApp` as its `main.ts` does, with the options as JSON: the stage that the lab wants to hold.
 */
import type { App } from "cdktf";
import { exampleMain } from "../support/examples";

interface Example {
  createApp(options?: object): App | Promise<App>;
}

async function main([name = "", options = "{}"]: readonly string[]): Promise<void> {
  const example = (await import(exampleMain(name))) as Example;
  const app = await example.createApp(JSON.parse(options) as object);
  app.synth();
}

void main(process.argv.slice(2));
