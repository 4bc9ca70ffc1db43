// The official TypeScript client against a server that the arguments start.
import { renameSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const [command, ...args] = process.argv.slice(2);
const questions = [];

async function connect(capabilities) {
  const client = new Client({ name: "independent", version: "1" }, { capabilities });
  if (capabilities.elicitation) {
    client.setRequestHandler(ElicitRequestSchema, async (request) => {
      questions.push(request.params.message);
      return { action: "accept", content: { confirm: true } };
    });
  }
  await client.connect(new StdioClientTransport({ command, args }));
  await client.listTools(); // From now on it holds results to their schemas.
  return client;
}

/** What `wb-backup confirm` does when a person says yes, for which it wants a terminal. */
function agree(code) {
  const questions = join(args[args.indexOf("--config-dir") + 1], ".data/backups/questions");
  renameSync(join(questions, `${code}.asked.json`), join(questions, `${code}.agreed.json`));
}

async function call(client, name, given) {
  const progress = [];
  const result = await client.callTool({ name, arguments: given }, undefined, {
    onprogress: (told) => progress.push(told.message),
  });
  if (result.isError) throw new Error(`${name}: ${result.content[0].text}`);
  return { ...result.structuredContent, progress };
}

const plain = await connect({});
const taken = await call(plain, "data_backup", { manual: true, label: "before" });
for (const name of ["data_backup_list", "data_verify", "config_show", "migrate_status", "data_last_run"]) {
  await call(plain, name, {});
}
await call(plain, "data_diff", { before: taken.snapshot_id, rows: true });
const plan = await call(plain, "data_restore", { snapshot_id: taken.snapshot_id });
agree(plan.confirmation.token);
await call(plain, "data_restore", { snapshot_id: taken.snapshot_id, confirmation: plan.confirmation.token });
const prompt = await plain.getPrompt({ name: "wb-backup-now", arguments: { label: "x" } });
const lastRun = await plain.readResource({ uri: "wb-backup://last_run.json" });
await plain.close();

const withPerson = await connect({ elicitation: {} });
const back = await call(withPerson, "data_rollback", {});
await withPerson.close();

console.log(
  JSON.stringify({
    progress: taken.progress,
    planned: plan.dry_run,
    prompt: prompt.messages.length,
    lastRun: JSON.parse(lastRun.contents[0].text).status,
    questions: questions.length,
    undone: back.undone === taken.snapshot_id,
  }),
);
