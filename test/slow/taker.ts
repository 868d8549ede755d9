/** A process of killed-deliveries.test.ts: takes deliveries as a Shop Trigger does, and lives until it is killed. */
import { sqliteRegister } from '../../lib/run/registers';
import { recordTaken } from '../../lib/shops/redelivery';
import { placeOf } from './place';

const [file = ''] = process.argv.slice(2);
const register = sqliteRegister(file);

async function take(): Promise<void> {
	const [answered, outlived] = [
		await placeOf(register, 'answered'),
		await placeOf(register, 'outlived'),
	];
	if (typeof answered === 'string' || typeof outlived === 'string') throw new Error('taken');
	await answered.held.settle('accepted');
	await recordTaken(outlived.held, 1);
	await placeOf(register, 'under way');
}

// Listening keeps it alive
process.on('message', () => {});
void take().then(() => process.send!('taken'));
