/** As an AI tool, a node asks the model which order, bag or invoice is meant, before anyone sets it so. */
import { extractFromAICalls, type INode, type INodeParameters, NodeHelpers } from 'n8n-workflow';
import { operations } from '../../operations/all';
import { actionTypes } from '../node-types';

type NodeName = keyof typeof actionTypes;

/** What n8n makes of the node's saved parameters; it makes a tool of each node by the name. */
function loaded(
	name: NodeName,
	stored: INodeParameters,
	{ isTool = true, typeVersion = 2 } = {},
): INodeParameters {
	const node = actionTypes[name].description;
	const description = { ...node, name: isTool ? `${node.name}Tool` : node.name };
	const saved = { typeVersion } as INode;
	return NodeHelpers.getNodeParameters(
		description.properties,
		stored,
		true,
		false,
		saved,
		description,
	)!;
}

/** `Get: Order Number, string`, of every parameter that the model is asked for. */
function asked(name: NodeName, kind: { isTool?: boolean; typeVersion?: number } = {}): string[] {
	return operations[name].flatMap(({ name: title, value }) =>
		Object.values(loaded(name, { operation: value }, kind))
			.flatMap((each) => (typeof each === 'string' ? extractFromAICalls(each) : []))
			.map(({ key, type }) => `${title}: ${key}, ${type}`),
	);
}

const byNode: Record<NodeName, string[]> = {
	twBag: ['Get: Bag_Number, string'],
	twBalance: [],
	twInvoice: ['Get Lines: Invoice_ID, number'],
	twLabel: ['Download: Order_Number, string', 'Get URL: Order_Number, string'],
	twOrder: [
		'Get: Order_Number, string',
		'Get Fee: Tracking_Number, string',
		'Get Status: Request_ID, string',
		'Quote: Order_Number, string',
	],
	tdOrderEvent: [],
};

it.each(Object.keys(byNode) as NodeName[])('%s asks the model what is to be read', (name) => {
	expect(asked(name).sort()).toEqual(byNode[name].sort());
});

it.each(Object.keys(byNode) as NodeName[])(
	'%s asks nothing as a node, nor in tools of old',
	(name) => {
		expect(asked(name, { isTool: false })).toEqual([]);
		expect(asked(name, { isTool: false, typeVersion: 1 })).toEqual([]);
		expect(asked(name, { typeVersion: 1 })).toEqual([]);
	},
);

it("is written as n8n's editor does, so that it says: defined automatically by the model", () => {
	expect(loaded('twOrder', { operation: 'get' })['no']).toBe(
		"={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Order_Number', `Your own number of the order`, 'string') }}",
	);
	const requestId = loaded('twOrder', { operation: 'getStatus' })['request_id'];
	expect(extractFromAICalls(requestId as string)).toMatchObject([
		{ description: "The request_id that 'Create' put out" },
	]);
});

it('leaves the value from the item elsewhere', () => {
	const get = { operation: 'get' };
	const others = [
		loaded('twOrder', get, { isTool: false }),
		loaded('twOrder', get, { typeVersion: 1 }),
	];
	expect(others.map(({ no }) => no)).toEqual(['={{ $json.no }}', '={{ $json.no }}']);
});

it('leaves what is stored', () => {
	expect(loaded('twOrder', { operation: 'get', no: 'ORD-1' })['no']).toBe('ORD-1');
	expect(loaded('twOrder', { operation: 'get', no: '' })['no']).toBe('');
});

it('leaves a whole order or event to the item', () => {
	const quote = { operation: 'quote', specifyOrder: 'shop' };
	expect(loaded('twOrder', quote)['shopOrder']).toBe('={{ $json }}');
	expect(loaded('tdOrderEvent', { operation: 'reportShopEvent' })['shopEvent']).toBe(
		'={{ $json }}',
	);
});
