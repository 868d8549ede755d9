/** The nodes' own pace with pauses of a few milliseconds, for tests that do not ask how long they are. */
import { type Pace, PACE } from '../lib/base/limits';

export const QUICK: Pace = {
	...PACE,
	resend: { first: 4, longest: 20 },
	afterUnavailable: 4,
	secondLook: 5,
	poll: { first: 5, longest: 20 },
	busyKey: { first: 5, longest: 20 },
};
