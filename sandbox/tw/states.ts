/** States of a forecast, complete as TW prints them [doc]. */
export const State = {
	abnormal: -1,
	formInvalid: -2,
	balanceShort: -4,
	trialFailed: -6,
	requestFailed: -9,
	received: 1,
	validatingForm: 2,
	formValid: 3,
	checkingBalance: 4,
	balanceSufficient: 5,
	inTrial: 6,
	trialDone: 7,
	sending: 8,
	inRequest: 9,
	completed: 10,
} as const;

/** Any of them. */
export type OrderState = (typeof State)[keyof typeof State];

/** A state in which a forecast ends badly. */
export type FailedState = -1 | -2 | -4 | -6 | -9;

export function isFailed(state: OrderState): state is FailedState {
	return state < 0;
}

/** What orderCheck says in `errors`. The texts are ASSUMED. */
export const failureTexts: Readonly<Record<FailedState, string>> = {
	[-1]: 'abnormal error',
	[-2]: 'verification failed',
	[-4]: 'insufficient balance',
	[-6]: 'trial calculation failed',
	[-9]: 'request failed',
};

/** How many steps after its acceptance a forecast reaches a positive state. */
export function stepsTo(state: OrderState): number {
	return state - State.received;
}

/**
 * State after so many steps. A negative code takes the place of the step after the one it mirrors:
 * 2 → -2, 4 → -4, 6 → -6, 9 → -9 [doc: the numbers match]; -1 comes right after 1 (ASSUMED).
 */
export function stateAfter(steps: number, failure: FailedState | undefined): OrderState {
	const reached = (State.received + Math.min(steps, stepsTo(State.completed))) as OrderState;
	return failure !== undefined && reached > -failure ? failure : reached;
}

/** True for a forecast that will not move any more. */
export function isFinal(state: OrderState): boolean {
	return state === State.completed || isFailed(state);
}
