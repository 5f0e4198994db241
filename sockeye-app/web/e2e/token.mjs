/**
 * Prints a token for the demonstration: node token.mjs SECRET_FILE [NAME] [SECONDS]
 *
 * NAME is whom it is about (default: ann), SECONDS how long it counts (default: 3600).
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [file, sub = 'ann', seconds = '3600'] = process.argv.slice(2);
if (!file || !(Number(seconds) > 0)) {
  console.error('Usage: node token.mjs SECRET_FILE [NAME] [SECONDS]');
  process.exit(2);
}
const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const exp = Math.floor(Date.now() / 1000) + Number(seconds);
const signed = `${part({ alg: 'HS256' })}.${part({ sub, exp })}`;
const secret = readFileSync(file, 'utf8').trimEnd();
console.log(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`);
