/** The parameters for where to remember sends, and what to do with one that was sent before. */
import { choice } from '../../lib/fields/field';

const REMEMBER = 'remember';

/**
 * When a node asks for n8n's own PostgreSQL credential. The slash keeps the editor from moving all credentials
 * down to this parameter.
 *
 * @param place the parameter for where to remember
 */
export const postgresWhen = (place: string) => ({ show: { [`/${place}`]: ['postgres'] } });

export const whenInPostgres = postgresWhen(REMEMBER);

const WHERE_TO_REMEMBER =
	'Where to remember what was sent, so that the same number is never sent twice: not by a webhook that comes again, not after a crash';

/** For what only gives numbers back. */
export const WHERE_CREATE_REMEMBERS =
	"Where 'Create' remembers orders: the number of one that TW has failed for good can be used again";

/** @param things what to remember, e.g. `Orders` */
export const rememberControl = (things: string, description = WHERE_TO_REMEMBER) => ({
	[REMEMBER]: choice(
		`Remember ${things}`,
		[
			{
				name: 'In PostgreSQL',
				value: 'postgres',
				description: 'In a database of yours, for an n8n with workers on several machines',
			},
			{
				name: 'No',
				value: 'no',
				description:
					'Within one execution only: the same number from another execution is sent again',
			},
			{
				// eslint-disable-next-line n8n-nodes-base/node-param-display-name-miscased -- n8n's own name
				name: 'On This n8n',
				value: 'files',
				description: "In n8n's own folder; survives a crash and a restart. Nothing to set up.",
			},
		],
		{
			initial: 'files',
			always: 'files',
			grade: 'conditional',
			description,
		},
	),
});

export const ifSentBeforeOption = {
	ifSentBefore: choice(
		'If Sent Before',
		[
			{
				name: 'Fail',
				value: 'fail',
				description: 'End this item with a message that names the execution that sent it',
			},
			{
				name: 'Output That Order',
				value: 'output',
				description: 'Send nothing and output what became of it',
			},
			{
				name: 'Send Again',
				value: 'send-again',
				description:
					'Send it although it was sent before: the order may then exist twice, and be charged twice',
			},
		],
		{
			initial: 'output',
			always: 'output',
			description: 'What to do if another execution has already sent this number',
		},
	),
};
