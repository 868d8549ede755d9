/** A process of hangs.test.ts: begins to write to a register, and does not end. */
import { DatabaseSync } from 'node:sqlite';

const [file = ''] = process.argv.slice(2);
const database = new DatabaseSync(file);
database.exec('begin immediate');
// Listening keeps it alive
process.on('message', () => database.close());
process.send!('holds');
