/** The parameters that every event has [documented: "Basic Parameter"]. */
import { ValidationFault } from '../base/errors';
import { isUnset } from '../base/json';
import { type Fields, group, map, moment, text, type TextForm } from '../fields/field';
import { publicIpOf } from '../http/addresses';
import type { TdClient } from './client';
import type { TdEventType } from './events';

const ONE_OF_TWO = "It is assumed from TD's code 9004 that Black Box or IP is needed.";

/** @param whose the address has to be */
export const ipForm = (whose: string): TextForm => ({
	read: publicIpOf,
	wrong: `must be ${whose} public IP address, such as 210.20.10.33`,
});

export const basicFields = {
	channel: text('Channel', {
		grade: 'optional',
		description: "Channel identifier assigned by TD. Left empty, the credential's default is sent.",
	}),
	session_id: text('Session ID', {
		names: true,
		grade: 'required',
		placeholder: 'e.g. 7f0c2a9e51',
		description: "The web server's id of the customer's visit, from a cookie, form or URL",
	}),
	account_id: text('Account ID', {
		names: true,
		grade: 'conditional',
		placeholder: 'e.g. C-1001',
		description: 'Required if the customer has an account, otherwise leave it empty',
	}),
	event_time: moment('Event Time', 'iso', {
		// Required on the wire; shown, so that the user knows what is sent if it is left empty
		grade: 'conditional',
		description:
			"When it really happened, with the year first. A date without an offset is in the workflow's time zone. If empty, the time of this run is sent.",
		hint: 'Map it from your data if a later run of the same event must be identical',
	}),
	terminal: group(
		'Terminal',
		{
			black_box: text('Black Box', {
				grade: 'conditional',
				isOpaque: true,
				rows: 2,
				description: `Device credential from TD's SDK, sent as it is. ${ONE_OF_TWO}`,
			}),
			ip: text('IP', {
				grade: 'conditional',
				placeholder: 'e.g. 210.20.10.33',
				form: ipForm("the customer's"),
				description: `The customer's IP address. ${ONE_OF_TWO}`,
			}),
		},
		{
			grade: 'required',
			// TD would answer with code 9004: ASSUMED, since its text can be read otherwise
			rule: ({ black_box: blackBox, ip }) =>
				blackBox || ip
					? undefined
					: {
							member: 'black_box',
							reason: "and 'IP' are both empty: TD needs at least one (assumed from its code 9004)",
						},
		},
	),
	ext: map('Extended Fields', {
		grade: 'optional',
		description: 'Fields that you have registered with TD',
	}),
} satisfies Fields;

type Members = Record<string, unknown>;

/**
 * Fills in channel, time and type, which every event must have.
 *
 * @throws {ValidationFault} if the type is another one, or there is no channel
 */
export const completeEvent =
	(type: TdEventType) =>
	(
		draft: Members,
		{ client, startedAt }: { client: TdClient; startedAt: () => string },
	): Members => {
		const given = (name: string) => (isUnset(draft[name]) ? undefined : draft[name]);
		const givenType = given('event_type') ?? type;
		if (givenType !== type) {
			const named = typeof givenType === 'string' ? `'${givenType}'` : 'no text';
			throw new ValidationFault(
				`'event_type' is ${named}, but the chosen operation reports '${type}'`,
				'Body (JSON)',
				"Choose the operation that fits, or leave 'event_type' out. Nothing was sent for this item.",
			);
		}
		const channel = given('channel') ?? client.account.channel;
		if (!channel) {
			throw new ValidationFault(
				"'Channel' is empty, and the TD API credential has no 'Default Channel'",
				'Channel',
				"Fill in 'Default Channel' in the credential, or 'Channel' under 'Additional Fields'. Nothing was sent for this item.",
			);
		}
		return Object.assign(draft, {
			channel,
			// The same in every try of this run, so that a repeated send is the same to the byte.
			event_time: given('event_time') ?? startedAt(),
			event_type: type,
		});
	};
