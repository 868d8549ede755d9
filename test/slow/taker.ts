/** A process of killed-deliveries.test.ts: takes deliveries as a Shop Trigger does, and lives until it is killed. */
import { FileRegister } from '../../lib/register/file-register';
import { recordTaken } from '../../lib/shops/redelivery';
import { placeOf } from './place';

const [folder = ''] = process.argv.slice(2);
const register = new FileRegister(folder);

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
