/** What Create and Buy Cheapest share: the settings around placing an order, and its output. */
import { Deadline } from '../../lib/deadline';
import { Fault } from '../../lib/errors';
import { type Fields, flag, number } from '../../lib/fields/model';
import type { CommonSettings } from '../../lib/runner-options';
import type { Call, Outcome } from '../../lib/operation';
import type { TwClient } from '../../lib/tw/client';
import type { CreateOptions, Placed } from '../../lib/tw/create-orders';
import { followOrder, type FollowSettings } from '../../lib/tw/follow-order';

export interface PlaceSettings extends FollowSettings, CommonSettings {
	checkExisting?: boolean;
}

export const placeControls: Fields = {
	waitForCompletion: flag('Wait for Completion', {
		grade: 'conditional',
		always: true,
		description:
			'Whether to wait until TW has made the order, and to output tracking numbers and charges',
	}),
};

export const placeOptions: Fields = {
	checkExisting: flag('Check for Existing Order First', {
		description:
			'Whether to ask TW for this order number before sending, and to output the order it has instead of creating it again. Costs one more request per item; turn it on where the same order can arrive twice, as with shop webhooks.',
	}),
	maxWait: number('Maximum Wait', {
		initial: 180,
		always: 180,
		above: 0,
		description: 'Seconds to wait for completion',
	}),
	pendingIsFine: flag('Output Pending Orders', {
		description:
			"Whether to output an order with outcome 'pending' when it is not completed in time, instead of failing",
	}),
};

/** How this call's orders are to be placed. */
export function createOptions(
	{ ledger, deadline, signal, isRetry }: Call<TwClient>,
	{ checkExisting }: Pick<PlaceSettings, 'checkExisting'>,
): CreateOptions {
	return { ledger, deadline, signal, checkFirst: isRetry || checkExisting === true };
}

/** Follows a placed order as far as the user wants, and makes its item. */
export async function outputOf(
	{ client, signal }: Call<TwClient>,
	no: string,
	placed: Placed,
	settings: PlaceSettings,
): Promise<Outcome> {
	const followed = await followOrder(client, no, placed, settings, {
		lookUp: () => Deadline.in(settings.timeout * 1000),
		wait: Deadline.in(settings.maxWait * 1000),
		signal,
	});
	return followed instanceof Fault ? followed : [{ json: followed }];
}
