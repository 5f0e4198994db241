// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';

/** What the command line says: `--port N`, and for the server that has it `--format json|msgpack`. */
export function options() {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, format: { type: 'string', default: 'json' } },
  });
  return { port: Number(values.port), format: values.format };
}

/** Listens on loopback, says where, and ends when it is told to. */
export function serve(httpServer, port) {
  httpServer.listen(port, '127.0.0.1', 4096, () =>
    console.log(`ready ${httpServer.address().port} ${process.pid}`),
  );
  process.on('SIGTERM', () => process.exit(0));
}
