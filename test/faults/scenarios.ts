/** The scenarios of the matrix: each entry of the list, and each choice of one that changes how it is sent. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Ledger } from '../../sandbox';
import { operations } from '../operations/all';
import { type Entry, list, type Listed, type Props } from '../operations/list';
import { refund } from '../operations/td';

export type { Props };

export interface Scenario extends Pick<
	Listed,
	'title' | 'node' | 'kind' | 'parameters' | 'prepare' | 'tells' | 'asksNoVendor'
> {
	/** Options beside Timeout. */
	options: INodeParameters;
	/** Where the request goes that takes effect; reads have none. */
	effectPath?: string;
	/** How often it took effect, by the sandbox's ledger. */
	effects: (ledger: Ledger, props: Props) => number;
	provable: NonNullable<Entry['provable']>;
}

/** What the matrix wants otherwise than the list has it. */
const otherwise: Record<string, { parameters?: INodeParameters; options?: INodeParameters }> = {
	// TW is asked for its channels first, so that this request can be hit as well
	'twOrder quote': { parameters: { channels: [] } },
	'twOrder buyCheapest': { parameters: { channels: [] } },
	'twOrder get': { parameters: { simplify: false } },
	'twInvoice getLines': { parameters: { returnAll: true } },
	'twLabel download': { options: { maxSize: 1 } },
	// Its time is that of the run, and still every send has to be the same
	'tdOrderEvent reportShopEvent': { parameters: { shopEvent: refund({}) } },
};

export function allScenarios(): Scenario[] {
	return list.flatMap((entry) => {
		const own = scenario(entry);
		if (entry.kind === 'event') return byDelivery(own, entry.operation);
		if (entry.title !== 'twOrder create') return [own];
		const title = `${entry.title}, check first`;
		return [own, { ...own, title, options: { ...own.options, checkExisting: true } }];
	});
}

function scenario({ operation, path, effects, ...entry }: Listed): Scenario {
	const { parameters, options = {} } = otherwise[entry.title] ?? {};
	const chooser = entry.node === 'twTrigger' ? 'event' : 'operation';
	return {
		provable: [],
		...entry,
		parameters: { ...entry.parameters, ...parameters, [chooser]: operation },
		options,
		...(effects && { effectPath: path! }),
		effects: effects ?? (() => 0),
	};
}

/** An event both ways it can be delivered; in JSON from its own example where it has one. */
function byDelivery(own: Scenario, value: string): Scenario[] {
	const example = operations.tdOrderEvent.find((each) => each.value === value)?.json?.example;
	const parameters = example === undefined ? own.parameters : inJson(value, example);
	return (['event-at-least-once', 'event-at-most-once'] as const).map((delivery) => ({
		...own,
		title: `td ${value}${delivery === 'event-at-most-once' ? ', at most once' : ''}`,
		parameters,
		options: { delivery },
	}));
}

function inJson(operation: string, example: string): INodeParameters {
	const body = JSON.parse(example) as IDataObject;
	const inner = body['order'] as IDataObject | undefined;
	if (inner) body['order'] = { ...inner, order_id: 'NAME' };
	else body['order_id'] = 'NAME';
	const bodyJson = `=${JSON.stringify(body).replace('"NAME"', '"{{ $json.name }}"')}`;
	return { operation, specifyBody: 'json', bodyJson };
}
