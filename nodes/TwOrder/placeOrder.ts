/** What Create and Buy Cheapest share: the settings around placing an order, and its output. */
import { Deadline } from '../../lib/base/deadline';
import { Fault } from '../../lib/base/errors';
import { type Fields, flag, number } from '../../lib/operation/fields/model';
import type { CommonSettings } from '../../lib/operation/options';
import type { Call, Outcome } from '../../lib/operation/operation';
import type { TwClient } from '../../lib/tw/wire/client';
import type { CreateOptions, Placed } from '../../lib/tw/orders/order';
import {
	ifSentBeforeOption,
	rememberControl,
	remembering,
	type RememberSettings,
} from '../shared/remember';
import { followOrder, type FollowSettings } from '../../lib/tw/orders/follow';

export interface PlaceSettings extends FollowSettings, CommonSettings, RememberSettings {
	checkExisting?: boolean;
	quoteInDryRun?: boolean;
}

export const placeControls: Fields = {
	...rememberControl('Orders'),
	waitForCompletion: flag('Wait for Completion', {
		grade: 'conditional',
		always: true,
		description:
			'Whether to wait until TW has made the order, and to output tracking numbers and charges',
	}),
};

export const placeOptions: Fields = {
	...ifSentBeforeOption,
	checkExisting: flag('Check for Existing Order First', {
		description:
			'Whether to ask TW for this order number before sending, and to output the order it has instead of creating it again. Costs one more request per item; turn it on where orders are also made outside of n8n.',
	}),
	maxWait: number('Maximum Wait', {
		initial: 180,
		always: 180,
		above: 0,
		description: 'Seconds to wait for completion',
	}),
	quoteInDryRun: flag('Quote in Dry Run', {
		description:
			'Whether a dry run asks TW what the order would cost. It asks for a trial calculation, which creates nothing and is free.',
	}),
	pendingIsFine: flag('Output Pending Orders', {
		description:
			"Whether to output an order with outcome 'pending' when it is not completed in time, instead of failing",
	}),
};

/** Whether a dry run is to ask for prices. */
export const asksInDryRun = ({ quoteInDryRun }: Pick<PlaceSettings, 'quoteInDryRun'>) =>
	quoteInDryRun === true;

/** How this call's orders are to be placed. */
export async function createOptions(
	call: Call<TwClient>,
	settings: RememberSettings & Pick<PlaceSettings, 'checkExisting'>,
): Promise<CreateOptions> {
	const { limits, isRetry } = call;
	const checkFirst = isRetry || settings.checkExisting === true;
	return { limits, checkFirst, ...(await remembering(call, settings)) };
}

/** Follows a placed order as far as the user wants, and makes its item. */
export async function outputOf(
	{ client, limits }: Call<TwClient>,
	no: string,
	placed: Placed,
	settings: PlaceSettings,
): Promise<Outcome> {
	const within = (seconds: number) => ({ ...limits, deadline: Deadline.in(seconds * 1000) });
	const followed = await followOrder(client, no, placed, settings, {
		lookUp: () => within(settings.timeout),
		wait: within(settings.maxWait),
	});
	return followed instanceof Fault ? followed : [{ json: followed }];
}
