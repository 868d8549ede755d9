/** Why something is not reported to TD, and who has to do something about it. */
import { codesOf, type Unmade } from '../needs';

export const SKIPS = {
	draft: { needs: 'nobody', words: 'a draft' },
	incomplete: { needs: 'owner', words: 'no amount or currency, which TD requires' },
	inquiry: { needs: 'nobody', words: 'an inquiry of the bank' },
	no_money: { needs: 'nobody', words: 'no money that moved' },
	// A till's orders have none; the panel has a setting of its own for them
	no_device: { needs: 'nobody', words: 'an unknown device, unless set otherwise above' },
	no_order: { needs: 'owner', words: 'no order named that TD knows' },
	no_td_event: { needs: 'nobody', words: 'what TD has no event for' },
	nothing_happened: { needs: 'nobody', words: 'what tells of no order' },
	partially_paid: { needs: 'nobody', words: 'paid in part' },
	test_order: { needs: 'nobody', words: 'a test' },
	unchanged: { needs: 'nobody', words: 'nothing changed' },
} as const satisfies Record<string, Unmade>;

export type SkipCode = keyof typeof SKIPS;

export const SKIP_CODES = codesOf(SKIPS);
