import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { Deadline } from '../../lib/base/deadline';
import { PACE, type Pace } from '../../lib/base/limits';
import { readFields } from '../../lib/operation/input';
import { fieldProperties, noticeProperty, subtitleOf } from '../../lib/operation/properties';
import { egressPolicy } from '../../lib/run/egress';
import { toEditorError } from '../../lib/run/errors';
import { readTwAccount } from '../../lib/tw/wire/account';
import { TwClient } from '../../lib/tw/wire/client';
import { twApiTest } from '../shared/tw';
import { twTriggerWatches } from './events';
import { orderFinal } from './events/orderFinal';
import type { AnyWatch, Look } from './watch';

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
	...twTriggerWatches.flatMap(({ value, notice, fields }) => [
		...(notice ? [noticeProperty(`${value}Notice`, notice, { event: [value] })] : []),
		...fieldProperties(fields, { event: [value] }),
	]),
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
		credentials: [{ name: 'twApi', required: true, testedBy: 'twApiTest' }],
		properties,
	};

	methods = { credentialTest: { twApiTest } };

	/** Each event once: what was seen is kept in the node's static data, which n8n saves with the run. */
	poll: INodeType['poll'];

	constructor(pace = PACE) {
		this.poll = async function () {
			try {
				return await look(this, pace);
			} catch (error) {
				throw toEditorError(this.getNode(), error);
			}
		};
	}
}

async function look(context: IPollFunctions, pace: Pace): Promise<INodeExecutionData[][] | null> {
	const value = context.getNodeParameter('event') as string;
	const watch: AnyWatch = twTriggerWatches.find((one) => one.value === value) ?? orderFinal;
	const account = readTwAccount(await context.getCredentials('twApi'));
	const settings = readFields(watch.fields, (name) => context.getNodeParameter(name, undefined), {
		zone: context.getTimezone(),
	});
	const surroundings: Look = {
		client: new TwClient(account, egressPolicy(context)?.lookup),
		limits: { deadline: Deadline.in(POLL_MS), pace },
		nowMs: Date.now(),
		warn: (message) => context.logger.warn(message),
	};
	if (context.getMode() === 'manual') {
		return asOutput(await watch.sample(surroundings, settings));
	}
	const store = context.getWorkflowStaticData('node');
	const states = (store['watches'] ??= {}) as IDataObject;
	const seen = await watch.poll(surroundings, settings, states[value]);
	states[value] = seen.state as IDataObject;
	return asOutput(seen.items);
}

function asOutput(items: IDataObject[]): INodeExecutionData[][] | null {
	return items.length > 0 ? [items.map((json) => ({ json }))] : null;
}
