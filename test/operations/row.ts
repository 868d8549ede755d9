/** What the tests of this folder do to an entry of the list. */
import type { INodeParameters } from 'n8n-workflow';
import type { Bench } from '../support';
import type { Listed, Props, Row } from './list';

type Json = Record<string, unknown>;

/** Three good items. */
export async function goodItems(
	{ sandbox }: Bench,
	{ prepare }: Listed,
): Promise<[Props, Props, Props]> {
	return [
		await prepare(sandbox, 'A-1'),
		await prepare(sandbox, 'A-2'),
		await prepare(sandbox, 'A-3'),
	];
}

/** What Additional Fields (JSON) adds to each request, so that a fault can aim at one item. */
export const marked: INodeParameters = { options: { extraFields: '={{ { mark: $json.mark } }}' } };

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

/** What has no required field may not have a time-out of 0 either. */
const TIMEOUT = 'options.timeout';

/** Places that must not be empty, each with what is said if it is. */
export const complaints = ({ required }: Row): Array<[place: string, complaint: string]> =>
	Object.entries(required).map(([place, label]) => {
		const [, field, of = ''] = /^(.+?)( of .+)?$/.exec(label)!;
		const problem = place === TIMEOUT ? 'must be greater than 0' : 'is empty';
		return [place, `'${field}'${of} ${problem}`];
	});

/** The parameters with one place left empty for items that say `bad`. */
export function emptyWhereBad(parameters: INodeParameters, place: string): INodeParameters {
	const good = valueAt(parameters, place);
	const expression =
		typeof good === 'string' && good.startsWith('={{') ? good.slice(3, -2) : JSON.stringify(good);
	const empty = place === TIMEOUT ? '0' : '""';
	return withValue(parameters, place, `={{ $json.bad ? ${empty} : (${expression}) }}`);
}

function valueAt(parameters: INodeParameters, place: string): unknown {
	return place.split('.').reduce<unknown>((value, step) => (value as Json)[step], parameters);
}
