/** Why an order makes no parcel, and who has to do something about it. */
import { codesOf, type Unmade } from '../needs';

export const REASONS = {
	cancelled: { needs: 'nobody', words: 'cancelled' },
	digital: { needs: 'nobody', words: 'digital' },
	disputed: { needs: 'nobody', words: 'disputed' },
	draft: { needs: 'nobody', words: 'a draft' },
	fulfilled_elsewhere: { needs: 'nobody', words: 'shipped by another service' },
	incomplete_address: { needs: 'owner', words: 'incomplete address' },
	no_address: { needs: 'owner', words: 'no address' },
	no_number: { needs: 'owner', words: 'no number' },
	no_order: { needs: 'nobody', words: 'an event without its order' },
	no_rate: { needs: 'owner', words: 'no exchange rate' },
	no_value: { needs: 'owner', words: 'no value' },
	no_weight: { needs: 'owner', words: 'no weight' },
	nothing_happened: { needs: 'nobody', words: 'nothing that is shipped for' },
	nothing_left: { needs: 'nobody', words: 'shipped already' },
	odd_quantity: { needs: 'owner', words: 'a quantity that fills no boxes' },
	payment_failed: { needs: 'nobody', words: 'payment failed' },
	pickup: { needs: 'nobody', words: 'collected by the customer' },
	refunded: { needs: 'nobody', words: 'refunded' },
	test: { needs: 'nobody', words: 'a test' },
	unknown_contents: { needs: 'owner', words: 'contents not known' },
	unknown_left: { needs: 'owner', words: 'not known what is left' },
	unknown_pickup: { needs: 'owner', words: 'not known whether it is collected' },
	unpaid: { needs: 'nobody', words: 'not paid yet' },
} as const satisfies Record<string, Unmade>;

export type ReasonCode = keyof typeof REASONS;

export const REASON_CODES = codesOf(REASONS);

/** Whether the owner has to act on it. */
export const needsOwner = (code: ReasonCode): boolean => REASONS[code].needs === 'owner';
