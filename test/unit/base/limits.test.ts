/** How long the nodes pause: the real values, which all other tests replace by milliseconds. */
import { PACE } from '../../../lib/base/limits';

it('the pace at which the nodes work', () =>
	expect(PACE).toEqual({
		resend: { first: 600, longest: 10_000 },
		afterUnavailable: 1_000,
		secondLook: 2_000,
		lookUp: 10_000,
		poll: { first: 2_000, longest: 30_000 },
		busyKey: { first: 50, longest: 1_000 },
		sameDelivery: 4_000,
	}));
