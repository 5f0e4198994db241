/**
 * Runs the browser tests against the built page on the reference server:
 * `npm run build && npm run e2e:reference`. `DIST` names another folder than `dist`.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openSite } from './site.mjs';

const dist = process.env.DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
let site = await openSite(dist);

/**
 * @param {string} script
 * @param {(output: string) => void} [onOutput]
 * @returns {Promise<number | null>}
 */
function run(script, onOutput = () => {}) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../${script}`, import.meta.url))], {
    env: { ...process.env, SOCKEYE_URL: site.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8').on('data', (output) => {
    process.stdout.write(output);
    onOutput(output);
  });
  return new Promise((ended) => child.on('close', ended));
}

async function restart() {
  await site.close();
  site = await openSite(dist, site.port);
}

const chat = await run('chat.e2e.mjs');
const restarted = await run('restart.e2e.mjs', (output) => {
  if (output.includes('READY_FOR_RESTART')) void restart();
});
await site.close();
process.exitCode = chat === 0 && restarted === 0 ? 0 : 1;
