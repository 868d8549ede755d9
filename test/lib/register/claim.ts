import type { Claim } from '../../../lib/register/register';

/** An order's claim, as a node makes it that is about to send. */
export const claimOf = (more: Partial<Claim> = {}): Claim => ({
	kind: 'order',
	account: 'acc',
	name: 'ORD-1',
	body: 'print',
	execution: '17',
	until: Date.now() + 60_000,
	keeps: ['no', 'requestId'],
	...more,
});
