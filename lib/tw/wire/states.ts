/** The states an order passes through after the forecast [documented: "Order status inquiry"]. */

export const orderStates: Readonly<Record<number, string>> = {
	[-1]: 'abnormal error',
	[-2]: 'verification failed',
	[-4]: 'insufficient balance',
	[-6]: 'trial calculation failed',
	[-9]: 'request failed',
	1: 'request received',
	2: 'in form validation',
	3: 'form validation completed',
	4: 'verifying the balance',
	5: 'balance sufficient',
	6: 'in trial calculation',
	7: 'trial calculation completed',
	8: 'send request',
	9: 'in request',
	10: 'forecast completed',
};

export const COMPLETED = 10;
/** The trial calculation is completed. */
export const TRIED = 7;
/** The one failure state that TW's forecast page names as the end of polling. */
export const FAILED_FOR_SURE = -1;

/** TW's words for a state, or a neutral phrase for a number that is not documented. */
export function stateText(status: number): string {
	return orderStates[status] ?? `state ${status}, not documented`;
}

/** A state as items show it. */
export const stateMembers = (status: number) => ({ status, status_text: stateText(status) });

/** What a state means while waiting: any other positive number counts as running. */
export function phaseOf(status: number): 'running' | 'completed' | 'failed' {
	if (status === COMPLETED) return 'completed';
	return status < 0 ? 'failed' : 'running';
}
