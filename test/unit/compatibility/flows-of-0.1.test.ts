/**
 * Flows that people have saved load unchanged: n8n drops, when it loads a node, whatever parameter its
 * description does not show. The nodes are those of the example flows as version 0.1 first had them.
 */
import {
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	NodeHelpers,
} from 'n8n-workflow';
import { nodeTypes } from '../node-types';
import saved from './nodes-of-0.1.json';

const types: Readonly<Record<string, INodeType>> = nodeTypes;
const rows = saved.map((each) => [`${each.flow}: ${each.name}`, each] as const);

/** n8n makes a tool of each node by itself, with `Tool` behind its name. */
const TOOL = /Tool$/;

/** Parameters that n8n itself adds to tools and to polling triggers. */
const OF_N8N = ['descriptionType', 'toolDescription', 'pollTimes'];

const descriptionOf = (type: string): INodeTypeDescription =>
	types[type.slice('n8n-nodes-tw-td.'.length).replace(TOOL, '')]!.description;

/** What n8n makes of a saved node's parameters: those that are shown, with defaults filled in. */
function loaded(parameters: INodeParameters, type: string, typeVersion: number): INodeParameters {
	const description = descriptionOf(type);
	const node = { name: 'Saved', typeVersion } as INode;
	return NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		description,
	)!;
}

describe.each(rows)('%s', (_title, { type, typeVersion, parameters }) => {
	it('keeps each of its parameters', () => {
		const own = Object.entries(parameters).filter(([name]) => !OF_N8N.includes(name));
		expect(loaded(parameters as INodeParameters, type, typeVersion)).toMatchObject(
			Object.fromEntries(own),
		);
	});

	it('has an operation or event that still exists', () => {
		const chooser = type.endsWith('Trigger') ? 'event' : 'operation';
		const { options = [] } = descriptionOf(type).properties.find(({ name }) => name === chooser)!;
		const chosen = (parameters as INodeParameters)[chooser];
		expect(options.map((option) => 'value' in option && option.value)).toContain(
			chosen ?? descriptionOf(type).properties.find(({ name }) => name === chooser)!.default,
		);
	});
});

it('a parameter that is gone is noticed', () => {
	const [{ type, typeVersion, parameters }] = saved as unknown as [(typeof saved)[0]];
	const renamed = { ...(parameters as INodeParameters), orderNumberOfOld: 'ORD-1' };
	expect(loaded(renamed, type, typeVersion)).not.toMatchObject(renamed);
});
