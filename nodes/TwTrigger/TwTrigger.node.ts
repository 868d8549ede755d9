import {
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { Deadline } from '../../lib/base/deadline';
import { PACE, type Pace } from '../../lib/base/limits';
import { readFields } from '../../lib/operation/input';
import { asRow } from '../../lib/operation/rows';
import { fieldProperties, subtitleOf } from '../../lib/operation/properties';
import { logDefect } from '../../lib/run/defects';
import { connect } from '../../lib/run/connect';
import { lastingRegister } from '../../lib/run/registers';
import { ExecutionRegister } from '../../lib/register/execution-register';
import { toEditorError } from '../../lib/run/node-errors';
import type { TwClient } from '../../lib/tw/wire/client';
import { whenInPostgres } from '../shared/remember';
import { twAccess, twApiTest } from '../shared/tw';
import { lowBalance } from './events/lowBalance';
import { newInvoice } from './events/newInvoice';
import { orderFinal } from './events/orderFinal';
import type { AnyWatch, Look } from './watch';

/** In the order the editor lists them. */
export const twTriggerWatches: AnyWatch[] = [lowBalance, newInvoice, orderFinal];

/** Polls must not pile up: the shortest interval n8n offers is a minute. */
const POLL_MS = 50_000;

const properties: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		default: 'orderFinal',
		noDataExpression: true,
		options: twTriggerWatches.map(({ name, value, description }) => ({ name, value, description })),
	},
	...twTriggerWatches.flatMap(({ value, fields }) => fieldProperties(fields, { event: [value] })),
];

export class TwTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TW Trigger',
		name: 'twTrigger',
		icon: { light: 'file:twTrigger.svg', dark: 'file:twTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOf('event', twTriggerWatches),
		description: 'Starts a workflow when an invoice, a balance or an order at TW changes',
		defaults: { name: 'TW Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'twApi', required: true, testedBy: 'twApiTest' },
			// eslint-disable-next-line @n8n/community-nodes/valid-credential-references, @n8n/community-nodes/no-credential-reuse, n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- n8n's own, for a database of the user's
			{ name: 'postgres', required: true, displayOptions: whenInPostgres },
		],
		properties,
	};

	methods = { credentialTest: { twApiTest } };

	/** Gives each event once: its state is in the node's static data, which n8n saves with the run. */
	poll: INodeType['poll'];

	constructor(pace = PACE) {
		this.poll = async function () {
			let client: TwClient | undefined;
			try {
				({ client } = await connect(this, twAccess));
				return await look(this, client, pace);
			} catch (error) {
				throw toEditorError(this, error, client?.redact);
			}
		};
	}
}

async function look(
	context: IPollFunctions,
	client: TwClient,
	pace: Pace,
): Promise<INodeExecutionData[][] | null> {
	const value = context.getNodeParameter('event') as string;
	const watch: AnyWatch = twTriggerWatches.find((one) => one.value === value) ?? orderFinal;
	const settings = readFields(watch.fields, (name) => context.getNodeParameter(name, undefined), {
		zone: context.getTimezone(),
	});
	const surroundings: Look = {
		client,
		limits: { deadline: Deadline.in(POLL_MS), pace },
		register: async (place) =>
			place === 'no' ? new ExecutionRegister({}) : await lastingRegister(context, place),
		nowMs: Date.now(),
		warn: (message, fault) => {
			context.logger.warn(message);
			if (fault) logDefect(context, fault, client.redact);
		},
	};
	if (context.getMode() === 'manual') {
		return asOutput(watch, await watch.sample(surroundings, settings));
	}
	const store = context.getWorkflowStaticData('node');
	const states = (store['watches'] ??= {}) as IDataObject;
	const seen = await watch.poll(surroundings, settings, states[value]);
	states[value] = seen.state as IDataObject;
	return asOutput(watch, seen.items);
}

function asOutput({ output }: AnyWatch, items: IDataObject[]): INodeExecutionData[][] | null {
	return items.length > 0 ? [items.map((item) => ({ json: asRow(output, item) }))] : null;
}
