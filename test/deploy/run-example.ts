/**
 * `tsx run-example.ts NAME [STAGE]`: what `cdktf.json` names as its app in the deploy lab. It calls the example's own
 * `createApp` as its `main.ts` does, with the stage that the lab wants to hold.
 */
import type { App } from "cdktf";
import { exampleMain } from "../support/examples";

interface Example {
  createApp(options?: { readonly stage?: string }): App | Promise<App>;
}

async function main([name = "", stage]: readonly string[]): Promise<void> {
  const example = (await import(exampleMain(name))) as Example;
  const app = await example.createApp(stage === undefined ? {} : { stage });
  app.synth();
}

void main(process.argv.slice(2));
