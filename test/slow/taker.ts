/** A process of redelivery.test.ts: takes deliveries as a Shop Trigger does, and lives until it is killed. */
import { FileRegister } from '../../lib/register/file-register';
import { placeOf, recordTaken } from '../../lib/shops/redelivery';

const [folder = ''] = process.argv.slice(2);
const register = new FileRegister(folder);

async function take(): Promise<void> {
	const [answered, outlived] = [
		await placeOf(register, 'trigger', 'answered'),
		await placeOf(register, 'trigger', 'outlived'),
	];
	if (typeof answered === 'string' || typeof outlived === 'string') throw new Error('taken');
	await answered.held.settle('accepted');
	await recordTaken(outlived.held, 1);
	await placeOf(register, 'trigger', 'under way');
}

// Listening keeps it alive
process.on('message', () => {});
void take().then(() => process.send!('taken'));
