/** Where a delivery stands for the trigger of these tests; another one of its id is waited for a second. */
import { Deadline } from '../../lib/base/deadline';
import type { Register } from '../../lib/register/register';
import * as redelivery from '../../lib/shops/redelivery';
import { QUICK } from '../pace';

export const placeOf = async (register: Register, id: string): Promise<redelivery.DeliveryClaim> =>
	await redelivery.claimDelivery(register, 'trigger', id, 'delivery', {
		deadline: Deadline.in(1_000),
		pace: QUICK,
	});
