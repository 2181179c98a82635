// Another implementation's answers to sm_crypto_test.cc: reads a JSON list of questions from a file, prints a list of answers.
import { readFileSync } from "node:fs";
import smCrypto from "sm-crypto";

const { sm2, sm3, sm4 } = smCrypto;
const bytes = (hex) => [...Buffer.from(hex, "hex")];
const answers = {
  sm3: ({ message }) => sm3(bytes(message)),
  hmac: ({ key, message }) => sm3(bytes(message), { mode: "hmac", key }),
  sm4: ({ key, block }) => sm4.encrypt(bytes(block), key, { padding: "none" }),
  sign: ({ key, message }) => sm2.doSignature(bytes(message), key, { hash: true }),
  verify: ({ point, message, signature }) => sm2.doVerifySignature(bytes(message), signature, point, { hash: true }),
  point: ({ key }) => sm2.getPublicKeyFromPrivateKey(key),
};
const questions = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(questions.map((question) => answers[question.ask](question))));
