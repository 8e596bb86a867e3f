// Lets the libraries of Stripe and Paddle judge the messages in a file: node checkout.js FILE. Exit code 1 when one
// judges otherwise than the file says that Licet does.
import { readFileSync } from "node:fs";
import { Paddle } from "@paddle/paddle-node-sdk";
import Stripe from "stripe";

const paddle = new Paddle("nobody's key");
const stripe = new Stripe("nobody's key");
const verifiers = {
  stripe: ({ body, headers, secret }) => stripe.webhooks.constructEvent(body, headers["Stripe-Signature"], secret),
  paddle: async ({ body, headers, secret }) => {
    // Its "unmarshal" also wants what no signature is about.
    if (!(await paddle.webhooks.isSignatureValid(body, secret, headers["Paddle-Signature"]))) throw new Error("refused");
  },
};
let wrong = 0;
for (const message of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  let accepted = true;
  try {
    await verifiers[message.provider](message);
  } catch (refusal) {
    if (refusal.name === "TypeError" || refusal.name === "ReferenceError") throw refusal;
    accepted = false;
  }
  const right = accepted === message.accepted;
  if (!right) wrong++;
  console.log(`${right ? "ok   " : "WRONG"} ${message.provider} ${accepted ? "accepts" : "refuses"} ${message.name}`);
}
process.exit(wrong === 0 ? 0 : 1);
