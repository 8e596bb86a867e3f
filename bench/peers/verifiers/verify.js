// Lets other people's verifiers judge the messages in a file: node verify.js FILE. Exit code 1 when one errs.
import { readFileSync } from "node:fs";
import * as standardwebhooks from "standardwebhooks";
import * as svix from "svix";

const verifiers = { standardwebhooks: standardwebhooks.Webhook, svix: svix.Webhook };
const messages = JSON.parse(readFileSync(process.argv[2], "utf8"));
let wrong = 0;

function accepts(Webhook, { secret, headers, body }) {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch (refusal) {
    if (refusal.name === "TypeError" || refusal.name === "ReferenceError") throw refusal;
    return false;
  }
}

for (const [name, Webhook] of Object.entries(verifiers)) {
  for (const message of messages) {
    const accepted = accepts(Webhook, message);
    const right = accepted === message.accepted;
    if (!right) wrong++;
    console.log(`${right ? "ok   " : "WRONG"} ${name} ${accepted ? "accepts" : "refuses"} ${message.name}`);
  }
}
process.exit(wrong === 0 ? 0 : 1);
