/** The parameters of Report Once: whether an event that TD has is sent again, and how it is recognised. */
import { choice, text } from '../../lib/fields/field';
import type { RememberPlace } from '../../lib/register/register';
import { postgresWhen } from '../shared/remember';

const REPORT_ONCE = 'reportOnce';

export const whenOnceInPostgres = postgresWhen(REPORT_ONCE);

/** @param initial where a new node remembers what TD took */
export const onceControl = (initial: RememberPlace) => ({
	[REPORT_ONCE]: choice(
		'Report Once',
		[
			{ name: 'No', value: 'no', description: 'Every run reports the event' },
			{
				name: 'Remembered in PostgreSQL',
				value: 'postgres',
				description: 'In your own database, for an n8n with workers on several machines',
			},
			{
				// eslint-disable-next-line n8n-nodes-base/node-param-display-name-miscased -- n8n's own name
				name: 'Remembered on This n8n',
				value: 'files',
				description: "In n8n's own folder. Nothing to set up.",
			},
		],
		{
			initial,
			always: initial,
			grade: 'conditional',
			description:
				'Whether to leave out an event that TD already took when it comes again, such as from a webhook that is delivered twice. An event that failed is reported by the next run.',
		},
	),
});

export const onceOptions = {
	onceKey: text('Once Key', {
		placeholder: 'e.g. {{ $json.refund_id }}',
		description:
			'With Report Once: what identifies this event among others of its kind for the same order. If empty, its contents do: all fields but session, account, device, time and extended fields.',
	}),
};
