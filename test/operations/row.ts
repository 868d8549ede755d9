/** One operation as the table of test/operations has it, and what its tests do to its parameters. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Bench, nodes } from '../support';

type Json = Record<string, unknown>;

/** A place among the parameters, e.g. `boxes.item.0.weight`, and what is said when it is empty. */
export type Required = readonly [place: string, complaint: string];

export interface Row {
	node: keyof typeof nodes;
	operation: string;
	/** Good ones, for items that `items` makes. */
	parameters: INodeParameters;
	/** Puts the sandbox into the state the operation needs, and gives three good items. */
	items: (bench: Bench) => Promise<IDataObject[]>;
	/** Where the request of the operation goes. */
	path: string;
	/** Every required field, and how it is complained about. */
	required: readonly Required[];
	/** What a good item is to become, told from what the sandbox holds; asked for after the run. */
	expected: (bench: Bench, item: IDataObject, sent: Json) => Promise<Json[]>;
	/** The members to compare, where the output may hold what no test can know; default: all. */
	refusal?: 'in the output';
}

/** What Additional Fields (JSON) adds to each request, so that a fault can aim at one item. */
export const marked: INodeParameters = {
	options: { extraFields: '={{ { mark: $json.mark } }}' },
};

/** The parameters with another value at one place. */
export function withValue(
	parameters: INodeParameters,
	place: string,
	value: unknown,
): INodeParameters {
	const copy = JSON.parse(JSON.stringify(parameters)) as INodeParameters;
	const steps = place.split('.');
	let target = copy as Json;
	for (const step of steps.slice(0, -1)) target = target[step] as Json;
	target[steps.at(-1)!] = value;
	return copy;
}

/** The parameters with one place left empty for items that say `bad`. */
export function emptyWhereBad(parameters: INodeParameters, place: string): INodeParameters {
	const good = valueAt(parameters, place);
	const expression =
		typeof good === 'string' && good.startsWith('={{') ? good.slice(3, -2) : JSON.stringify(good);
	const empty = place === 'options.timeout' ? '0' : '""';
	return withValue(parameters, place, `={{ $json.bad ? ${empty} : (${expression}) }}`);
}

function valueAt(parameters: INodeParameters, place: string): unknown {
	return place.split('.').reduce<unknown>((value, step) => (value as Json)[step], parameters);
}
