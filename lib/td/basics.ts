/** The parameters that every event has [documented: "Basic Parameter"]. */
import { type Fields, group, map, moment, text } from '../operation/fields/model';

export const basicFields = {
	channel: text('Channel', {
		grade: 'optional',
		description: "Channel identifier assigned by TD. Left empty, the credential's default is sent.",
	}),
	session_id: text('Session ID', {
		grade: 'required',
		placeholder: 'e.g. 7f0c2a9e51',
		description: "The web server's id of the customer's visit, from a cookie, form or URL",
	}),
	account_id: text('Account ID', {
		grade: 'conditional',
		placeholder: 'e.g. C-1001',
		description: 'Required once the customer has an account; leave it empty where there is none',
	}),
	event_time: moment('Event Time', 'iso', {
		// Required on the wire; in the open, because whoever leaves it empty should know what is sent.
		grade: 'conditional',
		description:
			"When it really happened. A date without an offset is in the workflow's time zone. Left empty: the time of this run.",
		hint: 'Map it from your data if a later run of the same event must be identical',
	}),
	terminal: group(
		'Terminal',
		{
			black_box: text('Black Box', {
				grade: 'conditional',
				rows: 2,
				description: "Device credential from TD's SDK, sent as it is. Black Box or IP is needed.",
			}),
			ip: text('IP', {
				grade: 'conditional',
				placeholder: 'e.g. 210.20.10.33',
				description: "The customer's IP address. Black Box or IP is needed.",
			}),
		},
		{
			grade: 'required',
			// What TD answers with code 9004, told before anything is sent.
			rule: ({ black_box: blackBox, ip }) =>
				blackBox || ip
					? undefined
					: { member: 'black_box', reason: "and 'IP' are both empty: TD needs at least one" },
		},
	),
	ext: map('Extended Fields', {
		grade: 'optional',
		description: 'Fields that you have registered with TD',
	}),
} satisfies Fields;
